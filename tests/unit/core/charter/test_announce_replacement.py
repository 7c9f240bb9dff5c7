"""`Charter.announce_replacement` and `cancel_replacement`: a change in the open."""

import ape

from tests.conftest import entry_name

ZERO = "0x" + "00" * 20
POINTS, PERKS = entry_name("points"), entry_name("perks")


def test_announce_replacement__entry__pins_code_and_time(
    sealed, wing, successor, admin, limits, chain, codehash_of
):
    receipt = sealed.announce_replacement(POINTS, successor, sender=admin)

    effective_at = receipt.timestamp + limits.REPLACEMENT_DELAY()
    assert receipt.events == [
        sealed.ReplacementAnnounced(
            name=POINTS,
            old_contract=wing,
            new_contract=successor,
            old_codehash=codehash_of(wing),
            new_codehash=codehash_of(successor),
            effective_at=effective_at,
        )
    ]
    announced = sealed.replacement(POINTS)
    assert announced.contract == successor
    assert announced.codehash == codehash_of(successor)
    assert announced.effective_at == effective_at
    assert sealed.entry(POINTS) == wing
    assert sealed.is_current(wing)
    assert not sealed.is_current(successor)


def test_announce_replacement__new_name__waits_as_well(sealed, successor, admin, codehash_of):
    receipt = sealed.announce_replacement(PERKS, successor, sender=admin)

    assert receipt.events == [
        sealed.ReplacementAnnounced(
            name=PERKS,
            old_contract=ZERO,
            new_contract=successor,
            old_codehash=bytes(32),
            new_codehash=codehash_of(successor),
            effective_at=sealed.replacement(PERKS).effective_at,
        )
    ]
    assert sealed.entry(PERKS) == ZERO
    assert sealed.entry_count() == 1


def test_announce_replacement__founding__reverts(founding, successor, admin):
    with ape.reverts("directory: not sealed"):
        founding.announce_replacement(POINTS, successor, sender=admin)


def test_announce_replacement__twice__reverts(announced, new_wing, admin):
    with ape.reverts("directory: announced already"):
        announced.announce_replacement(POINTS, new_wing(), sender=admin)


def test_announce_replacement__listed_contract__reverts(sealed, wing, admin):
    with ape.reverts("directory: listed already"):
        sealed.announce_replacement(PERKS, wing, sender=admin)


def test_announce_replacement__retired_contract__reverts(announced, wing, admin, chain):
    chain.mine(deltatime=14 * 86_400)
    announced.replace(POINTS, sender=admin)
    with ape.reverts("directory: listed already"):
        announced.announce_replacement(POINTS, wing, sender=admin)


def test_announce_replacement__empty_name__reverts(sealed, successor, admin):
    with ape.reverts("directory: empty name"):
        sealed.announce_replacement(bytes(32), successor, sender=admin)


def test_announce_replacement__account_without_code__reverts(sealed, newcomer, admin):
    with ape.reverts("directory: no code"):
        sealed.announce_replacement(POINTS, newcomer, sender=admin)


def test_announce_replacement__wallet_with_borrowed_code__reverts(sealed, wing, admin, borrower):
    borrower.set_delegate(wing, receiver=admin)
    with ape.reverts("directory: a wallet's code"):
        sealed.announce_replacement(POINTS, borrower, sender=admin)


def test_announce_replacement__wing_of_another_charter__reverts(project, sealed, admin):
    other = admin.deploy(project.Charter, admin, ZERO, 0)
    foreign_wing = admin.deploy(project.WingHarness, other)
    with ape.reverts("directory: another's contract"):
        sealed.announce_replacement(POINTS, foreign_wing, sender=admin)


def test_announce_replacement__by_outsider__reverts(sealed, successor, outsider):
    with ape.reverts("authority: not the admin"):
        sealed.announce_replacement(POINTS, successor, sender=outsider)


def test_cancel_replacement__announced__is_called_off(announced, successor, admin, chain):
    receipt = announced.cancel_replacement(POINTS, sender=admin)

    assert receipt.events == [announced.ReplacementCancelled(name=POINTS, new_contract=successor)]
    assert announced.replacement(POINTS).contract == ZERO
    chain.mine(deltatime=14 * 86_400)
    with ape.reverts("directory: nothing announced"):
        announced.replace(POINTS, sender=admin)


def test_cancel_replacement__then_announced_again__waits_anew(
    announced, successor, admin, limits, chain
):
    chain.mine(deltatime=13 * 86_400)
    announced.cancel_replacement(POINTS, sender=admin)
    receipt = announced.announce_replacement(POINTS, successor, sender=admin)
    assert (
        announced.replacement(POINTS).effective_at == receipt.timestamp + limits.REPLACEMENT_DELAY()
    )


def test_cancel_replacement__nothing_announced__reverts(sealed, admin):
    with ape.reverts("directory: nothing announced"):
        sealed.cancel_replacement(POINTS, sender=admin)


def test_cancel_replacement__by_outsider__reverts(announced, outsider):
    with ape.reverts("authority: not the admin"):
        announced.cancel_replacement(POINTS, sender=outsider)
