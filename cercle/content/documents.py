"""The three documents that exist: a brand's profile, a perk, a poll."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from .. import limits
from ..errors import ContentRefused
from ..values import Frozen

# Direction overrides and isolates make a text read otherwise than it is written.
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_HARMLESS = {"\u200d"}  # the joiner of compound emoji and of Indic scripts


def _plain(text: str, allowed: str = "") -> str:
    for character in text:
        if character in allowed or character in _HARMLESS:
            continue
        if unicodedata.category(character) in _UNSAFE:
            raise ValueError(f"the character U+{ord(character):04X} is not allowed")
    if text != text.strip():
        raise ValueError("a text must not begin or end with blanks")
    return text


def _paragraphs(text: str) -> str:
    return _plain(text, allowed="\n")


Line = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain)]
Paragraphs = Annotated[str, Field(max_length=4_000), AfterValidator(_paragraphs)]


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


class PerkDocument(Frozen):
    """What a perk is, with the names of its variants in the order of its stock."""

    kind: Literal["perk"] = "perk"
    name: Text
    description: LongText
    variants: Annotated[tuple[Text, ...], Field(min_length=1, max_length=limits.MAX_VARIANTS)]


class PollDocument(Frozen):
    """What a poll asks; its first option is number 1 on the chain."""

    kind: Literal["poll"] = "poll"
    question: Text
    description: LongText
    options: Annotated[
        tuple[Text, ...],
        Field(min_length=limits.MIN_OPTIONS, max_length=limits.MAX_OPTIONS),
    ]


class BrandDocument(Frozen):
    """How a brand presents itself. `tiers[0]` is the name of being below the first threshold."""

    kind: Literal["brand"] = "brand"
    name: Line
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
    motto: Text
    tiers: Annotated[tuple[Text, ...], Field(min_length=1, max_length=limits.MAX_TIERS + 1)]
    languages: Annotated[tuple[Literal["fr", "en"], ...], Field(min_length=1, max_length=2)]
    support_hours: Text


Document = Annotated[BrandDocument | PerkDocument | PollDocument, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[BrandDocument | PerkDocument | PollDocument] = TypeAdapter(Document)


def parse_document(value: Any) -> BrandDocument | PerkDocument | PollDocument:
    """Read one of the documents.

    Raises:
        ContentRefused: A field is missing, unknown, too long or holds a control character.
    """
    try:
        return _ADAPTER.validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise ContentRefused(f"This document is not valid: {where}: {first['msg']}.") from error


__all__ = [
    "BrandDocument",
    "Document",
    "LongText",
    "PerkDocument",
    "PollDocument",
    "Text",
    "parse_document",
]
