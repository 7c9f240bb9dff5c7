"""`webauthn` and `p256`: letters of a challenge, points of the curve, what the precompile says."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.authenticator import ORDER, Passkey

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
SAMPLE = hashlib.sha256(b"sample").digest()


def letters(word):
    return base64.urlsafe_b64encode(word).rstrip(b"=")


# ---- base64url ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [bytes(32), b"\xff" * 32, bytes(range(32)), b"\xfb\xef\xbe" * 10 + b"\xfb\xef"],
    ids=["zeros", "ones", "rising", "dashes"],
)
def test_base64url__edges__as_python_writes_it(webauthn, word):
    assert webauthn.base64url(word) == letters(word)


def test_base64url__every_letter_in_every_place__as_python_writes_it(webauthn):
    """Each of the 64 values of six bits, shifted through the word: 64 words hold them all."""
    for value in range(64):
        number = sum((value + place) % 64 << 6 * place for place in range(43)) % 2**256
        word = number.to_bytes(32, "big")
        assert webauthn.base64url(word) == letters(word)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(word=st.binary(min_size=32, max_size=32))
def test_base64url__any_word__as_python_writes_it(webauthn, word):
    assert webauthn.base64url(word) == letters(word)


# ---- the curve ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_is_on_curve__a_key__is(webauthn, name):
    passkey = Passkey(name)
    assert webauthn.is_on_curve(passkey.x, passkey.y)
    assert webauthn.is_on_curve(passkey.x, P - passkey.y)
    assert not webauthn.is_on_curve(passkey.y, passkey.x)
    assert not webauthn.is_on_curve(passkey.x, passkey.y + 1)


def test_is_on_curve__none_or_out_of_the_field__is_not(webauthn):
    generator = ec.derive_private_key(1, ec.SECP256R1()).public_key().public_numbers()
    assert webauthn.is_on_curve(generator.x, generator.y)
    for x, y in ((0, 0), (generator.x + P, generator.y), (generator.x, generator.y + P), (P, P)):
        if max(x, y) < 2**256:
            assert not webauthn.is_on_curve(x, y)
    # The point above x = 0, and its double name with x = p.
    root = pow(
        41058363725152142129326129780047268409114441015993725554835256314039467401291,
        (P + 1) // 4,
        P,
    )
    assert webauthn.is_on_curve(0, root)
    assert not webauthn.is_on_curve(P, root)


# ---- the precompile -----------------------------------------------------------------


def test_is_supported__here__is(webauthn):
    assert webauthn.is_supported()


def test_is_signed__another_librarys_signatures__are_told_apart(webauthn):
    for name in ("first", "second", "third"):
        passkey = Passkey(name)
        answer = passkey.answer(SAMPLE)
        signed = answer.authenticator_data + hashlib.sha256(answer.client_data).digest()
        digest, (r, s) = hashlib.sha256(signed).digest(), answer.numbers
        assert webauthn.is_signed(digest, r, s, passkey.x, passkey.y)
        assert webauthn.is_signed(digest, r, ORDER - s, passkey.x, passkey.y)
        assert not webauthn.is_signed(SAMPLE, r, s, passkey.x, passkey.y)
        assert not webauthn.is_signed(digest, s, r, passkey.x, passkey.y)
        assert not webauthn.is_signed(digest, r, s, passkey.x, P - passkey.y)


@pytest.mark.parametrize(
    ("r", "s"),
    [(0, 0), (0, 1), (1, 0), (ORDER, 1), (1, ORDER), (2**256 - 1, 1), (1, 1), (ORDER - 1, 1)],
)
def test_is_signed__numbers_at_the_edge__are_refused(webauthn, passkey, r, s):
    assert not webauthn.is_signed(SAMPLE, r, s, passkey.x, passkey.y)


@pytest.mark.parametrize("point", [(0, 0), (1, 1), (0, 1), (P, 1), (2**256 - 1, 2**256 - 1)])
def test_is_signed__no_point_of_the_curve__is_refused(webauthn, passkey, point):
    r, s = passkey.answer(SAMPLE).numbers
    assert not webauthn.is_signed(SAMPLE, r, s, *point)
