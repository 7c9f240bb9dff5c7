"""`Consent.withdraw_all`: everything, from everybody, in one act."""

import ape
import pytest

from tests.conftest import DAY

from .words import NOTICE, OTHER_PURPOSE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")


def test_withdraw_all__several_grants__ends_each(consent, give, rival, person, controller):
    consent.publish_notice(1, OTHER_PURPOSE, 0b11, NOTICE, sender=controller)
    given = [(1, PURPOSE), (1, OTHER_PURPOSE), (rival, PURPOSE)]
    for company_id, purpose in given:
        give(company_id=company_id, purpose=purpose)
    assert all(consent.allowed(1, *one, 0) for one in given)
    receipt = consent.withdraw_all(sender=person)

    assert receipt.events == [consent.EverythingWithdrawn(passport_id=1)]
    assert not any(consent.allowed(1, *one, 0) for one in given)
    assert {consent.status(1, *one) for one in given} == {Status.WITHDRAWN}
    assert {consent.kept_until(1, *one) for one in given} == {receipt.timestamp}
    assert consent.person_of(1).withdrawn_at == receipt.timestamp


def test_withdraw_all__in_the_second_of_a_grant__ends_it(consent, terms, person, now, at):
    moment = now() + 100
    at(moment)
    consent.grant(terms(issued_at=moment), sender=person)
    at(moment)
    consent.withdraw_all(sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw_all__given_anew__counts_from_the_next_second_on(consent, terms, person, now, at):
    receipt = consent.withdraw_all(sender=person)
    at(receipt.timestamp + 10)
    consent.grant(terms(issued_at=receipt.timestamp), sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)
    consent.grant(terms(issued_at=receipt.timestamp + 1), sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.GIVEN  # nothing that it would renew


def test_withdraw_all__other_people__keep_theirs(consent, give, other, person):
    give(other)
    consent.withdraw_all(sender=person)
    assert consent.allowed(2, 1, PURPOSE, 0)
    assert consent.person_of(2).withdrawn_at == 0


def test_withdraw_all__denials__stay(consent, person):
    consent.deny_company(1, True, sender=person)
    consent.deny_purpose(PURPOSE, True, sender=person)
    consent.withdraw_all(sender=person)
    said = consent.person_of(1)
    assert (said.denied_purposes, said.denied_companies) == (1 << PURPOSE, 1)


def test_withdraw_all__again__is_the_later_one(consent, person, wait):
    consent.withdraw_all(sender=person)
    wait(DAY)
    receipt = consent.withdraw_all(sender=person)
    assert receipt.events == [consent.EverythingWithdrawn(passport_id=1)]
    assert consent.person_of(1).withdrawn_at == receipt.timestamp


def test_withdraw_all__by_a_linked_wallet__is_the_persons(consent, give, person, link, newcomer):
    give()
    link(person, newcomer)
    consent.withdraw_all(sender=newcomer)
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_withdraw_all__by_nobody__reverts(consent, outsider):
    with ape.reverts("consent: no passport"):
        consent.withdraw_all(sender=outsider)
