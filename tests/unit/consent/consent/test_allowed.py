"""`Consent.allowed`, `open_for`, `access_of`: may this company see this, now, for this?"""

import pytest

from .words import NOTICE, OTHER_PURPOSE, PURPOSE, ZERO

pytestmark = pytest.mark.usefixtures("company", "person")

# Numbers that would share a place with 1, were they cut or shifted.
BEYOND = (2**64 | 1, 2**186 | 1, 2**250 | 1, 2**255 | 1, 2**256 - 1)


def test_allowed__given__for_each_category_given(consent, give):
    give(categories=0b1001)
    assert [consent.allowed(1, 1, PURPOSE, one) for one in range(5)] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_allowed__last_second__then_no_more(consent, give, chain):
    agreed = give()
    chain.pending_timestamp = agreed.until - 1
    chain.mine()
    assert consent.allowed(1, 1, PURPOSE, 0)
    chain.pending_timestamp = agreed.until
    chain.mine()
    assert not consent.allowed(1, 1, PURPOSE, 0)


def test_allowed__for_another_purpose__never(consent, give, controller):
    """The same company has a notice for both, and the person agreed to one of them."""
    consent.publish_notice(1, OTHER_PURPOSE, 0b1011, NOTICE, sender=controller)
    give(categories=0b1)
    give(purpose=OTHER_PURPOSE, categories=0b10)
    answers = {
        purpose: [category for category in range(64) if consent.allowed(1, 1, purpose, category)]
        for purpose in (PURPOSE, OTHER_PURPOSE)
    }
    assert answers == {PURPOSE: [0], OTHER_PURPOSE: [1]}


def test_allowed__for_another_company_or_person__never(consent, give, rival, other):
    give()
    assert not consent.allowed(1, rival, PURPOSE, 0)
    assert not consent.allowed(2, 1, PURPOSE, 0)
    assert not consent.allowed(0, 1, PURPOSE, 0)
    assert not consent.allowed(1, 0, PURPOSE, 0)


@pytest.mark.parametrize("number", BEYOND)
def test_allowed__numbers_that_come_round__are_nobodys(consent, give, number):
    give(categories=0b1011)
    assert not consent.allowed(number, 1, PURPOSE, 0)
    assert not consent.allowed(1, number, PURPOSE, 0)
    assert not consent.allowed(1, 1, number ^ 1 ^ PURPOSE, 0)
    assert not consent.allowed(1, 1, PURPOSE, number)


@pytest.mark.parametrize("category", [64, 67, 104, 184, 240, 255, 256, 2**256 - 1])
def test_allowed__beyond_the_categories__reads_nothing_else(consent, give, category):
    """Behind the categories lie times, whose bits are no permission."""
    give(reads=2**16 - 1)
    assert not consent.allowed(1, 1, PURPOSE, category)


@pytest.mark.parametrize("purpose", [64, 64 | PURPOSE, 2**64 | PURPOSE])
def test_allowed__beyond_the_purposes__is_no_other_companys(consent, give, purpose):
    """Purpose 67 of company 0 would lie where purpose 3 of company 1 does."""
    give()
    assert not consent.allowed(1, 0, purpose, 0)
    assert not consent.allowed(1, 1, purpose, 0)


# ---- the gate ------------------------------------------------------------------


def test_open_for__given__says_what_allowed_says(consent, give):
    give(categories=0b1001)
    for category in (0, 1, 3, 64):
        argument = 1 << 16 | PURPOSE << 8 | category
        assert consent.open_for(1, argument) == consent.allowed(1, 1, PURPOSE, category)
    assert consent.open_for(1, 1 << 16 | PURPOSE << 8)


def test_open_for__another_company_purpose_or_person__is_shut(consent, give):
    give()
    for argument in (
        *(2 << 16 | PURPOSE << 8, 1 << 16 | OTHER_PURPOSE << 8, 1 << 16 | 67 << 8),
        *((2**64 | 1) << 16 | PURPOSE << 8, 2**96 - 1, 0),
    ):
        assert not consent.open_for(1, argument)
    for passport_id in (0, 2, *BEYOND):
        assert not consent.open_for(passport_id, 1 << 16 | PURPOSE << 8)


# ---- in one call ---------------------------------------------------------------


def test_access_of__given__names_the_grant(consent, give, agent, controller, outsider):
    agreed = give()
    for account, may_act in ((agent, True), (controller, True), (outsider, False), (ZERO, False)):
        access = consent.access_of(1, 1, PURPOSE, 0, account)
        assert (access.may_act, access.is_allowed) == (may_act, True)
        assert (access.issued_at, access.reads) == (agreed.issued_at, 5)


def test_access_of__not_allowed__names_none(consent, give, agent, person):
    give()
    consent.deny_company(1, True, sender=person)
    access = consent.access_of(1, 1, PURPOSE, 0, agent)
    assert tuple(access) == (True, False, 0, 0)


def test_access_of__category_not_given__names_none(consent, give, agent):
    give(categories=0b1)
    assert tuple(consent.access_of(1, 1, PURPOSE, 1, agent)) == (True, False, 0, 0)


@pytest.mark.parametrize("number", BEYOND)
def test_access_of__numbers_that_come_round__are_nobodys(consent, give, agent, number):
    give()
    assert tuple(consent.access_of(number, 1, PURPOSE, 0, agent)) == (True, False, 0, 0)
    assert tuple(consent.access_of(1, number, PURPOSE, 0, agent)) == (False, False, 0, 0)
    assert not consent.access_of(1, 1, number, 0, agent).is_allowed
    assert not consent.access_of(1, 1, PURPOSE, number, agent).is_allowed
