"""Consent's other views: who stands where, and nothing of anybody else's."""

import pytest

from .words import CATEGORIES, NOTICE, OTHER_PURPOSE, PURPOSE, ZERO, ZERO_HASH

BEYOND = (2**64 | 1, 2**186 | 1, 2**250 | 1, 2**256 - 1)
NO_GRANT = (0,) * 7


def test_passport__is_the_one_that_it_was_given(consent, passport):
    assert consent.passport() == passport


def test_domain__is_its_own(consent, chain):
    _, name, version, chain_id, contract, *_ = consent.eip712Domain()
    assert (name, version) == ("Cercle Consent", "1")
    assert (chain_id, contract) == (chain.chain_id, consent)
    assert consent.VERSION() == "1.0.0"


def test_grant_of__other_numbers__is_empty(consent, give, person):
    give()
    for number in (0, 2, *BEYOND):
        assert tuple(consent.grant_of(number, 1, PURPOSE)) == NO_GRANT
        assert tuple(consent.grant_of(1, number, PURPOSE)) == NO_GRANT
        assert tuple(consent.grant_of(1, 1, number)) == NO_GRANT
    assert tuple(consent.grant_of(1, 0, 64 | PURPOSE)) == NO_GRANT


def test_grant_of__past_its_end__still_says_what_was_given(consent, give, wait):
    agreed = give()
    wait(40 * 86_400)
    assert consent.grant_of(1, 1, PURPOSE).until == agreed.until


def test_ask_of__other_numbers__is_empty(consent, company, person, agent):
    consent.request_consent(1, 1, PURPOSE, 1, sender=agent)
    consent.refuse(1, PURPOSE, sender=person)
    assert 0 not in tuple(consent.ask_of(1, 1, PURPOSE))
    for number in (0, 2, *BEYOND):
        assert tuple(consent.ask_of(number, 1, PURPOSE)) == (0, 0)
        assert tuple(consent.ask_of(1, number, PURPOSE)) == (0, 0)
        assert tuple(consent.ask_of(1, 1, number)) == (0, 0)
    assert tuple(consent.ask_of(1, 0, 64 | PURPOSE)) == (0, 0)


def test_person_of__nobody__is_empty(consent, person):
    consent.withdraw_all(sender=person)
    for number in (0, 2, *BEYOND):
        assert tuple(consent.person_of(number)) == (0, 0, 0)


def test_is_company_denied__other_numbers__are_not(consent, person, company):
    consent.deny_company(1, True, sender=person)
    for number in (0, 2, *BEYOND):
        assert not consent.is_company_denied(number, 1)
        assert not consent.is_company_denied(1, number)
    assert consent.is_company_denied(1, 1)


def test_company_of__none__is_empty(consent, company):
    for number in (0, 2, *BEYOND):
        assert tuple(consent.company_of(number)) == (ZERO, ZERO, ZERO, ZERO_HASH, "")
        assert not consent.may_act(number, ZERO)


@pytest.mark.parametrize("who", ["controller", "agent"])
def test_may_act__of_the_company__for_it_alone(consent, company, rival, request, who):
    account = request.getfixturevalue(who)
    assert consent.may_act(1, account)
    for number in (0, rival, *BEYOND):
        assert not consent.may_act(number, account)


def test_may_act__candidate__not_yet(consent, company, controller, newcomer):
    consent.offer_controller(1, newcomer, sender=controller)
    assert not consent.may_act(1, newcomer)


def test_notice_of__other_numbers__is_empty(consent, company):
    assert consent.notice_of(1, PURPOSE).categories == CATEGORIES
    assert consent.notice_of(1, PURPOSE).content_hash == NOTICE
    nothing = (0, 0, 0, False, ZERO_HASH)
    for number in (0, 2, *BEYOND):
        assert tuple(consent.notice_of(number, PURPOSE)) == nothing
        assert tuple(consent.notice_of(1, number)) == nothing
    assert tuple(consent.notice_of(1, OTHER_PURPOSE)) == nothing
    assert tuple(consent.notice_of(0, 64 | PURPOSE)) == nothing
