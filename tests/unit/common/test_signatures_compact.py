"""`signatures._has_signed_compact`: an ordinary wallet's signature in two words (ERC-2098)."""

import pytest
from eth_keys import keys
from eth_utils import keccak

from tests.ballots import compact
from tests.signing import HALF_ORDER, ORDER, sign, typed

NOTE = "Note(address author,bytes32 text)"
TEXT, OTHER_TEXT = keccak(text="a note"), keccak(text="another note")
NOBODY = "0x" + "00" * 20
HIGH_BIT = 2**255
GENERATOR_X = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798


@pytest.fixture
def author(newcomer):
    return newcomer


@pytest.fixture
def message(signatures, author):
    """The domain and the struct hash of the author's note, as eth-account has them."""
    made = typed(signatures, NOTE, author=author, text=TEXT)
    return made.header, made.body


@pytest.fixture
def asks(signatures, author, message):
    """Ask about a signature, as two words or as 65 bytes to be folded."""

    def _asks(given, who=author):
        words = compact(given) if isinstance(given, bytes) else given
        return signatures.has_signed_compact(who, *message, *words)

    return _asks


@pytest.fixture
def signed(signatures, author):
    """The author's signature; anything that is signed can be made to differ."""

    def _signed(signer=author, **differing):
        return sign(signer, signatures, NOTE, **({"author": author, "text": TEXT} | differing))

    return _signed


def whose(message, r, s, parity):
    """The account that a signature recovers to: any two numbers are somebody's."""
    digest = keccak(b"\x19\x01" + b"".join(message))
    signature = keys.Signature(vrs=(parity, r, s))
    return signature.recover_public_key_from_msg_hash(digest).to_checksum_address()


def test_compact__signed_by_the_author__is_theirs(asks, signed):
    assert asks(signed())


def test_compact__signed_by_another__is_not(asks, signed, outsider):
    assert not asks(signed(outsider))
    assert not asks(signed(), who=outsider)


@pytest.mark.parametrize(
    "differing",
    [{"text": OTHER_TEXT}, {"author": NOBODY}, {"chain_id": 1}, {"verifying_contract": NOBODY}],
    ids=lambda differing: "".join(differing),
)
def test_compact__signed_otherwise__is_not(asks, signed, differing):
    assert not asks(signed(**differing))


@pytest.mark.parametrize("parity", [0, 1])
def test_compact__parity__is_the_highest_bit(asks, message, parity):
    who = whose(message, GENERATOR_X, 1, parity)
    assert asks((GENERATOR_X, 1 | parity << 255), who)
    assert not asks((GENERATOR_X, 1 | (1 - parity) << 255), who)


@pytest.mark.parametrize("parity", [0, 1])
@pytest.mark.parametrize(("s", "is_low"), [(HALF_ORDER, True), (HALF_ORDER + 1, False)])
def test_compact__s_about_half_the_order__counts_up_to_the_half(asks, message, s, is_low, parity):
    """Above it a number is left out although 255 bits hold it, and a key would have made it."""
    who = whose(message, GENERATOR_X, s, parity)
    assert asks((GENERATOR_X, s | parity << 255), who) == is_low


def test_compact__largest_s_that_fits__is_not(asks, message):
    who = whose(message, GENERATOR_X, HIGH_BIT - 1, 0)
    assert not asks((GENERATOR_X, HIGH_BIT - 1), who)


def test_compact__nobodys__is_never_signed(asks, signed):
    """A recovery that fails gives the zero address, which is no signer."""
    for words in ((0, 0), (0, 1), (1, 0), (2**256 - 1, 1), compact(signed())):
        assert not asks(words, who=NOBODY)


@pytest.mark.parametrize(("r", "s"), [(0, 0), (0, 1), (1, 0), (ORDER, 1), (2**256 - 1, 1)])
def test_compact__numbers_that_are_no_signature__are_not(asks, r, s):
    for parity in (0, 1):
        assert not asks((r, s | parity << 255))


def test_compact__contract_wallet__is_not_asked(signatures, signed, new_wallet, author):
    wallet = new_wallet(author)
    made = typed(signatures, NOTE, author=wallet, text=TEXT)
    words = compact(signed(author=wallet))
    assert not signatures.has_signed_compact(wallet, made.header, made.body, *words)


def test_compact__borrowed_code__the_key_still_signs(asks, signed, new_wallet, borrower, admin):
    borrower.set_delegate(new_wallet(admin), receiver=admin)
    assert asks(signed(borrower), who=borrower)
