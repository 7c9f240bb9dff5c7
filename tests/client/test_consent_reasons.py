"""Seals, salted hashes and the reasons of a decision: what is published, and what it says."""

import hmac

import pytest

from cercle.consent import Document, Reasons, commitment, matches, salted_hash
from cercle.consent.reasons import MAX_BYTES, PARTS, read_reasons
from cercle.errors import RecordRefused

SECRET, OTHER = b"\x01" * 32, b"\x02" * 32
TOLD = {part: {"text": f"The {part}.", "salt": "0x" + "07" * 32} for part in PARTS}
REASONS = Reasons.model_validate(TOLD | {"secret": "0x" + "09" * 32})


# ---- seals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "prefix"),
    [(commitment, b"cercle record 1\0"), (salted_hash, b"cercle document 1\0")],
)
def test_seal__any_content__is_the_standards_hmac(made, prefix):
    said = (b"12, rue des Lilas", SECRET)
    standard = hmac.new(SECRET, prefix + said[0], "sha256")
    assert made(*said) == "0x" + standard.hexdigest()


def test_seal__other_secret_content_or_use__has_nothing_in_common():
    seals = {
        commitment(b"a", SECRET),
        commitment(b"a", OTHER),
        commitment(b"b", SECRET),
        salted_hash(b"a", SECRET),
    }
    assert len(seals) == 4


@pytest.mark.parametrize("made", [commitment, salted_hash])
@pytest.mark.parametrize("secret", [b"", b"\x01" * 31, b"\x01" * 33])
def test_seal__secret_of_another_length__is_refused(made, secret):
    with pytest.raises(ValueError, match="a secret has 32 bytes"):
        made(b"a", secret)


def test_matches__one_byte_more__does_not():
    sealed = salted_hash(b"a", SECRET)
    assert matches(b"a", SECRET, sealed.upper().replace("X", "x"))
    assert not matches(b"a ", SECRET, sealed)
    assert not matches(b"a", OTHER, sealed)


# ---- reasons ------------------------------------------------------------------------------


def test_document__made_twice__has_two_salts():
    assert Document(text="No.").hash != Document(text="No.").hash


def test_reasons__written_and_read__are_the_same():
    found = read_reasons(REASONS.model_dump_json().encode())
    assert (found, found.opening) == (REASONS, REASONS.opening)


def test_commitment__of_another_person_or_company__is_another():
    seals = {REASONS.commitment(2, 17), REASONS.commitment(2, 18), REASONS.commitment(3, 17)}
    assert len(seals) == 3


@pytest.mark.parametrize("part", PARTS)
def test_commitment__one_part_exchanged__is_another(part):
    other = REASONS.model_copy(update={part: Document(text="Something kinder.")})
    assert other.commitment(2, 17) != REASONS.commitment(2, 17)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"no json",
        b"\xff\xfe",
        b"[" * 5_000,
        REASONS.model_dump_json().replace("The rule.", "").encode(),
        REASONS.model_dump_json().replace("The rule.", "The\\u0007rule.").encode(),
        REASONS.model_dump_json().replace('"kind"', '"sort"').encode(),
        b" " * (MAX_BYTES + 1),
    ],
)
def test_read__no_such_file__is_refused_and_not_repeated(raw):
    with pytest.raises(RecordRefused) as refusal:
        read_reasons(raw)
    assert "rule" not in str(refusal.value)
