"""Who makes the quorum late leaves everybody time to answer, once."""

import pytest

from tests.drafts import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    DAY,
    FIRST,
    IN_FAVOUR,
    SUCCEEDED,
    sign_until,
    vote_cast,
)

EXTENSION = FIRST[2]


@pytest.fixture
def due(governor, active):
    """When the vote ends, as it was made."""
    return governor.proposalDeadline(active.id)


def extended(governor, draft, deadline):
    return governor.ProposalExtended(proposalId=draft.id, extendedDeadline=deadline)


@pytest.mark.parametrize("support", [IN_FAVOUR, ABSTAIN])
def test_cast_vote__quorum_late__extends(governor, active, voters, due, at, support):
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    at(due)
    receipt = governor.castVote(active.id, support, sender=voters[1])

    assert receipt.events == [
        vote_cast(governor, voters[1], active, support),
        extended(governor, active, due + EXTENSION),
    ]
    assert governor.proposalDeadline(active.id) == due + EXTENSION
    assert governor.state(active.id) == ACTIVE
    assert list(governor.proposalVotes(active.id)) == [0, 1 + support % 2, support // 2]


def test_cast_vote__quorum_early__extends_nothing(governor, active, voters, due, at):
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    at(due - EXTENSION)
    receipt = governor.castVote(active.id, IN_FAVOUR, sender=voters[1])
    assert receipt.events == [vote_cast(governor, voters[1], active, IN_FAVOUR)]
    assert governor.proposalDeadline(active.id) == due


def test_cast_vote__quorum_a_second_later__extends_by_a_second(governor, active, voters, due, at):
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    at(due - EXTENSION + 1)
    receipt = governor.castVote(active.id, IN_FAVOUR, sender=voters[1])
    assert receipt.events[1:] == [extended(governor, active, due + 1)]


def test_cast_vote__against__makes_no_quorum(governor, active, voters, due, at):
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    at(due)
    receipt = governor.castVote(active.id, AGAINST, sender=voters[1])
    assert receipt.events == [vote_cast(governor, voters[1], active, AGAINST)]
    assert governor.proposalDeadline(active.id) == due


def test_cast_vote__past_the_quorum__extends_no_more(governor, active, voters, due, at):
    for voter in voters[:2]:
        governor.castVote(active.id, IN_FAVOUR, sender=voter)
    at(due)
    receipt = governor.castVote(active.id, IN_FAVOUR, sender=voters[2])
    assert receipt.events == [vote_cast(governor, voters[2], active, IN_FAVOUR)]
    assert governor.proposalDeadline(active.id) == due


def test_cast_vote__in_the_extension__extends_no_more(governor, active, voters, due, at, chain):
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    at(due)
    governor.castVote(active.id, IN_FAVOUR, sender=voters[1])
    at(due + EXTENSION)
    receipt = governor.castVote(active.id, IN_FAVOUR, sender=voters[2])
    assert receipt.events == [vote_cast(governor, voters[2], active, IN_FAVOUR)]
    chain.mine(timestamp=due + EXTENSION + 1)
    assert governor.state(active.id) == SUCCEEDED


def test_cast_votes_by_signatures__quorum_late__extends_once(
    governor, active, voters, outsider, due, at
):
    ballots = [sign_until(governor, active, who, IN_FAVOUR, due + DAY) for who in voters[:3]]
    at(due)
    receipt = governor.cast_votes_by_signatures(active.id, ballots, sender=outsider)
    assert receipt.events == [
        *(vote_cast(governor, who, active, IN_FAVOUR) for who in voters[:3]),
        extended(governor, active, due + EXTENSION),
    ]
    assert list(governor.proposalVotes(active.id)) == [0, 3, 0]
    assert governor.proposalDeadline(active.id) == due + EXTENSION


def test_cast_vote__terms_changed_since__extends_by_those_of_the_proposal(
    governor, work, change_terms, voters, at
):
    change_terms(work, late_extension=10)
    due = governor.proposalDeadline(work.id)
    governor.castVote(work.id, IN_FAVOUR, sender=voters[0])
    at(due)
    receipt = governor.castVote(work.id, IN_FAVOUR, sender=voters[1])
    assert receipt.events[1:] == [extended(governor, work, due + EXTENSION)]
