"""`Records.erase`: a person has what is kept of them destroyed."""

import ape
import pytest

from tests.consents import CATEGORY, COMMITMENT


def test_erase__kept__is_ended(records, person, now):
    records.move(CATEGORY, COMMITMENT, sender=person)
    receipt = records.erase(CATEGORY, sender=person)

    assert receipt.events == [records.CategoryErased(passport_id=1, category=CATEGORY, version=2)]
    assert receipt.return_value == 2
    assert tuple(records.move_of(1, CATEGORY)) == (2, now(), True)


def test_erase__never_told__is_ended_too(records, person):
    assert records.erase(CATEGORY, sender=person).return_value == 1
    assert records.move_of(1, CATEGORY).is_erased


def test_erase__from_a_linked_wallet__counts(records, person, link, outsider):
    link(person, outsider)
    records.erase(63, sender=outsider)
    assert records.move_of(1, 63).is_erased


@pytest.mark.parametrize("category", [64, 2**256 - 1])
def test_erase__unknown_category__reverts(records, person, category):
    with ape.reverts("records: unknown category"):
        records.erase(category, sender=person)


def test_erase__without_a_passport__reverts(records, outsider):
    with ape.reverts("records: no passport"):
        records.erase(CATEGORY, sender=outsider)
