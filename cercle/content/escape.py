"""User text shown through Markdown must stay text."""

from __future__ import annotations

import re

# Every ASCII punctuation mark may be escaped in CommonMark.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What Streamlit looks for again after Markdown was read, where escapes no longer count: bare
# addresses (http:, www., a@b), its own words between colons (:streamlit:), typed arrows.
_FOUND_LATER = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>!=])(?=[-<>=])", re.IGNORECASE)
_JOINER = "\u2060"  # shows nothing, breaks no line, and parts what must not be found


def escape_markdown(text: str) -> str:
    """Escape a text of somebody else so that Markdown shows it letter by letter.

    Lines are kept, each as a hard break; no line can begin a list, a heading, a table, a
    quotation or a code block, and no link, image, formula, icon or HTML can start.
    """
    lines = [_FOUND_LATER.sub(_JOINER, line.strip()) for line in text.splitlines()]
    return "  \n".join(_PUNCTUATION.sub(_escape, line) for line in lines)


def _escape(match: re.Match[str]) -> str:
    mark = match.group(1)
    # Streamlit's directives are found before backslashes count.
    return f"&#{ord(mark)};" if mark in "<>&:$@~" else "\\" + mark


__all__ = ["escape_markdown"]
