"""`Consent.end_notice`: a company gives a purpose up, and no consent to it counts any more."""

import ape
import pytest

from .words import OTHER_PURPOSE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company")


def test_end_notice__in_force__invalidates_its_consents(
    consent, controller, give, person, terms, agent
):
    give()
    receipt = consent.end_notice(1, PURPOSE, sender=controller)

    assert receipt.events == [consent.NoticeEnded(company_id=1, purpose=PURPOSE, version=1)]
    notice = consent.notice_of(1, PURPOSE)
    assert (notice.version, notice.is_ended) == (1, True)
    assert not consent.allowed(1, 1, PURPOSE, 0)
    assert consent.status(1, 1, PURPOSE) == Status.INVALIDATED
    with ape.reverts("consent: no notice"):
        consent.grant(terms(), sender=person)
    with ape.reverts("consent: no notice"):
        consent.request_consent(1, 1, PURPOSE, 1, sender=agent)


def test_end_notice__consent_to_version_zero__is_none(consent, controller, person, terms):
    """The word of an ended notice holds no version: nobody may agree to that."""
    consent.end_notice(1, PURPOSE, sender=controller)
    with ape.reverts("consent: no notice"):
        consent.grant(terms(notice_version=0), sender=person)


def test_end_notice__of_a_purpose__leaves_the_others(consent, controller, give):
    consent.publish_notice(1, OTHER_PURPOSE, 0b11, b"\x01" * 32, sender=controller)
    give()
    consent.end_notice(1, OTHER_PURPOSE, sender=controller)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_end_notice__by_anybody_else__reverts(consent, agent, outsider):
    for stranger in (agent, outsider):
        with ape.reverts("companies: not the controller"):
            consent.end_notice(1, PURPOSE, sender=stranger)


def test_end_notice__none_or_ended__reverts(consent, controller):
    with ape.reverts("companies: no notice"):
        consent.end_notice(1, OTHER_PURPOSE, sender=controller)
    consent.end_notice(1, PURPOSE, sender=controller)
    with ape.reverts("companies: no notice"):
        consent.end_notice(1, PURPOSE, sender=controller)


def test_end_notice__unknown_purpose__reverts(consent, controller, limits):
    for purpose in (limits.PURPOSES(), 2**256 - 1):
        with ape.reverts("companies: unknown purpose"):
            consent.end_notice(1, purpose, sender=controller)


def test_end_notice__unknown_company__reverts(consent, controller):
    for company_id in (0, 2, 2**64 + 1):
        with ape.reverts("companies: not the controller"):
            consent.end_notice(company_id, PURPOSE, sender=controller)
