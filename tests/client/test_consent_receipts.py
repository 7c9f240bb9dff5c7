"""Consent receipts: the record, its proof, what came of it, and where it stands."""

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.consent import (
    Event,
    Happening,
    rebuild,
    receipt,
    record,
    record_hash,
    schema,
)
from cercle.consent.context import RECEIPT_CONTEXT
from cercle.errors import RecordRefused

from .consents import ISSUED, UNTIL, notice, proof, terms

MADE = record(terms(), notice(), "fr")
GIVEN = proof()
SOON = ISSUED + 60
BY_HAND = [one for one in Happening if one != Happening.EXPIRED]


def told(*happenings, at=SOON):
    """Events one block and one second after the other."""
    return [
        Event(happening=happening, proof=proof(11 + n, time=at + n))
        for n, happening in enumerate(happenings)
    ]


def states(paper):
    return [entry["event_state"].removeprefix("dpv:") for entry in paper["events"]]


def kinds(paper):
    return [entry["event_type"].removeprefix("cercle:") for entry in paper["events"]]


def test_receipt__of_a_consent_just_given__holds_its_record_and_proof():
    paper = receipt(MADE, GIVEN, as_of=SOON)
    jsonschema.validate(paper, schema("receipt"))
    assert paper["schema_version"].endswith("dpv-27560#receipt-eu-gdpr")
    assert paper["receipt_id"] == MADE["receipt_id"]
    assert paper["record"] == rebuild(terms(), notice(), paper["record_hash"])
    assert paper["record_hash"] == record_hash(MADE)
    assert paper["proof"]["block_number"] == 10
    assert paper["event_state"] == "dpv:ConsentGiven"
    assert paper["events"] == []


def test_receipt__of_a_renewal__says_so():
    paper = receipt(MADE, GIVEN, as_of=SOON, renewed_from=ISSUED - 9)
    assert paper["event_state"] == "dpv:RenewedConsentGiven"


def test_receipt__of_a_full_life__tells_it_in_order():
    looked = Event(happening=Happening.ACCESS_REQUESTED, proof=proof(11, 4, time=SOON), bit=1)
    later = told(
        Happening.NOTICE_CHANGED,
        Happening.COMPANY_DENIED,
        Happening.COMPANY_READMITTED,
        Happening.WITHDRAWN,
        Happening.EVERYTHING_WITHDRAWN,
        at=SOON + 10,
    )
    later = [one.model_copy(update={"proof": proof(20 + n)}) for n, one in enumerate(later)]
    paper = receipt(MADE, GIVEN, [*reversed(later), looked], as_of=UNTIL + 5)
    jsonschema.validate(paper, schema("receipt"))
    assert list(zip(kinds(paper), states(paper), strict=True)) == [
        ("AccessRequested", "ConsentGiven"),
        ("NoticeChanged", "ConsentRequested"),
        ("CompanyDenied", "ConsentRefused"),
        ("CompanyReadmitted", "ConsentRequested"),
        ("Withdrawn", "ConsentWithdrawn"),
        ("EverythingWithdrawn", "ConsentWithdrawn"),
    ]
    assert paper["event_state"] == "dpv:ConsentWithdrawn"
    assert paper["events"][0]["pii_bit"] == 1
    assert paper["events"][0]["entity_id"] == terms().company
    assert paper["events"][4]["entity_id"] == terms().principal


def test_receipt__past_its_end__expired_by_the_clock_alone():
    paper = receipt(MADE, GIVEN, as_of=UNTIL)
    jsonschema.validate(paper, schema("receipt"))
    assert kinds(paper) == ["Expired"]
    assert "proof" not in paper["events"][0]
    assert paper["event_state"] == "dpv:ConsentExpired"
    assert receipt(MADE, GIVEN, as_of=UNTIL - 1)["event_state"] == "dpv:ConsentGiven"


def test_receipt__asked_after_the_end__is_told_after_it():
    paper = receipt(MADE, GIVEN, told(Happening.ASKED, at=UNTIL + 9), as_of=UNTIL + 20)
    assert kinds(paper) == ["Expired", "Asked"]
    assert states(paper) == ["ConsentExpired", "ConsentRequested"]
    answered = told(Happening.ASKED, Happening.REFUSED, at=UNTIL + 9)
    paper = receipt(MADE, GIVEN, answered, as_of=UNTIL + 20)
    assert paper["event_state"] == "dpv:ConsentRefused"


