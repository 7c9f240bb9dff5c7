"""What a browser says of a passkey: read strictly, checked, folded and packed, or refused."""

import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import utils
from hypothesis import given, settings
from hypothesis import strategies as st

from cercle.errors import (
    PasskeyNotVerified,
    PasskeyOtherChallenge,
    PasskeyOtherKey,
    PasskeyOtherKind,
    PasskeyOtherOrigin,
    PasskeySignature,
    PasskeyTooLong,
    PasskeyUnreadable,
)
from cercle.passkeys import PublicKey, is_synced, pack
from tests.authenticator import HONEST, IS_COPIED, ORDER, PRESENT, SITE, VERIFIED, Passkey
from tests.client.passkeys import assertion

PASSKEY = Passkey()
CHALLENGE = hashlib.sha256(b"a ballot").digest()
ORIGIN = f"https://{SITE}"
KEY = PublicKey(x=PASSKEY.x, y=PASSKEY.y)


def packed(answer, challenge=CHALLENGE, origins=(ORIGIN,), key=KEY):
    return pack(assertion(answer), challenge, SITE, origins, key)


def der(r, s):
    return utils.encode_dss_signature(r, s)


# ---- packing ----------------------------------------------------------------------


def test_pack__honest_answer__is_what_the_account_takes():
    answer = PASSKEY.answer(CHALLENGE)
    assert packed(answer) == answer.packed()
    assert packed(answer, key=None) == answer.packed()


@settings(deadline=None, max_examples=40)
@given(challenge=st.binary(min_size=32, max_size=32))
def test_pack__any_challenge__has_the_lower_s_whatever_the_passkey_chose(challenge):
    answer = PASSKEY.answer(challenge)
    signature = packed(answer, challenge)
    r, s = utils.decode_dss_signature(answer.signature)
    twin = replace(answer, signature=der(r, ORDER - s))
    assert int.from_bytes(signature[32:64], "big") <= ORDER // 2
    assert packed(twin, challenge) == signature


def test_pack__fields_of_a_later_browser__are_carried_along():
    answer = PASSKEY.answer(CHALLENGE, more=',"new":{"a":[1]}')
    assert packed(answer).endswith(b'"crossOrigin":false,"new":{"a":[1]}}')


def test_pack__one_of_several_origins__will_do():
    answer = PASSKEY.answer(CHALLENGE, origin="http://localhost:8501")
    assert packed(answer, origins=(ORIGIN, "http://localhost:8501")) == answer.packed()


# ---- what cannot be used ------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (PASSKEY.answer(CHALLENGE, kind="webauthn.create"), PasskeyOtherKind),
        (PASSKEY.answer(hashlib.sha256(b"another").digest()), PasskeyOtherChallenge),
        (PASSKEY.answer(CHALLENGE + b"more"), PasskeyOtherChallenge),
        (PASSKEY.answer(CHALLENGE[:31]), PasskeyOtherChallenge),
        (PASSKEY.answer(CHALLENGE, origin="https://evil.example"), PasskeyOtherOrigin),
        (PASSKEY.answer(CHALLENGE, origin=ORIGIN + ".evil.example"), PasskeyOtherOrigin),
        (PASSKEY.answer(CHALLENGE, origin=ORIGIN.upper()), PasskeyOtherOrigin),
        (PASSKEY.answer(CHALLENGE, crossed=True), PasskeyOtherOrigin),
        (PASSKEY.answer(CHALLENGE, more=',"topOrigin":"https://a.b"'), PasskeyOtherOrigin),
        (PASSKEY.answer(CHALLENGE, asked_site="evil.example"), PasskeyOtherOrigin),
        (PASSKEY.answer(CHALLENGE, flags=PRESENT), PasskeyNotVerified),
        (PASSKEY.answer(CHALLENGE, flags=VERIFIED), PasskeyNotVerified),
        (PASSKEY.answer(CHALLENGE, flags=0), PasskeyNotVerified),
        (PASSKEY.answer(CHALLENGE, more=f',"a":"{"x" * 1_000}"'), PasskeyTooLong),
        (PASSKEY.answer(CHALLENGE, more=f',"a":"{"x" * 5_000}"'), PasskeyTooLong),
        (PASSKEY.answer(CHALLENGE, more=',"a":' + "[" * 9 + "]" * 9), PasskeyUnreadable),
        (PASSKEY.answer(CHALLENGE, more="}{"), PasskeyUnreadable),
        (Passkey("another").answer(CHALLENGE), PasskeyOtherKey),
    ],
    ids=[
        "made, not used", "another challenge", "longer challenge", "shorter challenge",
        "another origin", "longer origin", "another case", "in a frame", "told of a frame",
        "another site", "not verified", "nobody present", "neither", "too long", "far too long",
        "too deep", "no json", "another key",
    ],
)  # fmt: skip
def test_pack__useless_answer__is_named(answer, refusal):
    with pytest.raises(PasskeySignature) as caught:
        packed(answer)
    assert type(caught.value) is refusal
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"client_data": b""}, PasskeyOtherKind),
        ({"client_data": b"\xff" * 200}, PasskeyOtherKind),
        ({"authenticator_data": b""}, PasskeyUnreadable),
        ({"authenticator_data": bytes(36)}, PasskeyUnreadable),
        ({"signature": b""}, PasskeyOtherKey),
        ({"signature": b"\x30\x00"}, PasskeyOtherKey),
        ({"signature": bytes(5_000)}, PasskeyOtherKey),
    ],
)
def test_pack__broken_parts__are_named(parts, refusal):
    with pytest.raises(refusal):
        packed(replace(PASSKEY.answer(CHALLENGE), **parts))


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"\x30\x00",
        bytes(5_000),
        der(0, 1),
        der(1, 0),
        der(ORDER, 1),
        der(1, ORDER),
        b"\x30\x06\x02\x01\xff\x02\x01\x01",
    ],
)
def test_pack__signature_of_no_form__is_named_without_a_key_too(signature):
    with pytest.raises(PasskeyUnreadable):
        packed(replace(PASSKEY.answer(CHALLENGE), signature=signature), key=None)


def test_pack__signed_text_changed_afterwards__is_another_key():
    answer = PASSKEY.answer(CHALLENGE)
    text = answer.client_data.replace(b"false}", b"false }")
    with pytest.raises(PasskeyOtherKey):
        packed(replace(answer, client_data=text))


def test_pack__authenticator_data_too_long_for_its_byte__is_named():
    answer = PASSKEY.answer(CHALLENGE)
    long = replace(answer, authenticator_data=answer.authenticator_data.ljust(256, b"\0"))
    with pytest.raises(PasskeyTooLong):
        packed(PASSKEY.over(long))


def test_pack__origin_given_as_one_text__is_no_list_of_letters():
    with pytest.raises(PasskeyOtherOrigin):
        packed(PASSKEY.answer(CHALLENGE, origin="https"), origins=(ORIGIN,))


@given(st.binary(max_size=300))
def test_pack__any_bytes__are_refused_in_one_sentence(raw):
    answer = replace(
        PASSKEY.answer(CHALLENGE), client_data=raw, authenticator_data=raw, signature=raw
    )
    with pytest.raises(PasskeySignature):
        packed(answer)


def test_is_synced__flag_of_a_copied_key__is_told():
    assert is_synced(PASSKEY.answer(CHALLENGE).authenticator_data)
    assert not is_synced(PASSKEY.answer(CHALLENGE, flags=HONEST & ~IS_COPIED).authenticator_data)
    assert not is_synced(b"")
