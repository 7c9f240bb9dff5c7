"""Escaping for Markdown; tests/browser/test_user_text.py shows what a browser makes of it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.content import escape_markdown

JOINER = "\u2060"


def read_back(escaped):
    """What Markdown shows: escapes and references undone, hard breaks as line ends."""
    lines = escaped.split("  \n")
    return "\n".join(
        html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line)) for line in lines
    ).replace(JOINER, "")


@given(st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["C", "Z"]), max_size=60))
def test_escape_markdown__any_line__reads_back(text):
    assert read_back(escape_markdown(text)) == text.replace(JOINER, "")


@given(st.text("ab @:/.w<>-=!#*_`[]()$~\\|&;1", max_size=40))
def test_escape_markdown__any_marks__leave_nothing_to_find(text):
    shown = html.unescape(re.sub(r"\\(\W)", r"\1", escape_markdown(text)))
    assert not re.search(r"https?://|www\.|\w@\w|:\w+:|->|<-|--|>=|<=|!=", shown, re.IGNORECASE)


@given(st.text(max_size=80))
def test_escape_markdown__any_text__holds_no_bare_mark(text):
    bare = re.sub(r"\\[!-/:-@\[-`{-~]|&#\d+;", "", escape_markdown(text))
    assert not re.search(r"[!-/:-@\[-`{-~]", bare)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("", ""),
        ("Café à 5 €", "Café à 5 €"),
        ("a\nb", "a  \nb"),
        ("<b>", "&#60;b&#62;"),
        ("* x", "\\* x"),
        ("12:30", f"12&#58;{JOINER}30"),
    ],
)
def test_escape_markdown__known__is_known(text, escaped):
    assert escape_markdown(text) == escaped
