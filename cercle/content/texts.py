"""Texts as documents hold them: plain, bounded, in both languages."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from ..values import Frozen

# Direction overrides and isolates make a text read otherwise than it is written.
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_HARMLESS = {"\u200d"}  # the joiner of compound emoji and of Indic scripts


def plain(text: str, allowed: str = "") -> str:
    for character in text:
        if character in allowed or character in _HARMLESS:
            continue
        if unicodedata.category(character) in _UNSAFE:
            raise ValueError(f"the character U+{ord(character):04X} is not allowed")
    if text != text.strip():
        raise ValueError("a text must not begin or end with blanks")
    return text


def plain_paragraphs(text: str) -> str:
    return plain(text, allowed="\n")


Line = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(plain)]
Paragraphs = Annotated[str, Field(max_length=4_000), AfterValidator(plain_paragraphs)]
Words = Annotated[str, Field(max_length=1_000), AfterValidator(plain_paragraphs)]


class Text(Frozen):
    """One line in both languages."""

    fr: Line
    en: Line

    def in_language(self, language: str) -> str:
        """The line in `language` ("fr", "fr-CA"...), else in English. It is raw: escape it."""
        return self.fr if language.lower().startswith("fr") else self.en


class LongText(Frozen):
    """A few paragraphs in both languages; both may be empty."""

    fr: Paragraphs = ""
    en: Paragraphs = ""

    def in_language(self, language: str) -> str:
        """The text in `language`, else in English. It is raw: escape it."""
        return self.fr if language.lower().startswith("fr") else self.en


__all__ = [
    "Line",
    "LongText",
    "Paragraphs",
    "Text",
    "Words",
    "plain",
    "plain_paragraphs",
]
