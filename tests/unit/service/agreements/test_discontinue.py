"""`Agreements.discontinue`: the provider serves the period that runs, and a whole one more."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import DAY, PERIOD, SMALL


@pytest.fixture
def discontinue(agreements, controller):
    """The provider stops serving."""
    return lambda one, sender=controller: agreements.discontinue(one.id, one.terms, sender=sender)


def test_discontinue__in_the_last_second_of_a_period__counts_from_that_one(
    running, discontinue, at
):
    at(running.ends(0) - 1)
    discontinue(running)
    assert running.account.periods == 2


def test_discontinue__in_the_first_second_of_a_period__counts_from_the_new_one(
    agreements, running, discontinue, controller, at
):
    at(running.ends(0))
    receipt = discontinue(running)
    assert receipt.events == [
        agreements.AgreementEnded(
            agreement_id=1, by=controller, ends_at=running.ends(2), is_at_once=False
        )
    ]
    assert running.account.periods == 3


def test_discontinue__before_the_start__serves_nobody_and_costs_nothing(
    agreements, open_one, discontinue, controller, customer, now, at, settled
):
    starts_at = now() + 10 * DAY
    at(starts_at - 9 * DAY)
    one = open_one(starts_at=starts_at)
    receipt = discontinue(one)
    assert receipt.events == [
        agreements.AgreementEnded(
            agreement_id=1, by=controller, ends_at=starts_at, is_at_once=False
        )
    ]
    at(starts_at)
    agreements.withdraw(1, one.terms, customer, 10_000, sender=customer)
    assert not agreements.is_entitled(1)
    settled(0)


def test_discontinue__again_or_where_no_whole_one_is_left__reverts(
    running, open_one, discontinue, customer
):
    discontinue(running)
    with ape.reverts("agreements: ends already"):
        discontinue(running)
    for periods in (1, 2):
        short = open_one(periods=periods)
        with ape.reverts("agreements: ends already"):
            discontinue(short)


def test_discontinue__a_period_later_again__gains_the_provider_nothing(running, discontinue, at):
    discontinue(running)
    at(running.ends(0))
    with ape.reverts("agreements: ends already"):
        discontinue(running)


def test_discontinue__customer_may_still_leave_at_once(
    agreements, price_lists, running, discontinue, controller, customer, at, poke, settled
):
    discontinue(running)
    dearer = SMALL._replace(unit_price=51)
    price_lists.revise_plan(1, 1, dearer, stage.PLAN_WORDS, sender=controller)
    at(running.starts_at + PERIOD // 4)
    agreements.end(1, running.terms, True, sender=customer)
    at(running.ends(0) + stage.GRACE)
    poke(running)
    settled(9_750, due=250)


def test_discontinue__other_terms__reverts(agreements, running, controller):
    with ape.reverts("agreements: other terms"):
        agreements.discontinue(1, running.terms._replace(period_cap=1), sender=controller)
