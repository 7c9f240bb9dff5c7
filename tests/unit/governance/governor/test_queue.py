"""`Governor.queue`: what has succeeded waits for its act; and the states on the way."""

import ape
import pytest

from tests.drafts import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    CANCELED,
    DAY,
    DEFEATED,
    EXECUTED,
    FIRST,
    IN_FAVOUR,
    PENDING,
    QUEUED,
    SUCCEEDED,
)
from tests.refusals import nonexistent, unexpected_state


@pytest.fixture
def voted(governor, active, voters, chain):
    """Have so many vote, and let the vote end."""

    def _voted(*supports, draft=active):
        for voter, support in zip(voters, supports, strict=False):
            governor.castVote(draft.id, support, sender=voter)
        chain.mine(timestamp=governor.proposalDeadline(draft.id) + 1)
        return draft

    return _voted


def test_queue__succeeded__waits(governor, voted, outsider):
    draft = voted(IN_FAVOUR, IN_FAVOUR)
    assert governor.state(draft.id) == SUCCEEDED
    deadline = governor.proposalDeadline(draft.id)
    receipt = governor.queue(*draft.named, sender=outsider)

    eta = receipt.timestamp + FIRST[3]
    assert receipt.events == [governor.ProposalQueued(proposalId=draft.id, etaSeconds=eta)]
    assert receipt.return_value == draft.id
    assert governor.state(draft.id) == QUEUED
    assert governor.proposalEta(draft.id) == eta
    assert governor.proposalDeadline(draft.id) == deadline
    assert governor.quorum_of(draft.id) == 2
    assert governor.proposalNeedsQueuing(draft.id)


@pytest.mark.parametrize(
    ("supports", "state"),
    [
        ((), DEFEATED),
        ((IN_FAVOUR,), DEFEATED),
        ((AGAINST, AGAINST), DEFEATED),
        ((ABSTAIN, ABSTAIN, ABSTAIN), DEFEATED),
        ((IN_FAVOUR, AGAINST), DEFEATED),
        ((IN_FAVOUR, AGAINST, ABSTAIN), DEFEATED),
        ((IN_FAVOUR, ABSTAIN), SUCCEEDED),
        ((IN_FAVOUR, IN_FAVOUR), SUCCEEDED),
        ((IN_FAVOUR, IN_FAVOUR, AGAINST), SUCCEEDED),
        ((IN_FAVOUR, IN_FAVOUR, AGAINST, AGAINST, ABSTAIN), DEFEATED),
    ],
)
def test_state__after_the_vote__is_told_by_the_count(governor, voted, supports, state):
    assert governor.state(voted(*supports).id) == state


def test_state__members_leave_after_the_snapshot__the_quorum_stays(
    governor, membership, active, voted, voters, chain
):
    for voter in voters[2:]:
        membership.leave(sender=voter)
    chain.mine(deltatime=10)
    draft = voted(IN_FAVOUR)
    assert governor.quorum_of(draft.id) == 2
    assert governor.state(draft.id) == DEFEATED


@pytest.mark.parametrize("supports", [(), (IN_FAVOUR,), (AGAINST, AGAINST, IN_FAVOUR)])
def test_queue__defeated__reverts(governor, voted, outsider, supports):
    draft = voted(*supports)
    with ape.reverts(unexpected_state(draft.id, DEFEATED, SUCCEEDED)):
        governor.queue(*draft.named, sender=outsider)


def test_queue__before_the_vote_is_over__reverts(governor, active, voters, outsider, at):
    for voter in voters:
        governor.castVote(active.id, IN_FAVOUR, sender=voter)
    at(governor.proposalDeadline(active.id))
    with ape.reverts(unexpected_state(active.id, ACTIVE, SUCCEEDED)):
        governor.queue(*active.named, sender=outsider)
    governor.queue(*active.named, sender=outsider)


def test_queue__pending__reverts(governor, work, propose, outsider):
    propose(work)
    with ape.reverts(unexpected_state(work.id, PENDING, SUCCEEDED)):
        governor.queue(*work.named, sender=outsider)


def test_queue__twice__reverts(governor, work, carry_through, outsider):
    carry_through(work)
    eta = governor.proposalEta(work.id)
    with ape.reverts(unexpected_state(work.id, QUEUED, SUCCEEDED)):
        governor.queue(*work.named, sender=outsider)
    assert governor.proposalEta(work.id) == eta


def test_queue__executed__reverts(governor, work, decide, outsider):
    decide(work)
    with ape.reverts(unexpected_state(work.id, EXECUTED, SUCCEEDED)):
        governor.queue(*work.named, sender=outsider)


def test_queue__unknown__reverts(governor, work, outsider):
    with ape.reverts(nonexistent(work.id)):
        governor.queue(*work.named, sender=outsider)
    with ape.reverts(nonexistent(work.id)):
        governor.state.transact(work.id, sender=outsider)


def test_queue__canceled__reverts(governor, work, propose, voters, chain, outsider):
    propose(work)
    governor.cancel(*work.named, sender=voters[0])
    chain.mine(deltatime=9 * DAY)
    with ape.reverts(unexpected_state(work.id, CANCELED, SUCCEEDED)):
        governor.queue(*work.named, sender=outsider)


def test_state__long_after_the_eta__still_is_queued(governor, work, carry_through, chain):
    carry_through(work)
    chain.mine(deltatime=900 * DAY)
    assert governor.state(work.id) == QUEUED


def test_queue__terms_changed_since__are_those_of_the_proposal(
    governor, work, change_terms, voters, outsider, chain
):
    """Quorum, period and queue delay: by a change, two votes would be nothing."""
    change_terms(
        work, voting_period=90 * DAY, quorum=10_000, queue_delay=90 * DAY, late_extension=0
    )
    snapshot = governor.proposalSnapshot(work.id)
    for voter in voters[:2]:
        governor.castVote(work.id, IN_FAVOUR, sender=voter)
    assert governor.quorum_of(work.id) == 2
    assert governor.proposalDeadline(work.id) == snapshot + FIRST[1]
    chain.mine(timestamp=snapshot + FIRST[1] + 1)
    receipt = governor.queue(*work.named, sender=outsider)
    assert governor.proposalEta(work.id) == receipt.timestamp + FIRST[3]
    assert governor.quorum_of(work.id) == 2
    assert governor.proposalDeadline(work.id) == snapshot + FIRST[1]
    assert governor.quorum(snapshot) == 5
