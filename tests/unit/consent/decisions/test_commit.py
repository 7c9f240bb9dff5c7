"""`Decisions.commit`: a company commits to its reasons before it tells the outcome."""

import ape
import pytest

from tests.consents import ZERO_HASH

from .states import State


def test_commit__by_the_agent__is_kept(decisions, company, person, commitment, agent, now):
    receipt = decisions.commit(1, 1, commitment(), sender=agent)

    assert receipt.events == [
        decisions.DecisionCommitted(
            decision_id=1, company_id=1, passport_id=1, commitment=commitment()
        )
    ]
    assert receipt.return_value == 1
    assert tuple(decisions.decision_of(1)) == (1, 1, commitment(), now(), 0, 0)
    assert decisions.state(1) == State.COMMITTED


def test_commit__by_the_controller__counts_on(
    decisions, company, person, other, commitment, agent, controller
):
    decisions.commit(1, 1, commitment(), sender=agent)
    receipt = decisions.commit(1, 2, commitment(passport_id=2), sender=controller)
    assert receipt.return_value == decisions.decision_count() == 2
    assert decisions.decision_of(2).passport_id == 2
    assert decisions.decision_of(1).passport_id == 1


def test_commit__by_another__reverts(decisions, company, rival, person, commitment, outsider):
    for sender in (outsider, person):
        with ape.reverts("decisions: not the company"):
            decisions.commit(1, 1, commitment(), sender=sender)


@pytest.mark.parametrize("company_id", [0, 2, 1 + 2**64, 2**256 - 1])
def test_commit__unknown_company__reverts(
    decisions, company, person, commitment, agent, company_id
):
    with ape.reverts("decisions: not the company"):
        decisions.commit(company_id, 1, commitment(), sender=agent)


@pytest.mark.parametrize("passport_id", [0, 2, 1 + 2**64, 2**256 - 1])
def test_commit__unknown_person__reverts(
    decisions, company, person, commitment, agent, passport_id
):
    with ape.reverts("decisions: no passport"):
        decisions.commit(1, passport_id, commitment(), sender=agent)


def test_commit__to_nothing__reverts(decisions, company, person, agent):
    with ape.reverts("commit_open: no commitment"):
        decisions.commit(1, 1, ZERO_HASH, sender=agent)
