"""`Governor.veto`: the warden stops what its class allows, says why, until the office ends."""

import ape
import pytest

from tests.drafts import CANCELED, DEFEATED, EXECUTED, PAYING, PENDING, QUEUED, SUCCEEDED
from tests.refusals import nonexistent, unexpected_state

STOPPABLE = (PENDING, 1, SUCCEEDED, QUEUED)


@pytest.fixture
def paying(payment):
    """A proposal of a class that allows a veto."""
    return payment(5)


def vetoed(governor, draft, warden, reason="It pays the wrong one."):
    return [
        governor.ProposalCanceled(proposalId=draft.id),
        governor.ProposalVetoed(proposal_id=draft.id, warden=warden, reason=reason),
    ]


def test_veto__pending__is_canceled(governor, paying, propose, warden):
    propose(paying, 2)
    receipt = governor.veto(paying.id, "It pays the wrong one.", sender=warden)
    assert receipt.events == vetoed(governor, paying, warden)
    assert governor.state(paying.id) == CANCELED


def test_veto__active__is_canceled(governor, paying, open_vote, warden, voters):
    open_vote(paying, 2)
    governor.castVote(paying.id, 1, sender=voters[0])
    governor.veto(paying.id, "Why", sender=warden)
    assert governor.state(paying.id) == CANCELED


def test_veto__succeeded__is_canceled(governor, paying, open_vote, warden, voters, chain):
    open_vote(paying, 2)
    for voter in voters:
        governor.castVote(paying.id, 1, sender=voter)
    chain.mine(timestamp=governor.proposalDeadline(paying.id) + 1)
    governor.veto(paying.id, "Why", sender=warden)
    assert governor.state(paying.id) == CANCELED


def test_veto__due__never_acts(governor, paying, token, carry_through, warden, outsider):
    carry_through(paying, 2)
    governor.veto(paying.id, "Why", sender=warden)
    with ape.reverts(unexpected_state(paying.id, CANCELED, QUEUED)):
        governor.execute(*paying.named, sender=outsider)
    assert token.balanceOf(outsider) == 0


def test_veto__defeated__reverts(governor, paying, open_vote, warden, chain):
    open_vote(paying, 2)
    chain.mine(timestamp=governor.proposalDeadline(paying.id) + 1)
    with ape.reverts(unexpected_state(paying.id, DEFEATED, *STOPPABLE)):
        governor.veto(paying.id, "Why", sender=warden)


def test_veto__executed__reverts(governor, paying, decide, warden):
    decide(paying, 2)
    with ape.reverts(unexpected_state(paying.id, EXECUTED, *STOPPABLE)):
        governor.veto(paying.id, "Why", sender=warden)


def test_veto__twice__reverts(governor, paying, propose, warden):
    propose(paying, 2)
    governor.veto(paying.id, "Why", sender=warden)
    with ape.reverts(unexpected_state(paying.id, CANCELED, *STOPPABLE)):
        governor.veto(paying.id, "Why", sender=warden)


def test_veto__unknown__reverts(governor, warden):
    with ape.reverts(nonexistent(5)):
        governor.veto(5, "Why", sender=warden)


def test_veto__first_class__reverts(governor, work, propose, warden):
    propose(work)
    with ape.reverts("guard: class without veto"):
        governor.veto(work.id, "Why", sender=warden)


@pytest.mark.parametrize("who", ["admin", "steward", "outsider"])
def test_veto__by_another__reverts(governor, paying, propose, request, who):
    propose(paying, 2)
    with ape.reverts("guard: not a warden"):
        governor.veto(paying.id, "Why", sender=request.getfixturevalue(who))


def test_veto__without_a_reason__reverts(governor, paying, propose, warden):
    propose(paying, 2)
    with ape.reverts("governor: no reason"):
        governor.veto(paying.id, "", sender=warden)


def test_veto__last_second_of_the_office__is_taken(
    governor, charter, paying, carry_through, warden, at
):
    carry_through(paying, 2)
    at(charter.warden_until() - 1)
    governor.veto(paying.id, "Why", sender=warden)


def test_veto__office_ended__reverts(governor, charter, paying, carry_through, warden, at):
    carry_through(paying, 2)
    at(charter.warden_until())
    with ape.reverts("guard: office ended"):
        governor.veto(paying.id, "Why", sender=warden)
    assert governor.state(paying.id) == QUEUED


def test_veto__class_changed_since__is_as_it_was(governor, paying, change_terms, warden):
    change_terms(paying, 2, PAYING, is_vetoable=False)
    governor.veto(paying.id, "Why", sender=warden)
    assert governor.state(paying.id) == CANCELED
