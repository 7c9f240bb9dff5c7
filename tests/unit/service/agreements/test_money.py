"""`top_up`, `withdraw` and `collect`: what comes in, what is bound, what goes out to whom."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import DAY


@pytest.fixture
def withdraw(agreements, running, customer):
    """Take money back to the customer."""

    def _withdraw(amount, sender=customer, payee=customer):
        return agreements.withdraw(1, running.terms, payee, amount, sender=sender)

    return _withdraw


@pytest.fixture
def top_up(agreements, token, outsider):
    """Somebody pays in."""

    def _top_up(amount, one):
        token.mint(outsider, amount, sender=outsider)
        token.approve(agreements, amount, sender=outsider)
        return agreements.top_up(one.id, one.terms, amount, sender=outsider)

    return _top_up


# ---- in ------------------------------------------------------------------------------


def test_top_up__by_anybody__is_the_customers(agreements, running, top_up, outsider, settled):
    receipt = top_up(500, running)
    assert agreements.EscrowPaid(agreement_id=1, payer=outsider, amount=500) in receipt.events
    assert running.account.escrow == 10_500
    settled(10_500)


def test_top_up__after_the_escrow_was_used_up__serves_again(agreements, open_one, top_up, outsider):
    one = open_one(deposit=1_200)
    one.settle(outsider, 18)
    assert not agreements.is_entitled(1)
    top_up(200, one)
    assert agreements.is_entitled(1)


def test_top_up__after_periods_not_paid_for__pays_none_of_them(
    agreements, open_one, top_up, at, settled
):
    one = open_one(deposit=1_000)
    at(one.ends(4) + 1)
    top_up(3_000, one)
    assert one.account.period == 5  # the one before is over, and was not paid for
    settled(3_000, due=1_000)


def test_top_up__refused__in_words(agreements, running, open_one, top_up, at, outsider):
    with ape.reverts("agreements: nothing paid"):
        agreements.top_up(1, running.terms, 0, sender=outsider)
    with ape.reverts("agreements: too much"):
        top_up(2**79 - 10_000, running)
    last = open_one(periods=1)
    at(last.ends(0) + stage.GRACE)
    with ape.reverts("agreements: over"):
        top_up(1, last)


# ---- back to the customer ------------------------------------------------------------


def test_withdraw__beyond_the_cap__is_paid(agreements, token, withdraw, customer, settled):
    before = token.balanceOf(customer)
    receipt = withdraw(4_000)
    assert receipt.events[0] == agreements.EscrowWithdrawn(
        agreement_id=1, payee=customer, amount=4_000
    )
    assert token.balanceOf(customer) == before + 4_000
    settled(6_000)


def test_withdraw__of_what_the_cap_binds__reverts(withdraw):
    with ape.reverts("agreements: money is bound"):
        withdraw(4_001)


def test_withdraw__two_periods_open__binds_both(running, withdraw, at, top_up):
    top_up(5_000, running)
    at(running.ends(0) + 10)
    with ape.reverts("agreements: money is bound"):
        withdraw(3_001)
    withdraw(3_000)


def test_withdraw__gone_on__binds_the_new_cap(agreements, running, withdraw, customer):
    agreements.go_on(1, running.terms, 0, 200, 9_000, sender=customer)
    with ape.reverts("agreements: money is bound"):
        withdraw(1_001)
    withdraw(1_000)


def test_withdraw__over_and_closed__pays_all(agreements, open_one, customer, at, settled):
    one = open_one(periods=1)
    at(one.ends(0) + stage.GRACE)
    agreements.withdraw(1, one.terms, customer, 9_000, sender=customer)
    settled(0, due=1_000)


def test_withdraw__over_and_not_closed__binds_the_cap(agreements, open_one, customer, at):
    one = open_one(periods=1)
    at(one.ends(0) + stage.GRACE - 1)
    with ape.reverts("agreements: money is bound"):
        agreements.withdraw(1, one.terms, customer, 4_001, sender=customer)


def test_withdraw__before_the_start__pays_all(agreements, open_one, customer, now, at, settled):
    starts_at = now() + 10 * DAY
    at(starts_at - 9 * DAY)
    one = open_one(starts_at=starts_at)
    agreements.withdraw(1, one.terms, customer, 10_000, sender=customer)
    settled(0)
    at(starts_at)
    agreements.poke(1, one.terms, sender=customer)
    assert not agreements.is_entitled(1)


def test_withdraw__nothing_or_by_another__reverts(withdraw, other):
    with ape.reverts("agreements: nothing to pay"):
        withdraw(0)
    with ape.reverts("agreements: not the customer"):
        withdraw(1, sender=other)


def test_withdraw__main_wallet_moved__goes_with_the_passport(
    agreements, passport, running, linked, customer, settled
):
    passport.set_main(linked, sender=customer)
    with ape.reverts("agreements: not the main wallet"):
        agreements.withdraw(1, running.terms, customer, 1, sender=customer)
    agreements.withdraw(1, running.terms, linked, 1, sender=linked)
    settled(9_999)


# ---- out to the provider ----------------------------------------------------------------


def test_collect__by_the_controller__is_paid(
    agreements, token, pass_over, controller, outsider, settled
):
    pass_over()
    settled(9_000, due=1_000)
    receipt = agreements.collect(1, outsider, sender=controller)
    assert receipt.events[0] == agreements.EarningsCollected(
        list_id=1, payee=outsider, amount=1_000
    )
    assert token.balanceOf(outsider) == 1_000
    settled(9_000)


def test_collect__nothing_or_by_another__reverts(
    agreements, running, pass_over, controller, agent, outsider
):
    with ape.reverts("agreements: nothing due"):
        agreements.collect(1, outsider, sender=controller)
    pass_over()
    for stranger in (agent, outsider):
        with ape.reverts("agreements: not the controller"):
            agreements.collect(1, outsider, sender=stranger)
    with ape.reverts("agreements: not the controller"):
        agreements.collect(2, outsider, sender=controller)
