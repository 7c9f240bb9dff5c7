"""Ladders, terms and books, drawn at random: all that contracts could meet, the extremes often."""

from hypothesis import strategies as st

from cercle.agreements import Account, AtCapacity, GoingOn, Plan, Rung, Terms, course, tariff
from cercle.agreements.models import MONEY, OUTAGE
from cercle.agreements.plans import BASE_MONEY, PLAN_ID, UNIT_MONEY, UNITS
from cercle.limits import DAY, MAX_GRACE, MAX_OUTAGE_FACTOR, MAX_PERIOD, MAX_PERIODS, MAX_RUNGS

METER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


def numbers(least, most, usual):
    """Mostly small ones, where things meet; and those at the end of what fits."""
    return st.integers(least, min(usual, most)) | st.integers(least, most) | st.just(most)


@st.composite
def ladders(draw, most_base=BASE_MONEY, most_unit=UNIT_MONEY):
    """A ladder whose capacities rise and which stops somewhere, at the end at the latest."""
    count = draw(st.integers(1, MAX_RUNGS))
    sizes = st.sets(numbers(1, UNITS, 300), min_size=count, max_size=count)
    rungs = []
    for place, capacity in enumerate(sorted(draw(sizes)), 1):
        plan = Plan(
            base_price=draw(numbers(0, most_base, 5_000)),
            included=draw(numbers(0, capacity, 50)),
            unit_price=draw(numbers(0, most_unit, 100)),
            capacity=capacity,
        )
        stops = place == count or draw(st.integers(0, 3)) == 0
        at = AtCapacity.STOP if stops else AtCapacity.SWITCH
        rungs.append(Rung(plan_id=draw(numbers(0, PLAN_ID, 9)), plan=plan, at_capacity=at))
    return tuple(rungs)


@st.composite
def uses(draw, rungs):
    """A use near a capacity or an edge of what is included; or any."""
    edges = [0, UNITS]
    for rung in rungs:
        edges += [rung.plan.capacity, rung.plan.included]
    near = draw(st.sampled_from(edges)) + draw(st.integers(-1, 1))
    return draw(st.just(min(max(near, 0), UNITS)) | st.integers(0, UNITS))


@st.composite
def terms(draw, now):
    """Terms of an agreement that began before `now`, or begins soon."""
    rungs = draw(ladders(most_base=MONEY, most_unit=2**38))
    reach = tariff.stop_of(rungs)
    bases = [rung.plan.base_price for rung in rungs[:reach]]
    period = draw(st.integers(DAY, MAX_PERIOD))
    return Terms(
        passport_id=1,
        list_id=1,
        meter=METER,
        starts_at=draw(st.integers(max(1, now - 20 * period), now + period)),
        period=period,
        grace=draw(st.integers(0, min(period, MAX_GRACE))),
        outage_factor=draw(st.integers(0, MAX_OUTAGE_FACTOR)),
        period_cap=draw(numbers(max([1, *bases]), MONEY, max(bases) + 10_000)),
        reach=reach,
        limit=rungs[reach - 1].plan.capacity,
        lowest=min(bases),
        rungs=rungs,
    )


@st.composite
def books(draw, of, now):
    """A book that such an agreement could have, and how far its customer went on."""
    runs = course.now_in(of, now)
    periods = draw(numbers(1, MAX_PERIODS, runs + 3))
    period = draw(st.integers(max(0, min(runs, periods) - 4), min(runs, periods)))
    has_left = period < periods <= runs + 1 and draw(st.booleans())
    going = GoingOn()
    if draw(st.booleans()):
        reach = draw(st.integers(of.reach, len(of.rungs)))
        limit = draw(st.integers(of.limit, of.rungs[reach - 1].plan.capacity))
        cap = draw(numbers(of.period_cap, MONEY, of.period_cap + 5_000))
        going = GoingOn(period=period, limit=limit, period_cap=cap)
    if has_left:
        begins = of.begins(periods - 1)
        left_at = draw(st.integers(begins, begins + of.period - 1))
        going = going.model_copy(update={"left_at": left_at})
    account = Account(
        period=period,
        periods=periods,
        use=draw(uses(of.rungs)),
        price=of.lowest,
        outage=draw(numbers(0, OUTAGE, of.period // 60)),
        escrow=draw(numbers(0, MONEY, 5 * of.period_cap)),
        left=draw(numbers(0, MONEY, 5 * of.period_cap)),
        sequence=draw(st.integers(0, 9)),
        shown=draw(uses(of.rungs)),
        outage_total=draw(st.integers(0, 99)),
        revision=draw(st.integers(1, 9)),
        rung=0,
        funded=0,
        is_stopped=draw(st.booleans()),
        is_warned=draw(st.booleans()),
        is_worsened=has_left or draw(st.booleans()),
        has_left=has_left,
        has_gone_on=bool(going.limit),
    )
    if period < periods:
        account, _ = course.priced_account(of, account, course.bounds_of(of, period, going))
    return account.model_copy(update={"funded": course.funded(of, account)}), going


__all__ = ["METER", "books", "ladders", "numbers", "terms", "uses"]
