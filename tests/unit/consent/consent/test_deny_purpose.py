"""`Consent.deny_purpose`: a purpose shut out with every company, until it is let in."""

import ape
import pytest

from .words import NOTICE, OTHER_PURPOSE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")


def test_deny_purpose__given__beats_every_grant_for_it(consent, give, rival, person, controller):
    consent.publish_notice(1, OTHER_PURPOSE, 0b11, NOTICE, sender=controller)
    give()
    give(company_id=rival)
    give(purpose=OTHER_PURPOSE)
    receipt = consent.deny_purpose(PURPOSE, True, sender=person)

    assert receipt.events == [consent.PurposeDenied(passport_id=1, purpose=PURPOSE, is_denied=True)]
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert not consent.allowed(1, rival, PURPOSE, 0)
    assert consent.allowed(1, 1, OTHER_PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.REFUSED
    assert consent.person_of(1).denied_purposes == 1 << PURPOSE


def test_deny_purpose__let_in_again__the_grant_counts(consent, give, person):
    give()
    consent.deny_purpose(PURPOSE, True, sender=person)
    receipt = consent.deny_purpose(PURPOSE, False, sender=person)

    assert receipt.events == [
        consent.PurposeDenied(passport_id=1, purpose=PURPOSE, is_denied=False)
    ]
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_deny_purpose__as_it_is__says_nothing(consent, person):
    assert consent.deny_purpose(PURPOSE, False, sender=person).events == []
    consent.deny_purpose(PURPOSE, True, sender=person)
    assert consent.deny_purpose(PURPOSE, True, sender=person).events == []
    assert consent.person_of(1).denied_purposes == 1 << PURPOSE


def test_deny_purpose__first_and_last__are_one_bit_each(consent, person):
    everything = consent.withdraw_all(sender=person)
    for purpose in (0, 63):
        consent.deny_purpose(purpose, True, sender=person)
    said = consent.person_of(1)
    assert said.denied_purposes == 1 << 63 | 1
    assert (said.withdrawn_at, said.denied_companies) == (everything.timestamp, 0)


def test_deny_purpose__by_one_person__leaves_the_others(consent, give, other, person):
    give(other)
    consent.deny_purpose(PURPOSE, True, sender=person)
    assert consent.allowed(2, 1, PURPOSE, 0)


def test_deny_purpose__while_it_holds__nobody_may_ask_for_it(consent, person, agent):
    consent.deny_purpose(PURPOSE, True, sender=person)
    with ape.reverts("consent: denied"):
        consent.request_consent(1, 1, PURPOSE, 1, sender=agent)


def test_deny_purpose__unknown_purpose__reverts(consent, person, limits):
    for purpose in (limits.PURPOSES(), 104, 2**256 - 1):
        with ape.reverts("consent: unknown purpose"):
            consent.deny_purpose(purpose, True, sender=person)


def test_deny_purpose__by_nobody__reverts(consent, outsider):
    with ape.reverts("consent: no passport"):
        consent.deny_purpose(PURPOSE, True, sender=outsider)
