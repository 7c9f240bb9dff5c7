"""`Governor.cast_votes_by_signatures`: many ballots in one call, each as if it came alone."""

import ape
import pytest

from tests.drafts import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    IN_FAVOUR,
    PENDING,
    own_nonce,
    sign_ballot,
    sign_until,
    vote_cast,
)
from tests.refusals import nonexistent, refusal, unexpected_state


def test_cast_votes_by_signatures__everybody__is_counted(governor, active, voters, outsider, until):
    supports = [IN_FAVOUR, AGAINST, ABSTAIN, IN_FAVOUR, AGAINST]
    ballots = [
        sign_until(governor, active, voter, support, until)
        for voter, support in zip(voters, supports, strict=True)
    ]
    receipt = governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)

    assert receipt.events == [
        vote_cast(governor, voter, active, support)
        for voter, support in zip(voters, supports, strict=True)
    ]
    assert receipt.return_value == 0b11111
    assert list(governor.proposalVotes(active.id)) == [2, 2, 1]
    assert all(governor.hasVoted(active.id, voter) for voter in voters)


def test_cast_votes_by_signatures__delegated_votes__weigh_as_much(
    governor, electorate, work, open_vote, voters, outsider, until
):
    electorate.invoke_transaction("delegate", voters[0], sender=voters[1])
    open_vote(work)
    ballots = [sign_until(governor, work, voters[0], IN_FAVOUR, until + 10 * 86_400)]
    receipt = governor.cast_votes_by_signatures(work.id, ballots, sender=outsider)
    assert receipt.events == [vote_cast(governor, voters[0], work, IN_FAVOUR, 2)]


def test_cast_votes_by_signatures__after_others__adds(governor, active, voters, outsider, until):
    governor.castVote(active.id, AGAINST, sender=voters[0])
    for voter in voters[1:3]:
        ballots = [sign_until(governor, active, voter, IN_FAVOUR, until)]
        governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
    governor.castVote(active.id, ABSTAIN, sender=voters[3])
    assert list(governor.proposalVotes(active.id)) == [1, 2, 1]


def test_cast_votes_by_signatures__then_alone__reverts(governor, active, voters, outsider, until):
    ballots = [sign_until(governor, active, voters[0], IN_FAVOUR, until)]
    governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
    has_voted = refusal("GovernorAlreadyCastVote(address)", str(voters[0]))
    with ape.reverts(has_voted):
        governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    signature = sign_ballot(governor, active, voters[0], IN_FAVOUR, own_nonce(active))
    with ape.reverts(has_voted):
        governor.castVoteBySig(active.id, IN_FAVOUR, voters[0], signature, sender=outsider)


def test_cast_votes_by_signatures__last_second__is_taken(
    governor, active, voters, outsider, until, at
):
    ballots = [sign_until(governor, active, voters[0], IN_FAVOUR, until)]
    at(governor.proposalDeadline(active.id))
    receipt = governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
    assert receipt.return_value == 1


def test_cast_votes_by_signatures__none__reverts(governor, active, outsider):
    with ape.reverts("governor: no ballots"):
        governor.cast_votes_by_signatures(active.id, [], sender=outsider)


def test_cast_votes_by_signatures__unknown_proposal__reverts(
    governor, active, voters, outsider, until
):
    ballots = [sign_until(governor, active, voters[0], IN_FAVOUR, until)]
    with ape.reverts(nonexistent(1)):
        governor.cast_votes_by_signatures(1, ballots, sender=outsider)


def test_cast_votes_by_signatures__pending__reverts(
    governor, work, propose, voters, outsider, until
):
    propose(work)
    ballots = [sign_until(governor, work, voters[0], IN_FAVOUR, until)]
    with ape.reverts(unexpected_state(work.id, PENDING, ACTIVE)):
        governor.cast_votes_by_signatures(work.id, ballots, sender=outsider)


@pytest.mark.parametrize("late", [1, 10**6])
def test_cast_votes_by_signatures__too_late__reverts(
    governor, active, voters, outsider, until, at, late
):
    ballots = [sign_until(governor, active, voters[0], IN_FAVOUR, until)]
    at(governor.proposalDeadline(active.id) + late)
    with ape.reverts(unexpected_state(active.id, 3, ACTIVE)):
        governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
