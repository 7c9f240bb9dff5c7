"""`signatures`: what a wallet that is a contract (ERC-1271), or borrows one's code, may sign."""

import ape
import pytest
from ape.exceptions import ContractLogicError
from eth_utils import keccak

from tests.signing import sign

DAY = 86_400
NOTE = "Note(address author,bytes32 text,uint256 nonce,uint256 deadline)"
TEXT = keccak(text="a note")
MAGIC = bytes.fromhex("1626ba7e").ljust(32, b"\x00")


@pytest.fixture(scope="session")
def owners(accounts):
    """As many as fit: fifteen signatures have 975 bytes."""
    return list(accounts[:15])


@pytest.fixture
def note(signatures, outsider, now):
    def send(author, signature):
        return signatures.note(author, TEXT, 1, now + DAY, signature, sender=outsider)

    return send


@pytest.fixture
def signed(signatures, now):
    """A note of `author`'s, signed by some keys one after the other."""

    def by(author, *keys):
        given = {"author": author, "text": TEXT, "nonce": 1, "deadline": now + DAY}
        return b"".join(sign(key, signatures, NOTE, **given) for key in keys)

    return by


def test_note__contract_wallet_of_one_owner__counts_once(
    signatures, note, signed, new_wallet, newcomer
):
    wallet = new_wallet(newcomer)
    receipt = note(wallet, signed(wallet, newcomer))

    assert receipt.events == [signatures.NonceUsed(account=wallet, nonce=1)]
    with ape.reverts("signatures: nonce used"):
        note(wallet, signed(wallet, newcomer))


def test_note__contract_wallet_of_fifteen_owners__counts(note, signed, new_wallet, owners):
    wallet = new_wallet(*owners)
    note(wallet, signed(wallet, *owners))


def test_note__one_of_fifteen_signed_otherwise__reverts(note, signed, new_wallet, owners, outsider):
    wallet = new_wallet(*owners)
    with ape.reverts("signatures: not by signer"):
        note(wallet, signed(wallet, *owners[:-1], outsider))


def test_note__signed_for_another_wallet_of_the_same_owner__reverts(
    note, signed, new_wallet, newcomer
):
    wallet, other_wallet = new_wallet(newcomer), new_wallet(newcomer)
    with ape.reverts("signatures: not by signer"):
        note(wallet, signed(other_wallet, newcomer))


def test_note__longer_than_any_may_be__is_refused(signatures, note, scripted_wallet):
    wallet = scripted_wallet(MAGIC)
    with pytest.raises(ContractLogicError):  # refused by the decoder, which gives no reason
        note(wallet, bytes(1_025))
    assert not signatures.is_nonce_used(wallet, 1)
    note(wallet, bytes(1_024))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        MAGIC[:4],
        MAGIC[:31],
        bytes(32),
        b"\x00" * 28 + MAGIC[:4],
        MAGIC[:4] + b"\x00" * 27 + b"\x01",
        b"\xff" * 32,
        (1).to_bytes(32, "big"),
    ],
    ids=["empty", "4 bytes", "31 bytes", "zero", "on the right", "dirty", "all ones", "true"],
)
def test_note__wallet_answers_anything_else__reverts(note, scripted_wallet, answer):
    with ape.reverts("signatures: not by signer"):
        note(scripted_wallet(answer), b"")


def test_note__wallet_breaks_down__reverts_with_our_reason(note, new_wallet, admin):
    wallet = new_wallet()
    wallet.break_down(sender=admin)
    with ape.reverts("signatures: not by signer"):
        note(wallet, b"")


def test_note__wallet_devours_the_gas__reverts_with_our_reason(note, project, admin):
    with ape.reverts("signatures: not by signer"):
        note(admin.deploy(project.TrickyWallet), b"")


def test_note__wallet_calls_back__changes_nothing(signatures, note, project, admin):
    """It is asked by a static call, so whatever it tries comes to nothing."""
    wallet = admin.deploy(project.TrickyWallet)
    wallet.call_back(signatures, signatures.cancel_nonce.encode_input(2), sender=admin)
    receipt = note(wallet, b"")

    assert receipt.events == [signatures.NonceUsed(account=wallet, nonce=1)]
    assert not signatures.is_nonce_used(wallet, 2)


def test_note__contract_that_agrees_to_everything__reverts(note, project, admin):
    with ape.reverts("signatures: not by signer"):
        note(admin.deploy(project.AgreeableFake), b"")


def test_note__contract_without_the_question__reverts(note, passport):
    with ape.reverts("signatures: not by signer"):
        note(passport, b"")


def test_note__borrowed_code__the_key_still_signs(note, signed, new_wallet, borrower, admin):
    borrower.set_delegate(new_wallet(admin), receiver=admin)
    note(borrower, signed(borrower, borrower))


def test_note__borrowed_code__another_key_does_not(
    note, signed, new_wallet, borrower, admin, outsider
):
    borrower.set_delegate(new_wallet(admin), receiver=admin)
    with ape.reverts("signatures: not by signer"):
        note(borrower, signed(borrower, outsider))


def test_note__borrowed_code__may_answer_for_the_account(note, scripted_wallet, borrower, admin):
    borrower.set_delegate(scripted_wallet(MAGIC), receiver=admin)
    note(borrower, b"")
