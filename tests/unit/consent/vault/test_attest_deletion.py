"""`Vault.attest_deletion`: a company signs that what it read is gone, and its bond is free."""

import ape

from tests.consents import CERTIFICATE, COMMITMENT, OTHER_PURPOSE, PURPOSE, ZERO_HASH


def attested(vault, bond=100, certificate=CERTIFICATE):
    """What is logged of it."""
    words = {"passport_id": 1, "company_id": 1, "purpose": PURPOSE}
    return vault.DeletionAttested(**words, certificate_hash=certificate, bond=bond)


def test_attest_deletion__read__frees_the_bond(vault, staked, attest, settled):
    receipt = attest()

    assert receipt.events == [attested(vault)]
    assert tuple(vault.duty_of(1, 1, PURPOSE)) == (staked.issued_at, 1, 0, 0, False)
    assert vault.due_at(1, 1, PURPOSE) == 0
    settled(1_000)


def test_attest_deletion__without_a_bond__says_so(vault, give, read, attest, controller):
    give()
    read()
    receipt = attest(controller, certificate_hash=COMMITMENT)
    assert receipt.events == [attested(vault, 0, COMMITMENT)]


def test_attest_deletion__then_read_again__counts_on_and_stakes_anew(
    vault, staked, attest, read, settled, now
):
    """To have deleted something gives no read back."""
    attest()
    assert read().return_value == 2
    assert tuple(vault.duty_of(1, 1, PURPOSE)) == (staked.issued_at, 2, now(), 100, False)
    settled(900, bonds=100)


def test_attest_deletion__overdue__still_counts(vault, staked, attest, mark, wait, limits, settled):
    """The bond is gone; that it is deleted at last, everybody may know."""
    wait(60 * 86_400 + limits.DELETION_TIME())
    mark()
    assert attest().events == [attested(vault, 0)]
    assert tuple(vault.duty_of(1, 1, PURPOSE)) == (staked.issued_at, 1, 0, 0, False)
    settled(900, unpaid=100)


def test_attest_deletion__in_the_last_second__frees_the_bond(vault, staked, attest, at, settled):
    at(vault.due_at(1, 1, PURPOSE))
    assert attest().events == [attested(vault)]
    settled(1_000)


def test_attest_deletion__a_second_late__loses_the_bond_though_nobody_marked(
    vault, staked, attest, at, settled
):
    at(vault.due_at(1, 1, PURPOSE) + 1)
    receipt = attest()

    assert receipt.events == [
        vault.IncomeCredited(account=1, amount=100),
        vault.DeletionOverdue(passport_id=1, company_id=1, purpose=PURPOSE, bond=100),
        attested(vault, 0),
    ]
    assert tuple(vault.duty_of(1, 1, PURPOSE)) == (staked.issued_at, 1, 0, 0, False)
    settled(900, unpaid=100)


def test_attest_deletion__twice__reverts(staked, attest):
    attest()
    with ape.reverts("vault: nothing to delete"):
        attest()


def test_attest_deletion__never_read__reverts(give, attest, other):
    give()
    for changes in ({}, {"purpose": OTHER_PURPOSE}, {"passport_id": 2}):
        with ape.reverts("vault: nothing to delete"):
            attest(**changes)


def test_attest_deletion__no_certificate__reverts(staked, attest):
    with ape.reverts("vault: no certificate"):
        attest(certificate_hash=ZERO_HASH)


def test_attest_deletion__by_another__reverts(staked, attest, rival, outsider, person):
    for sender in (outsider, person):
        with ape.reverts("vault: not the company"):
            attest(sender)
    with ape.reverts("vault: not the company"):
        attest(company_id=1 + 2**64)


def test_attest_deletion__by_a_rival__is_its_own(staked, attest, rival, outsider):
    with ape.reverts("vault: nothing to delete"):
        attest(outsider, company_id=2)


def test_attest_deletion__numbers_out_of_range__reverts(staked, attest):
    with ape.reverts("vault: unknown number"):
        attest(passport_id=1 + 2**64)
    with ape.reverts("vault: unknown purpose"):
        attest(purpose=PURPOSE + 64)
