"""What a customer signs, what holds from then on, and how it stands: the contracts' structs.

Money is in the token's smallest units, use in units of the list, time in seconds of the chain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eth_utils.crypto import keccak
from pydantic import ConfigDict, Field

from ..codec import encode
from ..limits import MAX_RUNGS
from ..values import Address, Frozen
from .plans import Rung, packed_rungs, unpacked_rungs

MONEY = 2**79 - 1  # the most that an escrow or a cap holds
SEQUENCE = 2**32 - 1
OUTAGE_TOTAL = 2**22 - 1  # minutes
OUTAGE = 2**20 - 1  # minutes of one period
NOT_COVERED = 2**256 - 1  # a price, in the contracts' words: the plan does not cover the use
_TERMS_TYPES = [
    *("uint256", "uint256", "address", *("uint256",) * 8),
    f"uint256[{MAX_RUNGS}]",
]


class _Struct(Frozen):
    """A struct of the contracts, its fields in their order."""

    model_config = ConfigDict(populate_by_name=True)

    @property
    def words(self) -> tuple[Any, ...]:
        """As a call takes it."""
        return tuple(_word(getattr(self, name)) for name in type(self).model_fields)


class Ladder(_Struct):
    """What a customer signs; `ladder.build` refuses what the contract would."""

    list_id: int
    revision: int = Field(description="of the list, as it was read")
    meter: Address = Field(description="whose readings count")
    starts_at: int = Field(default=0, description="0: at once")
    periods: int = Field(description="after which it ends by itself")
    period_cap: int = Field(description="the most that a period may cost")
    total_cap: int = Field(description="the most that all of them may cost")
    deposit: int = Field(description="paid in at the start")
    rungs: tuple[Rung, ...]


class Terms(_Struct):
    """What never changes in an agreement but for the better; the contract keeps its hash."""

    passport_id: int
    list_id: int
    meter: Address
    starts_at: int
    period: int = Field(description="its length")
    grace: int
    outage_factor: int = Field(description="basis points of the time lost that are credited")
    period_cap: int
    reach: int = Field(description="rungs up to the first stop")
    limit: int = Field(description="units at which that stop is")
    lowest: int = Field(description="what a period costs in which nothing is used")
    rungs: tuple[Rung, ...]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Terms:
        """The terms that an event told."""
        return cls(**{**words, "rungs": unpacked_rungs(words["rungs"])})

    @property
    def hash(self) -> str:
        """What `terms_hash_of` says of an agreement that has these."""
        return "0x" + keccak(encode(_TERMS_TYPES, self.words)).hex()

    def begins(self, period: int) -> int:
        """When a period begins."""
        return self.starts_at + period * self.period


class Reading(_Struct):
    """What a meter shows, with its signature in two words (ERC-2098)."""

    sequence: int = Field(ge=0, description="rises from reading to reading")
    read_at: int = Field(ge=0)
    shown: int = Field(
        ge=0, validation_alias="register", description="units since the agreement began"
    )
    outage: int = Field(default=0, ge=0, description="minutes without service since it began")
    r: int = Field(default=0, ge=0, lt=2**256)
    vs: int = Field(default=0, ge=0, lt=2**256)


class Account(_Struct):
    """An agreement's book, as it was written down last."""

    period: int = Field(description="the one that is open, from 0; `periods` once all are closed")
    periods: int
    use: int = Field(description="of that period, as far as it was read")
    price: int = Field(description="of that use, within the caps")
    outage: int = Field(description="minutes of that period")
    escrow: int
    left: int = Field(description="of the cap in total")
    sequence: int
    shown: int = Field(validation_alias="register", description="by the meter, last")
    outage_total: int
    revision: int
    rung: int = Field(description="on which it stands")
    funded: int = Field(description="how many periods are paid for if nothing more is used")
    is_stopped: bool
    is_warned: bool
    is_worsened: bool = Field(description="a plan of the ladder got dearer, or is gone")
    has_left: bool
    has_gone_on: bool


class GoingOn(_Struct):
    """How far a customer said to go on, last, and when they left before the end."""

    period: int = 0
    limit: int = 0
    period_cap: int = 0
    left_at: int = 0


class Standing(_Struct):
    """How an agreement stands at a moment, whether or not it was written down."""

    is_entitled: bool
    period: int = Field(description="of the clock, from 0")
    period_ends_at: int
    ends_at: int = Field(description="of the agreement")
    use: int = Field(description="of the period that is open for readings")
    open_period: int = Field(description="which that is: the one before, while its grace lasts")
    limit: int
    cap: int
    rung: int
    next_use: int = Field(description="beyond which another plan counts; 0: it stops first")
    price: int
    credit: int
    escrow: int
    left: int
    percent: int = Field(description="of the limit or of the cap, whichever is nearer")

    @property
    def net(self) -> int:
        """What the open period costs so far, less the credit for outage."""
        return self.price - self.credit


class Quote(Frozen):
    """What use costs on a ladder, on each of its plans, and what less use would have cost."""

    price: int
    rung: int = Field(description="the cheapest plan that covers the use, from 0")
    prices: tuple[int | None, ...] = Field(description="on each plan; None: does not cover it")
    less_use: int = Field(description="the most that the plans below cover")
    less_price: int

    @classmethod
    def of(cls, words: Mapping[str, Any], count: int) -> Quote:
        """The calculator's answer about a ladder of so many plans."""
        return cls(**{**words, "prices": known(words["prices"][:count])})


class Advice(Frozen):
    """What past periods would have cost on each plan alone, and on the ladder as a whole."""

    totals: tuple[int | None, ...]
    ladder_total: int
    best: int | None = Field(description="the plan that alone would have cost least, from 0")

    @classmethod
    def of(cls, words: Mapping[str, Any], count: int) -> Advice:
        """The calculator's answer about a ladder of so many plans."""
        (best,) = known([words["best"]])
        return cls(**{**words, "totals": known(words["totals"][:count]), "best": best})


def known(prices: Sequence[int]) -> tuple[int | None, ...]:
    """The contracts' words; None for what does not cover the use."""
    return tuple(None if price == NOT_COVERED else price for price in prices)


def _word(value: Any) -> Any:
    return packed_rungs(value) if isinstance(value, tuple) else value


__all__ = [
    "MONEY",
    "NOT_COVERED",
    "OUTAGE",
    "OUTAGE_TOTAL",
    "SEQUENCE",
    "Account",
    "Advice",
    "GoingOn",
    "Ladder",
    "Quote",
    "Reading",
    "Standing",
    "Terms",
    "known",
]
