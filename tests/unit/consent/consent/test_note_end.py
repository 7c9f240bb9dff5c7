"""`Consent.note_end`: when everything was withdrawn is kept for one grant, by whoever wants."""

import ape
import pytest

from tests.conftest import DAY

from .words import OTHER_PURPOSE, PURPOSE, Status

pytestmark = pytest.mark.usefixtures("company", "person")


@pytest.fixture
def ended(consent, give, person, wait):
    """The second in which the person withdrew everything, a day ago."""
    give()
    moment = consent.withdraw_all(sender=person).timestamp
    wait(DAY)
    return moment


def test_note_end__by_anybody__keeps_the_first_end(consent, ended, person, outsider):
    receipt = consent.note_end(1, 1, PURPOSE, sender=outsider)

    assert receipt.events == [
        consent.EndNoted(passport_id=1, company_id=1, purpose=PURPOSE, ended_at=ended)
    ]
    grant = consent.grant_of(1, 1, PURPOSE)
    assert (grant.categories, grant.issued_at, grant.until) == (0, ended, ended)
    assert consent.status(1, 1, PURPOSE) == Status.WITHDRAWN
    consent.withdraw_all(sender=person)
    assert consent.kept_until(1, 1, PURPOSE) == ended


def test_note_end__changes_nothing_that_counts(consent, ended, outsider, terms, person, agent):
    before = consent.kept_until(1, 1, PURPOSE)
    consent.note_end(1, 1, PURPOSE, sender=outsider)
    assert consent.kept_until(1, 1, PURPOSE) == before
    assert not consent.allowed(1, 1, PURPOSE, 0)
    with ape.reverts("consent: refused lately"):
        consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    consent.grant(terms(), sender=person)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_note_end__twice__reverts(consent, ended, outsider):
    consent.note_end(1, 1, PURPOSE, sender=outsider)
    with ape.reverts("consent: not withdrawn"):
        consent.note_end(1, 1, PURPOSE, sender=outsider)


def test_note_end__in_the_second_of_the_grant__is_noted(consent, terms, person, now, at, outsider):
    moment = now() + 100
    at(moment)
    consent.grant(terms(issued_at=moment), sender=person)
    at(moment)
    consent.withdraw_all(sender=person)
    assert consent.note_end(1, 1, PURPOSE, sender=outsider).events == [
        consent.EndNoted(passport_id=1, company_id=1, purpose=PURPOSE, ended_at=moment)
    ]


def test_note_end__counts__reverts(consent, give, person, outsider):
    give()
    with ape.reverts("consent: not withdrawn"):
        consent.note_end(1, 1, PURPOSE, sender=outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_note_end__given_anew__reverts(consent, ended, give, outsider):
    give()
    with ape.reverts("consent: not withdrawn"):
        consent.note_end(1, 1, PURPOSE, sender=outsider)
    assert consent.allowed(1, 1, PURPOSE, 0)


def test_note_end__withdrawn_alone_or_never_given__reverts(consent, withdrawn, outsider):
    for purpose in (PURPOSE, OTHER_PURPOSE):
        with ape.reverts("consent: not withdrawn"):
            consent.note_end(1, 1, purpose, sender=outsider)


def test_note_end__number_that_comes_round__is_nobodys(consent, ended, outsider):
    """A shift drops what is above 256 bits: such a number would fall on passport 1."""
    for passport_id in (2**64 | 1, 2**186 | 1, 2**255 | 1):
        with ape.reverts("consent: not withdrawn"):
            consent.note_end(passport_id, 1, PURPOSE, sender=outsider)
    assert consent.grant_of(1, 1, PURPOSE).categories != 0


def test_note_end__unknown_purpose__reverts(consent, ended, outsider, limits):
    for purpose in (limits.PURPOSES(), 2**256 - 1):
        with ape.reverts("consent: unknown purpose"):
            consent.note_end(1, 1, purpose, sender=outsider)


def test_note_end__beyond_any_company__reverts(consent, ended, outsider):
    for company_id in (2**64 | 1, 2**250 | 1):
        with ape.reverts("consent: unknown company"):
            consent.note_end(1, company_id, PURPOSE, sender=outsider)
