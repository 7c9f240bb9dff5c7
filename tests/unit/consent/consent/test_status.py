"""`Consent.status`: how things stand, in the words of the Data Privacy Vocabulary."""

import pytest

from tests.conftest import DAY

from .words import CATEGORIES, NOTICE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")


@pytest.fixture
def status(consent):
    return lambda: Status(consent.status(1, 1, PURPOSE))


def test_status__nothing_said__is_none(status):
    assert status() == Status.NONE


def test_status__asked__is_requested(status, consent, agent):
    consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    assert status() == Status.REQUESTED


def test_status__refused__is_refused(status, consent, person):
    consent.refuse(1, PURPOSE, sender=person)
    assert status() == Status.REFUSED


def test_status__refused_and_asked_in_one_second__is_refused(
    status, consent, person, agent, now, at
):
    moment = now() + 100
    at(moment)
    consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    at(moment)
    consent.refuse(1, PURPOSE, sender=person)
    assert status() == Status.REFUSED


def test_status__asked_after_a_refusal__is_requested(status, consent, person, agent, wait):
    consent.refuse(1, PURPOSE, sender=person)
    wait(30 * DAY)
    consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    assert status() == Status.REQUESTED


def test_status__given_then_renewed(status, give):
    give()
    assert status() == Status.GIVEN
    give()
    assert status() == Status.RENEWED


def test_status__past_its_end__is_expired(status, give, chain):
    agreed = give()
    chain.pending_timestamp = agreed.until
    chain.mine()
    assert status() == Status.EXPIRED


def test_status__asked_after_the_end__is_requested(status, give, consent, agent, wait):
    give()
    wait(31 * DAY)
    consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    assert status() == Status.REQUESTED


def test_status__refused_after_the_end__is_refused(status, give, consent, person, wait):
    give()
    wait(31 * DAY)
    consent.refuse(1, PURPOSE, sender=person)
    assert status() == Status.REFUSED


def test_status__new_notice__is_requested(status, give, consent, controller):
    give()
    consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=controller)
    assert status() == Status.REQUESTED


def test_status__new_notice_refused__is_refused(status, give, consent, controller, person, wait):
    """Who says no to a new notice has said no, though what they gave would have gone on."""
    give()
    consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=controller)
    wait()
    consent.refuse(1, PURPOSE, sender=person)
    assert status() == Status.REFUSED


def test_status__refused_before_a_new_notice__is_asked_anew(
    status, give, consent, controller, person, wait
):
    give()
    consent.refuse(1, PURPOSE, sender=person)
    wait()
    consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=controller)
    assert status() == Status.REQUESTED


def test_status__expired_before_a_new_notice__is_expired(status, give, consent, controller, wait):
    give()
    wait(31 * DAY)
    consent.publish_notice(1, PURPOSE, CATEGORIES, NOTICE, sender=controller)
    assert status() == Status.EXPIRED


def test_status__notice_ended__is_invalidated(status, give, consent, controller):
    give()
    consent.end_notice(1, PURPOSE, sender=controller)
    assert status() == Status.INVALIDATED


def test_status__withdrawn__is_withdrawn(status, withdrawn):
    assert status() == Status.WITHDRAWN


def test_status__all_withdrawn__is_withdrawn(status, give, consent, person):
    give()
    consent.withdraw_all(sender=person)
    assert status() == Status.WITHDRAWN


def test_status__withdrawn_then_asked__is_requested(status, withdrawn, consent, agent, wait):
    wait(30 * DAY)
    consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    assert status() == Status.REQUESTED


def test_status__asked_then_withdrawn__is_withdrawn(status, give, consent, agent, person, wait):
    give(categories=0b1)
    consent.request_consent(1, 1, PURPOSE, 0b10, sender=agent)
    wait()
    consent.withdraw(1, PURPOSE, sender=person)
    assert status() == Status.WITHDRAWN


def test_status__given_anew__is_given(status, withdrawn, give):
    give()
    assert status() == Status.GIVEN


def test_status__renewed_after_all_was_withdrawn__is_given(status, give, consent, person):
    """A grant that a withdrawal ended is renewed by none."""
    give()
    consent.withdraw_all(sender=person)
    give()
    assert status() == Status.GIVEN


@pytest.mark.parametrize("who", ["company", "purpose"])
def test_status__shut_out__is_refused(status, give, consent, person, who):
    give()
    number = 1 if who == "company" else PURPOSE
    getattr(consent, f"deny_{who}")(number, True, sender=person)
    assert status() == Status.REFUSED
    getattr(consent, f"deny_{who}")(number, False, sender=person)
    assert status() == Status.GIVEN


@pytest.mark.parametrize("number", [2**64 | 1, 2**186 | 1, 2**250 | 1, 2**256 - 1])
def test_status__numbers_that_come_round__are_nobodys(consent, give, number):
    give()
    assert consent.status(number, 1, PURPOSE) == Status.NONE
    assert consent.status(1, number, PURPOSE) == Status.NONE
    assert consent.status(1, 1, number ^ 1 ^ PURPOSE) == Status.NONE
    assert consent.status(1, 0, 64 | PURPOSE) == Status.NONE
