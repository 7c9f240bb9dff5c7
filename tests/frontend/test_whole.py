"""A callback is done whole, whatever the browser sends meanwhile."""

import pytest
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from frontend import whole


def app() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def pressed() -> None:
        st.session_state["begun"] = True
        get_script_run_ctx().script_requests.request_rerun(RerunData())  # as the browser asks
        st.session_state["done"] = True

    st.button("Press", on_click=pressed)
    st.text("drawn")


@pytest.mark.parametrize("is_whole", [True, False], ids=["ours", "as Streamlit does it"])
def test_callback__browser_sends_something_meanwhile__is_done_whole(monkeypatch, is_whole):
    plain = SessionState._run_callback_and_record_rerun
    plain = getattr(plain, "__wrapped__", plain)
    monkeypatch.setattr(SessionState, "_run_callback_and_record_rerun", plain)
    if is_whole:
        whole.install()
    pressed = AppTest.from_function(app).run().button[0].click().run()
    assert "begun" in pressed.session_state
    assert ("done" in pressed.session_state) == is_whole
    assert [one.value for one in pressed.text] == ["drawn"]
    assert not pressed.exception


def test_install__twice__is_once(monkeypatch):
    plain = SessionState._run_callback_and_record_rerun
    monkeypatch.setattr(
        SessionState, "_run_callback_and_record_rerun", getattr(plain, "__wrapped__", plain)
    )
    whole.install()
    once = SessionState._run_callback_and_record_rerun
    whole.install()
    assert SessionState._run_callback_and_record_rerun is once
