"""`Decisions.demand`: a person demands the reasons, within a year, once."""

import ape
import pytest
from eth_utils import keccak

from tests.behaviours.signed_act import SignedActBehaviour

from .states import State

DEMAND = "Demand(address wallet,uint256 decision_id,uint256 deadline)"


def test_demand__committed__is_due_in_thirty_days(decisions, committed, person, limits, now):
    receipt = decisions.demand(1, sender=person)

    due_at = now() + limits.OPENING_TIME()
    assert receipt.events == [
        decisions.OpeningDemanded(decision_id=1, company_id=1, passport_id=1, due_at=due_at)
    ]
    assert decisions.state(1) == State.DEMANDED
    assert decisions.decision_of(1).demanded_at == now()


def test_demand__from_a_linked_wallet__counts(decisions, committed, person, link, newcomer):
    link(person, newcomer)
    decisions.demand(1, sender=newcomer)
    assert decisions.state(1) == State.DEMANDED


def test_demand__last_second_of_the_year__counts(decisions, committed, person, limits, at):
    at(committed + limits.DEMAND_WINDOW())
    decisions.demand(1, sender=person)
    assert decisions.state(1) == State.DEMANDED


def test_demand__a_second_later__reverts(decisions, committed, person, limits, at):
    at(committed + limits.DEMAND_WINDOW() + 1)
    with ape.reverts("commit_open: too late"):
        decisions.demand(1, sender=person)
    assert decisions.state(1) == State.UNASKED


def test_demand__twice__reverts(decisions, demanded, person):
    with ape.reverts("commit_open: not to demand"):
        decisions.demand(1, sender=person)


def test_demand__opened_or_silent__reverts(decisions, silent, opened, person):
    with ape.reverts("commit_open: not to demand"):
        decisions.demand(1, sender=person)
    opened()
    with ape.reverts("commit_open: not to demand"):
        decisions.demand(1, sender=person)


def test_demand__about_another__reverts(decisions, committed, other):
    with ape.reverts("decisions: not about you"):
        decisions.demand(1, sender=other)


@pytest.mark.parametrize("decision_id", [0, 2, 2**256 - 1])
def test_demand__no_decision__reverts(decisions, committed, person, decision_id):
    with ape.reverts("decisions: not about you"):
        decisions.demand(decision_id, sender=person)


def test_demand__without_a_passport__reverts(decisions, committed, outsider):
    for decision_id in (0, 1):
        with ape.reverts("decisions: no passport"):
            decisions.demand(decision_id, sender=outsider)


# ---- by signature ----------------------------------------------------------------------


class TestDemand(SignedActBehaviour):
    ZERO = "signatures: zero signer"
    REPLAYED = "commit_open: not to demand"

    @pytest.fixture
    def about(self, decisions, company, commitment, passport, agent, act_of):
        def _about(wallet, keys=None):
            passport_id = passport.id_of(wallet)
            decisions.commit(1, passport_id, commitment(), sender=agent)
            words = {"decision_id": decisions.decision_count()}
            return act_of(decisions, "demand_by_signature", DEMAND, wallet, keys, **words)

        return _about

    @pytest.fixture
    def act(self, about, person):
        return about(person)

    @pytest.fixture
    def act_of_a_contract(self, about, joint_person):
        return about(*joint_person)

    @pytest.fixture
    def is_done(self, decisions):
        return lambda act: decisions.state(act.message["decision_id"]) == State.DEMANDED

    @pytest.fixture
    def question(self, decisions):
        return lambda act: decisions.state.encode_input(act.message["decision_id"])

    def test_signed__without_a_passport__reverts(self, act, newcomer, carrier):
        act.message["wallet"] = newcomer.address
        act.keys[:] = [newcomer]
        with ape.reverts("decisions: no passport"):
            act.carry(carrier)

    def test_signed__about_another__reverts(self, act, other, carrier):
        act.message["wallet"] = other.address
        act.keys[:] = [other]
        with ape.reverts("decisions: not about you"):
            act.carry(carrier)


def test_type_hash__as_told__is_the_contracts(decisions):
    assert bytes(decisions.DEMAND_TYPE_HASH()) == keccak(text=DEMAND)
