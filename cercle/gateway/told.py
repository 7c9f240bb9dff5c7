"""What every answer is made of."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from ..values import Hash

Points = Annotated[
    Decimal,
    PlainSerializer(lambda amount: f"{amount:f}", return_type=str),
    Field(description="whole points, as text", examples=["1250"]),
]
Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,78}$"),
    Field(description="a number that may be large, as text"),
]


class Told(BaseModel):
    """What a gateway says; fields that this version does not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReadAt(Told):
    """Where an answer comes from, and how old it is."""

    source: Literal["chain", "index"] = Field(description="who served it")
    block: int = Field(description="the last block that the answer knows", examples=[19_000_123])
    hash: Hash | None = Field(default=None, description="of that block, where the chain was asked")
    at: datetime | None = Field(default=None, description="that block's own time")
    head: int = Field(description="the newest block that is known", examples=[19_000_123])
    behind: int = Field(default=0, description="how many blocks are missing")
    seconds: int = Field(default=0, description="how much older the block is than the newest")


class Words(Told):
    """A text in both languages."""

    fr: str
    en: str


class ClaimWord(StrEnum):
    """Where a claim stands."""

    CLAIMED = "claimed"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    MISSED = "missed"


class KindWord(StrEnum):
    """How a claimed perk is delivered."""

    STORE = "store"
    CODE = "code"
    SHIP = "ship"


class QuestionWord(StrEnum):
    """What a perk's gate asks for."""

    TIER = "tier"
    STANDING = "standing"
    TOOK_PART = "took_part"
    CONSENT = "consent"
    OTHER = "other"


class PollWord(StrEnum):
    """Where a poll stands."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


__all__ = [
    "ClaimWord",
    "Id",
    "KindWord",
    "Points",
    "PollWord",
    "QuestionWord",
    "ReadAt",
    "Told",
    "Words",
]
