"""What logs say about one consent, and where it stands after each: as `Consent.status` has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.consent import ConsentStatus, Grant, Happening, Standing, event_of

from .consents import ISSUED, UNTIL, proof, terms

SOON = ISSUED + 60
BY_HAND = [one for one in Happening if one != Happening.EXPIRED]
PERSON = {"passport_id": 7}
PAIR = PERSON | {"company_id": 2}
KEY = PAIR | {"purpose": 0}
ANEW = Grant(
    categories=1,
    issued_at=SOON,
    until=UNTIL,
    keep_until=UNTIL,
    renewed_from=ISSUED,
    reads=1,
    notice_version=3,
)


@pytest.mark.parametrize(
    ("name", "args", "happening"),
    [
        ("ConsentRequested", KEY, Happening.ASKED),
        ("ConsentRefused", KEY, Happening.REFUSED),
        ("ConsentWithdrawn", KEY, Happening.WITHDRAWN),
        ("EverythingWithdrawn", PERSON, Happening.EVERYTHING_WITHDRAWN),
        ("CompanyDenied", PAIR | {"is_denied": True}, Happening.COMPANY_DENIED),
        ("CompanyDenied", PAIR | {"is_denied": False}, Happening.COMPANY_READMITTED),
        ("PurposeDenied", PERSON | {"purpose": 0, "is_denied": True}, Happening.PURPOSE_DENIED),
        (
            "PurposeDenied",
            PERSON | {"purpose": 0, "is_denied": False},
            Happening.PURPOSE_READMITTED,
        ),
        (
            "NoticePublished",
            {"company_id": 2, "purpose": 0, "version": 4},
            Happening.NOTICE_CHANGED,
        ),
        ("NoticeEnded", {"company_id": 2, "purpose": 0, "version": 3}, Happening.NOTICE_ENDED),
        ("NoticeEnded", {"company_id": 2, "purpose": 0, "version": 2}, None),
        ("AccessRequested", KEY | {"category": 1}, Happening.ACCESS_REQUESTED),
        ("ConsentGiven", KEY | {"grant": ANEW.word}, Happening.GIVEN_ANEW),
        ("NoticePublished", {"company_id": 2, "purpose": 0, "version": 3}, None),
        ("ConsentWithdrawn", KEY | {"purpose": 1}, None),
        ("ConsentWithdrawn", KEY | {"company_id": 3}, None),
        ("EverythingWithdrawn", {"passport_id": 8}, None),
        ("PurposeDenied", PERSON | {"purpose": 1, "is_denied": True}, None),
        ("CompanyRegistered", {"company_id": 2}, None),
        (
            "ConsentGiven",
            KEY | {"grant": ANEW.model_copy(update={"issued_at": ISSUED}).word},
            None,
        ),
    ],
)
def test_event_of__a_log__is_what_it_says_about_this_consent(name, args, happening):
    event = event_of(terms(), name, args, proof(11))
    assert (event and event.happening) == happening


def test_event_of__a_grant_that_follows__tells_a_renewal_from_a_new_one():
    args = KEY | {"grant": ANEW.word}
    assert event_of(terms(), "ConsentGiven", args, proof(11)).is_renewal
    fresh = ANEW.model_copy(update={"renewed_from": 0})
    args = KEY | {"grant": fresh.word}
    assert not event_of(terms(), "ConsentGiven", args, proof(11)).is_renewal


def test_standing__told_nothing__is_what_was_given():
    assert Standing(UNTIL).status(SOON) == ConsentStatus.GIVEN
    assert Standing(UNTIL, renewed_from=ISSUED - 9).status(SOON) == ConsentStatus.RENEWED
    assert Standing(UNTIL, renewed_from=ISSUED - 9).status(UNTIL) == ConsentStatus.EXPIRED


@given(st.lists(st.sampled_from(BY_HAND), max_size=8), st.integers(SOON, UNTIL + 50))
def test_standing__once_withdrawn__never_counts_again(happenings, at):
    standing = Standing(UNTIL)
    standing.note(Happening.WITHDRAWN, SOON - 1)
    for n, happening in enumerate(happenings):
        standing.note(happening, at + n)
        assert not standing.status(at + n).counts
