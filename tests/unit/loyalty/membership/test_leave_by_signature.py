"""`Membership.leave_by_signature`: a member's own leave, carried by anybody."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour

from .conftest import DAY, JOIN, LEAVE

NOBODY = "0x" + "00" * 20


@pytest.fixture
def leave(membership, deadline, signed_by, outsider):
    """Carry what a wallet signed."""

    def _leave(wallet, nonce=1, signature=None):
        if signature is None:
            signature = signed_by(wallet, LEAVE, wallet=wallet, nonce=nonce)
        return membership.leave_by_signature(wallet, nonce, deadline, signature, sender=outsider)

    return _leave


class TestLeaveSigned(SignedActBehaviour):
    ZERO = "signatures: zero signer"

    @pytest.fixture
    def leaving(self, membership, deadline):
        def _act(wallet, keys):
            def send(values, signature, sender):
                return membership.leave_by_signature(*values.values(), signature, sender=sender)

            message = {"wallet": wallet, "nonce": 1, "deadline": deadline}
            return SignedAct(membership, LEAVE, "wallet", message, keys, send)

        return _act

    @pytest.fixture
    def act(self, leaving, fresh):
        return leaving(fresh[0], [fresh[0]])

    @pytest.fixture
    def act_of_a_contract(self, membership, leaving, joint_person, steward):
        membership.admit([6], sender=steward)
        return leaving(*joint_person)

    @pytest.fixture
    def is_done(self, membership):
        return lambda act: membership.member_of(act.message["wallet"])[1] == 0

    @pytest.fixture
    def question(self, membership):
        return lambda act: membership.member_of.encode_input(act.message["wallet"])


def test_leave_by_signature__signed__is_as_if_they_had_sent_it(
    membership, electorate, voters, signed_by, outsider
):
    signature = signed_by(voters[0], LEAVE, wallet=voters[0], deadline=2**40)
    receipt = membership.leave_by_signature(voters[0], 1, 2**40, signature, sender=outsider)

    unit = {"previousVotes": 1, "newVotes": 0}
    assert receipt.events == [
        membership.NonceUsed(account=voters[0], nonce=1),
        electorate.DelegateVotesChanged(delegate=voters[0], **unit),
        electorate.DelegateChanged(delegator=voters[0], fromDelegate=voters[0], toDelegate=NOBODY),
        membership.MemberLeft(member_no=1, passport_id=1),
    ]
    assert tuple(membership.member_of(voters[0])) == (1, 0)
    assert not membership.member(1).is_active
    assert membership.active_count() == 4
    assert electorate.getVotes(voters[0]) == 0


def test_leave_by_signature__signed_by_a_linked_wallet__leaves_the_person(
    membership, leave, fresh, link, spare_wallets
):
    link(fresh[0], spare_wallets[0])
    leave(spare_wallets[0])
    assert not membership.member(1).is_active


def test_leave_by_signature__unlinked_since__leaves_nobody(
    membership, passport, leave, fresh, link, spare_wallets, signed_by
):
    link(fresh[0], spare_wallets[0])
    signature = signed_by(spare_wallets[0], LEAVE, wallet=spare_wallets[0])
    passport.unlink(spare_wallets[0], sender=fresh[0])
    with ape.reverts("membership: not a member"):
        leave(spare_wallets[0], signature=signature)
    assert membership.member(1).is_active


def test_leave_by_signature__halted_or_retired__is_never_stopped(
    membership, leave, fresh, signed_by, outsider, charter, warden, project, admin, chain
):
    name = b"membership".ljust(32, b"\x00")
    charter.pause(name, DAY, sender=warden)
    leave(fresh[0])
    charter.announce_replacement(name, admin.deploy(project.WingHarness, charter), sender=admin)
    chain.mine(deltatime=15 * DAY)
    charter.replace(name, sender=admin)
    late = signed_by(fresh[1], LEAVE, wallet=fresh[1], deadline=2**40)
    membership.leave_by_signature(fresh[1], 1, 2**40, late, sender=outsider)
    assert membership.active_count() == 3


def test_leave_by_signature__left_meanwhile__reverts(membership, leave, fresh):
    membership.leave(sender=fresh[0])
    with ape.reverts("membership: not a member"):
        leave(fresh[0])
    assert not membership.is_nonce_used(fresh[0], 1)


def test_leave_by_signature__back_since__goes_by_what_was_signed(
    membership, leave, fresh, signed_by
):
    """A signature that nobody carried stays good: `cancel_nonce` is how to take it back."""
    kept = signed_by(fresh[0], LEAVE, wallet=fresh[0], nonce=2)
    membership.leave(sender=fresh[0])
    membership.join_open(sender=fresh[0])
    leave(fresh[0])
    membership.join_open(sender=fresh[0])
    membership.cancel_nonce(2, sender=fresh[0])
    with ape.reverts("signatures: nonce used"):
        leave(fresh[0], nonce=2, signature=kept)
    assert membership.member(1).is_active


def test_leave_by_signature__no_member__reverts(leave, persons, newcomer):
    for stranger in (persons[0], newcomer):
        with ape.reverts("membership: not a member"):
            leave(stranger)


def test_leave_by_signature__signed_to_join__reverts(leave, fresh, signed_by, steward):
    signature = signed_by(fresh[0], JOIN, wallet=fresh[0], inviter=steward)
    with ape.reverts("signatures: not by signer"):
        leave(fresh[0], signature=signature)
