"""`Membership.join_by_signature`: an invited person signed that they come; anybody carries it."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour
from tests.house import MATURITY, open_house

from .conftest import ANYBODY, DAY, INVITATION, JOIN, LEAVE

INVITED = 1
STEWARD = 8
LATE = 2**40


class JoinSigned(SignedActBehaviour):
    @pytest.fixture
    def is_done(self, membership):
        return lambda act: membership.member_count() == 1

    @pytest.fixture
    def question(self, membership):
        return lambda act: membership.active_count.encode_input()


class TestJoinSigned(JoinSigned):
    """The person's half."""

    ZERO = "signatures: zero signer"

    @pytest.fixture
    def joining(self, membership, deadline, steward, invite):
        def _act(wallet, keys):
            def send(values, signature, sender):
                wallet, _, nonce, until = values.values()
                words = wallet, nonce, until, signature
                return membership.join_by_signature(*words, *invite(until=LATE), sender=sender)

            words = {"wallet": wallet, "inviter": steward, "nonce": 1, "deadline": deadline}
            return SignedAct(membership, JOIN, "wallet", words, keys, send)

        return _act

    @pytest.fixture
    def act(self, joining, persons):
        return joining(persons[0], [persons[0]])

    @pytest.fixture
    def act_of_a_contract(self, joining, joint_person):
        return joining(*joint_person)


class TestInvitationSigned(JoinSigned):
    """The steward's half."""

    ZERO = "membership: inviter no steward"

    @pytest.fixture
    def inviting(self, membership, deadline, persons, signed_by):
        def _act(inviter, keys):
            nonces = iter(range(1, 99))

            def send(values, signature, sender):
                inviter, _, nonce, until = values.values()
                mine = next(nonces)
                told = {"wallet": persons[0], "inviter": inviter, "nonce": mine}
                join = signed_by(persons[0], JOIN, **told, deadline=LATE)
                words = persons[0], mine, LATE, join, inviter, nonce, until, signature
                return membership.join_by_signature(*words, sender=sender)

            words = {"inviter": inviter, "passport_id": 1, "nonce": 7, "deadline": deadline}
            return SignedAct(membership, INVITATION, "inviter", words, keys, send)

        return _act

    @pytest.fixture
    def act(self, inviting, steward):
        return inviting(steward, [steward])

    @pytest.fixture
    def act_of_a_contract(self, inviting, joint_person, charter, admin):
        wallet, owners = joint_person
        charter.give_roles(wallet, STEWARD, sender=admin)
        return inviting(wallet, owners)


# ---- what it does ------------------------------------------------------------------


@pytest.mark.parametrize("passport_id", [1, ANYBODY], ids=["named", "bearer"])
def test_join_by_signature__invited__becomes_a_member(
    membership, electorate, persons, steward, join, invite, passport_id
):
    receipt = join(persons[0], invite(passport_id))

    assert receipt.events == [
        membership.NonceUsed(account=persons[0], nonce=1),
        membership.NonceUsed(account=steward, nonce=7),
        membership.MemberJoined(
            member_no=1, passport_id=1, way=INVITED, counts_from=receipt.timestamp + MATURITY
        ),
        electorate.DelegateChanged(delegator=persons[0], toDelegate=persons[0]),
    ]
    assert tuple(membership.member_of(persons[0])) == (1, 1)
    assert membership.active_count() == membership.member_count() == 1


def test_join_by_signature__asked_beforehand__tells_the_number(
    membership, persons, steward, deadline, signed_by, invite, outsider
):
    membership.admit([2, 3], sender=steward)
    signature = signed_by(persons[0], JOIN, wallet=persons[0], inviter=steward)
    words = persons[0], 1, deadline, signature, *invite()
    assert membership.join_by_signature.call(*words, sender=outsider) == 3


def test_join_by_signature__several_open__never_block_each_other(membership, persons, join, invite):
    for nonce, person in reversed(list(enumerate(persons))):
        join(person, invite(nonce=nonce), nonce=300 - nonce)
    assert membership.active_count() == 5


def test_join_by_signature__by_a_linked_wallet__joins_the_person(
    membership, persons, join, link, spare_wallets
):
    link(persons[0], spare_wallets[0])
    join(spare_wallets[0])
    assert tuple(membership.member_of(persons[0])) == (1, 1)


def test_join_by_signature__steward_who_invites_themself__becomes_a_member(
    membership, passport, persons, steward, join, invite
):
    """Both numbers are the same wallet's: they must differ."""
    passport.register(sender=steward)
    with ape.reverts("signatures: nonce used"):
        join(steward, invite(nonce=1), nonce=1)
    join(steward, invite(nonce=2), nonce=1)
    assert membership.member_no_of(passport.id_of(steward)) == 1


# ---- what is refused -------------------------------------------------------------------


def test_join_by_signature__another_inviter_than_named__reverts(
    charter, persons, join, invite, outsider, steward, admin
):
    """Who lets them in is part of what they signed."""
    charter.give_roles(outsider, STEWARD, sender=admin)
    with ape.reverts("signatures: not by signer"):
        join(persons[0], invite(inviter=outsider), named=steward)


def test_join_by_signature__somebody_elses_invitation__reverts(persons, join, invite):
    with ape.reverts("signatures: not by signer"):
        join(persons[1], invite(passport_id=1))


def test_join_by_signature__invitation_spent__reverts(persons, join, invite):
    join(persons[0], invite())
    with ape.reverts("signatures: nonce used"):
        join(persons[1], invite())


def test_join_by_signature__inviter_without_the_role__reverts(persons, join, invite, outsider):
    with ape.reverts("membership: inviter no steward"):
        join(persons[0], invite(inviter=outsider))


def test_join_by_signature__inviter_who_lost_the_role__reverts(
    persons, join, invite, charter, admin, steward
):
    invitation = invite()
    charter.take_roles(steward, STEWARD, sender=admin)
    with ape.reverts("membership: inviter no steward"):
        join(persons[0], invitation)


def test_join_by_signature__no_passport__reverts(newcomer, join):
    with ape.reverts("membership: no passport"):
        join(newcomer)


def test_join_by_signature__signed_to_leave__reverts(persons, join, signed_by):
    signature = signed_by(persons[0], LEAVE, wallet=persons[0])
    with ape.reverts("signatures: not by signer"):
        join(persons[0], signature=signature)


def test_join_by_signature__halted__reverts(persons, join, charter, warden):
    charter.pause(b"membership".ljust(32, b"\x00"), DAY, sender=warden)
    with ape.reverts("wing: halted"):
        join(persons[0])


def test_join_by_signature__charter_unsealed__reverts(unsealed_twin, persons, join):
    with ape.reverts("membership: charter unsealed"):
        join(persons[0], house=unsealed_twin)


def test_join_by_signature__shares_the_cap_of_admissions(
    project, admin, charter, passport, persons, steward, join, invite
):
    caps = (0, 1, 1, DAY)
    narrow, _ = open_house(project, admin, charter, passport, maturity=0, caps=caps)
    narrow.admit([1], sender=steward)
    with ape.reverts("intake: admissions cap"):
        join(persons[1], house=narrow)
