"""A small app that says in its titles what reached it."""

import streamlit as st

from frontend import wallet


def first() -> None:
    with st.form("form"):
        choice = st.radio("Answer", ["red", "green", "blue"], index=None, key="first_choice")
        was_sent = st.form_submit_button("Vote", key="first_vote")
    part = st.expander("More", key="first_more", on_change="rerun")
    was_pressed = st.button("Press", key="first_press")
    st.title(f"pressed={was_pressed} open={part.open} choice={choice if was_sent else None}")


def second() -> None:
    st.title(f"{wallet.current().account} {st.context.locale}")
    st.image("data:image/svg+xml;base64," + "PHN2Zy8+" * 3_000)

    @st.fragment(run_every=1.0)
    def clock() -> None:
        st.subheader("tick")

    clock()


def broken() -> None:
    raise RuntimeError("on purpose")


pages = [st.Page(first), st.Page(second, url_path="second"), st.Page(broken, url_path="broken")]
page = st.navigation(pages)
wallet.mount(31_337, "Test", [], str)
page.run()
