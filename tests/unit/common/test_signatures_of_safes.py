"""`signatures`: a real Safe signs as its owners agreed, on paper or on the chain."""

import ape
import pytest
from ape.exceptions import ContractLogicError
from eth_utils import keccak

from tests.safe import SafeHouse, ascending
from tests.signing import typed

DAY = 86_400
NOTE = "Note(address author,bytes32 text,uint256 nonce,uint256 deadline)"
TEXT = keccak(text="a note")


@pytest.fixture(scope="session")
def house(admin):
    return SafeHouse(admin)


@pytest.fixture(scope="session")
def owners(accounts):
    return list(accounts[:16])


@pytest.fixture(scope="session")
def pair(house, owners):
    """A Safe of two owners who must both agree."""
    return house.found(owners[:2], 2)


@pytest.fixture
def message(signatures, now):
    """A note of a Safe's."""

    def _message(safe, text=TEXT):
        words = {"author": safe, "text": text, "nonce": 1, "deadline": now + DAY}
        return typed(signatures, NOTE, **words)

    return _message


@pytest.fixture
def note(signatures, outsider, now):
    def send(safe, signature, text=TEXT):
        return signatures.note(safe.contract, text, 1, now + DAY, signature, sender=outsider)

    return send


def test_note__both_owners_of_a_safe__counts_once(signatures, note, message, pair, owners):
    signature = pair.sign(message(pair), *owners[:2])
    receipt = note(pair, signature)

    assert len(signature) == 130
    assert receipt.events == [signatures.NonceUsed(account=pair.contract, nonce=1)]
    with ape.reverts("signatures: nonce used"):
        note(pair, signature)


def test_note__one_owner_of_a_safe__reverts(signatures, note, message, pair, owners):
    one = pair.sign(message(pair), owners[0])
    for alone in (one, one + one):
        with ape.reverts("signatures: not by signer"):
            note(pair, alone)
    assert not signatures.is_nonce_used(pair.contract, 1)


def test_note__owner_and_a_stranger__reverts(note, message, pair, owners, outsider):
    with ape.reverts("signatures: not by signer"):
        note(pair, pair.sign(message(pair), owners[0], outsider))


def test_note__owners_in_the_other_order__reverts(note, message, pair, owners):
    signature = pair.sign(message(pair), *owners[:2])
    with ape.reverts("signatures: not by signer"):
        note(pair, signature[65:] + signature[:65])


def test_note__owners_of_a_safe_signed_as_ordinary_wallets__reverts(note, message, pair, owners):
    """Each signs the Safe's own message, which names the Safe; not ours."""
    asked = message(pair)
    both = b"".join(owner.sign_message(asked).encode_rsv() for owner in ascending(owners[:2]))
    with ape.reverts("signatures: not by signer"):
        note(pair, both)


def test_note__signed_for_another_safe_of_the_same_owners__reverts(
    house, note, message, pair, owners
):
    other = house.found(owners[:2], 1)
    with ape.reverts("signatures: not by signer"):
        note(pair, other.sign(message(pair), *owners[:2]))


def test_note__owners_signed_another_text__reverts(note, message, pair, owners):
    other = message(pair, text=keccak(text="another note"))
    with ape.reverts("signatures: not by signer"):
        note(pair, pair.sign(other, *owners[:2]))


def test_note__owner_who_left_the_safe__reverts(house, note, message, owners):
    """The Safe says today who its owners are."""
    safe = house.found(owners[:1], 1)
    signature = safe.sign(message(safe), owners[0])
    safe.swap(owners[0], owners[2])
    with ape.reverts("signatures: not by signer"):
        note(safe, signature)
    note(safe, safe.sign(message(safe), owners[2]))


def test_note__fifteen_owners_of_a_safe__counts(house, note, message, owners):
    safe = house.found(owners[:15], 15)
    signature = safe.sign(message(safe), *owners[:15])
    assert len(signature) == 975
    note(safe, signature)


def test_note__sixteen_owners_of_a_safe__are_too_many(signatures, house, note, message, owners):
    """Unless they approve on the chain, where no signature is sent."""
    safe = house.found(owners, 16)
    with pytest.raises(ContractLogicError):  # refused by the decoder, which gives no reason
        note(safe, safe.sign(message(safe), *owners))
    assert not signatures.is_nonce_used(safe.contract, 1)
    safe.approve(message(safe), *owners)
    note(safe, b"")


def test_note__approved_on_the_chain__counts_without_a_signature(note, message, pair, owners):
    with ape.reverts("signatures: not by signer"):
        note(pair, b"")
    pair.approve(message(pair), *owners[:2])
    note(pair, b"")
