"""Credit for outage, the cap in total and the escrow: what bounds a charge, to the last unit."""

import pytest

from tests import agreements as stage
from tests.agreements import GRACE, PERIOD, SMALL

MINUTES = PERIOD // 60


@pytest.fixture
def credited(agreements, price_lists, provider, metering, token, controller, operator, customer):
    """An agreement under a list with another factor for outages."""

    def _credited(factor):
        stage.register_meter(price_lists, metering, operator)
        stage.found(price_lists, provider, metering, token, controller, outage_factor=factor)
        receipt = agreements.open(stage.ladder(), sender=customer)
        return stage.terms_of(receipt)

    return _credited


@pytest.mark.parametrize(
    ("factor", "outage", "charge"),
    [
        (0, MINUTES, 1_000),
        (10_000, 0, 1_000),
        (10_000, MINUTES // 1_000, 1_000),  # 0.99 is rounded down
        (10_000, MINUTES // 1_000 + 1, 999),
        (10_000, MINUTES, 0),
        (10_000, 2 * MINUTES, 0),
        (100_000, MINUTES // 20, 500),
        (100_000, MINUTES // 10, 0),
        (100_000, 2**20 - 1, 0),
    ],
)
def test_outage__by_the_lists_factor__is_credited_up_to_the_price(
    agreements, credited, outsider, now, at, settled, factor, outage, charge
):
    terms = credited(factor)
    reading = stage.reading(agreements, 1, 1, now(), 1, outage)
    agreements.settle(1, terms, reading, sender=outsider)
    at(terms.starts_at + PERIOD + GRACE)
    receipt = agreements.poke(1, terms, sender=outsider)
    assert receipt.events[0] == agreements.PeriodClosed(
        agreement_id=1, period=0, use=1, price=1_000, credit=1_000 - charge, charge=charge
    )
    settled(10_000 - charge, due=charge)


def test_outage__of_one_period__is_not_credited_in_the_next(running, outsider, at, poke, settled):
    running.settle(outsider, 1, outage=MINUTES)
    at(running.ends(0) + GRACE)
    poke(running)
    assert (running.account.outage, running.account.outage_total) == (0, MINUTES)
    at(running.ends(1) + GRACE)
    poke(running)
    settled(9_000, due=1_000)


def test_outage__credit_leaves_more_for_use__serves_on(agreements, open_one, outsider):
    one = open_one(deposit=1_450)
    one.settle(outsider, 20)  # 1,500
    assert not agreements.is_entitled(1)
    one.settle(outsider, 20, outage=MINUTES // 10)  # 1,350
    assert agreements.is_entitled(1)


@pytest.mark.parametrize(
    ("deposit", "due"), [(1_499, 1_499), (1_500, 1_500), (1_501, 1_500), (1_000, 1_000)]
)
def test_escrow__about_as_much_as_the_price__pays_no_more_than_is_there(
    open_one, outsider, at, poke, settled, deposit, due
):
    one = open_one(deposit=deposit)
    one.settle(outsider, 20)
    at(one.ends(0) + GRACE)
    poke(one)
    settled(deposit - due, due=due)


@pytest.mark.parametrize(("deposit", "periods"), [(1_000, 1), (1_999, 1), (2_000, 2), (2_001, 2)])
def test_silence__escrow__pays_whole_periods_alone(
    agreements, open_one, at, poke, settled, deposit, periods
):
    one = open_one(deposit=deposit)
    at(one.ends(periods - 1) - 1)
    poke(one)
    assert agreements.is_entitled(1)
    at(one.ends(periods - 1))
    poke(one)
    assert not agreements.is_entitled(1)
    at(one.ends(8))
    poke(one)
    settled(deposit - 1_000 * periods, due=1_000 * periods)


def test_silence__total_cap__ends_it_before_the_escrow(agreements, open_one, at, poke, settled):
    one = open_one(period_cap=4_000, total_cap=4_500)
    at(one.ends(3))
    assert agreements.account_of(1).funded == 4
    poke(one)
    assert not agreements.is_entitled(1)
    at(one.ends(9))
    poke(one)
    assert one.account.left == 500
    settled(6_000, due=4_000)


def test_total_cap__runs_out_within_a_period__charges_what_is_left(
    open_one, outsider, at, poke, settled
):
    one = open_one(period_cap=4_000, total_cap=5_000)
    one.settle(outsider, 100)  # 4,000
    at(one.ends(0) + 1)
    one.settle(outsider, 130, one.ends(0) + 1)  # 2,000 of the next, of which 1,000 are left
    at(one.ends(1) + GRACE)
    poke(one)
    assert one.account.left == 0
    settled(5_000, due=5_000)


def test_base_of_nothing__silence__is_served_to_the_end_for_nothing(
    agreements, price_lists, open_one, controller, at, poke, settled
):
    free = SMALL._replace(base_price=0)
    price_lists.publish_plan(1, free, stage.PLAN_WORDS, sender=controller)
    words = stage.rungs(stage.rung(free, 4, True))
    one = open_one(revision=4, deposit=0, rungs=words)
    at(one.ends(11) - 1)
    poke(one)
    assert agreements.is_entitled(1)
    at(one.ends(11))
    poke(one)
    assert not agreements.is_entitled(1)
    settled(0)
