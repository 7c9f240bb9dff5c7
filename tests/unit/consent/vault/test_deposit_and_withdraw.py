"""`Vault.deposit` and `withdraw_funds`: what a company has in the Vault."""

import ape
import pytest

from tests.odd_tokens import Habit

ZERO = "0x" + "00" * 20


def test_deposit__by_anybody__is_the_companys(vault, token, company, pay_in, outsider, settled):
    receipt = pay_in(1_000, payer=outsider)

    assert receipt.events == [vault.FundsDeposited(company_id=1, payer=outsider, amount=1_000)]
    settled(1_000)
    assert token.balanceOf(outsider) == 0


def test_deposit__again__adds_up(company, pay_in, settled):
    pay_in(1_000)
    pay_in(1)
    settled(1_001)


def test_deposit__nothing__reverts(vault, company, outsider):
    with ape.reverts("vault: nothing paid"):
        vault.deposit(1, 0, sender=outsider)


@pytest.mark.parametrize("company_id", [0, 2, 1 + 2**64, 2**256 - 1])
def test_deposit__unknown_company__reverts(vault, company, outsider, company_id):
    with ape.reverts("vault: unknown company"):
        vault.deposit(company_id, 1, sender=outsider)


def test_deposit__more_than_fits__reverts(vault, token, company, pay_in):
    pay_in(2**128 - 1)
    with ape.reverts("vault: too much"):
        pay_in(1)


def test_deposit__not_allowed_by_the_payer__reverts(vault, company, outsider):
    with ape.reverts("tokens: not paid"):
        vault.deposit(1, 1, sender=outsider)


def test_deposit__token_takes_a_share__reverts(project, admin, consent, company, outsider):
    taxed = admin.deploy(project.OddToken, Habit.TAXED, 18)
    vault = admin.deploy(project.Vault, consent, taxed)
    taxed.mint(outsider, 1_000, sender=outsider)
    taxed.approve(vault, 1_000, sender=outsider)
    with ape.reverts("tokens: took a share"):
        vault.deposit(1, 1_000, sender=outsider)


def test_withdraw_funds__some__is_paid(
    vault, token, company, pay_in, controller, newcomer, settled
):
    pay_in(1_000)
    before = token.balanceOf(newcomer)
    receipt = vault.withdraw_funds(1, newcomer, 400, sender=controller)

    assert receipt.events == [vault.FundsWithdrawn(company_id=1, payee=newcomer, amount=400)]
    assert token.balanceOf(newcomer) == before + 400
    settled(600)


def test_withdraw_funds__all__leaves_the_bonds(vault, staked, controller, settled):
    settled(900, bonds=100)
    vault.withdraw_funds(1, controller, 900, sender=controller)
    settled(0, bonds=100)


def test_withdraw_funds__one_too_many__reverts(vault, staked, controller):
    with ape.reverts("vault: too little paid in"):
        vault.withdraw_funds(1, controller, 901, sender=controller)


def test_withdraw_funds__anothers__reverts(vault, rival, pay_in, outsider):
    pay_in(1_000)
    with ape.reverts("vault: too little paid in"):
        vault.withdraw_funds(2, outsider, 1, sender=outsider)


def test_withdraw_funds__by_another__reverts(vault, company, rival, pay_in, agent, outsider):
    pay_in(1_000)
    for sender in (agent, outsider):
        with ape.reverts("vault: not the controller"):
            vault.withdraw_funds(1, sender, 1, sender=sender)
    with ape.reverts("vault: not the controller"):
        vault.withdraw_funds(1 + 2**64, agent, 1, sender=agent)


def test_withdraw_funds__to_the_vault_itself__reverts(vault, company, pay_in, controller):
    pay_in(1_000)
    with ape.reverts("tokens: not sent"):
        vault.withdraw_funds(1, vault, 1, sender=controller)


def test_withdraw_funds__by_a_new_controller__is_theirs(
    vault, consent, company, pay_in, controller, newcomer
):
    pay_in(1_000)
    consent.offer_controller(1, newcomer, sender=controller)
    consent.accept_controller(1, sender=newcomer)
    with ape.reverts("vault: not the controller"):
        vault.withdraw_funds(1, controller, 1, sender=controller)
    vault.withdraw_funds(1, newcomer, 1_000, sender=newcomer)
