"""A passkey's public key and what a page sends of it: read strictly, or refused by name."""

import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from cercle.errors import PasskeyKey, PasskeyNotVerified, PasskeyOtherOrigin, PasskeyUnreadable
from cercle.passkeys import Credential, PublicKey, read_assertion, read_credential
from tests.authenticator import SITE, Passkey
from tests.client.passkeys import answered, assertion, letters, made

PASSKEY = Passkey()
CHALLENGE = bytes(range(32))
KEY = PublicKey(x=PASSKEY.x, y=PASSKEY.y)


# ---- keys -------------------------------------------------------------------------


def test_credential__from_the_browser__is_what_the_factory_wants():
    credential = Credential.from_browser(SITE, PASSKEY.credential_id, PASSKEY.spki)
    assert credential.terms == PASSKEY.terms
    assert credential.key == KEY


def spki_of(key):
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@pytest.mark.parametrize(
    "spki",
    [
        b"",
        b"\x30\x00",
        PASSKEY.spki[:-1],
        PASSKEY.spki[:-64] + bytes(64),
        PASSKEY.spki + b"\0" * 600,
        spki_of(ec.derive_private_key(7, ec.SECP256K1())),
        spki_of(ec.derive_private_key(7, ec.SECP384R1())),
        spki_of(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))),
        spki_of(rsa.generate_private_key(65_537, 2_048)),
    ],
    ids=["empty", "hollow", "cut", "off the curve", "long", "k1", "p384", "ed25519", "rsa"],
)
def test_public_key__none_that_the_chain_checks__is_refused(spki):
    with pytest.raises(PasskeyKey):
        PublicKey.from_spki(spki)


@pytest.mark.parametrize("given_", [{"algorithm": -257}, {"raw_id": b""}, {"raw_id": bytes(1_024)}])
def test_credential__of_another_kind__is_refused(given_):
    words = {"raw_id": PASSKEY.credential_id, "spki": PASSKEY.spki} | given_
    with pytest.raises(PasskeyKey):
        Credential.from_browser(SITE, **words)


def test_public_key__no_point_of_the_curve__has_signed_nothing():
    answer = assertion(PASSKEY.answer(CHALLENGE))
    assert KEY.has_signed(answer.signed, answer.signature)
    assert not PublicKey(x=1, y=1).has_signed(answer.signed, answer.signature)


# ---- what a page sends ----------------------------------------------------------------


def test_read_assertion__as_browsers_write_it__is_read():
    answer = PASSKEY.answer(CHALLENGE)
    sent = json.loads(json.dumps(answered(answer)))
    assert read_assertion(sent) == assertion(answer)


def test_read_credential__as_browsers_write_it__is_read():
    sent = json.loads(json.dumps(made(PASSKEY)))
    assert read_credential(sent, SITE).terms == PASSKEY.terms


@pytest.mark.parametrize("sent", [None, [], "text", 7, {}, {"rawId": "AA"}, {"response": []}])
def test_read__nothing_of_the_form__is_refused(sent):
    with pytest.raises(PasskeyUnreadable):
        read_assertion(sent)
    with pytest.raises(PasskeyUnreadable):
        read_credential(sent, SITE)


@pytest.mark.parametrize("text", [None, 7, "", "=", "a b", "a+b/", "A", "A" * 9_000, "é"])
def test_read__field_that_is_no_base64url__is_refused(text):
    with pytest.raises(PasskeyUnreadable):
        read_assertion(answered(PASSKEY.answer(CHALLENGE), signature=text))


@pytest.mark.parametrize(
    ("differing", "refusal"),
    [
        ({"publicKeyAlgorithm": -257}, PasskeyKey),
        ({"publicKeyAlgorithm": None}, PasskeyKey),
        ({"publicKey": letters(b"no key")}, PasskeyKey),
        ({"publicKey": None}, PasskeyUnreadable),
        ({"authenticatorData": letters(bytes(37))}, PasskeyOtherOrigin),
        (
            {"authenticatorData": letters(PASSKEY.answer(CHALLENGE, flags=1).authenticator_data)},
            PasskeyNotVerified,
        ),
    ],
)
def test_read_credential__of_no_use_here__is_refused_before_anybody_pays(differing, refusal):
    with pytest.raises(refusal):
        read_credential(made(PASSKEY, **differing), SITE)
