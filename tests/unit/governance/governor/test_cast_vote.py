"""`Governor.castVote` and with a reason: one person, one ballot, and when."""

import ape
import pytest

from tests.drafts import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    CANCELED,
    DAY,
    DEFEATED,
    IN_FAVOUR,
    PENDING,
    vote_cast,
)
from tests.refusals import nonexistent, refusal, unexpected_state


@pytest.mark.parametrize("support", [AGAINST, IN_FAVOUR, ABSTAIN])
def test_cast_vote__first__counts(governor, active, voters, support):
    receipt = governor.castVote(active.id, support, sender=voters[0])

    assert receipt.events == [vote_cast(governor, voters[0], active, support)]
    assert list(governor.proposalVotes(active.id)) == [int(support == n) for n in range(3)]
    assert governor.hasVoted(active.id, voters[0])
    assert not governor.hasVoted(active.id, voters[1])
    assert governor.state(active.id) == ACTIVE
    assert receipt.return_value == 1


def test_cast_vote__with_a_reason__is_told(governor, active, voters):
    receipt = governor.castVoteWithReason(active.id, ABSTAIN, "Pas sûr.", sender=voters[0])
    assert receipt.events == [
        vote_cast(governor, voters[0], active, ABSTAIN, reason="Pas sûr."),
    ]
    assert receipt.return_value == 1


def test_cast_vote__with_params__are_told_and_change_nothing(governor, active, voters):
    receipt = governor.castVoteWithReasonAndParams(
        active.id, IN_FAVOUR, "Why not", b"\x01\x02", sender=voters[0]
    )
    assert receipt.events == [
        governor.VoteCastWithParams(
            voter=voters[0],
            proposalId=active.id,
            support=IN_FAVOUR,
            weight=1,
            reason="Why not",
            params=b"\x01\x02",
        )
    ]
    assert list(governor.proposalVotes(active.id)) == [0, 1, 0]


def test_cast_vote__empty_params__are_an_ordinary_vote(governor, active, voters):
    receipt = governor.castVoteWithReasonAndParams(active.id, AGAINST, "No", b"", sender=voters[0])
    assert receipt.events == [vote_cast(governor, voters[0], active, AGAINST, reason="No")]


def test_cast_vote__for_others_too__has_their_weight(governor, electorate, work, open_vote, voters):
    for voter in voters[1:3]:
        electorate.invoke_transaction("delegate", voters[0], sender=voter)
    open_vote(work)
    receipt = governor.castVote(work.id, IN_FAVOUR, sender=voters[0])
    assert receipt.events[0] == vote_cast(governor, voters[0], work, IN_FAVOUR, 3)
    assert list(governor.proposalVotes(work.id)) == [0, 3, 0]
    assert governor.getVotes(voters[0], governor.proposalSnapshot(work.id)) == 3
    assert governor.getVotesWithParams(voters[0], governor.proposalSnapshot(work.id), b"x") == 3
    with ape.reverts("governor: no votes"):
        governor.castVote(work.id, IN_FAVOUR, sender=voters[1])


def test_cast_vote__delegated_after_the_snapshot__still_has_their_own(
    governor, electorate, active, voters, chain
):
    electorate.invoke_transaction("delegate", voters[1], sender=voters[0])
    chain.mine(deltatime=10)
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    governor.castVote(active.id, AGAINST, sender=voters[1])
    assert list(governor.proposalVotes(active.id)) == [1, 1, 0]


def test_cast_vote__everybody__is_counted(governor, active, voters):
    for voter, support in zip(voters, [1, 0, 2, 1, 1], strict=True):
        governor.castVote(active.id, support, sender=voter)
    assert list(governor.proposalVotes(active.id)) == [1, 3, 1]


