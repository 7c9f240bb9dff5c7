# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Tariff
@custom:contract-name Tariff
@license AGPL-3.0-only
@author The Cercle authors
@notice The calculator of service contracts, for anybody: what use costs on a ladder of plans, and
        which plan would have been the best. It runs the very code that charges.
@dev No storage, no money, no owner: nothing but arithmetic on what it is given. `Agreements` holds
     the same module, so a preview and a bill cannot differ.
     Signs, pays, lies: nobody; uses that are not the true ones give advice that is not.
@custom:security security@cercle.example
@custom:kill None: there is nothing to stop.
"""

from ..interfaces import ITariff

implements: ITariff

from ..interfaces import IAgreements

from ..common import limits
from . import course
from . import tariff


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"


# ---- external: views ------------------------------------------------------------------

@external
@pure
def packed(plan: ITariff.Plan, plan_id: uint256, stops: bool) -> uint256:
    """
    @notice Write a plan as the word that stands for it in a ladder.
    @param plan The plan.
    @param plan_id Its number in its price list.
    @param stops Whether the ladder stops at its capacity, rather than switch to the next plan.
    @return The word.
    """
    assert plan_id <= tariff.PLAN_ID, "tariff: unknown plan"
    word: uint256 = tariff._packed(plan) | plan_id << tariff.PLAN_AT
    return word | tariff.STOPS if stops else word


@external
@pure
def unpacked(rung: uint256) -> (ITariff.Plan, uint256, bool):
    """
    @notice Read a ladder's word.
    @param rung The word.
    @return The plan, its number, and whether the ladder stops at its capacity.
    """
    return tariff._unpacked(rung), tariff._plan_id(rung), rung >= tariff.STOPS


@external
@pure
def price_on(rung: uint256, use: uint256) -> uint256:
    """
    @notice What use costs on one plan, whether or not its capacity covers it.
    @param rung The plan's word.
    @param use Units of a period.
    @return Units of the token.
    """
    self._require_use(use)
    return tariff._price_on(rung, use)


@external
@pure
def quote(rungs: uint256[limits.MAX_RUNGS], reach: uint256, use: uint256) -> ITariff.Quote:
    """
    @notice What use costs on a ladder, on each of its plans, and what less use would have cost.
    @param rungs The ladder, capacities rising.
    @param reach How many of its plans count, from the first; 0: to its first stop.
    @param use Units of a period; beyond the last plan that counts, it costs what that costs.
    @return The quote.
    """
    self._require_ladder(rungs)
    self._require_use(use)
    counted: uint256 = self._counted(rungs, reach)
    limit: uint256 = tariff._capacity(rungs[counted - 1])
    return tariff._quote(rungs, counted, min(use, limit))


@external
@pure
def price_of_part(
    rungs: uint256[limits.MAX_RUNGS],
    reach: uint256,
    use: uint256,
    elapsed: uint256,
    period: uint256,
) -> uint256:
    """
    @notice What a period costs that is left before its end: of a base price the part of the time
            or of the included units that is gone, whichever is more; and what was used beyond.
    @param rungs The ladder, capacities rising.
    @param reach How many of its plans count, from the first; 0: to its first stop.
    @param use Units of that period.
    @param elapsed Seconds from its start.
    @param period Its whole length, in seconds.
    @return Units of the token, rounded down.
    """
    self._require_ladder(rungs)
    self._require_use(use)
    assert period != 0, "tariff: no period"
    assert max(elapsed, period) <= limits.MAX_PERIOD, "tariff: period too long"
    counted: uint256 = self._counted(rungs, reach)
    limit: uint256 = tariff._capacity(rungs[counted - 1])
    return tariff._price_of_part(rungs, counted, min(use, limit), elapsed, period)


@external
@pure
def advise(
    rungs: uint256[limits.MAX_RUNGS], uses: DynArray[uint256, limits.ADVISED]
) -> ITariff.Advice:
    """
    @notice What past periods would have cost: on each plan alone, and on the ladder as a whole.
    @param rungs The ladder, capacities rising; its stops are not asked.
    @param uses Units of up to twelve periods.
    @return The totals, and the plan that alone would have cost least.
    """
    self._require_ladder(rungs)
    count: uint256 = self._count(rungs)
    advice: ITariff.Advice = empty(ITariff.Advice)
    most: uint256 = tariff._capacity(rungs[count - 1])
    for use: uint256 in uses:
        assert use <= most, "tariff: ladder too short"
        cheapest: uint256 = max_value(uint256)
        for i: uint256 in range(count, bound=limits.MAX_RUNGS):
            if tariff._capacity(rungs[i]) < use:
                advice.totals[i] = max_value(uint256)
                continue
            price: uint256 = tariff._price_on(rungs[i], use)
            cheapest = min(cheapest, price)
            if advice.totals[i] != max_value(uint256):
                advice.totals[i] += price
        advice.ladder_total += cheapest
    advice.best = max_value(uint256)
    least: uint256 = max_value(uint256)
    for i: uint256 in range(limits.MAX_RUNGS):
        if i >= count:
            advice.totals[i] = max_value(uint256)
        elif advice.totals[i] < least:
            least = advice.totals[i]
            advice.best = i
    return advice


@external
@view
@reentrant
def standing(
    terms: IAgreements.Terms, account: IAgreements.Account, going: IAgreements.GoingOn
) -> IAgreements.Standing:
    """
    @notice How an agreement stands at this moment, whether or not anybody had it written down.
    @param terms Its terms, as the price list improved them (`IPriceLists.improved`).
    @param account Its book (`IAgreements.account_of`).
    @param going How far its customer went on (`IAgreements.going_on_of`).
    @return What was used, what it costs, what is left, and what comes next.
    """
    priced: IAgreements.Account = account
    quote: ITariff.Quote = empty(ITariff.Quote)
    if account.period < account.periods:
        bounds: course.Bounds = course._bounds(terms, account.period, going)
        priced, quote = course._priced(terms, account, bounds)
    closing: course.Closing = empty(course.Closing)
    target: uint256 = course._first_open(terms)
    if priced.funded <= max(target, priced.period):
        target = max(target, course._now_in(terms))  # as whoever writes it down closes it
    priced, closing = course._closed(terms, priced, going, target)
    return course._standing(terms, priced, going)


# ---- internal -------------------------------------------------------------------------

@internal
@pure
def _require_use(use: uint256):
    assert use <= tariff.UNITS, "tariff: use too large"


@internal
@pure
def _require_ladder(rungs: uint256[limits.MAX_RUNGS]):
    """
    @dev Capacities rise along a ladder: that is what makes its price one.
    """
    assert rungs[0] != 0, "tariff: empty ladder"
    below: uint256 = 0
    has_ended: bool = False
    for rung: uint256 in rungs:
        if rung == 0:
            has_ended = True
            continue
        assert not has_ended, "tariff: gap in the ladder"
        capacity: uint256 = tariff._capacity(rung)
        assert capacity > below, "tariff: capacities must rise"
        below = capacity


@internal
@pure
def _count(rungs: uint256[limits.MAX_RUNGS]) -> uint256:
    count: uint256 = 0
    for rung: uint256 in rungs:
        if rung != 0:
            count += 1
    return count


@internal
@pure
def _counted(rungs: uint256[limits.MAX_RUNGS], reach: uint256) -> uint256:
    assert reach <= self._count(rungs), "tariff: beyond the ladder"
    return tariff._stop_of(rungs) if reach == 0 else reach
