"""Plans and rungs: what is charged, and the words that stand for them in a ladder.

A rung is one word, from the lowest bit: base price 88 | included 40 | unit price 63 | capacity 40 |
the plan's number 24 | the ladder stops here 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from pydantic import Field

from ..errors import (
    BaseTooLarge,
    CapacityTooLarge,
    GapInTariff,
    IncludesTooMuch,
    NoCapacity,
    PlanNumberTooLarge,
    TooManyPlans,
    UnitPriceTooLarge,
)
from ..limits import MAX_RUNGS
from ..values import Frozen

BASE_MONEY = 2**88 - 1
UNITS = 2**40 - 1
UNIT_MONEY = 2**63 - 1
PLAN_ID = 2**24 - 1
_INCLUDED, _UNIT_PRICE, _CAPACITY, _PLAN_ID, _STOPS = 88, 128, 191, 231, 255


class AtCapacity(StrEnum):
    """What a ladder does where a plan's capacity ends; as the wallet shows it."""

    SWITCH = "SWITCH"
    STOP = "STOP"


class Plan(Frozen):
    """What a plan costs and covers; money in the token's smallest units."""

    base_price: int = Field(ge=0, description="of a period")
    included: int = Field(ge=0, description="units that the base price covers")
    unit_price: int = Field(ge=0, description="of each unit beyond")
    capacity: int = Field(ge=0, description="units: the plan's limit")

    @property
    def words(self) -> tuple[int, int, int, int]:
        """The contract's struct."""
        return self.base_price, self.included, self.unit_price, self.capacity

    def require_fit(self) -> None:
        """Refuse, as the contract would, a plan for which there is no place in a word.

        Raises:
            Refused: Its class says which number is too large, or that nothing is covered.
        """
        if self.base_price > BASE_MONEY:
            raise BaseTooLarge()
        if self.unit_price > UNIT_MONEY:
            raise UnitPriceTooLarge()
        if not self.capacity:
            raise NoCapacity()
        if self.capacity > UNITS:
            raise CapacityTooLarge()
        if self.included > self.capacity:
            raise IncludesTooMuch()

    def is_no_worse_than(self, old: Plan) -> bool:
        """Whether it costs nobody more than the old one, whatever they use."""
        return (
            self.capacity >= old.capacity
            and self.included >= old.included
            and self.base_price <= old.base_price
            and self.unit_price <= old.unit_price
        )


class Rung(Frozen):
    """A plan in a ladder."""

    plan_id: int = Field(ge=0, description="its number in its price list")
    plan: Plan
    at_capacity: AtCapacity = AtCapacity.SWITCH

    @property
    def stops(self) -> bool:
        """Whether the ladder stops at this plan's capacity."""
        return self.at_capacity is AtCapacity.STOP

    @property
    def message(self) -> dict[str, Any]:
        """What a wallet shows of it in `OpenAgreement`."""
        return {
            "plan": self.plan_id,
            **self.plan.model_dump(),
            "at_capacity": str(self.at_capacity),
        }


def packed(rung: Rung) -> int:
    """A rung's word.

    Raises:
        Refused: A number of it has no place.
    """
    plan = rung.plan
    plan.require_fit()
    if rung.plan_id > PLAN_ID:
        raise PlanNumberTooLarge()
    return (
        plan.base_price
        | plan.included << _INCLUDED
        | plan.unit_price << _UNIT_PRICE
        | plan.capacity << _CAPACITY
        | rung.plan_id << _PLAN_ID
        | rung.stops << _STOPS
    )


def unpacked(word: int) -> Rung:
    """The rung that a word stands for."""
    plan = Plan(
        base_price=word & BASE_MONEY,
        included=word >> _INCLUDED & UNITS,
        unit_price=word >> _UNIT_PRICE & UNIT_MONEY,
        capacity=word >> _CAPACITY & UNITS,
    )
    at_capacity = AtCapacity.STOP if word >> _STOPS else AtCapacity.SWITCH
    return Rung(plan_id=word >> _PLAN_ID & PLAN_ID, plan=plan, at_capacity=at_capacity)


def packed_rungs(rungs: Sequence[Rung]) -> tuple[int, ...]:
    """A ladder's words, the empty ones behind.

    Raises:
        TooManyPlans: The contracts have no place for more than six.
        Refused: A number of one of them has no place.
    """
    if len(rungs) > MAX_RUNGS:
        raise TooManyPlans()
    return (*(packed(rung) for rung in rungs), *(0,) * (MAX_RUNGS - len(rungs)))


def unpacked_rungs(words: Sequence[int]) -> tuple[Rung, ...]:
    """The rungs of a ladder.

    Raises:
        GapInTariff: An empty word stands before one that is not.
    """
    used = [word for word in words if word]
    if list(words[: len(used)]) != used:
        raise GapInTariff()
    return tuple(unpacked(word) for word in used)


__all__ = [
    "BASE_MONEY",
    "PLAN_ID",
    "UNITS",
    "UNIT_MONEY",
    "AtCapacity",
    "Plan",
    "Rung",
    "packed",
    "packed_rungs",
    "unpacked",
    "unpacked_rungs",
]
