"""`Vault.mark_overdue` and `due_at`: a company that does not delete in time loses its bond."""

import ape
import pytest

from tests.consents import DAY, OTHER_PURPOSE, PURPOSE


@pytest.fixture
def due(vault):
    """Until when the company has time."""
    return lambda: vault.due_at(1, 1, PURPOSE)


def overdue(vault, bond=100):
    """What is logged of it."""
    words = {"passport_id": 1, "company_id": 1, "purpose": PURPOSE}
    return vault.DeletionOverdue(**words, bond=bond)


def test_mark_overdue__past_its_end__loses_the_bond(vault, staked, mark, due, at, settled, limits):
    assert due() == staked.keep_until + limits.DELETION_TIME()
    at(due() + 1)
    receipt = mark()

    assert receipt.events == [vault.IncomeCredited(account=1, amount=100), overdue(vault)]
    duty = vault.duty_of(1, 1, PURPOSE)
    assert (duty.bond, duty.is_overdue, duty.reads) == (0, True, 1)
    assert duty.read_at != 0
    assert vault.due(1, 1) == 100
    settled(900, unpaid=100)


def test_mark_overdue__without_a_bond__is_written_down(vault, give, read, mark, due, at):
    give()
    read()
    at(due() + 1)
    assert mark().events == [overdue(vault, 0)]
    assert vault.duty_of(1, 1, PURPOSE).is_overdue


def test_mark_overdue__last_second__reverts(staked, mark, due, at):
    at(due())
    with ape.reverts("vault: not overdue"):
        mark()


def test_mark_overdue__withdrawn__runs_from_then(consent, staked, mark, due, at, person, now):
    consent.withdraw(1, PURPOSE, sender=person)
    assert due() == now() + 30 * DAY
    at(due())
    with ape.reverts("vault: not overdue"):
        mark()
    at(due() + 1)
    mark()


def test_mark_overdue__withdrew_all__runs_from_then(consent, staked, due, person, now):
    consent.withdraw_all(sender=person)
    assert due() == now() + 30 * DAY


def test_mark_overdue__renewed__runs_from_the_new_end(staked, give, due, limits):
    agreed = give()
    assert agreed.keep_until > staked.keep_until
    assert due() == agreed.keep_until + limits.DELETION_TIME()


def test_mark_overdue__attested__reverts(staked, attest, mark, due, at):
    ends = due()
    attest()
    assert due() == 0
    at(ends + 1)
    with ape.reverts("vault: not overdue"):
        mark()


def test_mark_overdue__never_read__reverts(vault, give, mark, wait, other, rival, outsider):
    give()
    wait(200 * DAY)
    with ape.reverts("vault: not overdue"):
        mark()
    for words in ((2, 1, PURPOSE), (1, 2, PURPOSE), (0, 0, 0)):
        with ape.reverts("vault: not overdue"):
            vault.mark_overdue(*words, sender=outsider)


def test_mark_overdue__twice__reverts(staked, mark, due, at):
    at(due() + 1)
    mark()
    with ape.reverts("vault: marked already"):
        mark()


def test_mark_overdue__of_one_purpose__leaves_the_other(vault, staked, give, read, mark, due, at):
    give(purpose=OTHER_PURPOSE)
    read(purpose=OTHER_PURPOSE)
    at(due() + 1)
    mark()
    assert vault.duty_of(1, 1, OTHER_PURPOSE).bond == 100
    assert not vault.duty_of(1, 1, OTHER_PURPOSE).is_overdue


def test_mark_overdue__let_in_again_and_read__is_a_new_duty(
    vault, staked, give, read, mark, due, at, settled
):
    at(due() + 1)
    mark()
    give()
    read()
    duty = vault.duty_of(1, 1, PURPOSE)
    assert (duty.bond, duty.is_overdue, duty.reads) == (100, False, 1)
    settled(800, bonds=100, unpaid=100)


def test_mark_overdue__numbers_out_of_range__reverts(vault, staked, outsider):
    for words in ((1 + 2**64, 1, PURPOSE), (1, 1 + 2**64, PURPOSE)):
        with ape.reverts("vault: unknown number"):
            vault.mark_overdue(*words, sender=outsider)
    with ape.reverts("vault: unknown purpose"):
        vault.mark_overdue(1, 1, PURPOSE + 64, sender=outsider)


@pytest.mark.parametrize("view", ["duty_of", "due_at"])
def test_duty_of_and_due_at__numbers_out_of_range__reverts(vault, view):
    """They would name the place of others."""
    ask = getattr(vault, view)
    for words in ((2**64, 1, 0), (1, 2**64, 0)):
        with ape.reverts("vault: unknown number"):
            ask(*words)
    with ape.reverts("vault: unknown purpose"):
        ask(1, 1, 64)
