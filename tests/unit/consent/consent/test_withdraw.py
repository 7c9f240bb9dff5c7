"""`Consent.withdraw`: a person takes back what they gave for one purpose; nothing prevents it."""

import ape
import pytest

from tests.conftest import DAY

from .words import NOTICE, OTHER_PURPOSE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")


def test_withdraw__given__ends_it_at_once(consent, give, person):
    agreed = give()
    receipt = consent.withdraw(1, PURPOSE, sender=person)

    assert receipt.events == [
        consent.ConsentWithdrawn(passport_id=1, company_id=1, purpose=PURPOSE)
    ]
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.WITHDRAWN
    grant = consent.grant_of(1, 1, PURPOSE)
    assert (grant.categories, grant.reads, grant.renewed_from) == (0, 0, agreed.issued_at)
    assert (grant.issued_at, grant.until) == (receipt.timestamp, receipt.timestamp)
    assert (grant.keep_until, grant.notice_version) == (agreed.keep_until, 1)
    assert consent.kept_until(1, 1, PURPOSE) == receipt.timestamp


def test_withdraw__in_the_second_of_the_grant__ends_it(consent, terms, person, now, at):
    moment = now() + 100
    at(moment)
    consent.grant(terms(issued_at=moment), sender=person)
    at(moment)
    consent.withdraw(1, PURPOSE, sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw__never_given__is_written_down(consent, person, terms, wait):
    sent_before = terms()
    wait()
    receipt = consent.withdraw(1, PURPOSE, sender=person)

    assert receipt.events == [
        consent.ConsentWithdrawn(passport_id=1, company_id=1, purpose=PURPOSE)
    ]
    assert consent.status(1, 1, PURPOSE) == Status.WITHDRAWN
    assert consent.kept_until(1, 1, PURPOSE) == 0
    with ape.reverts("consent: issued before"):
        consent.grant(sent_before, sender=person)


def test_withdraw__one_purpose__leaves_the_others(consent, give, person, controller):
    consent.publish_notice(1, OTHER_PURPOSE, 0b11, NOTICE, sender=controller)
    give()
    give(purpose=OTHER_PURPOSE)
    consent.withdraw(1, PURPOSE, sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.allowed(1, 1, OTHER_PURPOSE, 0)


def test_withdraw__one_company__leaves_the_others(consent, give, rival, person):
    give()
    give(company_id=rival)
    consent.withdraw(1, PURPOSE, sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.allowed(1, rival, PURPOSE, 0)


def test_withdraw__by_another_person__takes_back_their_own(consent, give, other):
    give()
    receipt = consent.withdraw(1, PURPOSE, sender=other)
    assert receipt.events[0].passport_id == 2
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw__by_a_linked_wallet__is_the_persons(consent, give, person, link, newcomer):
    give()
    link(person, newcomer)
    consent.withdraw(1, PURPOSE, sender=newcomer)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw__again__gives_no_more_time(consent, withdrawn, person, wait):
    _, moment = withdrawn
    wait(DAY)
    receipt = consent.withdraw(1, PURPOSE, sender=person)
    assert consent.kept_until(1, 1, PURPOSE) == moment
    assert consent.grant_of(1, 1, PURPOSE).issued_at == receipt.timestamp


def test_withdraw__after_all_was__gives_no_more_time(consent, give, person, wait):
    """What a withdrawal of everything ended is not ended later by a withdrawal of it alone."""
    give()
    everything = consent.withdraw_all(sender=person)
    wait(DAY)
    consent.withdraw(1, PURPOSE, sender=person)
    assert consent.kept_until(1, 1, PURPOSE) == everything.timestamp


def test_withdraw__given_anew_since_all_was__ends_now(consent, give, person, wait):
    consent.withdraw_all(sender=person)
    give()
    wait(DAY)
    receipt = consent.withdraw(1, PURPOSE, sender=person)
    assert consent.kept_until(1, 1, PURPOSE) == receipt.timestamp


def test_withdraw__after_what_was_read_had_to_go__changes_nothing_of_that(
    consent, give, person, wait
):
    agreed = give()
    wait(90 * DAY)
    consent.withdraw(1, PURPOSE, sender=person)
    assert consent.kept_until(1, 1, PURPOSE) == agreed.keep_until


def test_withdraw__notice_ended_or_company_denied__is_done(consent, give, person, controller):
    give()
    consent.end_notice(1, PURPOSE, sender=controller)
    consent.deny_company(1, True, sender=person)
    consent.deny_purpose(PURPOSE, True, sender=person)
    consent.withdraw(1, PURPOSE, sender=person)
    assert consent.grant_of(1, 1, PURPOSE).categories == 0


def test_withdraw__by_nobody__reverts(consent, outsider):
    with ape.reverts("consent: no passport"):
        consent.withdraw(1, PURPOSE, sender=outsider)


def test_withdraw__unknown_purpose__reverts(consent, give, person, limits):
    give()
    for purpose in (limits.PURPOSES(), 2**256 - 1):
        with ape.reverts("consent: unknown purpose"):
            consent.withdraw(1, purpose, sender=person)


def test_withdraw__beyond_any_company__reverts(consent, give, person):
    give()
    for company_id in (2**64, 2**64 | 1, 2**250 | 1):
        with ape.reverts("consent: unknown company"):
            consent.withdraw(company_id, PURPOSE, sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)
