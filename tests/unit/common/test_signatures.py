"""`signatures`: whose signature counts, until when, where, and how often."""

import ape
import pytest
from eth_utils import keccak

from tests.signing import HALF_ORDER, sign, twin, typed

DAY = 86_400
ZERO = "0x" + "00" * 20
NOTE = "Note(address author,bytes32 text,uint256 nonce,uint256 deadline)"
TEXT, OTHER_TEXT = keccak(text="a note"), keccak(text="another note")


@pytest.fixture
def author(newcomer):
    return newcomer


@pytest.fixture
def note(signatures, author, outsider, now):
    """Send a note of the author's; anything about it can be made to differ."""

    def send(signer=author, sent_text=TEXT, signature=None, nonce=1, deadline=now + DAY, **signed):
        given = {"author": author, "text": TEXT, "nonce": nonce, "deadline": deadline}
        if signature is None:
            signature = sign(signer, signatures, NOTE, **(given | signed))
        return signatures.note(author, sent_text, nonce, deadline, signature, sender=outsider)

    return send


# ---- what counts -----------------------------------------------------------------


def test_note__signed_by_the_author__counts_once(signatures, note, author):
    receipt = note()

    assert receipt.events == [signatures.NonceUsed(account=author, nonce=1)]
    assert signatures.is_nonce_used(author, 1)
    assert not signatures.is_nonce_used(author, 2)


def test_note__any_order_of_nonces__never_blocks_another(signatures, note, author):
    for nonce in (300, 0, 255, 256, 2**256 - 1):
        note(nonce=nonce)
        assert signatures.is_nonce_used(author, nonce)
    assert not signatures.is_nonce_used(author, 1)


def test_note__same_nonce_of_another_author__is_free(signatures, note, outsider, now):
    note()
    given = {"author": outsider, "text": TEXT, "nonce": 1, "deadline": now + DAY}
    signature = sign(outsider, signatures, NOTE, **given)
    signatures.note(outsider, TEXT, 1, now + DAY, signature, sender=outsider)


def test_note__digest__is_the_one_that_was_signed(signatures, author, outsider, now):
    given = {"author": author, "text": TEXT, "nonce": 1, "deadline": now + DAY}
    signature = sign(author, signatures, NOTE, **given)
    message = typed(signatures, NOTE, **given)
    expected = keccak(b"\x19" + message.version + message.header + message.body)

    sent = (author, TEXT, 1, now + DAY, signature)
    assert signatures.note.call(*sent, sender=outsider) == expected


def test_domain__fields__are_read_back(signatures, chain):
    fields, name, version, chain_id, contract, salt, extensions = signatures.eip712Domain()

    assert fields == b"\x0f"
    assert (name, version) == ("SignaturesHarness", "1")
    assert chain_id == chain.chain_id
    assert contract == signatures
    assert salt == bytes(32)
    assert extensions == []
    message = typed(signatures, "Any(uint256 number)", number=1)
    assert signatures.DOMAIN_SEPARATOR() == message.header


# ---- time and nonce ----------------------------------------------------------------


def test_note__last_second__counts(note, now, chain):
    chain.pending_timestamp = now + DAY
    note()


def test_note__expired__reverts(note, now, chain):
    chain.pending_timestamp = now + DAY + 1
    with ape.reverts("signatures: expired"):
        note()


def test_note__replayed__reverts(note):
    note()
    with ape.reverts("signatures: nonce used"):
        note()


def test_cancel_nonce__by_its_owner__makes_the_signature_worthless(signatures, note, author):
    receipt = signatures.cancel_nonce(1, sender=author)

    assert receipt.events == [signatures.NonceUsed(account=author, nonce=1)]
    with ape.reverts("signatures: nonce used"):
        note()


def test_cancel_nonce__by_another__touches_nobody_elses(signatures, note, outsider):
    signatures.cancel_nonce(1, sender=outsider)
    note()


def test_cancel_nonce__twice__reverts(signatures, author):
    signatures.cancel_nonce(1, sender=author)
    with ape.reverts("signatures: nonce used"):
        signatures.cancel_nonce(1, sender=author)


# ---- another one's, or meant for elsewhere -------------------------------------------


def test_note__signed_by_another__reverts(note, outsider):
    with ape.reverts("signatures: not by signer"):
        note(signer=outsider)


def test_note__signed_for_another_chain__reverts(note, chain):
    with ape.reverts("signatures: not by signer"):
        note(chain_id=chain.chain_id + 1)


def test_note__signed_for_another_contract__reverts(note, project, admin):
    with ape.reverts("signatures: not by signer"):
        note(verifying_contract=admin.deploy(project.SignaturesHarness))


@pytest.mark.parametrize(
    "differing",
    [{"text": OTHER_TEXT}, {"nonce_signed": 2}, {"deadline_signed": 2**40}, {"author": ZERO}],
    ids=["text", "nonce", "deadline", "author"],
)
def test_note__signed_otherwise__reverts(note, signatures, author, now, differing):
    signed = {"author": author, "text": TEXT, "nonce": 1, "deadline": now + DAY}
    signed |= {key.removesuffix("_signed"): value for key, value in differing.items()}
    with ape.reverts("signatures: not by signer"):
        note(signature=sign(author, signatures, NOTE, **signed))


def test_note__zero_author__reverts(signatures, outsider, now):
    with ape.reverts("signatures: zero signer"):
        signatures.note(ZERO, TEXT, 1, now + DAY, bytes(65), sender=outsider)


# ---- malformed -----------------------------------------------------------------------


def test_note__twin_with_high_s__reverts(note, signatures, author, now):
    given = {"author": author, "text": TEXT, "nonce": 1, "deadline": now + DAY}
    signature = sign(author, signatures, NOTE, **given)
    assert int.from_bytes(signature[32:64], "big") <= HALF_ORDER
    with ape.reverts("signatures: not by signer"):
        note(signature=twin(signature))


@pytest.mark.parametrize("v", [0, 1, 26, 29, 255])
def test_note__strange_v__reverts(note, signatures, author, now, v):
    given = {"author": author, "text": TEXT, "nonce": 1, "deadline": now + DAY}
    signature = sign(author, signatures, NOTE, **given)
    with ape.reverts("signatures: not by signer"):
        note(signature=signature[:64] + bytes([v]))


@pytest.mark.parametrize("length", [0, 1, 64, 66, 1_024])
def test_note__wrong_length__reverts(note, signatures, author, now, length):
    given = {"author": author, "text": TEXT, "nonce": 1, "deadline": now + DAY}
    signature = sign(author, signatures, NOTE, **given)
    with ape.reverts("signatures: not by signer"):
        note(signature=signature.ljust(length, b"\x00")[:length])


def test_note__all_zero__reverts(note):
    with ape.reverts("signatures: not by signer"):
        note(signature=bytes(65))
