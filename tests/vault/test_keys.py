"""Sealing to a key: it opens with that key, for that use, and no changed byte goes unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.vault import keys
from cercle.vault.keys import KeyRefused, SealBroken, bytes_of, text_of

from .sealing import COMPANY_KEY, STRANGER_KEY

PUBLIC = keys.public_of(COMPANY_KEY)
P = 2**255 - 19
# Every point of small order, and the other ways of writing some of them.
SMALL_ORDER = [
    0,
    1,
    P - 1,
    P,
    P + 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
]


@given(plain=st.binary(max_size=200), info=st.binary(max_size=80))
def test_seal__any_bytes_for_any_use__open_again(plain, info):
    assert keys.open(COMPANY_KEY, keys.seal(PUBLIC, plain, info), info) == plain


def test_seal__same_bytes_twice__have_nothing_in_common():
    one, two = (keys.seal(PUBLIC, b"a" * 32, b"for") for _ in range(2))
    assert len(one) == 32 + keys.OVERHEAD
    assert one[:32] != two[:32]
    assert one[32:] != two[32:]


@given(place=st.integers(0, 79), flip=st.integers(1, 255))
def test_open__one_byte_changed__is_refused(place, flip):
    whole = bytearray(keys.seal(PUBLIC, b"a" * 32, b"for"))
    # The highest bit of a point is masked away (RFC 7748, 5), yet HPKE binds it as it is written.
    whole[place] ^= flip
    with pytest.raises(SealBroken, match="This does not open"):
        keys.open(COMPANY_KEY, bytes(whole), b"for")


@pytest.mark.parametrize(
    ("private", "info"), [(STRANGER_KEY, b"for"), (COMPANY_KEY, b"fo"), (COMPANY_KEY, b"")]
)
def test_open__other_key_or_use__is_refused(private, info):
    with pytest.raises(SealBroken):
        keys.open(private, keys.seal(PUBLIC, b"a", b"for"), info)


@pytest.mark.parametrize("size", [0, 31, 32, 47])
def test_open__too_short__is_refused(size):
    with pytest.raises(SealBroken):
        keys.open(COMPANY_KEY, keys.seal(PUBLIC, b"", b"")[:size], b"")


@pytest.mark.parametrize("top", [0, 1 << 255])
@pytest.mark.parametrize("point", SMALL_ORDER)
def test_require_public__small_order__is_refused(point, top):
    weak = (point | top).to_bytes(32, "little")
    with pytest.raises(KeyRefused, match="one that anybody could open"):
        keys.require_public(weak)
    with pytest.raises(KeyRefused):
        keys.seal(weak, b"a", b"for")
    with pytest.raises(SealBroken):
        keys.open(COMPANY_KEY, weak + b"\0" * 48, b"for")


@pytest.mark.parametrize("size", [0, 31, 33])
def test_keys__other_length__are_refused(size):
    with pytest.raises(KeyRefused, match="A public key has 32 bytes"):
        keys.require_public(b"\x09" * size)
    with pytest.raises(KeyRefused, match="A private key has 32 bytes"):
        keys.public_of(b"\x09" * size)


def test_new_private__twice__differ():
    assert keys.new_private() != keys.new_private()
    assert keys.require_public(keys.public_of(keys.new_private()))


@given(raw=st.binary(max_size=70))
def test_text_of__any_bytes__come_back(raw):
    text = text_of(raw)
    assert bytes_of(text) == raw
    assert not set(text) & set("+/=")


@pytest.mark.parametrize("text", ["A", "AA==", "A+/A", "AB", "AAB", "A A", "AAAA\n", "é"])
def test_bytes_of__not_the_one_way_to_write__is_refused(text):
    with pytest.raises(ValueError, match="base64url"):
        bytes_of(text)
