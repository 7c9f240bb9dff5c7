"""`Consent.refuse`: a person says no, and is left alone; what they gave stays."""

import ape
import pytest

from .words import OTHER_PURPOSE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")


def test_refuse__asked__is_written_down(consent, agent, person):
    asked = consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    receipt = consent.refuse(1, PURPOSE, sender=person)

    assert receipt.events == [consent.ConsentRefused(passport_id=1, company_id=1, purpose=PURPOSE)]
    ask = consent.ask_of(1, 1, PURPOSE)
    assert (ask.asked_at, ask.refused_at) == (asked.timestamp, receipt.timestamp)
    assert consent.status(1, 1, PURPOSE) == Status.REFUSED


def test_refuse__not_asked__holds_all_the_same(consent, agent, person):
    consent.refuse(1, PURPOSE, sender=person)
    assert consent.status(1, 1, PURPOSE) == Status.REFUSED
    with ape.reverts("consent: refused lately"):
        consent.request_consent(1, 1, PURPOSE, 1, sender=agent)


def test_refuse__a_grant_counts__leaves_it(consent, give, person):
    give()
    consent.refuse(1, PURPOSE, sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.GIVEN


def test_refuse__one_purpose__leaves_the_others_and_other_people(
    consent, person, other, agent, controller
):
    consent.publish_notice(1, OTHER_PURPOSE, 1, b"\x01" * 32, sender=controller)
    consent.refuse(1, PURPOSE, sender=person)
    consent.request_consent(1, 1, OTHER_PURPOSE, 1, sender=agent)
    consent.request_consent(2, 1, PURPOSE, 1, sender=agent)
    assert consent.ask_of(1, 1, OTHER_PURPOSE).refused_at == 0
    assert consent.ask_of(2, 1, PURPOSE).refused_at == 0


def test_refuse__by_nobody__reverts(consent, outsider):
    with ape.reverts("consent: no passport"):
        consent.refuse(1, PURPOSE, sender=outsider)


def test_refuse__unknown_purpose__reverts(consent, person, limits):
    for purpose in (limits.PURPOSES(), 2**256 - 1):
        with ape.reverts("consent: unknown purpose"):
            consent.refuse(1, purpose, sender=person)


def test_refuse__beyond_any_company__reverts(consent, person):
    for company_id in (2**64, 2**64 | 1, 2**256 - 1):
        with ape.reverts("consent: unknown company"):
            consent.refuse(company_id, PURPOSE, sender=person)
