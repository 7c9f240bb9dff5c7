"""`Consent.deny_company`: a company shut out, whatever it was given, until it is let in."""

import ape
import pytest

from .words import PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")


def test_deny_company__given__beats_the_grant(consent, give, person):
    give()
    receipt = consent.deny_company(1, True, sender=person)

    assert receipt.events == [consent.CompanyDenied(passport_id=1, company_id=1, is_denied=True)]
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.REFUSED
    assert consent.is_company_denied(1, 1)
    assert consent.person_of(1).denied_companies == 1


def test_deny_company__let_in_again__the_grant_counts(consent, give, person):
    give()
    consent.deny_company(1, True, sender=person)
    receipt = consent.deny_company(1, False, sender=person)

    assert receipt.events == [consent.CompanyDenied(passport_id=1, company_id=1, is_denied=False)]
    assert consent.allowed(1, 1, PURPOSE, 0)
    assert not consent.is_company_denied(1, 1)
    assert consent.person_of(1).denied_companies == 0


def test_deny_company__as_it_is__says_nothing(consent, person):
    assert consent.deny_company(1, False, sender=person).events == []
    consent.deny_company(1, True, sender=person)
    assert consent.deny_company(1, True, sender=person).events == []
    assert consent.person_of(1).denied_companies == 1


def test_deny_company__one_of_several__leaves_the_others(consent, give, rival, person):
    give()
    give(company_id=rival)
    consent.deny_company(rival, True, sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)
    assert not consent.allowed(1, rival, PURPOSE, 0)
    consent.deny_company(1, True, sender=person)
    consent.deny_company(rival, False, sender=person)
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.allowed(1, rival, PURPOSE, 0)


def test_deny_company__by_one_person__leaves_the_others(consent, give, other, person):
    give(other)
    consent.deny_company(1, True, sender=person)
    assert consent.allowed(2, 1, PURPOSE, 0)


def test_deny_company__while_it_holds__may_not_ask(consent, person, agent):
    consent.deny_company(1, True, sender=person)
    with ape.reverts("consent: denied"):
        consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    consent.deny_company(1, False, sender=person)
    consent.request_consent(1, 1, PURPOSE, 1, sender=agent)


def test_deny_company__any_number__is_no_other_companys(consent, give, person):
    give()
    for number in (0, 2**64, 2**64 | 1, 2**256 - 1):
        consent.deny_company(number, True, sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)
    assert consent.person_of(1).denied_companies == 4


def test_deny_company__keeps_the_rest_of_the_person(consent, person):
    consent.deny_purpose(63, True, sender=person)
    everything = consent.withdraw_all(sender=person)
    consent.deny_company(1, True, sender=person)
    consent.deny_company(1, False, sender=person)
    said = consent.person_of(1)
    assert (said.withdrawn_at, said.denied_purposes) == (everything.timestamp, 1 << 63)


def test_deny_company__by_nobody__reverts(consent, outsider):
    with ape.reverts("consent: no passport"):
        consent.deny_company(1, True, sender=outsider)
