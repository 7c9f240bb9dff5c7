"""A press is taken in and done whole, whatever the browser sends meanwhile."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from frontend import whole

PLAIN = SafeSessionState.on_script_will_rerun
PLAIN = getattr(PLAIN, "__wrapped__", PLAIN)


def app() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def pressed(is_sent: bool) -> None:
        st.session_state["begun"] = True
        if is_sent:
            get_script_run_ctx().script_requests.request_rerun(RerunData())  # as the browser asks
        st.session_state["done"] = True

    st.button("Press", on_click=pressed, args=(False,))
    st.button("Press while the browser sends", on_click=pressed, args=(True,))
    st.text("drawn")


@pytest.fixture(params=[True, False], ids=["ours", "as Streamlit does it"])
def is_whole(request, monkeypatch):
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", PLAIN)
    if request.param:
        whole.install()
    return request.param


def test_callback__browser_sends_something_meanwhile__is_done_whole(is_whole):
    pressed = AppTest.from_function(app).run().button[1].click().run()
    assert "begun" in pressed.session_state
    assert ("done" in pressed.session_state) == is_whole
    assert [one.value for one in pressed.text] == ["drawn"]
    assert not pressed.exception


def test_press__browser_sends_something_before_it_is_taken_in__is_not_lost(is_whole, monkeypatch):
    shown = AppTest.from_function(app).run()
    new_module = LocalScriptRunner._new_module

    def late(runner, name):
        """As the browser asks, when the run with the press is about to begin."""
        monkeypatch.setattr(LocalScriptRunner, "_new_module", new_module)
        came = RerunData(widget_states=WidgetStates())
        get_script_run_ctx().script_requests.request_rerun(came)
        return new_module(runner, name)

    monkeypatch.setattr(LocalScriptRunner, "_new_module", late)
    pressed = shown.button[0].click().run()
    assert LocalScriptRunner._new_module is new_module
    assert ("done" in pressed.session_state) == is_whole
    assert [one.value for one in pressed.text] == ["drawn"]
    assert not pressed.exception


def test_install__twice__is_once(monkeypatch):
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", PLAIN)
    whole.install()
    once = SafeSessionState.on_script_will_rerun
    whole.install()
    assert SafeSessionState.on_script_will_rerun is once
