"""`Consent.offer_controller`, `accept_controller`: a company changes hands in two steps."""

import ape
import pytest

from .words import ZERO

pytestmark = pytest.mark.usefixtures("company")


def test_offer_controller__to_somebody__changes_nothing_yet(consent, controller, agent, outsider):
    receipt = consent.offer_controller(1, outsider, sender=controller)

    assert receipt.events == [consent.ControllerOffered(company_id=1, candidate=outsider)]
    company = consent.company_of(1)
    assert (company.controller, company.candidate, company.agent) == (controller, outsider, agent)
    assert not consent.may_act(1, outsider)


def test_offer_controller__withdrawn__cannot_be_accepted(consent, controller, outsider):
    consent.offer_controller(1, outsider, sender=controller)
    receipt = consent.offer_controller(1, ZERO, sender=controller)

    assert receipt.events == [consent.ControllerOffered(company_id=1, candidate=ZERO)]
    with ape.reverts("companies: not the candidate"):
        consent.accept_controller(1, sender=outsider)


def test_offer_controller__to_another__the_earlier_offer_lapses(
    consent, controller, agent, outsider
):
    consent.offer_controller(1, outsider, sender=controller)
    consent.offer_controller(1, agent, sender=controller)
    with ape.reverts("companies: not the candidate"):
        consent.accept_controller(1, sender=outsider)


def test_offer_controller__by_anybody_else__reverts(consent, agent, outsider):
    for stranger in (agent, outsider):
        with ape.reverts("companies: not the controller"):
            consent.offer_controller(1, stranger, sender=stranger)


def test_accept_controller__by_the_candidate__former_ones_are_out(
    consent, controller, agent, outsider
):
    consent.offer_controller(1, outsider, sender=controller)
    receipt = consent.accept_controller(1, sender=outsider)

    assert receipt.events == [
        consent.ControllerChanged(company_id=1, old_controller=controller, new_controller=outsider),
        consent.AgentSet(company_id=1, old_agent=agent, new_agent=ZERO),
    ]
    company = consent.company_of(1)
    assert (company.controller, company.candidate, company.agent) == (outsider, ZERO, ZERO)
    assert [consent.may_act(1, who) for who in (controller, agent, outsider)] == [
        False,
        False,
        True,
    ]
    with ape.reverts("companies: not the controller"):
        consent.set_agent(1, controller, sender=controller)


def test_accept_controller__no_agent__says_nothing_of_one(consent, controller, outsider):
    consent.set_agent(1, ZERO, sender=controller)
    consent.offer_controller(1, outsider, sender=controller)
    receipt = consent.accept_controller(1, sender=outsider)

    assert receipt.events == [
        consent.ControllerChanged(company_id=1, old_controller=controller, new_controller=outsider)
    ]


def test_accept_controller__twice__reverts(consent, controller, outsider):
    consent.offer_controller(1, outsider, sender=controller)
    consent.accept_controller(1, sender=outsider)
    with ape.reverts("companies: not the candidate"):
        consent.accept_controller(1, sender=outsider)


def test_accept_controller__not_offered__reverts(consent, controller, outsider):
    for company_id in (0, 1, 2, 2**64 + 1):
        for stranger in (controller, outsider):
            with ape.reverts("companies: not the candidate"):
                consent.accept_controller(company_id, sender=stranger)
