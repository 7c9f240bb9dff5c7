"""All of a person's receipts in one file: each by itself, and none hidden by another's trouble."""

import json

import pytest

from cercle.consent import ConsentTerms, Grant, Proof, bundle, record, record_hash
from cercle.content import document_hash
from cercle.errors import ContentMissing
from frontend.testing.consent import TEXTS
from frontend.testing.fakes import seal

BOOK = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
TEXT = TEXTS[seal(201)]
START = 1_800_000_000
NAME = document_hash(TEXT)


def proof(place: int) -> Proof:
    return Proof(
        chain_id=1,
        contract=BOOK,
        transaction_hash=seal(place),
        log_index=0,
        block_number=place,
        block_time=START + place,
    )


def given(place: int, language: str = "fr", renewed_from: int = 0):
    """A `ConsentGiven` for the record that was read in a language."""
    grant = Grant(
        categories=TEXT.categories,
        issued_at=START + place,
        until=START + 10_000,
        keep_until=START + 10_000,
        renewed_from=renewed_from,
        reads=3,
        notice_version=1,
    )
    args = {"passport_id": 17, "company_id": 2, "purpose": TEXT.purpose, "grant": grant.word}
    terms = ConsentTerms.of_grant(args, chain_id=1, contract=BOOK, notice_hash=NAME)
    sealed = record_hash(record(terms, TEXT, language))
    return ("ConsentGiven", args | {"record_hash": bytes.fromhex(sealed[2:])}, proof(place)), sealed


PUBLISHED = (
    "NoticePublished",
    {
        "company_id": 2,
        "purpose": TEXT.purpose,
        "version": 1,
        "categories": TEXT.categories,
        "content_hash": bytes.fromhex(NAME[2:]),
    },
    proof(1),
)
STOPPED = ("EverythingWithdrawn", {"passport_id": 17}, proof(50))


def texts(name: str):
    assert name == NAME
    return TEXT


def gone(name: str):
    raise ContentMissing("gone")


def test_bundle__nothing_given__is_an_empty_graph():
    made = bundle([], [], texts, as_of=START)
    assert (made["@graph"], made["not_rebuilt"]) == ([], [])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_bundle__each_language__is_the_record_that_was_signed(language):
    told, sealed = given(10, language)
    (receipt,) = bundle([told], [PUBLISHED], texts, as_of=START + 100)["@graph"]
    assert receipt["record_hash"] == sealed
    assert receipt["record"]["processing"]["language"] == language
    assert receipt["event_state"] == "dpv:ConsentGiven"


def test_bundle__renewed_then_stopped__tells_both():
    first, _ = given(10)
    second, _ = given(20, "en", renewed_from=START + 10)
    made = bundle([first, second, STOPPED], [PUBLISHED], texts, as_of=START + 100)
    assert [one["event_state"] for one in made["@graph"]] == [
        "dpv:RenewedConsentGiven",
        "dpv:ConsentWithdrawn",
    ]


def test_bundle__a_text_that_is_gone__is_named_with_its_seal():
    told, sealed = given(10)
    made = bundle([told], [PUBLISHED], gone, as_of=START + 100)
    assert made["@graph"] == []
    (missing,) = made["not_rebuilt"]
    assert (missing["company"], missing["record_hash"], missing["why"]) == (
        *(2, sealed),
        "ContentMissing",
    )


def test_bundle__a_forged_hash__is_named_and_hides_no_other():
    good, sealed = given(10)
    (name, args, _), _ = given(20)
    forged = (name, args | {"record_hash": bytes(32)}, proof(20))
    made = bundle([good, forged], [PUBLISHED], texts, as_of=START + 100)
    assert [one["record_hash"] for one in made["@graph"]] == [sealed]
    assert [one["why"] for one in made["not_rebuilt"]] == ["RecordForged"]


def test_bundle__without_the_notice__is_named():
    told, _ = given(10)
    (missing,) = bundle([told], [], texts, as_of=START + 100)["not_rebuilt"]
    assert missing["why"] == "KeyError"


def test_bundle__written__is_json():
    told, _ = given(10)
    made = bundle([told], [PUBLISHED], texts, as_of=START + 100)
    assert json.loads(json.dumps(made)) == made
