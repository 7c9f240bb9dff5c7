"""Records: sealed for their owner, left to the vault, released to a company; bound throughout."""

import hmac
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cercle.consent import PURPOSES, category_of
from cercle.content.canonical import parse_canonical
from cercle.vault import Envelope, Ledger, Record, Released, SealBroken, keys
from cercle.vault.envelopes import (
    MAX_CIPHERTEXT,
    RecordTooLong,
    key_of,
    leave_to_vault,
    open_record,
    open_release,
    release,
)
from cercle.vault.keys import bytes_of, text_of

from .sealing import (
    CATEGORY,
    COMPANY_KEY,
    LEDGER,
    MEMBER_KEY,
    STRANGER_KEY,
    VAULT_KEY,
    WRITTEN,
    release_info,
    sealed,
    written,
)

OTHER_LEDGER = Ledger(chain_id=1, consent=LEDGER.consent)
CONTENT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


def handed_over(envelope: Envelope, info=None, *, private=MEMBER_KEY, holder="member") -> Released:
    """What the company gets of an envelope."""
    info = info or release_info()
    company = keys.public_of(COMPANY_KEY)
    return Released(
        record_version=envelope.record_version,
        nonce=envelope.nonce,
        ciphertext=envelope.ciphertext,
        wrap=release(envelope, LEDGER, private, holder, info, company),
        info=info,
        expires_at=info.expires_at,
    )


def flipped(text: str, place: int, flip: int) -> str:
    raw = bytearray(bytes_of(text))
    raw[place % len(raw)] ^= flip
    return text_of(bytes(raw))


# ---- a record -----------------------------------------------------------------------------


def test_record__made__is_canonical_json_and_commits_to_all_but_its_secret():
    record = written("12, rue des Lilas")
    told = parse_canonical(record.as_bytes())
    assert told == {
        "category": category_of(CATEGORY).code,
        "content": "12, rue des Lilas",
        "made_at": 1_798_859_045,
        "secret": record.secret,
    }
    said = (
        b'{"category":"%s","content":"12, rue des Lilas","made_at":1798859045}'
        % category_of(CATEGORY).code.encode()
    )
    key = bytes_of(record.secret)
    standard = hmac.new(key, b"cercle record 1\0" + said, sha256)
    assert record.commitment == "0x" + standard.hexdigest()
    assert written("12, rue des Lilas").commitment != record.commitment


def test_record__letters_written_in_parts__are_put_together():
    assert written("e\u0301").content == "\u00e9"
    with pytest.raises(ValidationError, match="normal form C"):
        Record.model_validate({**written().model_dump(), "content": "e\u0301"})


@pytest.mark.parametrize("content", ["", "a" * 4_097])
def test_record__empty_or_too_long__is_refused(content):
    with pytest.raises(ValidationError):
        written(content)


def test_seal_record__more_bytes_than_fit__is_refused():
    with pytest.raises(RecordTooLong, match="too long to be kept"):
        sealed(written("\U0001f3e0" * 4_096))
    assert len(bytes_of(sealed(written("é" * 4_096)).ciphertext)) < MAX_CIPHERTEXT


# ---- its owner, the vault -------------------------------------------------------------------


@given(content=CONTENT)
@settings(deadline=None)
def test_open_record__any_content__comes_back(content):
    record = Record.new(CATEGORY, content, WRITTEN)
    assert open_record(sealed(record), LEDGER, MEMBER_KEY) == record


def test_seal_record__same_twice__has_nothing_in_common():
    record = written()
    one, two = sealed(record), sealed(record)
    assert one.commitment == two.commitment
    assert len({one.nonce, two.nonce, one.ciphertext, two.ciphertext, one.member, two.member}) == 6


@given(
    name=st.sampled_from(["nonce", "ciphertext", "member"]),
    place=st.integers(0),
    flip=st.integers(1, 255),
)
@settings(deadline=None)
def test_open_record__one_byte_changed__is_refused(name, place, flip):
    envelope = sealed()
    changed = envelope.model_copy(update={name: flipped(getattr(envelope, name), place, flip)})
    with pytest.raises(SealBroken):
        open_record(changed, LEDGER, MEMBER_KEY)


@pytest.mark.parametrize(
    "other",
    [
        {"passport_id": 8},
        {"category": 5},
        {"record_version": 3},
        {"commitment": "0x" + "00" * 32},
        {"member": "vault"},
    ],
)
def test_open_record__put_elsewhere__is_refused(other):
    envelope = sealed(unattended=True)
    if other.get("member") == "vault":
        other = {"member": envelope.vault}
    with pytest.raises(SealBroken):
        open_record(envelope.model_copy(update=other), LEDGER, MEMBER_KEY)


