"""`Records.move`: a person says once that what is kept of them has changed."""

import ape
import pytest

from tests.consents import CATEGORY, COMMITMENT, OTHER_CATEGORY, ZERO_HASH


def test_move__first__makes_version_one(records, person, now):
    receipt = records.move(CATEGORY, COMMITMENT, sender=person)

    assert receipt.events == [
        records.CategoryMoved(passport_id=1, category=CATEGORY, version=1, commitment=COMMITMENT)
    ]
    assert tuple(records.move_of(1, CATEGORY)) == (1, now(), False)


def test_move__again__raises_the_version(records, person, now):
    records.move(CATEGORY, COMMITMENT, sender=person)
    receipt = records.move(CATEGORY, COMMITMENT, sender=person)
    assert receipt.return_value == 2
    assert tuple(records.move_of(1, CATEGORY)) == (2, now(), False)


def test_move__of_one_category__leaves_the_others(records, person, other):
    records.move(CATEGORY, COMMITMENT, sender=person)
    assert tuple(records.move_of(1, OTHER_CATEGORY)) == (0, 0, False)
    assert tuple(records.move_of(2, CATEGORY)) == (0, 0, False)


def test_move__last_category__counts(records, person):
    records.move(63, COMMITMENT, sender=person)
    assert records.move_of(1, 63).version == 1


def test_move__after_an_erasure__is_kept_again(records, person, now):
    records.erase(CATEGORY, sender=person)
    records.move(CATEGORY, COMMITMENT, sender=person)
    assert tuple(records.move_of(1, CATEGORY)) == (2, now(), False)


def test_move__from_a_linked_wallet__counts(records, person, link, outsider):
    link(person, outsider)
    records.move(CATEGORY, COMMITMENT, sender=outsider)
    assert records.move_of(1, CATEGORY).version == 1


@pytest.mark.parametrize("category", [64, 2**64, 2**256 - 1])
def test_move__unknown_category__reverts(records, person, category):
    with ape.reverts("records: unknown category"):
        records.move(category, COMMITMENT, sender=person)


def test_move__no_commitment__reverts(records, person):
    with ape.reverts("records: no commitment"):
        records.move(CATEGORY, ZERO_HASH, sender=person)


def test_move__without_a_passport__reverts(records, outsider):
    with ape.reverts("records: no passport"):
        records.move(CATEGORY, COMMITMENT, sender=outsider)


def test_move_of__numbers_out_of_range__are_nobodys(records, person):
    records.move(CATEGORY, COMMITMENT, sender=person)
    for passport_id, category in ((1, 64), (1 + 2**64, CATEGORY), (1, 2**64), (2**255 + 1, 0)):
        assert tuple(records.move_of(passport_id, category)) == (0, 0, False)
