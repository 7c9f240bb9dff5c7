"""`PasskeyAccount.isValidSignature`: whose touch counts, for what, and in which form."""

import ape
import pytest
from ape.exceptions import ContractLogicError
from eth_utils import keccak

from tests.authenticator import (
    HONEST,
    MESSAGE,
    ORDER,
    PRESENT,
    VERIFIED,
    Passkey,
    challenge_of,
    client_data,
)

MAGIC = bytes.fromhex("1626ba7e")
DIGEST = keccak(text="what another contract wants signed")


@pytest.fixture
def asked(account):
    """The account's answer; the digest is the one that was signed, unless another is given."""
    return lambda signature, digest=DIGEST: account.isValidSignature(digest, signature)


# ---- what counts -----------------------------------------------------------------


def test_is_valid_signature__by_the_passkey__is(asked, answer):
    assert asked(answer(DIGEST).packed()) == MAGIC


@pytest.mark.parametrize(
    "differing",
    [
        {"flags": PRESENT | VERIFIED},
        {"flags": HONEST | 0x80, "more": ',"topOrigin":"https://other.example"'},
        {"more": ',"other_keys_can_be_added_here":"see https://goo.gl/yabPex"'},
        {"origin": "android:apk-key-hash:" + "x" * 43},
        {"origin": "https://été.cercle.example"},
        {"origin": "http://localhost:8501", "crossed": True},
    ],
    ids=["key of one device", "extensions", "new fields", "app", "accents", "frame"],
)
def test_is_valid_signature__what_browsers_add__does_not_matter(asked, answer, differing):
    assert asked(answer(DIGEST, **differing).packed()) == MAGIC


def test_is_valid_signature__many_messages__each_counts_for_itself(asked, answer):
    digests = [keccak(text=str(number)) for number in range(6)]
    signatures = [answer(digest).packed() for digest in digests]
    for digest, signature in zip(digests, signatures, strict=True):
        assert asked(signature, digest) == MAGIC
    with ape.reverts("webauthn: not by this passkey"):
        asked(signatures[0], digests[1])


def test_is_valid_signature__authenticator_data_of_any_length__is_read(asked, answer, altered):
    given = answer(DIGEST)
    for length in (38, 128, 255):
        data = given.authenticator_data.ljust(length, b"\xa0")
        assert asked(altered(given, authenticator_data=data).packed()) == MAGIC


def test_is_valid_signature__as_long_as_it_may_be__is_read(asked, answer, altered, account):
    given = answer(DIGEST)
    padding = 1_024 - len(given.packed()) - len(',"a":""')
    longest = answer(DIGEST, more=f',"a":"{"x" * padding}"').packed()
    assert len(longest) == 1_024
    assert asked(longest) == MAGIC
    with pytest.raises(ContractLogicError):  # refused by the decoder, which gives no reason
        account.isValidSignature(DIGEST, longest + b" ")


# ---- another's, or meant for elsewhere ------------------------------------------------


def test_is_valid_signature__by_another_passkey__reverts(asked, answer):
    with ape.reverts("webauthn: not by this passkey"):
        asked(answer(DIGEST, signer=Passkey("another")).packed())


def test_is_valid_signature__for_another_account_of_the_key__reverts(
    asked, answer, account, second_account
):
    assert account.key() == second_account.key()
    signature = answer(DIGEST, of=second_account).packed()
    assert second_account.isValidSignature(DIGEST, signature) == MAGIC
    with ape.reverts("webauthn: not by this passkey"):
        asked(signature)


def test_is_valid_signature__for_another_chain__reverts(asked, answer, chain):
    with ape.reverts("webauthn: not by this passkey"):
        asked(answer(DIGEST, where={"chain_id": chain.chain_id + 1}).packed())


def test_is_valid_signature__bare_digest__reverts(asked, passkey):
    """What the passkey signs for a page that logs it in is no signature of the account's."""
    with ape.reverts("webauthn: not by this passkey"):
        asked(passkey.answer(DIGEST).packed())


def test_is_valid_signature__of_a_call__reverts(account, passkey, asked):
    """A signed call is no message, and the two types keep them apart."""
    call = "Execute(address target,uint256 amount,bytes data,uint256 nonce,uint256 deadline)"
    words = {"target": account, "amount": 0, "data": b"", "nonce": 0, "deadline": 0}
    with ape.reverts("webauthn: not by this passkey"):
        asked(passkey.answer(challenge_of(account, call, **words)).packed())


def test_is_valid_signature__another_site__reverts(asked, answer):
    with ape.reverts("webauthn: another site"):
        asked(answer(DIGEST, asked_site="evil.example").packed())


# ---- nobody at the device --------------------------------------------------------------


@pytest.mark.parametrize("flags", [0, VERIFIED, HONEST & ~PRESENT])
def test_is_valid_signature__nobody_present__reverts(asked, answer, flags):
    with ape.reverts("webauthn: nobody present"):
        asked(answer(DIGEST, flags=flags).packed())


