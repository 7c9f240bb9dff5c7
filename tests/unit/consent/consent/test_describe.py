"""`Consent.describe`: the controller changes the key, or where the company says who it is."""

import ape
import pytest
from eth_utils import keccak

from .words import KEY, URI, ZERO_HASH

pytestmark = pytest.mark.usefixtures("company")

OTHER = keccak(text="another key")


def test_describe__by_the_controller__is_what_counts(consent, controller, agent):
    receipt = consent.describe(1, OTHER, "ipfs://x", sender=controller)

    assert receipt.events == [
        consent.CompanyDescribed(company_id=1, hpke_key=OTHER, uri="ipfs://x")
    ]
    company = consent.company_of(1)
    assert (company.hpke_key, company.uri) == (OTHER, "ipfs://x")
    assert (company.controller, company.agent) == (controller, agent)


def test_describe__by_anybody_else__reverts(consent, agent, outsider):
    for stranger in (agent, outsider):
        with ape.reverts("companies: not the controller"):
            consent.describe(1, OTHER, URI, sender=stranger)
    assert consent.company_of(1).hpke_key == KEY


def test_describe__unknown_company__reverts(consent, controller):
    for company_id in (0, 2, 2**64 + 1, 2**256 - 1):
        with ape.reverts("companies: not the controller"):
            consent.describe(company_id, OTHER, URI, sender=controller)


def test_describe__no_key__reverts(consent, controller):
    with ape.reverts("companies: no key"):
        consent.describe(1, ZERO_HASH, URI, sender=controller)
