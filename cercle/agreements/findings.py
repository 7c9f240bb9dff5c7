"""What an agreement's events tell, once they were reckoned again: receipts, periods, faults."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..values import Frozen
from .models import Account, GoingOn, Terms

_NAMES = {
    "credit": "the credit for outage",
    "charge": "what it was charged",
    "first": "the first of them",
    "less_price": "what less use would have cost",
    "less_use": "how much less use would have been cheaper",
    "prices": "what each plan would have cost",
    "read_at": "the second in which it was made",
    "rung": "the plan of the ladder",
}


class Finding(Frozen):
    """Something that was written down and does not follow from the ladder."""

    event: str
    what: str = Field(description="the field that is wrong")
    told: Any
    right: Any
    subject: str
    tx_hash: str

    @property
    def sentence(self) -> str:
        """In words."""
        what = _NAMES.get(self.what, f"the {self.what}")
        return f"{self.subject}: {what} was written down as {self.told}, and is {self.right}."


class Receipt(Frozen):
    """A reading that was counted."""

    sequence: int
    read_at: int
    shown: int
    period: int
    use: int = Field(description="of that period so far")
    outage: int
    plan_id: int
    price: int
    prices: tuple[int | None, ...] = Field(description="on each plan of the ladder")
    less_use: int
    less_price: int
    tx_hash: str


class ClosedPeriod(Frozen):
    """A period that is over, and what it cost."""

    number: int
    use: int
    price: int
    credit: int
    charge: int
    tx_hash: str


class Checked(Frozen):
    """An agreement as its events tell it."""

    agreement_id: int
    terms: Terms = Field(description="as improved last")
    account: Account = Field(description="as it was left; revision and outage in all are not told")
    going: GoingOn
    receipts: tuple[Receipt, ...]
    periods: tuple[ClosedPeriod, ...]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything follows from the ladder."""
        return not self.findings


__all__ = ["Checked", "ClosedPeriod", "Finding", "Receipt"]
