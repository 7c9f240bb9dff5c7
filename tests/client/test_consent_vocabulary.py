"""The vocabulary: one table of numbers, names and words, and masks that mean what it says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.consent import (
    CATEGORIES,
    KNOWN_CATEGORIES,
    MOVABLE,
    PURPOSES,
    VOCABULARY,
    categories_in,
    category_of,
    mask_of,
    purpose_of,
    require_mask,
)
from cercle.consent.__main__ import stale
from cercle.consent.rendering import jsonld
from cercle.consent.vocabulary import require_orderly
from cercle.errors import NotInVocabulary

# On the chain for ever: a change here is a change of what people agreed to.
PURPOSE_CODES = (
    *("DeliveryOfGoods", "FulfilmentOfContractualObligation", "CustomerCare"),
    *("PersonalisedBenefits", "ServiceUsageAnalytics", "DirectMarketing", "TargetedAdvertising"),
    *("SellInsightsFromData", "DataAltruism", "OptimisationForConsumer"),
    "OptimisationForController",
)
CATEGORY_CODES = (
    *("Name", "PhysicalAddress", "EmailAddress", "TelephoneNumber", "BirthDate", "AgeRange"),
    *("Gender", "Language", "Picture", "ClothingSize", "Height", "Purchase"),
    *("PurchasesAndSpendingHabit", "Preference", "Interest", "Opinion", "Location", "Country"),
    *("ServiceConsumptionBehavior", "DeviceBased", "BrowsingBehavior", "PaymentCard"),
    *("BankAccount", "Family", "LoyaltyMembership", "Communication", "SocialMedia"),
    *("MeterReading", "PersonalPossession"),
)
TYPOGRAPHY = ("'", " :", " ?", " !", " ;")


def test_vocabulary__numbers_given_once__mean_the_same_for_ever():
    assert tuple(one.code for one in PURPOSES[: len(PURPOSE_CODES)]) == PURPOSE_CODES
    assert tuple(one.code for one in CATEGORIES[: len(CATEGORY_CODES)]) == CATEGORY_CODES


def test_vocabulary__selling__is_number_seven_alone():
    assert [one.number for one in PURPOSES if one.is_selling] == [7]


def test_vocabulary__names__are_dpvs_or_say_that_they_are_ours():
    for one in PURPOSES:
        assert one.iri == f"https://w3id.org/dpv#{one.code}"
    for one in CATEGORIES:
        space = "urn:cercle:pd:" if one.is_own else "https://w3id.org/dpv/pd#"
        assert one.iri == space + one.code
    assert [one.code for one in CATEGORIES if one.is_own] == [
        "ClothingSize",
        "LoyaltyMembership",
        "MeterReading",
    ]


def test_vocabulary__a_move_of_house__changes_address_and_telephone():
    assert MOVABLE & mask_of(["PhysicalAddress", "TelephoneNumber"]) == mask_of(
        ["PhysicalAddress", "TelephoneNumber"]
    )
    assert not MOVABLE & mask_of(["Name", "EmailAddress", "BirthDate"])


def test_vocabulary__french__has_its_typography():
    texts = [one.label for one in (*PURPOSES, *CATEGORIES)] + [one.sentence for one in PURPOSES]
    for text in texts:
        assert not any(mark in text.fr for mark in TYPOGRAPHY), text.fr


def test_vocabulary__page_and_jsonld__are_current():
    assert stale() == [], "run `python -m cercle.consent`"


def test_jsonld__every_term__is_defined_once():
    written = json.loads(json.dumps(jsonld()))
    names = [node["@id"] for node in written["@graph"]]
    assert len(set(names)) == len(names) == len(PURPOSES) + len(CATEGORIES)
    for one in (*PURPOSES, *CATEGORIES):
        assert written["@context"][one.code] == one.iri


@given(st.sets(st.sampled_from(CATEGORIES), min_size=1))
def test_mask__of_any_categories__reads_back(chosen):
    mask = mask_of(chosen)
    assert set(categories_in(mask)) == chosen
    assert mask == mask_of(one.code for one in chosen) == mask_of(one.bit for one in chosen)
    assert mask == sum(one.mask for one in chosen)


@given(st.integers(1, KNOWN_CATEGORIES))
def test_mask__any_known__reads_back(mask):
    assert mask_of(categories_in(mask)) == mask


@given(st.integers(len(CATEGORIES), 63), st.integers(0, KNOWN_CATEGORIES))
def test_mask__with_an_unknown_bit__is_refused(bit, known):
    with pytest.raises(NotInVocabulary, match=r"Bit \d+ is not a category"):
        categories_in(known | 1 << bit)


@pytest.mark.parametrize("mask", [0, -1, True, 1.0, "1", None])
def test_mask__that_says_nothing__is_refused(mask):
    with pytest.raises(NotInVocabulary):
        require_mask(mask)


def test_mask_of__nothing__is_refused():
    with pytest.raises(NotInVocabulary, match="no category"):
        mask_of([])


@pytest.mark.parametrize("what", [-1, len(PURPOSES), 64, "Delivery", "Name", "", None])
def test_purpose_of__unknown__is_refused(what):
    with pytest.raises(NotInVocabulary):
        purpose_of(what)


@pytest.mark.parametrize("what", [-1, len(CATEGORIES), 64, "Shoe", "DataAltruism", "", None])
def test_category_of__unknown__is_refused(what):
    with pytest.raises(NotInVocabulary):
        category_of(what)


def test_purpose_of__itself_its_number_or_its_code__is_the_same():
    for one in PURPOSES:
        assert purpose_of(one) is purpose_of(one.number) is purpose_of(one.code) is one


def test_table__with_a_gap_or_a_name_twice__is_refused():
    gap = VOCABULARY.model_copy(update={"purposes": PURPOSES[1:]})
    with pytest.raises(ValueError, match="gap"):
        require_orderly(gap)
    twice = (*CATEGORIES[:1], CATEGORIES[1].model_copy(update={"code": "Name"}))
    with pytest.raises(ValueError, match="code twice"):
        require_orderly(VOCABULARY.model_copy(update={"categories": twice}))
    same = (*CATEGORIES[:1], CATEGORIES[1].model_copy(update={"iri": CATEGORIES[0].iri}))
    with pytest.raises(ValueError, match="IRI twice"):
        require_orderly(VOCABULARY.model_copy(update={"categories": same}))
