"""What the escrow did not pay for was not served, and costs nothing, whatever comes later."""

import pytest

from tests import agreements as stage
from tests.agreements import GRACE, SMALL


@pytest.fixture
def poor(open_one):
    """An agreement whose escrow lasts for one period, and for nine tenths of another."""
    return open_one(deposit=1_900)


def test_top_up__in_the_grace_of_a_period_not_served__does_not_pay_for_it(
    agreements, poor, customer, poke, at, wait, settled
):
    at(poor.ends(1) - 1)
    poke(poor)
    assert not agreements.is_entitled(1)
    at(poor.ends(1) + 1)
    agreements.top_up(1, poor.terms, 5_000, sender=customer)
    at(poor.ends(1) + GRACE)
    poke(poor)
    settled(5_900, due=1_000)


def test_poke__price_falls_after_periods_not_served__charges_none_of_them(
    price_lists, controller, poor, poke, at, settled
):
    at(poor.ends(0) + GRACE)
    poke(poor)
    at(poor.ends(8) + GRACE - 1)
    cheaper = SMALL._replace(base_price=100)
    price_lists.revise_plan(1, 1, cheaper, stage.PLAN_WORDS, sender=controller)
    poor.heard(poke(poor))
    settled(900, due=1_000)


def test_withdraw__total_cap_used_up__pays_what_nobody_can_charge(
    agreements, open_one, outsider, customer, at, settled
):
    one = open_one(period_cap=4_000, total_cap=4_000)
    one.settle(outsider, 150)
    at(one.ends(0) + GRACE)
    agreements.withdraw(1, one.terms, customer, 6_000, sender=customer)
    settled(0, due=4_000)


def test_top_up__after_long_silence__pays_for_no_period_that_was_over(
    agreements, open_one, customer, poke, at, settled
):
    """Nobody wrote anything down: of three periods two were paid for; the third has its grace."""
    one = open_one(deposit=2_500)
    at(one.ends(2) + 1)
    agreements.top_up(1, one.terms, 5_000, sender=customer)
    at(one.ends(2) + GRACE)
    poke(one)
    settled(5_500, due=2_000)
