"""
Prices that Kill Bill publishes for use in tiers, asked of our tariff.

The tiers and the sums are those of its own tests, `TestContiguousIntervalConsumableInArrear` of
killbill/killbill (units FOO and BAR, and one unit in three tiers), and of the section "Usage
Billing" of its catalogue examples (killbill/killbill-docs, `catalog-examples.adoc`: litres of water
at 30 a month). A unit of use is a ladder of its own here; the sum over the units is the invoice.

`ALL_TIERS` charges the units within each tier at its price: a plan a tier, whose base is the price
at the tier's lower limit, which is what it includes. `TOP_TIER` charges all units at the price of
the tier in which the use lies: a plan a tier without a base, up to the tier's limit.

Not covered: blocks of more than one unit (rounded up there; use is counted in units here), use past
the last tier (charged at the last price there, and we stop), capacity tiers, `TOP_TIER` prices that
fall below the tier's end (more use would cost less there; here the lower price counts already),
several units under one base price (an agreement meters one).
"""

from decimal import Decimal

import pytest

from tests.agreements import Plan, rung, rungs

CENT = 100  # units of the token in one of theirs

FOO = ((10, "1"), (50, "10"), (75, "100"))
BAR = ((100, "2"), (500, "20"), (750, "200"))
UNIT = ((10, "1.5"), (100, "1.0"), (1_000, "0.5"))
LITRES = ((1_000, "1.5"), (2**39, "2.0"))
# 1,500 minutes and 2,048 MB: 739.4 with ALL_TIERS, 279.8 with TOP_TIER. Only the sums were at hand;
# these tiers are those that both follow from.
MINUTES = ((1_000, "0.1"), (2**39, "0.05"))
MEGABYTES = ((1_024, "0.5"), (2**39, "0.1"))
# There, a maximum is the size of a tier with ALL_TIERS, and the end of it with TOP_TIER.


def all_tiers(tiers, base=0):
    """A plan a tier: what all tiers below it cost, and its price for each unit beyond."""
    words, price, since = [], base * CENT, 0
    for place, (size, each) in enumerate(tiers, 1):
        cents = int(Decimal(each) * CENT)
        plan = Plan(price, since, cents, since + size)
        words.append(rung(plan, place, place == len(tiers)))
        price, since = price + size * cents, since + size
    return rungs(*words)


def top_tier(tiers, base=0):
    """A plan a tier: its price for every unit."""
    plans = [Plan(base * CENT, 0, int(Decimal(each) * CENT), end) for end, each in tiers]
    return rungs(*(rung(plan, i, i == len(plans)) for i, plan in enumerate(plans, 1)))


@pytest.fixture(scope="module")
def price(project, admin):
    """What so much use costs on ladders, one for each unit, in their money."""
    tariff = admin.deploy(project.Tariff)

    def _price(*used):
        quotes = (tariff.quote(words, sum(word != 0 for word in words), use) for words, use in used)
        return sum(quote.price for quote in quotes) / Decimal(CENT)

    return _price


@pytest.mark.parametrize(
    ("foo", "bar", "total"), [(5, 99, 203), (5, 101, 225), (75, 101, 2_230), (70, 200, 3_710)]
)
def test_all_tiers__two_units__cost_as_there(price, foo, bar, total):
    """The last is their 570 billed before and 3,140 billed then."""
    assert price((all_tiers(FOO), foo), (all_tiers(BAR), bar)) == total


@pytest.mark.parametrize(("foo", "bar", "total"), [(5, 99, 203), (5, 101, 2_025)])
def test_top_tier__two_units__cost_as_there(price, foo, bar, total):
    assert price((top_tier(FOO), foo), (top_tier(BAR), bar)) == total


def test_all_tiers__three_tiers_that_get_cheaper__cost_as_there(price):
    assert price((all_tiers(UNIT), 111)) == Decimal("115.5")


@pytest.mark.parametrize(("tiers", "total"), [(all_tiers, 1_930), (top_tier, 2_430)])
def test_water__with_a_base__costs_as_there(price, tiers, total):
    words = tiers(LITRES, 30)
    assert price((words, 400)) == 630
    assert price((words, 1_200)) == total


@pytest.mark.parametrize(("tiers", "total"), [(all_tiers, "739.4"), (top_tier, "279.8")])
def test_phone__minutes_and_megabytes__cost_as_there(price, tiers, total):
    assert price((tiers(MINUTES), 1_500), (tiers(MEGABYTES), 2_048)) == Decimal(total)


def test_top_tier__prices_that_fall__never_make_more_use_cheaper_here(price):
    """There 1,000 minutes cost 100 and one more makes it 50.05: here nobody pays the 100."""
    words = top_tier(MINUTES)
    assert price((words, 1_000)) == 50
    assert price((words, 1_001)) == Decimal("50.05")
