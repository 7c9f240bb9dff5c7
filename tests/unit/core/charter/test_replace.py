"""`Charter.replace`: a contract takes its place, and the former one retires."""

import ape
from ape.exceptions import TransactionError

from tests.conftest import entry_name

ZERO = "0x" + "00" * 20
FOR_GOOD = 2**256 - 1
POINTS, PERKS = entry_name("points"), entry_name("perks")


def test_replace__first_second__puts_the_new_one_in_place(
    announced, wing, successor, outsider, chain
):
    chain.pending_timestamp = announced.replacement(POINTS).effective_at
    receipt = announced.replace(POINTS, sender=outsider)

    assert receipt.events == [
        wing.Retired(),
        announced.EntryReplaced(
            name=POINTS, old_contract=wing, new_contract=successor, has_retired=True
        ),
    ]
    assert announced.entry(POINTS) == successor
    assert announced.is_current(successor)
    assert not announced.is_current(wing)
    assert announced.name_of(wing) == POINTS
    assert announced.name_of(successor) == POINTS
    assert announced.replacement(POINTS).contract == ZERO
    assert announced.entry_count() == 1
    assert wing.halted_until() == FOR_GOOD
    assert successor.halted_until() == 0


def test_replace__last_second_of_the_delay__reverts(announced, outsider, chain):
    chain.pending_timestamp = announced.replacement(POINTS).effective_at - 1
    with ape.reverts("directory: too early"):
        announced.replace(POINTS, sender=outsider)


def test_replace__new_name__joins_the_directory(sealed, successor, admin, chain):
    sealed.announce_replacement(PERKS, successor, sender=admin)
    chain.mine(deltatime=14 * 86_400)
    receipt = sealed.replace(PERKS, sender=admin)

    assert receipt.events == [
        sealed.EntryReplaced(
            name=PERKS, old_contract=ZERO, new_contract=successor, has_retired=False
        )
    ]
    assert sealed.entry_count() == 2
    assert sealed.entry_name(1) == PERKS


def test_replace__old_one_refuses_to_retire__goes_ahead_and_says_so(
    project, charter, successor, admin, chain
):
    deaf = admin.deploy(project.DeafWing, charter)
    charter.set_entry(POINTS, deaf, sender=admin)
    charter.seal(sender=admin)
    charter.announce_replacement(POINTS, successor, sender=admin)
    chain.mine(deltatime=14 * 86_400)
    receipt = charter.replace(POINTS, sender=admin)

    assert receipt.events == [
        charter.EntryReplaced(
            name=POINTS, old_contract=deaf, new_contract=successor, has_retired=False
        )
    ]
    assert charter.entry(POINTS) == successor


def test_replace__old_one_agrees_and_does_nothing__says_so(
    project, charter, successor, admin, chain
):
    agreeable = admin.deploy(project.AgreeableFake)
    charter.set_entry(POINTS, agreeable, sender=admin)
    charter.seal(sender=admin)
    charter.announce_replacement(POINTS, successor, sender=admin)
    chain.mine(deltatime=14 * 86_400)
    receipt = charter.replace(POINTS, sender=admin)

    assert receipt.events == [
        charter.EntryReplaced(
            name=POINTS, old_contract=agreeable, new_contract=successor, has_retired=False
        )
    ]


def test_replace__listed_under_another_name_meanwhile__reverts(announced, successor, admin, chain):
    announced.announce_replacement(PERKS, successor, sender=admin)
    chain.mine(deltatime=14 * 86_400)
    announced.replace(PERKS, sender=admin)
    with ape.reverts("directory: listed already"):
        announced.replace(POINTS, sender=admin)


def test_replace__other_code_than_announced__reverts(sealed, project, admin, chain):
    """ADMIN is a contract: what it announces is gone at once, and makes room for another."""
    shifter = admin.deploy(project.Shapeshifter)
    sealed.offer_admin(shifter, sender=admin)
    shifter.execute(sealed, sealed.accept_admin.encode_input(), sender=admin)
    shifter.flash(sender=admin)
    announce = sealed.announce_replacement.encode_input(POINTS, shifter.phantom())
    shifter.flash_around(sealed, announce, sender=admin)
    shifter.settle(b"\x00", sender=admin)
    chain.mine(deltatime=14 * 86_400)
    with ape.reverts("directory: code changed"):
        sealed.replace(POINTS, sender=admin)


def test_replace__twice__reverts(announced, admin, chain):
    chain.mine(deltatime=14 * 86_400)
    announced.replace(POINTS, sender=admin)
    with ape.reverts("directory: nothing announced"):
        announced.replace(POINTS, sender=admin)


def test_replace__nothing_announced__reverts(sealed, outsider):
    with ape.reverts("directory: nothing announced"):
        sealed.replace(POINTS, sender=outsider)


def test_replace__by_a_contract__reverts(announced, project, outsider, chain):
    """It could have made the new contract a moment ago, for this transaction only."""
    chain.mine(deltatime=14 * 86_400)
    caller = outsider.deploy(project.FakeWallet, [])
    with ape.reverts("directory: no plain wallet"):
        caller.execute(announced, announced.replace.encode_input(POINTS), sender=outsider)


def test_replace__by_a_wallet_with_borrowed_code__reverts(
    announced, project, borrower, admin, chain
):
    """Its transaction may run that code first."""
    chain.mine(deltatime=14 * 86_400)
    borrower.set_delegate(admin.deploy(project.FakeWallet, []), receiver=admin)
    with ape.reverts("directory: no plain wallet"):
        announced.replace(POINTS, sender=borrower)


def test_replace__starved_of_gas__never_spares_the_old_one(
    announced, wing, successor, outsider, chain
):
    chain.mine(deltatime=14 * 86_400)
    outcomes = set()
    for gas in range(40_000, 160_000, 6_000):
        with chain.isolate():
            try:
                announced.replace(POINTS, sender=outsider, gas=gas)
            except TransactionError:
                outcomes.add("refused")
                assert announced.entry(POINTS) == wing
            else:
                outcomes.add("replaced")
                assert wing.halted_until() == FOR_GOOD
    assert outcomes == {"refused", "replaced"}
