"""Consent records: pure, canonical, free of personal data, made again from what was logged."""

import re

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from cercle.consent import (
    LANGUAGES,
    ConsentStatus,
    ConsentTerms,
    missing,
    rebuild,
    record,
    record_hash,
    schema,
)
from cercle.consent.context import CONTEXT
from cercle.content import canonical_bytes
from cercle.content.canonical import parse_canonical
from cercle.errors import NotInVocabulary, RecordForged, RecordRefused

from .consents import CONTRACT, EVERYTHING, ISSUED, any_terms, notice, terms

# What ISO/IEC TS 27560 and the profile ask for, by section.
HEADER = {"schema_version", "record_id", "receipt_id", "pii_principal_id"}
PROCESSING = {
    *("privacy_notice", "language", "purposes", "pii_information", "pii_controllers"),
    *("storage_locations", "retention_period", "jurisdiction", "recipient_third_parties"),
    "withdrawal_method",
}
PARTY = {"party_name", "party_contact", "party_type", "party_role"}
EVENT = {"event_time", "validity_duration", "entity_id", "event_type", "event_state"}

languages = st.sampled_from(LANGUAGES)


@given(any_terms(), languages)
def test_rebuild__of_any_record__is_that_record(given_terms, language):
    made = record(given_terms, EVERYTHING, language)
    assert rebuild(given_terms, EVERYTHING, record_hash(made)) == made
    jsonschema.validate(made, schema("record"))
    assert parse_canonical(canonical_bytes(made)) == made


FIELDS = sorted(set(ConsentTerms.model_fields) - {"purpose", "notice_hash"})


@given(any_terms(), any_terms(), st.sampled_from(FIELDS))
def test_record_hash__with_one_field_changed__is_another(first, other, field):
    assume(getattr(first, field) != getattr(other, field))
    try:
        changed = ConsentTerms(**(first.model_dump() | {field: getattr(other, field)}))
    except ValidationError:
        return  # a consent that ends before it begins is none
    hashes = {record_hash(record(first, EVERYTHING, language)) for language in LANGUAGES}
    assert record_hash(record(changed, EVERYTHING, "fr")) not in hashes
    with pytest.raises(RecordForged):
        rebuild(changed, EVERYTHING, hashes.pop())


def test_record__in_each_language__is_another_and_says_which():
    french, english = (record(terms(), notice(), language) for language in ("fr", "en"))
    assert record_hash(french) != record_hash(english)
    for made, language in ((french, "fr"), (english, "en")):
        assert rebuild(terms(), notice(), record_hash(made))["processing"]["language"] == language
    said = french["processing"]["purposes"][0]["description"]
    assert said == "Nous livrons vos commandes."


def test_record__against_the_standard__has_every_mandatory_field():
    made = record(terms(), notice(), "fr")
    assert made.keys() >= HEADER
    assert made["schema_version"].endswith("dpv-27560#record-eu-gdpr")
    assert made["processing"].keys() >= PROCESSING
    for party in made["parties"]:
        assert party.keys() >= PARTY
    assert all(one["pii_type"] for one in made["processing"]["pii_information"])
    assert made["events"][0].keys() >= EVENT
    named = {party["party_id"] for party in made["parties"]}
    assert set(made["processing"]["pii_controllers"]) <= named
    assert set(made["processing"]["recipient_third_parties"]) <= named
    assert made["processing"]["authority_party"] in named


def test_record__what_is_needed_and_what_is_not__is_told_apart():
    made = record(terms(categories=0b1001), notice(), "en")
    assert made["processing"]["pii_information"] == [
        {
            "pii_type": "https://w3id.org/dpv/pd#Name",
            "pii_bit": 0,
            "pii_necessity": "dpv:Required",
        },
        {
            "pii_type": "https://w3id.org/dpv/pd#TelephoneNumber",
            "pii_bit": 3,
            "pii_necessity": "dpv:Optional",
        },
    ]
    assert missing(0b1001, notice()) == 0b10
    assert missing(0b11, notice()) == 0


def keys_of(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "@context":
                yield key
                yield from keys_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys_of(item)


def names_of(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "@context":
                yield from names_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from names_of(item)
    elif isinstance(value, str) and (found := re.match(r"([a-z-]+):[A-Z]", value)):
        yield found[1]


def test_record__every_word__has_a_meaning_in_its_context():
    made = record(terms(), notice(), "fr")
    assert {key for key in keys_of(made) if not key.startswith("@")} <= CONTEXT.keys()
    assert set(names_of(made)) <= CONTEXT.keys()


def test_context__every_meaning__has_a_known_prefix():
    prefixes = {name for name, value in CONTEXT.items() if str(value).endswith(("#", ":", "/"))}
    for name, meaning in CONTEXT.items():
        term = meaning["@id"] if isinstance(meaning, dict) else str(meaning)
        if name not in prefixes and not name.startswith("@") and not term.startswith("@"):
            assert term.partition(":")[0] in prefixes, name


def test_record__hash_of_a_known_one__never_changes():
    made = record(terms(), notice(), "fr")
    assert made["record_id"] == f"urn:cercle:31337:{CONTRACT}:record:7:2:0:{ISSUED}"
    assert record_hash(made) == "0xfa9bd91ae8db67b539f24d8491403136cd9ceeb704f19eb9b512c0a2c8596e4e"


def test_record__under_another_notice__is_refused():
    with pytest.raises(RecordRefused, match="not the notice"):
        record(terms(), notice(jurisdiction="DE"), "fr")


def test_record__for_another_purpose__is_refused():
    other = notice(purpose=5)
    with pytest.raises(RecordRefused, match="another purpose"):
        record(terms(other), other, "fr")


def test_record__beyond_the_notice__is_refused():
    with pytest.raises(RecordRefused, match="does not ask for EmailAddress"):
        record(terms(categories=0b111), notice(), "fr")


def test_record__of_a_notice_with_an_unknown_category__is_refused():
    strange = notice(data=[{"bit": 0, "is_required": True}, {"bit": 63, "is_required": False}])
    with pytest.raises(NotInVocabulary, match="63"):
        record(terms(strange), strange, "fr")


def test_record__in_a_language_it_was_not_shown_in__is_refused():
    with pytest.raises(RecordRefused, match="not written in 'de'"):
        record(terms(), notice(), "de")


@pytest.mark.parametrize("wrong", ["0x" + "00" * 32, "0x" + "ff" * 32])
def test_rebuild__of_another_hash__is_refused(wrong):
    with pytest.raises(RecordForged):
        rebuild(terms(), notice(), wrong)


@pytest.mark.parametrize(
    ("status", "number", "name"),
    [
        (ConsentStatus.NONE, 0, "ConsentUnknown"),
        (ConsentStatus.REQUESTED, 1, "ConsentRequested"),
        (ConsentStatus.REFUSED, 2, "ConsentRefused"),
        (ConsentStatus.GIVEN, 3, "ConsentGiven"),
        (ConsentStatus.RENEWED, 4, "RenewedConsentGiven"),
        (ConsentStatus.EXPIRED, 5, "ConsentExpired"),
        (ConsentStatus.INVALIDATED, 6, "ConsentInvalidated"),
        (ConsentStatus.WITHDRAWN, 7, "ConsentWithdrawn"),
    ],
)
def test_status__its_number_and_name__are_the_contracts_and_dpvs(status, number, name):
    assert status == number
    assert status.iri == f"https://w3id.org/dpv#{name}"
    assert status.counts == (number in (3, 4))
