"""`Governor.execute`: only the code that the proposal met is called."""

import ape
import pytest
from eth_utils import to_checksum_address
from eth_utils.crypto import keccak
from rlp import encode

from tests.drafts import Draft

CODE_CHANGED = "governor: code changed"


@pytest.fixture
def named(target, admin, project):
    """The target names an implementation."""
    target.name_implementation(admin.deploy(project.FakeToken), sender=admin)


@pytest.fixture
def lends(borrower, new_wallet, admin, voters):
    """A wallet that borrows code, and a proposal that calls it."""
    borrower.set_delegate(new_wallet(voters[0]), receiver=admin)
    return Draft(((borrower, 0, b"\x01\x02\x03\x04"),))


def test_execute__implementation_exchanged__reverts(
    governor, work, target, named, carry_through, admin, project, outsider
):
    carry_through(work)
    target.name_implementation(admin.deploy(project.FakeToken), sender=admin)
    with ape.reverts(CODE_CHANGED):
        governor.execute(*work.named, sender=outsider)


def test_execute__exchanged_and_back__goes_through(
    governor, work, target, named, carry_through, admin, project, outsider
):
    first = target.implementation()
    carry_through(work)
    target.name_implementation(admin.deploy(project.FakeToken), sender=admin)
    target.name_implementation(first, sender=admin)
    governor.execute(*work.named, sender=outsider)


def test_execute__exchanged_and_pinned_anew__reverts(
    governor, work, target, named, carry_through, propose, admin, project, outsider
):
    """Another proposal about the new code does not bless the old proposal."""
    carry_through(work)
    target.name_implementation(admin.deploy(project.FakeToken), sender=admin)
    propose(work.described("The new one."))
    with ape.reverts(CODE_CHANGED):
        governor.execute(*work.named, sender=outsider)


@pytest.mark.parametrize("hides", [True, False])
def test_execute__implementation_hidden_or_shown_since__reverts(
    governor, work, target, carry_through, admin, project, outsider, hides
):
    nobody = "0x" + "00" * 20
    other = admin.deploy(project.FakeToken)
    target.name_implementation(other if hides else nobody, sender=admin)
    carry_through(work)
    target.name_implementation(nobody if hides else other, sender=admin)
    with ape.reverts(CODE_CHANGED):
        governor.execute(*work.named, sender=outsider)


def test_execute__names_a_wallet_as_implementation__is_its_own_code(
    governor, guard, work, target, carry_through, admin, outsider
):
    """What has no code is no implementation, whichever wallet is named."""
    carry_through(work)
    target.name_implementation(outsider, sender=admin)
    governor.execute(*work.named, sender=outsider)


def test_execute__implementation_borrows_other_code__reverts(
    governor, work, target, borrower, new_wallet, admin, voters, carry_through, outsider
):
    """The same implementation by its address, and another one by its code."""
    borrower.set_delegate(new_wallet(voters[0]), receiver=admin)
    target.name_implementation(borrower, sender=admin)
    carry_through(work)
    borrower.set_delegate(new_wallet(voters[1], voters[2]), receiver=admin)
    with ape.reverts(CODE_CHANGED):
        governor.execute(*work.named, sender=outsider)


def test_execute__exchanged_by_an_earlier_action__reverts(
    governor, target, carry_through, admin, project, outsider
):
    other = admin.deploy(project.FakeToken)
    draft = Draft(
        (
            (target, 0, bytes(target.name_implementation.encode_input(other))),
            (target, 0, bytes(target.work.encode_input(1))),
        )
    )
    carry_through(draft)
    with ape.reverts(CODE_CHANGED):
        governor.execute(*draft.named, sender=outsider)


def test_execute__a_wallet_borrows_other_code__reverts(
    governor, lends, borrower, new_wallet, admin, voters, carry_through, outsider
):
    carry_through(lends)
    borrower.set_delegate(new_wallet(voters[1], voters[2]), receiver=admin)
    with ape.reverts(CODE_CHANGED):
        governor.execute(*lends.named, sender=outsider)


def test_execute__a_wallet_is_paid_and_borrows_code_meanwhile__is_paid(
    governor, borrower, new_wallet, admin, carry_through, outsider, project
):
    draft = Draft(((borrower, 5, b""),))
    carry_through(draft)
    borrower.set_delegate(admin.deploy(project.AgreeableFake), receiver=admin)
    before = borrower.balance
    governor.execute(*draft.named, sender=outsider)
    assert borrower.balance == before + 5


def test_execute__a_wallet_is_paid_and_its_borrowed_code_is_pinned__is_paid(
    governor, guard, borrower, admin, carry_through, outsider, project
):
    """A stranger cannot stop a payment by having the payee's code written down, each time."""
    draft = Draft(((borrower, 5, b""),))
    carry_through(draft)
    for _ in range(2):
        borrower.set_delegate(admin.deploy(project.AgreeableFake), receiver=admin)
        guard.admit(1, borrower, 0, b"\x01\x02\x03\x04", sender=outsider)
    before = borrower.balance
    governor.execute(*draft.named, sender=outsider)
    assert borrower.balance == before + 5


@pytest.fixture
def account_to_come(project, admin, outsider):
    """The address at which somebody will deploy next, and the deployment."""
    place = to_checksum_address(
        keccak(encode([bytes.fromhex(outsider.address[2:]), outsider.nonce]))[-20:]
    )
    return place, lambda: outsider.deploy(project.AgreeableFake)


def test_execute__an_account_is_paid_and_deployed_and_pinned_meanwhile__is_paid(
    governor, guard, account_to_come, carry_through, admin, chain
):
    place, deploy = account_to_come
    draft = Draft(((place, 5, b""),))
    carry_through(draft)
    assert deploy().address == place
    receipt = guard.admit(1, place, 0, b"", sender=admin)
    assert receipt.events == [guard.CodePinned(target=place)]
    governor.execute(*draft.named, sender=admin)
    assert chain.provider.get_balance(place) == 5


def test_execute__a_contract_is_paid_and_pinned_anew_meanwhile__reverts(
    governor, guard, target, named, carry_through, admin, project, outsider
):
    """It was met with code: this is no wallet's."""
    draft = Draft(((target, 5, b""),))
    carry_through(draft)
    target.name_implementation(admin.deploy(project.FakeToken), sender=admin)
    guard.admit(1, target, 0, b"", sender=outsider)
    with ape.reverts(CODE_CHANGED):
        governor.execute(*draft.named, sender=outsider)


def test_execute__little_gas__cannot_hide_the_implementation(
    governor, work, target, named, carry_through, outsider
):
    carry_through(work)
    with ape.reverts("pins: too little gas"):
        governor.execute(*work.named, sender=outsider, gas=120_000)


def test_execute__a_greedy_target__is_called_all_the_same(
    governor, work, target, carry_through, admin, outsider
):
    target.become_greedy(sender=admin)
    carry_through(work)
    governor.execute(*work.named, sender=outsider)
