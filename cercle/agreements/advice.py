"""Which plan of a list would have been the best, over the last periods of an agreement.

Usage example::

    checked = verify(agreements.history(agreement_id))
    advice = advise_on(checked.periods, shelf.offers_for(passport_id))
    print(advice.sentence)
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from ..limits import ADVISED
from ..values import Frozen
from .findings import ClosedPeriod
from .lists import Offer
from .tariff import price_on


class PlanTotal(Frozen):
    """What the periods would have cost on one plan alone."""

    plan_id: int
    prices: tuple[int | None, ...] = Field(description="of each period; None: not covered")
    total: int | None = Field(description="None: it did not cover one of them")
    uncovered: int = Field(description="how many periods used more than it covers")


class PlanAdvice(Frozen):
    """What the last periods cost, and what they would have cost on each plan."""

    uses: tuple[int, ...] = Field(description="of each period, oldest first")
    price: int = Field(description="by the agreement's own ladder, before credit for outages")
    plans: tuple[PlanTotal, ...] = Field(description="the cheapest first, those that fail last")
    each_cheapest: int | None = Field(
        description="had every period been on its cheapest plan: a ladder of all of them"
    )

    @property
    def best(self) -> PlanTotal | None:
        """The plan that alone would have cost least; None: none covers all."""
        first = self.plans[0] if self.plans else None
        return first if first is not None and first.total is not None else None

    @property
    def saving(self) -> int:
        """What the best plan alone would have saved; 0: nothing."""
        return max(0, self.price - self.best.total) if self.best and self.best.total else 0

    @property
    def ladder_saving(self) -> int:
        """What a ladder of all the plans would have saved; 0: nothing."""
        return 0 if self.each_cheapest is None else max(0, self.price - self.each_cheapest)

    @property
    def sentence(self) -> str:
        """In words."""
        if not self.uses:
            return "No period is over yet: there is nothing to compare."
        over = f"the last {len(self.uses)} periods" if len(self.uses) > 1 else "the last period"
        if self.best is None:
            return f"No plan covers all that was used in {over}."
        told = f"On plan {self.best.plan_id} alone {over} would have cost {self.best.total}"
        if self.saving:
            return f"{told}: {self.saving} less than the {self.price} of your plans."
        if self.best.total == self.price:
            return f"{told}, as much as on your plans."
        return f"{told}: your plans cost less, {self.price}."


def advise_on(periods: Sequence[ClosedPeriod], offers: Sequence[Offer]) -> PlanAdvice:
    """Compare what the last periods cost with what each plan would have cost.

    Args:
        periods: Those that are over, oldest first; the last `limits.ADVISED` count.
        offers: The plans that the customer may choose from.
    """
    counted = periods[-ADVISED:]
    uses = tuple(one.use for one in counted)
    plans = sorted((_total(one, uses) for one in offers), key=_rank)
    return PlanAdvice(
        uses=uses,
        price=sum(one.price for one in counted),
        plans=tuple(plans),
        each_cheapest=_each_cheapest(plans, len(uses)),
    )


def _total(offer: Offer, uses: Sequence[int]) -> PlanTotal:
    plan = offer.plan
    prices = tuple(price_on(plan, use) if use <= plan.capacity else None for use in uses)
    covered = [price for price in prices if price is not None]
    return PlanTotal(
        plan_id=offer.plan_id,
        prices=prices,
        total=sum(covered) if len(covered) == len(uses) else None,
        uncovered=len(uses) - len(covered),
    )


def _rank(one: PlanTotal) -> tuple[bool, int, int]:
    """The cheapest first; of two as cheap, the one that was there first."""
    return one.total is None, one.total or 0, one.plan_id


def _each_cheapest(plans: Sequence[PlanTotal], count: int) -> int | None:
    total = 0
    for place in range(count):
        prices = [one.prices[place] for one in plans]
        known = [price for price in prices if price is not None]
        if not known:
            return None
        total += min(known)
    return total


__all__ = ["PlanAdvice", "PlanTotal", "advise_on"]
