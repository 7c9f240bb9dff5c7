"""Somebody with a phone and no ether joins, votes, and brings a wallet later."""

import pytest

from tests.authenticator import EXECUTE, Passkey, challenge_of
from tests.conftest import DAY
from tests.signing import sign

INVITATION = "Invitation(address inviter,uint256 passport_id,uint256 nonce,uint256 deadline)"
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"


@pytest.fixture
def carry(chain, outsider):
    """Somebody with ether carries what the passkey signed."""

    def send(account, passkey, target, data):
        call = {"target": target, "amount": 0, "data": bytes(data)}
        call |= {"nonce": account.next_nonce(), "deadline": chain.pending_timestamp + DAY}
        signature = passkey.answer(challenge_of(account, EXECUTE, **call)).packed()
        return account.execute(target, 0, data, call["deadline"], signature, sender=outsider)

    return send


def test_a_passkey_is_enough_to_register_join_vote_and_move_on_to_a_wallet(
    project, chain, community, passport, membership, polls, admin, steward, outsider, newcomer,
    carry,
):  # fmt: skip
    passkey = Passkey("a phone")
    factory = admin.deploy(project.PasskeyFactory, admin.deploy(project.PasskeyAccount))
    factory.create(*passkey.terms, sender=outsider)
    account = project.PasskeyAccount.at(factory.account_of(*passkey.terms))

    carry(account, passkey, passport, passport.register.encode_input())
    soon = chain.pending_timestamp + DAY
    words = {"inviter": steward, "passport_id": 0, "nonce": 1, "deadline": soon}
    invitation = sign(steward, membership, INVITATION, **words)
    carry(account, passkey, membership, membership.join.encode_input(steward, 1, soon, invitation))

    chain.mine(deltatime=31 * DAY)  # old enough to have a voice
    closes_at = chain.blocks.head.timestamp + 7 * DAY
    poll_id = polls.open_poll(b"\x44" * 32, 3, closes_at, sender=steward).return_value
    carry(account, passkey, polls, polls.vote.encode_input(poll_id, 2))
    assert polls.tally(poll_id) == [0, 1, 0]

    passport_id = passport.id_of(account)
    deadline = chain.pending_timestamp + DAY
    words = {"passport_id": passport_id, "wallet": newcomer, "nonce": 1, "deadline": deadline}
    agreed = sign(newcomer, passport, LINK, **words)
    link = passport.link.encode_input(newcomer, 1, deadline, agreed)
    carry(account, passkey, passport, link)
    carry(account, passkey, passport, passport.set_main.encode_input(newcomer))
    polls.vote(poll_id, 1, sender=newcomer)  # the same person changes their mind
    assert polls.tally(poll_id) == [1, 0, 0]