def test_receipt__with_its_purpose_given_up__is_invalidated():
    paper = receipt(MADE, GIVEN, told(Happening.NOTICE_ENDED), as_of=SOON + 5)
    assert states(paper) == ["ConsentInvalidated"]
    anew = told(Happening.NOTICE_ENDED, Happening.NOTICE_CHANGED)
    paper = receipt(MADE, GIVEN, anew, as_of=SOON + 5)
    assert states(paper) == ["ConsentInvalidated", "ConsentRequested"]


@pytest.mark.parametrize("is_renewal", [True, False])
def test_receipt__given_anew__ends_there(is_renewal):
    last = Event(
        happening=Happening.GIVEN_ANEW, proof=proof(12, time=SOON + 1), is_renewal=is_renewal
    )
    after = Event(happening=Happening.WITHDRAWN, proof=proof(13, time=SOON + 2))
    paper = receipt(MADE, GIVEN, [after, last], as_of=UNTIL + 5)
    jsonschema.validate(paper, schema("receipt"))
    name = "RenewedConsentGiven" if is_renewal else "ConsentGiven"
    assert states(paper) == [name]
    assert paper["event_state"] == f"dpv:{name}"


def test_receipt__of_both_denials__stands_only_when_both_are_lifted():
    paper = receipt(
        MADE,
        GIVEN,
        told(
            Happening.COMPANY_DENIED,
            Happening.PURPOSE_DENIED,
            Happening.COMPANY_READMITTED,
            Happening.PURPOSE_READMITTED,
        ),
        as_of=SOON + 9,
    )
    assert states(paper) == ["ConsentRefused"] * 3 + ["ConsentGiven"]


@given(
    st.lists(st.sampled_from(BY_HAND), max_size=8),
    st.integers(SOON, UNTIL + 50),
    st.integers(0, ISSUED - 1),
    st.randoms(),
)
def test_receipt__of_any_events__is_valid_and_does_not_depend_on_their_order(
    happenings, at, renewed_from, chance
):
    events = told(*happenings, at=at)
    paper = receipt(MADE, GIVEN, events, as_of=at + 100, renewed_from=renewed_from)
    jsonschema.validate(paper, schema("receipt"))
    times = [entry["event_time"] for entry in paper["events"]]
    assert times == sorted(times)
    chance.shuffle(events)
    assert receipt(MADE, GIVEN, events, as_of=at + 100, renewed_from=renewed_from) == paper


def test_receipt__of_what_was_logged_before__counts_what_outlasts_a_consent():
    def before(happening, time=ISSUED - 60):
        return Event(happening=happening, proof=proof(9, time=time))

    for happening in (Happening.WITHDRAWN, Happening.REFUSED, Happening.EVERYTHING_WITHDRAWN):
        paper = receipt(MADE, GIVEN, [before(happening)], as_of=SOON)
        assert (paper["event_state"], paper["events"]) == ("dpv:ConsentGiven", [])
    denied = receipt(MADE, GIVEN, [before(Happening.COMPANY_DENIED)], as_of=SOON)
    assert (denied["event_state"], denied["events"]) == ("dpv:ConsentRefused", [])
    lifted = [before(Happening.COMPANY_DENIED), *told(Happening.COMPANY_READMITTED)]
    assert states(receipt(MADE, GIVEN, lifted, as_of=SOON)) == ["ConsentGiven"]


def test_receipt__signed_before_everything_was_withdrawn_and_sent_after__counts_for_nothing():
    for at, state in ((ISSUED - 1, "Given"), (ISSUED, "Withdrawn"), (ISSUED + 1, "Withdrawn")):
        gone = Event(happening=Happening.EVERYTHING_WITHDRAWN, proof=proof(9, time=at))
        paper = receipt(MADE, GIVEN, [gone], as_of=SOON)
        assert paper["event_state"] == f"dpv:Consent{state}"


def test_receipt__every_word__has_a_meaning_in_its_context():
    events = [
        Event(happening=Happening.ACCESS_REQUESTED, proof=proof(12), bit=1),
        *told(Happening.WITHDRAWN),
    ]
    paper = receipt(MADE, GIVEN, events, as_of=SOON)
    words = set(paper) | set(paper["proof"]) | {key for one in paper["events"] for key in one}
    assert {word for word in words if not word.startswith("@")} <= RECEIPT_CONTEXT.keys()


def test_receipt__with_the_proof_of_another_place__is_refused():
    for wrong in (proof(chain_id=1), proof(contract="0x" + "cd" * 20)):
        with pytest.raises(RecordRefused, match="another chain or contract"):
            receipt(MADE, wrong, as_of=SOON)
    stray = Event(happening=Happening.WITHDRAWN, proof=proof(11, chain_id=1))
    with pytest.raises(RecordRefused, match="another chain than"):
        receipt(MADE, GIVEN, [stray], as_of=SOON)
