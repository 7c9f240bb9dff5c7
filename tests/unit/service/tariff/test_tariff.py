"""`Tariff`: the calculator; what bills is what previews."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import LADDER, LARGE, MEDIUM, NOT_COVERED, PERIOD, SMALL, Plan, rung, rungs

NONE = [NOT_COVERED] * 3


@pytest.mark.parametrize("plan", [SMALL, LARGE, Plan(2**88 - 1, 2**40 - 1, 2**63 - 1, 2**40 - 1)])
@pytest.mark.parametrize("stops", [True, False])
@pytest.mark.parametrize("plan_id", [0, 1, 2**24 - 1])
def test_packed__and_back__is_the_same(tariff, plan, stops, plan_id):
    word = tariff.packed(plan, plan_id, stops)
    assert word == rung(plan, plan_id, stops)
    told, number, is_stop = tariff.unpacked(word)
    assert (tuple(told), number, is_stop) == (plan, plan_id, stops)


def test_packed__number_without_a_place__reverts(tariff):
    with ape.reverts("tariff: unknown plan"):
        tariff.packed(SMALL, 2**24, False)


@pytest.mark.parametrize(
    ("use", "price"), [(0, 1_000), (10, 1_000), (11, 1_050), (20, 1_500), (200, 10_500)]
)
def test_price_on__one_plan__is_base_and_units_beyond(tariff, use, price):
    assert tariff.price_on(rung(SMALL, 1), use) == price


@pytest.mark.parametrize(
    ("use", "price", "index", "prices", "less"),
    [
        (0, 1_000, 0, [1_000, 2_000, 4_000], (0, 1_000)),
        (20, 1_500, 0, [1_500, 2_000, 4_000], (0, 1_500)),
        (21, 2_000, 1, [NOT_COVERED, 2_000, 4_000], (20, 1_500)),
        (60, 2_800, 1, [NOT_COVERED, 2_800, 4_000], (20, 1_500)),
        (61, 4_000, 2, [NOT_COVERED, NOT_COVERED, 4_000], (60, 2_800)),
        (200, 7_000, 2, [NOT_COVERED, NOT_COVERED, 7_000], (60, 2_800)),
        (10_000, 7_000, 2, [NOT_COVERED, NOT_COVERED, 7_000], (60, 2_800)),
    ],
)
def test_quote__use_on_a_ladder__is_the_cheapest_that_covers_it(
    tariff, use, price, index, prices, less
):
    quote = tariff.quote(LADDER, 0, use)
    assert (quote.price, quote.rung, list(quote.prices)) == (price, index, [*prices, *NONE])
    assert (quote.less_use, quote.less_price) == less


def test_quote__to_the_first_stop__or_as_far_as_told(tariff):
    words = stage.climb(True, True, True)
    assert tariff.quote(words, 0, 50).price == 1_500
    assert tariff.quote(words, 2, 50).price == 2_400
    assert list(tariff.quote(words, 0, 15).prices[:3]) == [1_250, 2_000, 4_000]


def test_quote__never_falls__as_use_grows(tariff):
    prices = [tariff.quote(LADDER, 0, use).price for use in range(0, 210, 5)]
    assert prices == sorted(prices)


@pytest.mark.parametrize(
    ("use", "elapsed", "price"),
    [
        (0, 0, 0),
        (0, PERIOD // 2, 500),
        (0, PERIOD, 1_000),
        (0, PERIOD * 2, 1_000),
        (5, PERIOD // 4, 500),  # half of what is included
        (5, PERIOD // 2 + PERIOD // 10, 600),
        (10, 0, 1_000),
        (15, 0, 1_250),
        (30, PERIOD // 2, 1_500),  # on the second plan: three quarters of what it includes
        (50, 0, 2_400),
    ],
)
def test_price_of_part__of_a_period__is_what_is_gone(tariff, use, elapsed, price):
    assert tariff.price_of_part(LADDER, 0, use, elapsed, PERIOD) == price


def test_price_of_part__nothing_included__goes_by_time(tariff):
    words = rungs(rung(Plan(900, 0, 7, 100), 1, True))
    assert tariff.price_of_part(words, 0, 0, PERIOD // 3, PERIOD) == 300
    assert tariff.price_of_part(words, 0, 10, PERIOD // 3, PERIOD) == 370


def test_advise__a_year__says_what_each_would_have_cost(tariff):
    uses = [5, 12, 30, 8, 55, 20, 10, 10, 18, 41, 0, 3]
    advice = tariff.advise(LADDER, uses)
    on_medium = sum(2_000 + max(0, use - 40) * 40 for use in uses)
    assert list(advice.totals) == [NOT_COVERED, on_medium, 48_000, *NONE]
    assert advice.best == 1
    assert advice.ladder_total == sum(tariff.quote(LADDER, 0, use).price for use in uses)
    assert advice.ladder_total < on_medium


def test_advise__no_plan_alone_covers_it__names_none(tariff):
    words = rungs(rung(SMALL, 1), rung(MEDIUM, 2, True))
    advice = tariff.advise(words, [])
    assert (advice.best, advice.ladder_total) == (0, 0)
    with ape.reverts("tariff: ladder too short"):
        tariff.advise(words, [61])


def test_tariff__bad_ladders__revert(tariff):
    for words, reason in (
        (rungs(), "tariff: empty ladder"),
        (rungs(rung(SMALL, 1), 0, rung(LARGE, 3)), "tariff: gap in the ladder"),
        (rungs(rung(MEDIUM, 1), rung(SMALL, 3)), "tariff: capacities must rise"),
    ):
        with ape.reverts(reason):
            tariff.quote(words, 0, 1)
        with ape.reverts(reason):
            tariff.advise(words, [1])
        with ape.reverts(reason):
            tariff.price_of_part(words, 0, 1, 1, 1)


def test_tariff__beyond_its_bounds__reverts(tariff):
    with ape.reverts("tariff: use too large"):
        tariff.price_on(rung(SMALL, 1), 2**40)
    with ape.reverts("tariff: use too large"):
        tariff.quote(LADDER, 0, 2**40)
    with ape.reverts("tariff: beyond the ladder"):
        tariff.quote(LADDER, 4, 1)
    with ape.reverts("tariff: no period"):
        tariff.price_of_part(LADDER, 0, 1, 1, 0)
    with ape.reverts("tariff: period too long"):
        tariff.price_of_part(LADDER, 0, 1, 1, 366 * stage.DAY + 1)
