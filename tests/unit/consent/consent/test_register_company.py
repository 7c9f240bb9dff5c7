"""`Consent.register_company`: anybody takes the next number."""

import ape

from .words import KEY, URI, ZERO, ZERO_HASH


def test_register_company__first__takes_number_one(consent, controller):
    receipt = consent.register_company(KEY, URI, sender=controller)

    assert receipt.events == [
        consent.CompanyRegistered(company_id=1, controller=controller),
        consent.CompanyDescribed(company_id=1, hpke_key=KEY, uri=URI),
    ]
    assert receipt.return_value == 1
    assert consent.company_count() == 1
    company = consent.company_of(1)
    assert company.controller == controller
    assert (company.candidate, company.agent) == (ZERO, ZERO)
    assert (company.hpke_key, company.uri) == (KEY, URI)


def test_register_company__again__takes_the_next_number(consent, controller):
    consent.register_company(KEY, URI, sender=controller)
    receipt = consent.register_company(KEY, "", sender=controller)
    assert receipt.return_value == 2
    assert consent.company_count() == 2
    assert consent.company_of(2).uri == ""


def test_register_company__no_key__reverts(consent, controller):
    with ape.reverts("companies: no key"):
        consent.register_company(ZERO_HASH, URI, sender=controller)
    assert consent.company_count() == 0


def test_register_company__longest_address__is_kept_whole(consent, controller, limits):
    longest = "u" * limits.MAX_URI()
    consent.register_company(KEY, longest, sender=controller)
    assert consent.company_of(1).uri == longest
