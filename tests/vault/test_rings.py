"""Rings: a key shut by a passphrase, shared with one contact, and given back by them."""

import json
from hashlib import sha256

import pytest
from pydantic import ValidationError

from cercle.vault import (
    Ledger,
    PassphraseRefused,
    Ring,
    SealBroken,
    give_back,
    keys,
    make_ring,
    open_ring,
    share,
    take_back,
)
from cercle.vault.keys import KeyRefused, bytes_of, text_of
from cercle.vault.rings import ITERATIONS, MOST_ITERATIONS

from .sealing import CONTACT, CONTACT_KEY, LEDGER, MEMBER, MEMBER_KEY, PASSPHRASE, STRANGER_KEY

SHOWN_KEY = STRANGER_KEY  # fresh, made by somebody who lost theirs
SHOWN = text_of(keys.public_of(SHOWN_KEY))


@pytest.fixture(scope="module")
def ring() -> Ring:
    contact = share(MEMBER_KEY, LEDGER, MEMBER, CONTACT, keys.public_of(CONTACT_KEY))
    return make_ring(PASSPHRASE, LEDGER, MEMBER, MEMBER_KEY, contact=contact)


# ---- a passphrase -----------------------------------------------------------------------------


def test_open_ring__its_passphrase__gives_the_key(ring):
    assert open_ring(ring, PASSPHRASE, LEDGER, MEMBER) == MEMBER_KEY
    assert ring.public_key == text_of(keys.public_of(MEMBER_KEY))
    assert MEMBER_KEY not in bytes_of(ring.sealed)


def test_open_ring__typed_on_another_keyboard__is_the_same_passphrase():
    made = make_ring("cle\u0301 de la maison \ufb01ne", LEDGER, MEMBER, MEMBER_KEY)
    assert open_ring(made, "clé de la maison fine", LEDGER, MEMBER) == MEMBER_KEY


@pytest.mark.parametrize(
    ("passphrase", "ledger", "passport_id"),
    [
        (PASSPHRASE + " ", LEDGER, MEMBER),
        ("a" * 1_025, LEDGER, MEMBER),
        (PASSPHRASE, LEDGER, CONTACT),
        (PASSPHRASE, Ledger(chain_id=1, consent=LEDGER.consent), MEMBER),
    ],
)
def test_open_ring__other_passphrase_or_person__is_refused(ring, passphrase, ledger, passport_id):
    with pytest.raises(SealBroken, match="This does not open"):
        open_ring(ring, passphrase, ledger, passport_id)


@pytest.mark.parametrize("name", ["nonce", "sealed"])
def test_open_ring__one_byte_changed__is_refused(ring, name):
    raw = bytearray(bytes_of(getattr(ring, name)))
    raw[-1] ^= 1
    with pytest.raises(SealBroken):
        open_ring(ring.model_copy(update={name: text_of(bytes(raw))}), PASSPHRASE, LEDGER, MEMBER)


def test_open_ring__others_public_key_put_in__is_refused(ring):
    with pytest.raises(SealBroken, match="public key of this ring"):
        open_ring(ring.model_copy(update={"public_key": SHOWN}), PASSPHRASE, LEDGER, MEMBER)


@pytest.mark.parametrize("passphrase", ["", "onze signes", "a" * 1_025])
def test_make_ring__short_or_endless_passphrase__is_refused(passphrase):
    with pytest.raises(PassphraseRefused, match="at least 12 characters"):
        make_ring(passphrase, LEDGER, MEMBER, MEMBER_KEY)


@pytest.mark.parametrize("iterations", [ITERATIONS - 1, MOST_ITERATIONS + 1, 0])
def test_ring__too_few_or_too_many_iterations__is_refused(ring, iterations):
    told = json.loads(ring.model_dump_json())
    told["kdf"]["iterations"] = iterations
    with pytest.raises(ValidationError):
        Ring.model_validate(told)
    with pytest.raises(ValidationError):
        make_ring(PASSPHRASE, LEDGER, MEMBER, MEMBER_KEY, iterations=iterations)


@pytest.mark.parametrize(
    "other",
    [
        {"version": 2},
        {"public_key": "AAAA"},
        {"nonce": "AAAA"},
        {"sealed": "AAAA"},
        {"kdf": {"name": "scrypt", "iterations": ITERATIONS, "salt": "A" * 22}},
        {"kdf": {"iterations": str(ITERATIONS), "salt": "A" * 22}},
        {"more": 1},
    ],
)
def test_ring__out_of_form__is_refused(ring, other):
    with pytest.raises(ValidationError):
        Ring.model_validate({**ring.model_dump(), **other})


def test_digest__of_a_ring__is_of_its_canonical_json(ring):
    told = json.dumps(ring.model_dump(), sort_keys=True, separators=(",", ":"))
    assert ring.digest == sha256(told.encode()).hexdigest()


# ---- a contact --------------------------------------------------------------------------------


def test_give_back__by_the_contact__reaches_who_showed_the_key(ring):
    answer = give_back(ring.contact.sealed, CONTACT_KEY, LEDGER, MEMBER, CONTACT, SHOWN)
    assert take_back(answer, SHOWN_KEY, LEDGER, MEMBER, CONTACT) == MEMBER_KEY


def test_give_back__by_somebody_else_or_for_another__is_refused(ring):
    sealed = ring.contact.sealed
    for private, passport_id, contact_id in [
        (SHOWN_KEY, MEMBER, CONTACT),
        (CONTACT_KEY, MEMBER + 2, CONTACT),
        (CONTACT_KEY, MEMBER, CONTACT + 2),
    ]:
        with pytest.raises(SealBroken):
            give_back(sealed, private, LEDGER, passport_id, contact_id, SHOWN)


def test_give_back__to_a_key_that_keeps_nothing__is_refused(ring):
    with pytest.raises(KeyRefused):
        give_back(ring.contact.sealed, CONTACT_KEY, LEDGER, MEMBER, CONTACT, text_of(b"\0" * 32))


def test_take_back__other_key_or_contact__is_refused(ring):
    answer = give_back(ring.contact.sealed, CONTACT_KEY, LEDGER, MEMBER, CONTACT, SHOWN)
    for private, contact_id in [(MEMBER_KEY, CONTACT), (SHOWN_KEY, CONTACT + 2)]:
        with pytest.raises(SealBroken):
            take_back(answer, private, LEDGER, MEMBER, contact_id)


def test_take_back__something_that_is_no_key__is_refused():
    info = LEDGER.recovery(MEMBER, CONTACT, SHOWN).as_bytes()
    answer = text_of(keys.seal(bytes_of(SHOWN), b"short", info))
    with pytest.raises(SealBroken, match="no key"):
        take_back(answer, SHOWN_KEY, LEDGER, MEMBER, CONTACT)


def test_share__with_oneself__is_refused():
    with pytest.raises(ValueError, match="somebody else"):
        share(MEMBER_KEY, LEDGER, MEMBER, MEMBER, keys.public_of(MEMBER_KEY))