def test_open_record__other_key_or_ledger__is_refused():
    for ledger, private in [
        (LEDGER, STRANGER_KEY),
        (LEDGER, VAULT_KEY),
        (OTHER_LEDGER, MEMBER_KEY),
    ]:
        with pytest.raises(SealBroken):
            open_record(sealed(), ledger, private)


def test_key_of__not_left_to_the_vault__is_refused():
    with pytest.raises(SealBroken, match="not left to the vault"):
        key_of(sealed(), LEDGER, VAULT_KEY, "vault")


def test_leave_to_vault__later__gives_it_the_same_key():
    envelope = sealed()
    wrap = leave_to_vault(envelope, LEDGER, MEMBER_KEY, keys.public_of(VAULT_KEY))
    left = envelope.model_copy(update={"vault": wrap})
    same = key_of(left, LEDGER, VAULT_KEY, "vault")
    assert same == key_of(envelope, LEDGER, MEMBER_KEY, "member")


def test_from_bytes__opened_but_no_record__is_refused():
    for raw in (b"", b"{}", b"[", b"\xff", written().as_bytes() + b" ", b"[" * 9_000):
        with pytest.raises(SealBroken, match="What was sealed is"):
            Record.from_bytes(raw)


# ---- a company ------------------------------------------------------------------------------


@pytest.mark.parametrize(("private", "holder"), [(MEMBER_KEY, "member"), (VAULT_KEY, "vault")])
def test_release__by_its_owner_or_the_vault__opens_for_the_company(private, holder):
    record = written()
    released = handed_over(sealed(record, unattended=True), private=private, holder=holder)
    assert open_release(released, COMPANY_KEY) == record
    with pytest.raises(SealBroken):
        open_release(released, STRANGER_KEY)


@pytest.mark.parametrize("other", [{"category": 5}, {"version": 3}])
def test_release__of_another_record__is_refused(other):
    with pytest.raises(SealBroken, match="about another record"):
        handed_over(sealed(), release_info(**other))


@pytest.mark.parametrize(
    "other",
    [
        {"chain_id": 1},
        {"consent": "0x" + "11" * 20},
        {"passport_id": 8},
        {"category": 5},
        {"version": 3},
        {"company_id": 4},
        {"purpose": len(PURPOSES) - 1},
        {"order_hash": "0x" + "ac" * 32},
        {"issued_at": 1_800_000_001},
        {"expires_at": 1_800_600_001},
    ],
)
def test_open_release__bound_to_something_else__is_refused(other):
    released = handed_over(sealed())
    info = released.info.model_copy(update=other)
    changed = {"info": info, "record_version": info.version, "expires_at": info.expires_at}
    with pytest.raises(SealBroken, match="This does not open"):
        open_release(released.model_copy(update=changed), COMPANY_KEY)


@pytest.mark.parametrize("other", [{"record_version": 3}, {"expires_at": 1_900_000_000}])
def test_open_release__outside_says_otherwise__is_refused(other):
    with pytest.raises(SealBroken, match="contradicts"):
        open_release(handed_over(sealed()).model_copy(update=other), COMPANY_KEY)


@given(
    name=st.sampled_from(["nonce", "ciphertext", "wrap"]),
    place=st.integers(0),
    flip=st.integers(1, 255),
)
@settings(deadline=None)
def test_open_release__one_byte_changed__is_refused(name, place, flip):
    released = handed_over(sealed())
    changed = released.model_copy(update={name: flipped(getattr(released, name), place, flip)})
    with pytest.raises(SealBroken):
        open_release(changed, COMPANY_KEY)


# ---- as it travels ----------------------------------------------------------------------------


def test_envelope__read_back__is_the_same():
    envelope = sealed(unattended=True)
    assert Envelope.model_validate_json(envelope.model_dump_json()) == envelope


@pytest.mark.parametrize(
    "other",
    [
        {"version": 2},
        {"record_version": 0},
        {"category": 64},
        {"nonce": "AAAA"},
        {"member": "AAAA"},
        {"vault": ""},
        {"ciphertext": text_of(b"\0" * 16)},
        {"ciphertext": text_of(b"\0" * (MAX_CIPHERTEXT + 1))},
        {"ciphertext": "A" * 1_000_000},
        {"commitment": "0x"},
        {"more": None},
    ],
)
def test_envelope__out_of_form__is_refused(other):
    with pytest.raises(ValidationError):
        Envelope.model_validate({**sealed().model_dump(), **other})


def test_envelope__largest_ciphertext__is_taken():
    most = {"ciphertext": text_of(b"\0" * MAX_CIPHERTEXT)}
    assert Envelope.model_validate({**sealed().model_dump(), **most})