def test_cast_vote__on_two_proposals__is_a_ballot_on_each(governor, work, propose, chain, voters):
    other = work.described("Do it twice.")
    propose(work)
    propose(other)
    chain.mine(timestamp=governor.proposalSnapshot(other.id) + 1)
    governor.castVote(work.id, IN_FAVOUR, sender=voters[0])
    governor.castVote(other.id, AGAINST, sender=voters[0])
    assert list(governor.proposalVotes(work.id)) == [0, 1, 0]
    assert list(governor.proposalVotes(other.id)) == [1, 0, 0]


# ---- refused --------------------------------------------------------------------------


@pytest.mark.parametrize("support", [AGAINST, IN_FAVOUR])
def test_cast_vote__twice__reverts(governor, active, voters, support):
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
    with ape.reverts(refusal("GovernorAlreadyCastVote(address)", str(voters[0]))):
        governor.castVote(active.id, support, sender=voters[0])


def test_cast_vote__from_a_second_wallet__reverts(governor, active, link, voters, spare_wallets):
    link(voters[0], spare_wallets[0])
    governor.castVote(active.id, IN_FAVOUR, sender=spare_wallets[0])
    assert governor.hasVoted(active.id, voters[0])
    with ape.reverts(refusal("GovernorAlreadyCastVote(address)", str(voters[0]))):
        governor.castVote(active.id, IN_FAVOUR, sender=voters[0])


@pytest.mark.parametrize("support", [3, 4, 255])
def test_cast_vote__unknown_support__reverts(governor, active, voters, support):
    with ape.reverts(refusal("GovernorInvalidVoteType()")):
        governor.castVote(active.id, support, sender=voters[0])


def test_cast_vote__no_member__reverts(governor, active, outsider):
    with ape.reverts("governor: no votes"):
        governor.castVote(active.id, IN_FAVOUR, sender=outsider)
    assert not governor.hasVoted(active.id, outsider)


def test_cast_vote__joined_after_the_proposal__reverts(
    governor, active, passport, membership, newcomer, steward
):
    passport.register(sender=newcomer)
    membership.admit([6], sender=steward)
    with ape.reverts("governor: no votes"):
        governor.castVote(active.id, IN_FAVOUR, sender=newcomer)


@pytest.mark.parametrize("number", [0, 1, 2**256 - 1])
def test_cast_vote__unknown_proposal__reverts(governor, voters, number):
    with ape.reverts(nonexistent(number)):
        governor.castVote(number, IN_FAVOUR, sender=voters[0])


# ---- the clock --------------------------------------------------------------------------


def test_cast_vote__second_of_the_snapshot__reverts(governor, work, propose, voters, at):
    propose(work)
    at(governor.proposalSnapshot(work.id))
    with ape.reverts(unexpected_state(work.id, PENDING, ACTIVE)):
        governor.castVote(work.id, IN_FAVOUR, sender=voters[0])


def test_cast_vote__second_after_the_snapshot__is_taken(governor, work, propose, voters, at):
    propose(work)
    at(governor.proposalSnapshot(work.id) + 1)
    governor.castVote(work.id, IN_FAVOUR, sender=voters[0])


def test_cast_vote__last_second__is_taken(governor, active, voters, at):
    at(governor.proposalDeadline(active.id))
    governor.castVote(active.id, AGAINST, sender=voters[0])


def test_cast_vote__second_after_the_last__reverts(governor, active, voters, at):
    at(governor.proposalDeadline(active.id) + 1)
    with ape.reverts(unexpected_state(active.id, DEFEATED, ACTIVE)):
        governor.castVote(active.id, IN_FAVOUR, sender=voters[0])


def test_cast_vote__canceled__reverts(governor, work, propose, voters, chain):
    propose(work)
    governor.cancel(*work.named, sender=voters[0])
    chain.mine(deltatime=2 * DAY)
    with ape.reverts(unexpected_state(work.id, CANCELED, ACTIVE)):
        governor.castVote(work.id, IN_FAVOUR, sender=voters[0])


def test_cast_vote__while_the_brand_is_paused__is_taken(governor, active, voters, pause):
    pause("polls")
    pause("membership")
    governor.castVote(active.id, IN_FAVOUR, sender=voters[0])
