"""`Records.acknowledgement`: what a person's board says of a company and their last move."""

from enum import IntEnum

import pytest

from tests.consents import CATEGORY, COMMITMENT, DAY, OTHER_PURPOSE, PURPOSE, UNGRANTED


class Note(IntEnum):
    """What it answers."""

    NOTHING = 0
    ACKNOWLEDGED = 1
    EXPECTED = 2
    LATE = 3
    NOT_ALLOWED = 4


@pytest.fixture
def note(records):
    """What is said of company 1 now."""
    return lambda purpose=PURPOSE, category=CATEGORY: Note(
        records.acknowledgement(1, 1, purpose, category)
    )


@pytest.fixture
def move(records, person):
    return lambda: records.move(CATEGORY, COMMITMENT, sender=person)


def test_acknowledgement__never_moved__nothing(give, note):
    give()
    assert note() == Note.NOTHING


def test_acknowledgement__never_granted__nothing(move, company, note):
    move()
    assert note() == Note.NOTHING


def test_acknowledgement__granted_before__expected_then_late(
    give, move, note, limits, chain, now, at
):
    give()
    move()
    moved_at = now()
    assert note() == Note.EXPECTED
    at(moved_at + limits.ACKNOWLEDGE_TIME())
    chain.mine()
    assert note() == Note.EXPECTED
    at(moved_at + limits.ACKNOWLEDGE_TIME() + 1)
    chain.mine()
    assert note() == Note.LATE


def test_acknowledgement__granted_after__nothing(give, move, note, limits, wait):
    move()
    give()
    assert note() == Note.NOTHING
    wait(limits.ACKNOWLEDGE_TIME() + 1)
    assert note() == Note.NOTHING


def test_acknowledgement__granted_in_that_second__expected(consent, give, move, note, now, wait):
    """Who comes first within a second, the chain does not say."""
    move()
    moved_at = now()
    give(issued_at=moved_at)
    assert note() == Note.EXPECTED


def test_acknowledgement__acknowledged__until_the_next_move(records, give, move, note, agent):
    give()
    move()
    records.acknowledge(1, 1, PURPOSE, CATEGORY, 1, sender=agent)
    assert note() == Note.ACKNOWLEDGED
    move()
    assert note() == Note.EXPECTED


def test_acknowledgement__renewed_after_the_move__still_expected(give, move, note):
    give()
    move()
    give()
    assert note() == Note.EXPECTED
    give()
    assert note() == Note.EXPECTED


def test_acknowledgement__given_anew_after_withdrawing_all__nothing(
    consent, give, move, note, person, limits, wait
):
    """What it holds from before it must delete; what it is given now is what holds now."""
    give()
    consent.withdraw_all(sender=person)
    move()
    wait(limits.ACKNOWLEDGE_TIME() + 1)
    give()
    assert note() == Note.NOTHING


def test_acknowledgement__withdrawn__no_longer_allowed(consent, give, move, note, person):
    give()
    move()
    consent.withdraw(1, PURPOSE, sender=person)
    assert note() == Note.NOT_ALLOWED


def test_acknowledgement__denied__no_longer_allowed(consent, give, move, note, person):
    give()
    move()
    consent.deny_company(1, True, sender=person)
    assert note() == Note.NOT_ALLOWED
    consent.deny_company(1, False, sender=person)
    assert note() == Note.EXPECTED


def test_acknowledgement__expired__no_longer_allowed(give, move, note, wait):
    give()
    move()
    wait(31 * DAY)
    assert note() == Note.NOT_ALLOWED


def test_acknowledgement__for_another_purpose_or_category__is_its_own(records, give, note, person):
    give()
    records.move(UNGRANTED, COMMITMENT, sender=person)
    records.move(CATEGORY, COMMITMENT, sender=person)
    assert note(purpose=OTHER_PURPOSE) == Note.NOTHING
    assert note(category=UNGRANTED) == Note.NOT_ALLOWED
    assert note(category=64) == Note.NOTHING
    assert note(purpose=64 + PURPOSE) == Note.NOTHING
