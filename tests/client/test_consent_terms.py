"""The terms of a consent: numbers and hashes, as the chain holds them, and no word of anybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cercle.consent import ConsentTerms, Grant
from cercle.errors import NotInVocabulary

from .consents import CONTRACT, ISSUED, UNTIL, any_terms, terms

PERSONAL = [
    "Nadia Benali",
    "nadia@example.org",
    "+33 6 12 34 56 78",
    "0x" + "12" * 20,
    7.0,
    True,
    None,
    0,
    -1,
    2**64,
]


@pytest.mark.parametrize("value", PERSONAL)
@pytest.mark.parametrize("field", ["passport_id", "company_id"])
def test_terms__anything_but_a_number_as_id__is_refused(field, value):
    with pytest.raises(ValidationError):
        terms(**{field: value})


@pytest.mark.parametrize(
    "changes",
    [
        {"until": ISSUED},
        {"until": ISSUED - 1},
        {"keep_until": UNTIL - 1},
        {"until": 2**40, "keep_until": 2**40},
        {"issued_at": 0},
        {"purpose": -1},
        {"purpose": 11},
        {"purpose": 64},
        {"categories": 0},
        {"categories": 1 << 63},
        {"categories": 1 << 64},
        {"reads": 2**16},
        {"reads": -1},
        {"notice_version": 0},
        {"notice_hash": "0x12"},
        {"contract": "nadia@example.org"},
        {"name": "Nadia"},
    ],
)
def test_terms__out_of_form__are_refused(changes):
    with pytest.raises((ValidationError, NotInVocabulary)):
        terms(**changes)


def test_terms__of_a_logged_grant__are_those_that_were_signed():
    signed = terms()
    grant = Grant(
        renewed_from=0,
        **{name: getattr(signed, name) for name in set(Grant.model_fields) - {"renewed_from"}},
    )
    logged = {"passport_id": 7, "company_id": 2, "purpose": 0, "grant": grant.word}
    assert Grant.of_word(grant.word) == grant
    assert signed == ConsentTerms.of_grant(
        logged, chain_id=31337, contract=CONTRACT, notice_hash=signed.notice_hash
    )


@given(any_terms(), st.integers(0, 2**40 - 1))
def test_grant__packed__reads_back(given_terms, renewed_from):
    names = set(Grant.model_fields) - {"renewed_from"}
    values = {name: getattr(given_terms, name) for name in names}
    grant = Grant(renewed_from=renewed_from, **values)
    assert Grant.of_word(grant.word) == grant
    assert grant.word < 2**256
