"""`Decisions.open`: what comes out is what went in, and when it came is there to see."""

import ape
import pytest

from tests.consents import COMMITMENT, OPENING, SECRET, ZERO_HASH

from .states import State


@pytest.fixture
def told(decisions):
    """The event of decision 1."""

    def _told(is_late):
        words = {"decision_id": 1, "company_id": 1, "passport_id": 1, "secret": SECRET}
        return decisions.DecisionOpened(**words, **OPENING._asdict(), is_late=is_late)

    return _told


def test_open__demanded__is_opened(decisions, demanded, opened, told, now):
    assert opened().events == [told(False)]
    assert decisions.state(1) == State.OPENED
    assert decisions.decision_of(1).opened_at == now()
    assert decisions.decision_of(1).demanded_at == demanded


def test_open__unasked__is_opened(decisions, committed, opened, controller, told):
    assert opened(controller).events == [told(False)]
    assert tuple(decisions.decision_of(1))[4] == 0


def test_open__never_asked_for__is_opened(decisions, committed, opened, limits, told, at):
    at(committed + limits.DEMAND_WINDOW() + 1)
    assert opened().events == [told(False)]
    assert decisions.state(1) == State.OPENED


def test_open__last_second__is_in_time(demanded, opened, limits, told, at):
    at(demanded + limits.OPENING_TIME())
    assert opened().events == [told(False)]


def test_open__a_second_later__is_late(decisions, demanded, opened, limits, told, at):
    at(demanded + limits.OPENING_TIME() + 1)
    assert opened().events == [told(True)]
    assert decisions.state(1) == State.OPENED


def test_open__silence_marked__is_late(decisions, silent, opened, told, outsider):
    decisions.mark_silence(1, sender=outsider)
    assert opened().events == [told(True)]


def test_open__by_another__reverts(decisions, demanded, opened, rival, outsider, person):
    for sender in (outsider, person):
        with ape.reverts("decisions: not the company"):
            opened(sender)


@pytest.mark.parametrize("decision_id", [0, 2, 2**256 - 1])
def test_open__no_decision__reverts(decisions, committed, opened, decision_id):
    with ape.reverts("decisions: not the company"):
        opened(id=decision_id)


@pytest.mark.parametrize("part", OPENING._fields)
def test_open__anything_else__reverts(decisions, demanded, agent, part):
    for other in (COMMITMENT, ZERO_HASH):
        with ape.reverts("commit_open: something else"):
            decisions.open(1, OPENING._replace(**{part: other}), SECRET, sender=agent)


def test_open__another_secret__reverts(decisions, demanded, agent):
    with ape.reverts("commit_open: something else"):
        decisions.open(1, OPENING, COMMITMENT, sender=agent)


def test_open__twice__reverts(demanded, opened):
    opened()
    with ape.reverts("commit_open: opened already"):
        opened()
