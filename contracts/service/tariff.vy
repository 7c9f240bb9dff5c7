# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Tariff
@custom:contract-name tariff
@license AGPL-3.0-only
@author The Cercle authors
@notice What use costs: the cheapest plan of a ladder that covers it. The same function bills,
        previews and advises.
@dev A module without storage. A plan is one word, from the lowest bit: base price 88 |
     included 40 | unit price 63 | capacity 40 | its number 24 | the ladder stops here 1.
     On one plan the price is the base, and the unit price for each unit beyond those included.
     It never falls as use grows, and fewer plans cover more use; so the cheapest price never
     falls either, and when a reading comes, or how often, changes nothing.
"""

from ..common import limits
from ..interfaces import ITariff


# ---- constants ------------------------------------------------------------------

MONEY: constant(uint256) = 2**88 - 1
UNITS: constant(uint256) = 2**40 - 1
UNIT_MONEY: constant(uint256) = 2**63 - 1
TERMS: constant(uint256) = 2**231 - 1  # a plan without its place in a ladder
PLAN_ID: constant(uint256) = 2**24 - 1
PLAN_AT: constant(uint256) = 231
STOPS: constant(uint256) = 2**255
CAPACITY: constant(uint256) = (2**40 - 1) << 191
PLACE: constant(uint256) = (2**25 - 1) << 231  # in a ladder: the plan's number, the stop

_INCLUDED: constant(uint256) = 88
_UNIT_PRICE: constant(uint256) = 128
_CAPACITY: constant(uint256) = 191


# ---- internal: one plan ---------------------------------------------------------------

@internal
@pure
def _packed(plan: ITariff.Plan) -> uint256:
    assert plan.base_price <= MONEY, "tariff: base too large"
    assert plan.unit_price <= UNIT_MONEY, "tariff: unit price too large"
    assert plan.capacity != 0, "tariff: no capacity"
    assert plan.capacity <= UNITS, "tariff: capacity too large"
    assert plan.included <= plan.capacity, "tariff: includes too much"
    return (
        plan.base_price
        | plan.included << _INCLUDED
        | plan.unit_price << _UNIT_PRICE
        | plan.capacity << _CAPACITY
    )


@internal
@pure
def _unpacked(rung: uint256) -> ITariff.Plan:
    return ITariff.Plan(
        base_price=self._base_price(rung),
        included=(rung >> _INCLUDED) & UNITS,
        unit_price=(rung >> _UNIT_PRICE) & UNIT_MONEY,
        capacity=self._capacity(rung),
    )


@internal
@pure
def _base_price(rung: uint256) -> uint256:
    return rung & MONEY


@internal
@pure
def _capacity(rung: uint256) -> uint256:
    return (rung >> _CAPACITY) & UNITS


@internal
@pure
def _plan_id(rung: uint256) -> uint256:
    return (rung >> PLAN_AT) & PLAN_ID


@internal
@pure
def _price_on(rung: uint256, use: uint256) -> uint256:
    """
    @dev The price on one plan, whatever its capacity.
    """
    included: uint256 = (rung >> _INCLUDED) & UNITS
    if use <= included:
        return rung & MONEY
    # Neither can wrap: 88 bits, and 40 bits of units at 63 bits each.
    beyond: uint256 = unsafe_sub(use, included)
    extra: uint256 = unsafe_mul(beyond, (rung >> _UNIT_PRICE) & UNIT_MONEY)
    return unsafe_add(rung & MONEY, extra)


@internal
@pure
def _part_on(rung: uint256, use: uint256, elapsed: uint256, period: uint256) -> uint256:
    """
    @dev The price on one plan of a period that was left: of the base the part that was lived or
         used up, whichever is more, rounded down; and what was used beyond.
    """
    included: uint256 = (rung >> _INCLUDED) & UNITS
    if use >= included:
        # All that was included is used up. Where nothing is, only time counts.
        if included != 0:
            return self._price_on(rung, use)
        base: uint256 = (rung & MONEY) * min(elapsed, period) // period
        return base + use * ((rung >> _UNIT_PRICE) & UNIT_MONEY)
    return max((rung & MONEY) * min(elapsed, period) // period, (rung & MONEY) * use // included)


@internal
@pure
def _is_no_worse(new: uint256, old: uint256) -> bool:
    """
    @dev Whether a plan's new terms cost nobody more, whatever they use. A plan that was
         withdrawn is the empty word, of no capacity.
    """
    return (
        self._capacity(new) >= self._capacity(old)
        and (new >> _INCLUDED) & UNITS >= (old >> _INCLUDED) & UNITS
        and new & MONEY <= old & MONEY
        and (new >> _UNIT_PRICE) & UNIT_MONEY <= (old >> _UNIT_PRICE) & UNIT_MONEY
    )


# ---- internal: a ladder ---------------------------------------------------------------

@internal
@pure
def _stop_of(rungs: uint256[limits.MAX_RUNGS]) -> uint256:
    """
    @dev How many rungs are climbed before the first stop, the stop's own included.
    """
    reach: uint256 = 0
    for rung: uint256 in rungs:
        if rung == 0:
            break
        reach += 1
        if rung >= STOPS:
            break
    return reach


@internal
@pure
def _reach_for(rungs: uint256[limits.MAX_RUNGS], limit: uint256) -> uint256:
    """
    @dev How many rungs are climbed for so much use; 0 where the ladder is too short.
    """
    reach: uint256 = 0
    for rung: uint256 in rungs:
        reach += 1
        if self._capacity(rung) >= limit:
            return reach
    return 0


@internal
@pure
def _quote(rungs: uint256[limits.MAX_RUNGS], reach: uint256, use: uint256) -> ITariff.Quote:
    """
    @dev The cheapest of the first `reach` plans that covers the use; of two as cheap, the first.
         The prices tell of every plan, also of those that are not reached. Capacities rise along
         a ladder, so the rungs that do not cover the use come first; the last of them is the one
         that less use would have been covered by.
    """
    quote: ITariff.Quote = empty(ITariff.Quote)
    best: uint256 = max_value(uint256)
    less_best: uint256 = max_value(uint256)
    below: uint256 = 0  # the last rung that does not cover the use
    for i: uint256 in range(limits.MAX_RUNGS):
        rung: uint256 = rungs[i]
        if rung == 0:
            quote.prices[i] = max_value(uint256)
        elif (rung >> _CAPACITY) & UNITS < use:
            quote.prices[i] = max_value(uint256)
            below = rung
        else:
            price: uint256 = self._price_on(rung, use)
            quote.prices[i] = price
            if i < reach:
                if price < best:
                    best = price
                    quote.rung = i
                if below != 0:
                    less_best = min(less_best, self._price_on(rung, self._capacity(below)))
    quote.price = best
    quote.less_price = best
    if below != 0:
        quote.less_use = self._capacity(below)
        quote.less_price = min(less_best, self._price_on(below, quote.less_use))
    return quote


@internal
@pure
def _price_of_part(
    rungs: uint256[limits.MAX_RUNGS],
    reach: uint256,
    use: uint256,
    elapsed: uint256,
    period: uint256,
) -> uint256:
    """
    @dev What a period costs that was left before its end: the part of the plan that it would have
         been charged by. Another plan's part might be smaller, and is nobody's price.
    """
    best: uint256 = max_value(uint256)
    plan: uint256 = 0
    left: uint256 = reach
    for rung: uint256 in rungs:
        if left == 0:
            break
        left -= 1
        if self._capacity(rung) >= use:
            price: uint256 = self._price_on(rung, use)
            if price < best:
                best = price
                plan = rung
    return self._part_on(plan, use, elapsed, period)
