"""What a provider offers, as it was read at one block: a list, its plans, who reads the meter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from ..values import Address, Frozen, Hash
from .plans import Plan


class PriceList(Frozen):
    """What holds for all agreements under a list; only its revision moves."""

    list_id: int
    company_id: int = Field(description="the provider; 0: there is no such list")
    operator_id: int = Field(description="the company whose meters count")
    token: Address
    period: int = Field(description="seconds")
    grace: int = Field(description="seconds after a period in which its readings still count")
    outage_factor: int = Field(description="basis points of the time lost that are credited")
    revision: int = Field(description="one more at each change of a plan")
    plan_count: int

    @classmethod
    def of(cls, list_id: int, words: Mapping[str, Any]) -> PriceList:
        """What `PriceLists.list_of` answers."""
        return cls(list_id=list_id, **words)


class Offer(Frozen):
    """A plan of a list, as it is offered now."""

    plan_id: int
    plan: Plan
    passport_id: int = Field(default=0, description="for whom alone; 0: for all")
    content_hash: Hash | None = Field(default=None, description="its words; None: not read")

    def is_for(self, passport_id: int) -> bool:
        """Whether this person may have it."""
        return self.passport_id in (0, passport_id)


class Shelf(Frozen):
    """A list with what a customer needs to know to sign: all of it read at one block."""

    price_list: PriceList
    offers: dict[int, Offer] = Field(description="by the plan's number; withdrawn ones are missing")
    meters: dict[Address, int] = Field(default={}, description="who operates each; 0: nobody")
    allowing: frozenset[int] = Field(
        default=frozenset(), description="passports that let the provider improve things for them"
    )
    now: int = Field(description="the block's second")

    def offers_for(self, passport_id: int) -> tuple[Offer, ...]:
        """What this person may choose from, by the plans' numbers."""
        found = [one for one in self.offers.values() if one.is_for(passport_id)]
        allowed = [one for one in found if not one.passport_id or passport_id in self.allowing]
        return tuple(sorted(allowed, key=lambda one: one.plan_id))


__all__ = ["Offer", "PriceList", "Shelf"]
