"""`Membership.join`: an invitation that a steward signed, to one person or to its bearer."""

import ape
import pytest
from eth_account.messages import encode_typed_data

from tests.house import MATURITY, open_house

INVITED = 1
ANYBODY = 0
STEWARD = 8


@pytest.fixture
def invite(membership, steward, chain):
    """Sign an invitation: (inviter, nonce, deadline, signature)."""

    def _invite(passport_id, nonce=7, deadline=None, inviter=steward, chain_id=None, signer=None):
        deadline = deadline or chain.blocks.head.timestamp + 1_000
        domain = {
            "name": "Cercle Membership",
            "version": "1",
            "chainId": chain_id or chain.chain_id,
            "verifyingContract": membership.address,
        }
        values = {
            "inviter": str(inviter),
            "passport_id": passport_id,
            "nonce": nonce,
            "deadline": deadline,
        }
        fields = [{"name": name, "type": "uint256"} for name in values]
        fields[0]["type"] = "address"
        message = encode_typed_data(domain, {"Invitation": fields}, values)
        signature = (signer or inviter).sign_message(message)
        return inviter, nonce, deadline, signature.encode_rsv()

    return _invite


@pytest.mark.parametrize("passport_id", [1, ANYBODY], ids=["named", "bearer"])
def test_join__invited__becomes_a_member(
    membership, electorate, persons, steward, invite, passport_id
):
    receipt = membership.join(*invite(passport_id), sender=persons[0])
    assert receipt.events == [
        membership.NonceUsed(account=steward, nonce=7),
        membership.MemberJoined(
            member_no=1, passport_id=1, way=INVITED, counts_from=receipt.timestamp + MATURITY
        ),
        electorate.DelegateChanged(delegator=persons[0], toDelegate=persons[0]),
    ]
    assert membership.is_nonce_used(steward, 7)


@pytest.mark.parametrize("passport_id", [1, ANYBODY], ids=["named", "bearer"])
def test_join__same_invitation_again__reverts(membership, persons, invite, passport_id):
    invitation = invite(passport_id)
    membership.join(*invitation, sender=persons[0])
    with ape.reverts("signatures: nonce used"):
        membership.join(*invitation, sender=persons[1])
    membership.leave(sender=persons[0])
    with ape.reverts("signatures: nonce used"):
        membership.join(*invitation, sender=persons[0])


def test_join__cancelled_invitation__reverts(membership, persons, steward, invite):
    membership.cancel_nonce(7, sender=steward)
    with ape.reverts("signatures: nonce used"):
        membership.join(*invite(ANYBODY), sender=persons[0])


def test_join__two_open_invitations__do_not_block_each_other(membership, persons, invite):
    membership.join(*invite(ANYBODY, nonce=9), sender=persons[0])
    membership.join(*invite(ANYBODY, nonce=2), sender=persons[1])
    assert membership.member_count() == 2


def test_join__somebody_elses_invitation__reverts(membership, persons, invite):
    with ape.reverts("signatures: not by signer"):
        membership.join(*invite(1), sender=persons[1])


def test_join__last_second__is_taken(membership, persons, invite, chain):
    deadline = chain.blocks.head.timestamp + 50
    chain.pending_timestamp = deadline
    membership.join(*invite(1, deadline=deadline), sender=persons[0])


def test_join__a_second_late__reverts(membership, persons, invite, chain):
    deadline = chain.blocks.head.timestamp + 50
    chain.pending_timestamp = deadline + 1
    with ape.reverts("signatures: expired"):
        membership.join(*invite(1, deadline=deadline), sender=persons[0])


def test_join__inviter_without_the_role__reverts(membership, persons, invite, outsider):
    with ape.reverts("membership: inviter no steward"):
        membership.join(*invite(1, inviter=outsider), sender=persons[0])


def test_join__inviter_who_lost_the_role__reverts(
    membership, persons, invite, charter, admin, steward
):
    invitation = invite(1)
    charter.take_roles(steward, 8, sender=admin)
    with ape.reverts("membership: inviter no steward"):
        membership.join(*invitation, sender=persons[0])


def test_join__signed_by_another__reverts(membership, persons, invite, steward, outsider):
    forged = invite(1, inviter=outsider)
    with ape.reverts("signatures: not by signer"):
        membership.join(steward, *forged[1:], sender=persons[0])


@pytest.fixture
def offices(project, admin, steward, charter):
    """Two contract wallets of one owner, both stewards."""
    made = [admin.deploy(project.FakeWallet, [steward]) for _ in range(2)]
    for wallet in made:
        charter.give_roles(wallet, STEWARD, sender=admin)
    return made


def test_join__invited_by_a_contract_wallet__becomes_a_member(
    membership, persons, invite, steward, offices
):
    membership.join(*invite(ANYBODY, inviter=offices[0], signer=steward), sender=persons[0])
    assert membership.member_count() == 1


def test_join__signed_for_a_sister_wallet__reverts(membership, persons, invite, steward, offices):
    """The invitation names who invites: what one office signed opens no door of another."""
    invitation = invite(ANYBODY, inviter=offices[0], signer=steward)
    with ape.reverts("signatures: not by signer"):
        membership.join(offices[1], *invitation[1:], sender=persons[0])


def test_join__zero_inviter__reverts(membership, persons, invite):
    with ape.reverts("membership: inviter no steward"):
        membership.join("0x" + "00" * 20, *invite(1)[1:], sender=persons[0])


def test_join__other_chain__reverts(membership, persons, invite):
    with ape.reverts("signatures: not by signer"):
        membership.join(*invite(1, chain_id=1), sender=persons[0])


def test_join__no_passport__reverts(membership, newcomer, invite):
    with ape.reverts("membership: no passport"):
        membership.join(*invite(ANYBODY), sender=newcomer)


def test_join__a_member__reverts(membership, fresh, invite):
    with ape.reverts("membership: already a member"):
        membership.join(*invite(ANYBODY), sender=fresh[0])


def test_join__halted__reverts(membership, persons, invite, charter, warden):
    charter.pause(b"membership".ljust(32, b"\x00"), 100, sender=warden)
    with ape.reverts("wing: halted"):
        membership.join(*invite(1), sender=persons[0])


def test_join__charter_unsealed__reverts(unsealed_twin, persons, invite):
    with ape.reverts("membership: charter unsealed"):
        unsealed_twin.join(*invite(1), sender=persons[0])


def test_join__shares_the_cap_of_admissions(project, admin, charter, passport, persons, steward):
    """The cap is asked before the signature: the refusal names it."""
    caps = (0, 1, 1, 86_400)
    narrow, _ = open_house(project, admin, charter, passport, maturity=0, caps=caps)
    narrow.admit([1], sender=steward)
    with ape.reverts("intake: admissions cap"):
        narrow.join(steward, 1, 2**39, b"\x01" * 65, sender=persons[1])
