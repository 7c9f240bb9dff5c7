"""A passkey account before other contracts: it signs their messages, and is linked like others."""

import ape
import pytest
from eth_utils import keccak

from tests.authenticator import MESSAGE, Passkey, challenge_of
from tests.signing import typed

NOTE = "Note(address author,bytes32 text,uint256 nonce,uint256 deadline)"
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
TEXT = keccak(text="a note")


@pytest.fixture(scope="session")
def signatures(project, admin):
    return admin.deploy(project.SignaturesHarness)


def asked_of(account, contract, encoded_type, **message) -> bytes:
    """What the passkey is asked when a contract wants a message of the account's."""
    made = typed(contract, encoded_type, **message)
    digest = keccak(b"\x19" + made.version + made.header + made.body)
    return challenge_of(account, MESSAGE, digest=digest)


@pytest.fixture
def note(signatures, account, relayer, deadline):
    """Send a note of the account's, signed by a passkey."""

    def send(signer, of=account, **signed):
        given = {"author": account, "text": TEXT, "nonce": 1, "deadline": deadline} | signed
        signature = signer.answer(asked_of(of, signatures, NOTE, **given)).packed()
        return signatures.note(account, TEXT, 1, deadline, signature, sender=relayer)

    return send


def test_note__signed_by_the_passkey__counts_once(signatures, note, account, passkey):
    receipt = note(passkey)

    assert receipt.events == [signatures.NonceUsed(account=account, nonce=1)]
    with ape.reverts("signatures: nonce used"):
        note(passkey)


def test_note__signed_by_another_passkey__reverts(note):
    with ape.reverts("signatures: not by signer"):
        note(Passkey("another"))


def test_note__another_text__reverts(note, passkey):
    with ape.reverts("signatures: not by signer"):
        note(passkey, text=keccak(text="another note"))


def test_note__signed_through_another_account_of_the_key__reverts(note, passkey, second_account):
    with ape.reverts("signatures: not by signer"):
        note(passkey, of=second_account)


def test_link__signed_by_the_passkey__joins_a_persons_wallets(
    passport, account, passkey, newcomer, deadline
):
    """The way out of a lost passkey: another wallet in the same passport."""
    passport.register(sender=newcomer)
    words = {"passport_id": 1, "wallet": account, "nonce": 1, "deadline": deadline}
    signature = passkey.answer(asked_of(account, passport, LINK, **words)).packed()
    receipt = passport.link(account, 1, deadline, signature, sender=newcomer)

    assert receipt.events == [
        passport.NonceUsed(account=account, nonce=1),
        passport.WalletLinked(passport_id=1, wallet=account),
    ]
    assert passport.id_of(account) == 1
