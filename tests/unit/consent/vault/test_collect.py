"""`Vault.collect`: what a person's data earned goes to who earned it, and to nobody else."""

import ape
import pytest

from tests.consents import CATEGORY, PURPOSE

MONTH = 30 * 86_400


@pytest.fixture
def earned(vault, give, read, pay_in, person):
    """Person 1 earned 100 by one read."""
    pay_in(100)
    vault.set_price(PURPOSE, CATEGORY, 100, sender=person)
    give()
    read(max_price=100)


def test_collect__ones_own__is_paid(vault, token, earned, person, outsider, settled):
    receipt = vault.collect(1, 1, sender=outsider)

    assert receipt.events == [vault.IncomeCollected(account=1, payee=1, amount=100)]
    assert token.balanceOf(person) == 100
    settled(0)


def test_collect__twice__reverts(vault, earned, outsider):
    vault.collect(1, 1, sender=outsider)
    with ape.reverts("splits: nothing due"):
        vault.collect(1, 1, sender=outsider)


def test_collect__a_co_owner__gets_their_part(
    vault, token, give, read, pay_in, person, other, chain, outsider, settled, now
):
    vault.set_shares([(2, 2_500)], sender=person)
    vault.set_price(PURPOSE, CATEGORY, 100, sender=person)
    pay_in(100)
    chain.pending_timestamp = (now() // MONTH + 1) * MONTH
    chain.mine()
    give()
    read(max_price=100)
    vault.collect(1, 2, sender=outsider)
    assert token.balanceOf(other) == 25
    settled(0, unpaid=75)
    vault.collect(1, 1, sender=outsider)
    assert token.balanceOf(person) == 75
    settled(0)


def test_collect__of_a_lost_bond__is_shared_too(
    vault, token, staked, mark, wait, outsider, person, settled
):
    wait(200 * 86_400)
    mark()
    vault.collect(1, 1, sender=outsider)
    assert token.balanceOf(person) == 100
    settled(900)


def test_collect__after_the_wallet_changed__goes_to_the_new_one(
    vault, token, passport, earned, person, link, newcomer, outsider
):
    link(person, newcomer)
    passport.set_main(newcomer, sender=person)
    vault.collect(1, 1, sender=outsider)
    assert (token.balanceOf(newcomer), token.balanceOf(person)) == (100, 0)


def test_collect__no_share__reverts(vault, earned, other, outsider):
    for account, payee in ((1, 2), (2, 1), (2, 2)):
        with ape.reverts("splits: nothing due"):
            vault.collect(account, payee, sender=outsider)


def test_collect__payee_without_a_passport__reverts(vault, earned, outsider):
    for payee in (0, 2, 1 + 2**64):
        with ape.reverts("vault: no passport"):
            vault.collect(1, payee, sender=outsider)


def test_collect__token_pays_not__waits(project, vault, token, earned, person, outsider, admin):
    """Whom the token does not pay keeps what is due."""
    token.shrink(vault, 1, sender=admin)
    with ape.reverts("tokens: not sent"):
        vault.collect(1, 1, sender=outsider)
    assert vault.due(1, 1) == vault.owed() == 100
    token.mint(vault, 1, sender=admin)
    vault.collect(1, 1, sender=outsider)
    assert token.balanceOf(person) == 100
