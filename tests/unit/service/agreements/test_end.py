"""`Agreements.end` and `discontinue`: how an agreement comes to its end."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import DAY, PERIOD, SMALL


@pytest.fixture
def end(agreements, running, customer):
    """End agreement 1."""

    def _end(sender=customer, is_at_once=False):
        return agreements.end(1, running.terms, is_at_once, sender=sender)

    return _end


@pytest.fixture
def raise_price(price_lists, controller):
    """The provider makes the first plan dearer."""
    dearer = SMALL._replace(base_price=1_001)
    return lambda: price_lists.revise_plan(1, 1, dearer, stage.PLAN_WORDS, sender=controller)


# ---- with the period that runs ----------------------------------------------------------


def test_end__with_the_period__is_served_until_then(agreements, running, end, customer, at, wait):
    ends_at = running.ends(0)
    receipt = end()
    assert receipt.events == [
        agreements.AgreementEnded(agreement_id=1, by=customer, ends_at=ends_at, is_at_once=False)
    ]
    assert running.account.periods == 1
    at(ends_at - 1)
    wait()
    assert not agreements.is_entitled(1)


def test_end__paused_providers_list__is_no_matter(price_lists, controller, running, end):
    for plan_id in (1, 2, 3):
        price_lists.withdraw_plan(1, plan_id, sender=controller)
    end()
    assert running.account.periods == 1


def test_end__while_the_grace_of_a_period_lasts__ends_with_the_next(running, end, at):
    at(running.ends(0) + 5)
    end()
    assert (running.account.period, running.account.periods) == (0, 2)


def test_end__before_the_start__costs_nothing(agreements, open_one, customer, now, at, settled):
    starts_at = now() + 10 * DAY
    at(starts_at - 9 * DAY)
    one = open_one(starts_at=starts_at)
    agreements.end(1, one.terms, False, sender=customer)
    agreements.withdraw(1, one.terms, customer, 10_000, sender=customer)
    settled(0)


def test_end__again_or_in_the_last_period__reverts(open_one, agreements, end, customer):
    end()
    with ape.reverts("agreements: ends already"):
        end()
    last = open_one(periods=1)
    with ape.reverts("agreements: ends already"):
        agreements.end(2, last.terms, False, sender=customer)


def test_end__by_another__reverts(end, other, outsider, controller):
    with ape.reverts("agreements: not the customer"):
        end(other)
    for stranger in (outsider, controller):
        with ape.reverts("agreements: no passport"):
            end(stranger)


# ---- at once ------------------------------------------------------------------------------


def test_end__at_once_after_a_worsening__pays_a_part(
    agreements, running, end, raise_price, customer, at, settled, poke
):
    raise_price()
    half = running.starts_at + PERIOD // 2
    at(half)
    receipt = end(is_at_once=True)
    assert receipt.events == [
        agreements.TermsWorsened(agreement_id=1, revision=4),
        agreements.AgreementEnded(agreement_id=1, by=customer, ends_at=half, is_at_once=True),
    ]
    assert not agreements.is_entitled(1)
    at(running.ends(0) + stage.GRACE)
    receipt = poke(running)
    assert receipt.events == [
        agreements.PeriodClosed(agreement_id=1, period=0, use=0, price=500, credit=0, charge=500)
    ]
    settled(9_500, due=500)


def test_end__at_once__pays_what_was_used_up_if_that_is_more(
    running, end, raise_price, outsider, at, poke, settled
):
    raise_price()
    running.settle(outsider, 9)
    end(is_at_once=True)
    at(running.ends(0) + stage.GRACE)
    poke(running)
    settled(9_100, due=900)  # nine of the ten units that are included


def test_end__at_once__reading_of_later_does_not_count(
    agreements, running, end, raise_price, outsider, wait
):
    raise_price()
    end(is_at_once=True)
    wait(10)
    receipt = running.settle(outsider, 30)
    assert [event.event_name for event in receipt.events] == ["ReadingUncounted"]


def test_end__at_once__reading_of_before_counts(running, end, raise_price, outsider, now, wait):
    raise_price()
    end(is_at_once=True)
    left_at = now()
    wait(10)
    running.settle(outsider, 5, left_at)
    assert running.account.use == 5


def test_end__at_once_in_the_grace__closes_both(
    agreements, running, end, raise_price, outsider, at, poke, settled
):
    raise_price()
    at(running.ends(0) + PERIOD // 30)
    end(is_at_once=True)
    assert (running.account.period, running.account.periods) == (0, 2)
    at(running.ends(1) + stage.GRACE)
    receipt = poke(running)
    assert receipt.events == [
        agreements.PeriodClosed(
            agreement_id=1, period=0, use=0, price=1_000, credit=0, charge=1_000
        ),
        agreements.PeriodClosed(agreement_id=1, period=1, use=0, price=33, credit=0, charge=33),
    ]
    settled(8_967, due=1_033)


def test_end__at_once_before_the_start__costs_nothing(
    agreements, open_one, raise_price, customer, now, at, settled
):
    starts_at = now() + 10 * DAY
    at(starts_at - 9 * DAY)
    one = open_one(starts_at=starts_at)
    raise_price()
    agreements.end(1, one.terms, True, sender=customer)
    agreements.withdraw(1, one.terms, customer, 10_000, sender=customer)
    settled(0)


def test_end__at_once_without_a_reason__reverts(end):
    with ape.reverts("agreements: nothing is worse"):
        end(is_at_once=True)


def test_end__at_once_again__reverts(end, raise_price):
    raise_price()
    end(is_at_once=True)
    with ape.reverts("agreements: ends already"):
        end(is_at_once=True)


# ---- by the provider -------------------------------------------------------------------


def test_discontinue__by_who_acts_for_it__leaves_a_whole_period(agreements, running, agent):
    receipt = agreements.discontinue(1, running.terms, sender=agent)
    assert receipt.events == [
        agreements.AgreementEnded(
            agreement_id=1, by=agent, ends_at=running.ends(1), is_at_once=False
        )
    ]
    assert running.account.periods == 2


def test_discontinue__customer_goes_sooner__ends_sooner(agreements, running, agent, end):
    agreements.discontinue(1, running.terms, sender=agent)
    end()
    assert running.account.periods == 1


def test_discontinue__with_another_lists_terms__reverts(agreements, running, outsider, consent):
    foreign = running.terms._replace(list_id=2)
    for terms, reason in (
        (running.terms, "agreements: not the provider"),
        (foreign, "agreements: not the provider"),
    ):
        with ape.reverts(reason):
            agreements.discontinue(1, terms, sender=outsider)
