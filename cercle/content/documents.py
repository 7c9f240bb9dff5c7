"""The documents that exist: of a brand, its perks, polls and people, of companies and plans."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from .. import limits
from ..errors import ContentRefused
from ..values import Frozen, Hash
from .notice import NoticeDocument
from .service import MeterDocument, PlanDocument, PriceListDocument
from .texts import Line, LongText, Text, Words

MOST_WORLDS = 16


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


class WorldName(Frozen):
    """A world that a brand trusts to say who is who, and what the brand calls it."""

    id: Hash
    name: Text


class BrandDocument(Frozen):
    """How a brand presents itself. `tiers[0]` is the name of being below the first threshold.

    Anybody may call a world by any name: pages trust the ids that stand here, and no others.
    """

    kind: Literal["brand"] = "brand"
    name: Line
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
    motto: Text
    tiers: Annotated[tuple[Text, ...], Field(min_length=1, max_length=limits.MAX_TIERS + 1)]
    languages: Annotated[tuple[Literal["fr", "en"], ...], Field(min_length=1, max_length=2)]
    support_hours: Text
    worlds: Annotated[
        tuple[WorldName, ...], Field(max_length=MOST_WORLDS, exclude_if=lambda worlds: not worlds)
    ] = ()

    def world(self, text: str) -> str | None:
        """The id of a world that this brand trusts, by its name in either language."""
        for one in self.worlds:
            if text in (one.name.fr, one.name.en):
                return one.id
        return None


class ProfileDocument(Frozen):
    """How a person presents themselves, in words of their own, and the worlds they list.

    The salt is random, so that the hash on the chain tells nothing to who guesses the words.
    """

    kind: Literal["profile"] = "profile"
    display_name: Line
    bio: Words = ""
    worlds: Annotated[tuple[Hash, ...], Field(max_length=MOST_WORLDS)] = ()
    salt: Hash = Field(default_factory=lambda: "0x" + secrets.token_hex(32))


AnyDocument = (
    BrandDocument
    | MeterDocument
    | NoticeDocument
    | PerkDocument
    | PlanDocument
    | PollDocument
    | PriceListDocument
    | ProfileDocument
)
Document = Annotated[AnyDocument, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[AnyDocument] = TypeAdapter(Document)


def parse_document(value: Any) -> AnyDocument:
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
    "MOST_WORLDS",
    "AnyDocument",
    "BrandDocument",
    "Document",
    "LongText",
    "MeterDocument",
    "NoticeDocument",
    "PerkDocument",
    "PlanDocument",
    "PollDocument",
    "PriceListDocument",
    "ProfileDocument",
    "Text",
    "WorldName",
    "parse_document",
]
