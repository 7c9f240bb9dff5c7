"""Prices in Python beside those of the deployed calculator: the same, to the unit."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from cercle.agreements import (
    AtCapacity,
    Plan,
    Rung,
    Standing,
    advise,
    course,
    models,
    packed,
    packed_rungs,
    plans,
    price_of_part,
    price_on,
    quote,
    standing,
    unpacked,
    unpacked_rungs,
)
from cercle.agreements.models import Advice, Quote
from cercle.errors import (
    BaseTooLarge,
    BeyondTheRungs,
    CapacitiesMustRise,
    CapacityTooLarge,
    EmptyTariff,
    GapInTariff,
    IncludesTooMuch,
    LadderTooShort,
    NoCapacity,
    NoPeriodLength,
    PeriodLengthTooLong,
    PlanNumberTooLarge,
    Refused,
    UnitPriceTooLarge,
    UseTooLarge,
)
from cercle.limits import ADVISED, DAY, MAX_PERIOD

from .ladders import books, ladders, numbers, terms, uses

SERVICE = Path(__file__).parents[2] / "contracts" / "service"
SMALL = Plan(base_price=1_000, included=10, unit_price=50, capacity=20)
LARGE = Plan(base_price=2_000, included=40, unit_price=40, capacity=60)
LADDER = (
    Rung(plan_id=1, plan=SMALL),
    Rung(plan_id=2, plan=LARGE, at_capacity=AtCapacity.STOP),
)
CHAIN = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def ask(founded):
    """Ask the calculator on the chain; a refusal is an answer."""
    contract = founded.deployment.contract("Tariff")
    head = founded.chain.head(fresh=True)

    def _ask(function, *arguments):
        return founded.chain.try_read([contract.read(function, *arguments)], head)[0]

    return _ask


@pytest.fixture(scope="module")
def moment(founded):
    """The second in which the calculator is asked."""
    return founded.chain.head(fresh=True).timestamp


def constants(path):
    """What a module says of its widths."""
    found = re.findall(r"^([A-Z_]+): constant\(uint256\) = (2\*\*\d+ - 1)", path.read_text(), re.M)
    return {name: eval(value) for name, value in found}


def test_widths__against_the_modules__are_the_same():
    tariff, accounts = (constants(SERVICE / f"{name}.vy") for name in ("tariff", "accounts"))
    assert (tariff["MONEY"], tariff["UNITS"]) == (plans.BASE_MONEY, plans.UNITS)
    assert (tariff["UNIT_MONEY"], tariff["PLAN_ID"]) == (plans.UNIT_MONEY, plans.PLAN_ID)
    assert accounts["UNITS"] == plans.UNITS
    for name in ("MONEY", "SEQUENCE", "OUTAGE_TOTAL", "OUTAGE"):
        assert getattr(models, name) == accounts[name]
    warning = re.search(
        r"^WARNING: constant\(uint256\) = (\d+)", (SERVICE / "course.vy").read_text(), re.M
    )
    assert int(warning[1]) == course.WARNING


@CHAIN
@given(rungs=ladders())
def test_packed__any_rung__is_the_contracts_word(ask, rungs):
    for rung in rungs:
        word = ask("packed", rung.plan.words, rung.plan_id, rung.stops)
        assert packed(rung) == word
        assert unpacked(word) == rung
    assert unpacked_rungs(packed_rungs(rungs)) == rungs


@CHAIN
@given(data=st.data(), rungs=ladders())
def test_quote__any_use__is_the_contracts(ask, data, rungs):
    use, reach = data.draw(uses(rungs)), data.draw(st.integers(0, len(rungs)))
    told = ask("quote", packed_rungs(rungs), reach, use)
    assert quote(rungs, use, reach) == Quote.of(told, len(rungs))
    for rung in rungs:
        assert price_on(rung.plan, use) == ask("price_on", packed(rung), use)


@CHAIN
@given(data=st.data(), rungs=ladders())
def test_price_of_part__any_moment__is_the_contracts(ask, data, rungs):
    use, reach = data.draw(uses(rungs)), data.draw(st.integers(0, len(rungs)))
    period = data.draw(st.integers(1, MAX_PERIOD))
    elapsed = data.draw(st.integers(0, MAX_PERIOD) | st.integers(0, period))
    told = ask("price_of_part", packed_rungs(rungs), reach, use, elapsed, period)
    assert price_of_part(rungs, use, elapsed, period, reach) == told


@CHAIN
@given(data=st.data(), rungs=ladders())
def test_advise__any_year__is_the_contracts(ask, data, rungs):
    most = rungs[-1].plan.capacity
    year = data.draw(st.lists(numbers(0, most, 300), max_size=ADVISED))
    told = ask("advise", packed_rungs(rungs), year)
    assert advise(rungs, year) == Advice.of(told, len(rungs))


@settings(CHAIN, max_examples=150)
@given(data=st.data())
def test_standing__any_book__is_the_contracts(ask, moment, data):
    of = data.draw(terms(moment))
    account, going = data.draw(books(of, moment))
    told = ask("standing", of.words, account.words, going.words)
    event(f"refused {told}" if isinstance(told, Refused) else "answered")
    mine = standing(of, account, going, moment)
    event(f"entitled {mine.is_entitled}")
    event(f"closes {min(mine.open_period - account.period, 3)}, left {account.has_left}")
    assert mine == Standing(**told)


@pytest.mark.parametrize(
    ("changes", "number", "refused"),
    [
        ({"base_price": 2**88}, 1, BaseTooLarge),
        ({"unit_price": 2**63}, 1, UnitPriceTooLarge),
        ({"capacity": 0, "included": 0}, 1, NoCapacity),
        ({"capacity": 2**40}, 1, CapacityTooLarge),
        ({"included": 21}, 1, IncludesTooMuch),
        ({}, 2**24, PlanNumberTooLarge),
    ],
)
def test_packed__what_has_no_place__is_refused_as_by_the_contract(ask, changes, number, refused):
    rung = Rung(plan_id=number, plan=SMALL.model_copy(update=changes))
    with pytest.raises(refused):
        packed(rung)
    assert isinstance(ask("packed", rung.plan.words, number, False), refused)


def test_unpacked_rungs__with_a_gap__is_refused_as_by_the_contract(ask):
    words = (packed(LADDER[0]), 0, packed(LADDER[1]), 0, 0, 0)
    with pytest.raises(GapInTariff):
        unpacked_rungs(words)
    assert isinstance(ask("quote", words, 0, 1), GapInTariff)


@pytest.mark.parametrize(
    ("rungs", "use", "reach", "refused"),
    [
        ((), 0, 0, EmptyTariff),
        (LADDER[::-1], 0, 0, CapacitiesMustRise),
        (LADDER, 0, 3, BeyondTheRungs),
        (LADDER, 2**40, 0, UseTooLarge),
    ],
)
def test_quote__bad_ladder_or_use__is_refused_as_by_the_contract(ask, rungs, use, reach, refused):
    with pytest.raises(refused):
        quote(rungs, use, reach)
    assert isinstance(ask("quote", packed_rungs(rungs), reach, use), refused)
    with pytest.raises(refused):
        price_of_part(rungs, use, 1, DAY, reach)
    assert isinstance(ask("price_of_part", packed_rungs(rungs), reach, use, 1, DAY), refused)


@pytest.mark.parametrize(
    ("elapsed", "period", "refused"),
    [
        (1, 0, NoPeriodLength),
        (1, MAX_PERIOD + 1, PeriodLengthTooLong),
        (MAX_PERIOD + 1, DAY, PeriodLengthTooLong),
    ],
)
def test_price_of_part__bad_time__is_refused_as_by_the_contract(ask, elapsed, period, refused):
    with pytest.raises(refused):
        price_of_part(LADDER, 1, elapsed, period)
    assert isinstance(ask("price_of_part", packed_rungs(LADDER), 0, 1, elapsed, period), refused)


def test_advise__use_that_nobody_covers__is_refused_as_by_the_contract(ask):
    with pytest.raises(LadderTooShort):
        advise(LADDER, [3, 61])
    assert isinstance(ask("advise", packed_rungs(LADDER), [3, 61]), LadderTooShort)
