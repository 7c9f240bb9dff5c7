"""The language a member picked, kept in their browser: a cookie of two letters, and nothing else.

Streamlit hands a new session the cookies that came with it, so a page opened at a bare address
speaks the right language from its first word.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

COOKIE = "cercle_language"
KEY = "cercle_language_keeper"

_component = st.components.v2.component(
    "cercle_language",
    html="<span hidden></span>",
    js=Path(__file__).with_name("language.js").read_text("utf-8"),
)


def keep(language: str) -> None:
    """Let the browser remember it."""
    with st.container(key="app_language_kept"):
        _component(key=KEY, data={"cookie": COOKIE, "language": language})


def kept() -> str | None:
    """What the browser remembered, as it was when this session began; a claim like any other."""
    value: str | None = st.context.cookies.get(COOKIE)
    return value
