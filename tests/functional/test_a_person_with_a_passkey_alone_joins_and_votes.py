"""Somebody with a phone and no ether joins, votes, and brings a wallet later."""

import pytest
from eth_utils import keccak

from tests.authenticator import EXECUTE, MESSAGE, Passkey, challenge_of
from tests.conftest import DAY
from tests.signing import sign, typed

INVITATION = "Invitation(address inviter,uint256 passport_id,uint256 nonce,uint256 deadline)"
REGISTER = "Register(address wallet,uint256 nonce,uint256 deadline)"
JOIN = "Join(address wallet,address inviter,uint256 nonce,uint256 deadline)"
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
BALLOT = (
    "Ballot(address voter,uint256 poll_id,bytes32 content_hash,uint256[] options,"
    "uint256 sequence,uint256 deadline)"
)
TEXT = b"\x44" * 32
SINGLE = 1


@pytest.fixture
def passkey():
    return Passkey("a phone")


@pytest.fixture
def account(project, admin, outsider, passkey):
    """The account of the passkey; somebody else paid for it."""
    factory = admin.deploy(project.PasskeyFactory, admin.deploy(project.PasskeyAccount))
    factory.create(*passkey.terms, sender=outsider)
    return project.PasskeyAccount.at(factory.account_of(*passkey.terms))


@pytest.fixture
def carry(chain, account, passkey, outsider):
    """Somebody with ether carries a call that the passkey signed."""

    def send(target, data):
        call = {"target": target, "amount": 0, "data": bytes(data)}
        call |= {"nonce": account.next_nonce(), "deadline": chain.pending_timestamp + DAY}
        signature = passkey.answer(challenge_of(account, EXECUTE, **call)).packed()
        return account.execute(target, 0, data, call["deadline"], signature, sender=outsider)

    return send


@pytest.fixture
def signed(account, passkey):
    """The passkey's answer to a message of another contract's."""

    def by(contract, encoded_type, **words):
        made = typed(contract, encoded_type, **words)
        digest = keccak(b"\x19" + made.version + made.header + made.body)
        return passkey.answer(challenge_of(account, MESSAGE, digest=digest)).packed()

    return by


@pytest.fixture
def invitation(chain, membership, steward):
    """For whoever bears it: inviter, nonce, deadline, signature."""
    soon = chain.pending_timestamp + DAY
    words = {"inviter": steward, "passport_id": 0, "nonce": 1, "deadline": soon}
    return steward, 1, soon, sign(steward, membership, INVITATION, **words)


@pytest.fixture
def open_poll(chain, polls, steward):
    """A poll that opens once the newest member has a voice."""

    def by():
        chain.mine(deltatime=31 * DAY)
        closes_at = chain.blocks.head.timestamp + 7 * DAY
        return polls.open_poll(TEXT, SINGLE, 3, closes_at, sender=steward).return_value

    return by


def test_each_act_has_a_message_that_the_passkey_signs_and_a_relayer_carries(
    chain, community, passport, membership, polls, account, signed, invitation, open_poll, outsider
):
    soon = chain.pending_timestamp + DAY
    asked = signed(passport, REGISTER, wallet=account, nonce=1, deadline=soon)
    passport.register_by_signature(account, 1, soon, asked, sender=outsider)
    words = {"wallet": account, "inviter": invitation[0], "nonce": 1, "deadline": soon}
    asked = signed(membership, JOIN, **words)
    membership.join_by_signature(account, 1, soon, asked, *invitation, sender=outsider)

    poll_id, later = open_poll(), chain.pending_timestamp + DAY
    words = {"voter": account, "poll_id": poll_id, "content_hash": TEXT, "options": [2]}
    asked = signed(polls, BALLOT, **words, sequence=1, deadline=later)
    polls.vote_by_signature(account, poll_id, [2], 1, later, asked, sender=outsider)
    assert polls.tally(poll_id) == [0, 1, 0]
    assert (account.next_nonce(), account.balance) == (0, 0)


def test_without_any_server_the_account_itself_registers_joins_votes_and_moves_on_to_a_wallet(
    chain, community, passport, membership, polls, account, carry, invitation, open_poll, newcomer
):
    carry(passport, passport.register.encode_input())
    carry(membership, membership.join.encode_input(*invitation))
    poll_id = open_poll()
    carry(polls, polls.vote.encode_input(poll_id, 2))
    assert polls.tally(poll_id) == [0, 1, 0]

    deadline = chain.pending_timestamp + DAY
    words = {"passport_id": passport.id_of(account), "wallet": newcomer, "nonce": 1}
    agreed = sign(newcomer, passport, LINK, **words, deadline=deadline)
    carry(passport, passport.link.encode_input(newcomer, 1, deadline, agreed))
    carry(passport, passport.set_main.encode_input(newcomer))
    polls.vote(poll_id, 1, sender=newcomer)  # the same person changes their mind
    assert polls.tally(poll_id) == [1, 0, 0]
