"""What a gateway says. Numbers that a browser would round are text; moments are UTC."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..values import Address, Hash
from .told import ClaimWord, Id, KindWord, Points, PollWord, QuestionWord, ReadAt, Told, Words

OLDER = "ask for the next part `before` this; None: that is all"


class Tier(Told):
    """A tier of the brand."""

    level: int = Field(description="0 is below the first threshold", examples=[2])
    name: Words | None = Field(default=None, description="None: the brand's text is not there")
    standing: int = Field(default=0, description="from which standing on", examples=[250])


class Member(Told):
    """Who somebody is to the brand. Nobody, where `passport_id` is None."""

    passport_id: int | None = Field(default=None, examples=[42])
    member_no: int | None = Field(
        default=None, description="stays the person's for ever, also after leaving", examples=[42]
    )
    is_member: bool = Field(description="now")
    since: datetime | None = Field(default=None, description="when they joined")
    tier: Tier | None = None
    tier_kept_until: datetime | None = None
    standing: int = Field(default=0, examples=[310])
    next_tier_in: int | None = Field(
        default=None, description="standing that is missing; None: at the top, or no member"
    )
    account: Address | None = Field(
        default=None, description="the wallet whose points these are; not told of an avatar"
    )
    points: Points = Decimal(0)
    points_symbol: str = Field(default="", examples=["SIL"])
    points_expire_at: datetime | None = None
    are_points_frozen: bool = False


class MemberAnswer(Told):
    """A person, and the block at which they were looked up."""

    member: Member
    read: ReadAt


class Claim(Told):
    """One claim of a member."""

    id: Id
    perk_id: int
    member_no: int
    variant: int
    serial: int = Field(description="its number in the line")
    claimed_at: datetime
    deadline: datetime = Field(description="until when the brand should deliver")
    state: ClaimWord


class ClaimAnswer(Told):
    """A claim, and the block at which it was looked up."""

    claim: Claim
    read: ReadAt


class Gate(Told):
    """A question that a perk asks before it opens."""

    question: QuestionWord
    value: Id = Field(
        description="tier, standing or poll; of a consent company << 16 | purpose << 8 | category"
    )
    is_open: bool | None = Field(default=None, description="None: nobody was asked about")


class Variant(Told):
    """A size, a colour, a date."""

    name: Words | None = None
    stock: int
    left: int


class Perk(Told):
    """A perk; where somebody was asked about, as they see it."""

    id: int
    name: Words | None = Field(default=None, description="None: the brand's text is not there")
    description: Words | None = None
    kind: KindWord
    price: Points
    opens_at: datetime
    closes_at: datetime | None
    limit: int = Field(description="claims of one member in one period")
    period_seconds: int | None = Field(description="None: the whole window is one period")
    deliver_within_seconds: int
    variants: tuple[Variant, ...]
    gates: tuple[Gate, ...]
    can_claim: bool = Field(description="now; by whom was asked about, else by somebody")
    refusal: str | None = Field(
        default=None, description="why not: a code of the contracts' refusals"
    )
    reason: str | None = Field(default=None, description="the same as a sentence, in English")
    claims: tuple[Claim, ...] = Field(default=(), description="theirs that wait for delivery")


class PerksAnswer(Told):
    """A part of the perks, the newest first."""

    passport_id: int | None = Field(default=None, description="as whom sees them; None: anybody")
    perks: tuple[Perk, ...]
    older: str | None = Field(default=None, description=OLDER)
    read: ReadAt


class Option(Told):
    """What one may vote for."""

    number: int
    name: Words | None = None
    count: int


class Poll(Told):
    """A poll as it stands."""

    id: int
    question: Words | None = None
    description: Words | None = None
    is_approval: bool = Field(description="whether a ballot may name several options, or none")
    state: PollWord
    snapshot: datetime = Field(description="who was a member then may vote")
    closes_at: datetime
    options: tuple[Option, ...]
    ballots: int = Field(description="how many members have voted")


class PollsAnswer(Told):
    """A part of the polls, the newest first."""

    polls: tuple[Poll, ...]
    older: str | None = Field(default=None, description=OLDER)
    read: ReadAt


class World(Told):
    """A world that the brand trusts."""

    id: Hash
    name: Words


class Brand(Told):
    """A brand, its terms and where its contracts are."""

    brand: str
    chain_id: int
    contracts: dict[str, Address]
    name: str | None = Field(default=None, description="None: the brand's text is not there")
    motto: Words | None = None
    colour: str | None = None
    worlds: tuple[World, ...] = ()
    tiers: tuple[Tier, ...]
    members: int = Field(description="those who are members now")
    points_name: str = ""
    points_symbol: str = ""
    points_decimals: int = 0
    points_currency: str = ""
    points_face_value: str = Field(default="0", description="of one point, in that currency")


class BrandAnswer(Told):
    """The brand, and the block at which it was read."""

    brand: Brand
    read: ReadAt


class Happening(Told):
    """One public event."""

    contract: str
    event: str
    args: dict[str, Any] = Field(description="numbers and bytes as text")
    at: datetime
    block: int
    tx_hash: Hash
    is_final: bool = Field(description="False: its block may still be replaced")


class HistoryAnswer(Told):
    """A part of a person's public history, the newest first; it may be an empty one."""

    happenings: tuple[Happening, ...]
    older: str | None = Field(description=OLDER)
    read: ReadAt


class RedeemRequest(BaseModel):
    """A member's code, and who is to send it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z2-7 ]{1,3000}$")] = Field(
        description="as the till scanned it, or somebody typed it"
    )
    till: Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{40}$")] = Field(
        description="the account that will send the call; it has the role TILL"
    )


class PreparedCall(Told):
    """What the till's own signer sends; the gateway sends nothing."""

    chain_id: int
    sender: Address
    to: Address
    data: str = Field(pattern=r"^0x([0-9a-f]{2})*$")
    value: str = "0"


class RedeemAnswer(Told):
    """A code that the contract would take at this block."""

    claim: Claim
    perk: Words | None = Field(default=None, description="what to hand out")
    variant: Words | None = None
    good_until: datetime | None = Field(description="until when the code can be sent")
    call: PreparedCall
    read: ReadAt


class Health(Told):
    """How well the gateway is, part by part."""

    well: bool
    parts: dict[str, str] = Field(examples=[{"chain": "well", "index": "none", "callers": "well"}])
    block: int | None = None


__all__ = [
    "Brand",
    "BrandAnswer",
    "Claim",
    "ClaimAnswer",
    "Gate",
    "Happening",
    "Health",
    "HistoryAnswer",
    "Id",
    "Member",
    "MemberAnswer",
    "Option",
    "Perk",
    "PerksAnswer",
    "Points",
    "Poll",
    "PollsAnswer",
    "PreparedCall",
    "ReadAt",
    "RedeemAnswer",
    "RedeemRequest",
    "Tier",
    "Told",
    "Variant",
    "Words",
    "World",
]
