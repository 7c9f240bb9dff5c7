"""`Records.acknowledge`: a company takes note of a move, as far as it may see the category."""

import ape
import pytest

from tests.consents import (
    CATEGORY,
    COMMITMENT,
    OTHER_CATEGORY,
    OTHER_PURPOSE,
    PURPOSE,
    UNGRANTED,
)


@pytest.fixture
def moved(records, person, give):
    """The company may see the category, which moved to version 1."""
    give()
    records.move(CATEGORY, COMMITMENT, sender=person)


@pytest.fixture
def acknowledge(records, agent):
    def _acknowledge(sender=agent, **changes):
        words = {"company_id": 1, "passport_id": 1, "purpose": PURPOSE}
        words |= {"category": CATEGORY, "version": 1} | changes
        return records.acknowledge(*words.values(), sender=sender)

    return _acknowledge


def test_acknowledge__newest__is_noted(records, moved, acknowledge):
    receipt = acknowledge()

    assert receipt.events == [
        records.MoveAcknowledged(
            passport_id=1, company_id=1, category=CATEGORY, purpose=PURPOSE, version=1
        )
    ]
    assert records.acknowledged_version(1, 1, CATEGORY) == 1
    assert records.acknowledged_version(1, 1, OTHER_CATEGORY) == 0
    assert records.acknowledged_version(1, 2, CATEGORY) == 0
    assert records.acknowledged_version(2, 1, CATEGORY) == 0


def test_acknowledge__by_the_controller__is_noted(records, moved, acknowledge, controller):
    acknowledge(controller)
    assert records.acknowledged_version(1, 1, CATEGORY) == 1


def test_acknowledge__late__still_counts(records, moved, acknowledge, limits, wait):
    wait(limits.ACKNOWLEDGE_TIME() + 1)
    acknowledge()
    assert records.acknowledgement(1, 1, PURPOSE, CATEGORY) == 1


def test_acknowledge__moved_again__counts_once_each(records, moved, acknowledge, person):
    acknowledge()
    records.move(CATEGORY, COMMITMENT, sender=person)
    acknowledge(version=2)
    assert records.acknowledged_version(1, 1, CATEGORY) == 2


def test_acknowledge__another_version__reverts(records, moved, acknowledge, person):
    records.move(CATEGORY, COMMITMENT, sender=person)
    for version in (0, 1, 3, 2 + 2**64):
        with ape.reverts("records: other version"):
            acknowledge(version=version)


def test_acknowledge__never_moved__reverts(give, acknowledge):
    give()
    for version in (0, 1):
        with ape.reverts("records: other version"):
            acknowledge(version=version)


def test_acknowledge__twice__reverts(moved, acknowledge):
    acknowledge()
    with ape.reverts("records: acknowledged already"):
        acknowledge()


def test_acknowledge__by_another__reverts(moved, acknowledge, rival, outsider, person):
    for sender in (outsider, person):
        with ape.reverts("records: not the company"):
            acknowledge(sender)


def test_acknowledge__former_agent__reverts(consent, moved, acknowledge, controller, newcomer):
    consent.set_agent(1, newcomer, sender=controller)
    with ape.reverts("records: not the company"):
        acknowledge()
    acknowledge(newcomer)


def test_acknowledge__not_allowed__reverts(moved, acknowledge, other, rival, outsider):
    for changes in (
        {"purpose": OTHER_PURPOSE},
        {"category": UNGRANTED},
        {"category": 64},
        {"passport_id": 2},
        {"passport_id": 1 + 2**64},
        {"purpose": PURPOSE + 64},
    ):
        with ape.reverts("records: not allowed"):
            acknowledge(**changes)
    with ape.reverts("records: not allowed"):
        acknowledge(outsider, company_id=2)


def test_acknowledge__withdrawn__reverts(consent, moved, acknowledge, person):
    consent.withdraw_all(sender=person)
    with ape.reverts("records: not allowed"):
        acknowledge()
