"""User text shown through Markdown must stay text."""

from __future__ import annotations

import re

# Every ASCII punctuation mark may be escaped in CommonMark; Streamlit adds $ (formulas),
# : (icons, colours, badges) and ~ to what means something.
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Bare addresses become links after everything is unescaped: an invisible joiner breaks them.
_ADDRESS = re.compile(r"(https?:(?=//)|www(?=\.)|@)", re.IGNORECASE)
_JOINER = "\u2060"


def escape_markdown(text: str) -> str:
    """Escape a text of somebody else so that Markdown shows it letter by letter.

    Lines are kept, each as a hard break; no line can begin a list, a heading, a table, a
    quotation or a code block, and no link, image, formula, icon or HTML can start.
    """
    text = _ADDRESS.sub(rf"\1{_JOINER}", text)
    lines = [_PUNCTUATION.sub(_escape, line.strip()) for line in text.splitlines()]
    return "  \n".join(lines)


def _escape(match: re.Match[str]) -> str:
    mark = match.group(1)
    # Streamlit's own directives are found before backslashes count.
    return f"&#{ord(mark)};" if mark in "<>&:$@~" else "\\" + mark


__all__ = ["escape_markdown"]
