"""`Consent.set_agent`: one account besides the controller, which the controller names."""

import ape
import pytest

from .words import PURPOSE, ZERO

pytestmark = pytest.mark.usefixtures("company")


def test_set_agent__another__the_former_one_is_out(consent, controller, agent, outsider):
    receipt = consent.set_agent(1, outsider, sender=controller)

    assert receipt.events == [consent.AgentSet(company_id=1, old_agent=agent, new_agent=outsider)]
    assert consent.company_of(1).agent == outsider
    assert consent.may_act(1, outsider)
    assert not consent.may_act(1, agent)


def test_set_agent__none__leaves_the_controller(consent, controller, agent):
    receipt = consent.set_agent(1, ZERO, sender=controller)

    assert receipt.events == [consent.AgentSet(company_id=1, old_agent=agent, new_agent=ZERO)]
    assert not consent.may_act(1, agent)
    assert not consent.may_act(1, ZERO)
    assert consent.may_act(1, controller)


def test_set_agent__former_agent__can_ask_no_more(consent, controller, agent, person):
    consent.set_agent(1, ZERO, sender=controller)
    with ape.reverts("companies: not the company"):
        consent.request_consent(1, 1, PURPOSE, 1, sender=agent)


def test_set_agent__by_anybody_else__reverts(consent, agent, outsider):
    for stranger in (agent, outsider):
        with ape.reverts("companies: not the controller"):
            consent.set_agent(1, stranger, sender=stranger)


def test_set_agent__unknown_company__reverts(consent, controller):
    for company_id in (0, 2, 2**64 + 1):
        with ape.reverts("companies: not the controller"):
            consent.set_agent(company_id, controller, sender=controller)
