"""What use costs: the contract's calculator in plain Python, equal to it to the unit.

The cheapest plan of a ladder that covers the use. It never falls as use grows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..errors import (
    BeyondTheRungs,
    CapacitiesMustRise,
    EmptyTariff,
    LadderTooShort,
    NoPeriodLength,
    PeriodLengthTooLong,
    UseTooLarge,
)
from ..limits import MAX_PERIOD
from .models import Advice, Quote
from .plans import UNITS, Plan, Rung


def price_on(plan: Plan, use: int) -> int:
    """What use costs on one plan, whether or not its capacity covers it.

    Raises:
        UseTooLarge: There is no place for so much.
    """
    _require_use(use)
    return plan.base_price + max(0, use - plan.included) * plan.unit_price


def quote(rungs: Sequence[Rung], use: int, reach: int = 0) -> Quote:
    """What use costs on a ladder, on each of its plans, and what less use would have cost.

    Args:
        rungs: The ladder, capacities rising.
        use: Units of a period; beyond the last plan that counts, it costs what that costs.
        reach: How many of its plans count, from the first; 0: to its first stop.

    Raises:
        Refused: The ladder is none, or the use has no place.
    """
    _require_ladder(rungs)
    _require_use(use)
    reach = _counted(rungs, reach)
    return priced(rungs, reach, min(use, rungs[reach - 1].plan.capacity))


def price_of_part(
    rungs: Sequence[Rung], use: int, elapsed: int, period: int, reach: int = 0
) -> int:
    """What a period costs that is left before its end, rounded down.

    Of the base price the part of the time or of the included units that is gone, whichever is
    more, on the plan that the use would have been charged by; and what was used beyond.

    Args:
        rungs: The ladder, capacities rising.
        use: Units of that period.
        elapsed: Seconds from its start.
        period: Its whole length, in seconds.
        reach: How many of its plans count, from the first; 0: to its first stop.

    Raises:
        Refused: The ladder is none, or a number has no place.
    """
    _require_ladder(rungs)
    _require_use(use)
    if not period:
        raise NoPeriodLength()
    if max(elapsed, period) > MAX_PERIOD:
        raise PeriodLengthTooLong()
    reach = _counted(rungs, reach)
    return part_priced(rungs, reach, min(use, rungs[reach - 1].plan.capacity), elapsed, period)


def advise(rungs: Sequence[Rung], uses: Sequence[int]) -> Advice:
    """What past periods would have cost: on each plan alone, and on the ladder as a whole.

    Args:
        rungs: The ladder, capacities rising; its stops are not asked.
        uses: Units of each period. The contract takes up to `limits.ADVISED`; here is no bound.

    Raises:
        LadderTooShort: No plan covers one of them.
        Refused: The ladder is none.
    """
    _require_ladder(rungs)
    if any(use > rungs[-1].plan.capacity for use in uses):
        raise LadderTooShort()
    totals = tuple(
        None
        if any(use > rung.plan.capacity for use in uses)
        else sum(price_on(rung.plan, use) for use in uses)
        for rung in rungs
    )
    known = [(total, place) for place, total in enumerate(totals) if total is not None]
    return Advice(
        totals=totals,
        ladder_total=sum(priced(rungs, len(rungs), use).price for use in uses),
        best=min(known)[1] if known else None,
    )


def stop_of(rungs: Sequence[Rung]) -> int:
    """How many rungs are climbed before the first stop, the stop's own included."""
    for place, rung in enumerate(rungs, 1):
        if rung.stops:
            return place
    return len(rungs)


def reach_for(rungs: Sequence[Rung], limit: int) -> int:
    """How many rungs are climbed for so much use; 0 where the ladder is too short."""
    for place, rung in enumerate(rungs, 1):
        if rung.plan.capacity >= limit:
            return place
    return 0


def next_switch(
    rungs: Sequence[Rung], use: int, limit: int, reach: int = 0
) -> tuple[int, int] | None:
    """The least use beyond this one by which another plan counts, and which; None: none before.

    Args:
        rungs: The ladder, capacities rising.
        use: Units so far.
        limit: Units at which it stops; nothing beyond is looked at.
        reach: How many of its plans count, from the first; 0: to its first stop.

    Raises:
        Refused: The ladder is none, or a number has no place.
    """
    _require_ladder(rungs)
    _require_use(max(use, limit))
    reach = _counted(rungs, reach)
    limit = min(limit, rungs[reach - 1].plan.capacity)
    if use >= limit:
        return None
    stands = priced(rungs, reach, use).rung
    # Between these each price is a straight line, so where one is the least is one stretch.
    marks = {limit, *(rung.plan.included for rung in rungs)}
    marks |= {rung.plan.capacity for rung in rungs}
    below = use
    for upper in sorted(mark for mark in marks if use < mark <= limit):
        for low, high in ((below, below + 1), (below + 1, upper)):
            if high <= upper and priced(rungs, reach, high).rung != stands:
                while high - low > 1:
                    middle = (low + high) // 2
                    moved = priced(rungs, reach, middle).rung != stands
                    low, high = (low, middle) if moved else (middle, high)
                return high, priced(rungs, reach, high).rung
        below = upper
    return None


# ---- without looking at what was given ------------------------------------------------


def priced(rungs: Sequence[Rung], reach: int, use: int) -> Quote:
    """The cheapest of the first `reach` plans that covers the use; of two as cheap, the first."""
    covering = [rung.plan.capacity >= use for rung in rungs]
    prices = tuple(
        price_on(rung.plan, use) if covers else None
        for rung, covers in zip(rungs, covering, strict=True)
    )
    price, place = min(_reached(prices, reach))
    below = [rung.plan for rung, covers in zip(rungs, covering, strict=True) if not covers]
    if not below:
        return Quote(price=price, rung=place, prices=prices, less_use=0, less_price=price)
    less_use = below[-1].capacity
    less = [price_on(below[-1], less_use)]
    less += [price_on(rungs[i].plan, less_use) for i in range(reach) if covering[i]]
    return Quote(price=price, rung=place, prices=prices, less_use=less_use, less_price=min(less))


def part_priced(rungs: Sequence[Rung], reach: int, use: int, elapsed: int, period: int) -> int:
    """The part of the plan that the whole period would have been charged by."""
    plan = rungs[priced(rungs, reach, use).rung].plan
    lived = plan.base_price * min(elapsed, period) // period
    if use < plan.included:
        return max(lived, plan.base_price * use // plan.included)
    if plan.included:
        return price_on(plan, use)  # all that was included is used up
    return lived + use * plan.unit_price


def _reached(prices: Sequence[int | None], reach: int) -> list[tuple[int, int]]:
    return [(price, i) for i, price in enumerate(prices[:reach]) if price is not None]


def _require_use(use: int) -> None:
    if use > UNITS:
        raise UseTooLarge()


def _require_ladder(rungs: Sequence[Rung]) -> None:
    if not rungs:
        raise EmptyTariff()
    capacities = [0, *(rung.plan.capacity for rung in rungs)]
    if any(upper <= lower for lower, upper in pairwise(capacities)):
        raise CapacitiesMustRise()


def _counted(rungs: Sequence[Rung], reach: int) -> int:
    if reach > len(rungs):
        raise BeyondTheRungs()
    return reach or stop_of(rungs)


__all__ = [
    "advise",
    "next_switch",
    "part_priced",
    "price_of_part",
    "price_on",
    "priced",
    "quote",
    "reach_for",
    "stop_of",
]