@pytest.mark.parametrize("flags", [PRESENT, HONEST & ~VERIFIED])
def test_is_valid_signature__person_not_verified__reverts(asked, answer, flags):
    with ape.reverts("webauthn: not verified"):
        asked(answer(DIGEST, flags=flags).packed())


# ---- other words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        {"kind": "webauthn.create"},
        {"kind": "payment.get"},
    ],
    ids=["made, not used", "a payment"],
)
def test_is_valid_signature__answer_of_another_kind__reverts(asked, answer, text):
    given = answer(DIGEST, **text)
    tail = b'","origin":"https://cercle.example","crossOrigin":false}'
    with ape.reverts("webauthn: not by this passkey"):
        asked(given.packed(tail=tail))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b'{"type"', b'{ "type"'),
        lambda text: text.replace(b'"challenge":"', b'"challenge": "'),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"webauthn.get", b"webauthn\\u002eget"),
    ],
    ids=["space", "space after", "byte order mark", "escaped"],
)
def test_is_valid_signature__head_written_otherwise__reverts(asked, answer, altered, change):
    given = answer(DIGEST)
    told = altered(given, client_data=change(given.client_data))
    with ape.reverts("webauthn: not by this passkey"):
        asked(told.packed(tail=given.tail))


def test_is_valid_signature__longer_challenge_that_begins_like_ours__reverts(
    account, asked, passkey
):
    """A site that lets its visitors choose what they sign would sign this for them."""
    ours = challenge_of(account, MESSAGE, digest=DIGEST)
    given = passkey.answer(ours + b"\x00and more")
    assert not given.tail.startswith(b'"')
    with ape.reverts("webauthn: challenge goes on"):
        asked(given.packed())


def test_is_valid_signature__challenge_with_padding__reverts(account, asked, passkey, altered):
    given = passkey.answer(challenge_of(account, MESSAGE, digest=DIGEST))
    text = given.client_data.replace(b'","origin"', b'=","origin"')
    with ape.reverts("webauthn: challenge goes on"):
        asked(altered(given, client_data=text).packed())


def test_is_valid_signature__any_byte_changed__reverts(asked, answer):
    signature = answer(DIGEST).packed()
    for place in (0, 31, 40, 63, 101, len(signature) - 1):
        changed = bytearray(signature)
        changed[place] ^= 1
        with ape.reverts("webauthn: not by this passkey"):
            asked(bytes(changed))


def test_is_valid_signature__client_data_of_create__is_another_text():
    """What the head guards against: the same challenge, signed while a passkey is made."""
    assert client_data(DIGEST, kind="webauthn.create")[:36] != client_data(DIGEST)[:36]


# ---- malformed --------------------------------------------------------------------------


def test_is_valid_signature__high_s__reverts(asked, answer):
    given = answer(DIGEST)
    _, low = given.numbers
    with ape.reverts("webauthn: high s"):
        asked(given.packed(s=ORDER - low))


def test_is_valid_signature__half_of_the_order__is_the_last_low_s(asked, answer):
    given = answer(DIGEST)
    with ape.reverts("webauthn: not by this passkey"):
        asked(given.packed(s=ORDER // 2))
    with ape.reverts("webauthn: high s"):
        asked(given.packed(s=ORDER // 2 + 1))


@pytest.mark.parametrize("words", [{"r": 0}, {"s": 0}, {"r": 0, "s": 0}, {"r": ORDER}])
def test_is_valid_signature__number_out_of_range__reverts(asked, answer, words):
    with ape.reverts("webauthn: not by this passkey"):
        asked(answer(DIGEST).packed(**words))


@pytest.mark.parametrize("length", [0, 1, 64, 65, 66, 101, 102])
def test_is_valid_signature__cut_off__reverts(asked, answer, length):
    with ape.reverts("webauthn: too short"):
        asked(answer(DIGEST).packed()[:length])


def test_is_valid_signature__authenticator_data_too_short__reverts(asked, answer, altered):
    given = answer(DIGEST)
    short = altered(given, authenticator_data=given.authenticator_data[:36])
    with ape.reverts("webauthn: too short"):
        asked(short.packed())


def test_is_valid_signature__length_beyond_the_end__reverts(asked, answer):
    signature = bytearray(answer(DIGEST).packed())
    signature[64] = 255
    with ape.reverts("webauthn: too short"):
        asked(bytes(signature))


def test_is_valid_signature__all_zero__reverts(asked):
    with ape.reverts("webauthn: too short"):
        asked(bytes(200))


# ---- the code itself -----------------------------------------------------------------


def test_is_valid_signature__asked_of_the_code_itself__reverts(implementation, answer):
    with ape.reverts("passkey_account: not an account"):
        implementation.isValidSignature(DIGEST, answer(DIGEST, of=implementation).packed())
