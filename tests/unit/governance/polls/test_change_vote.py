"""`Polls.vote`, again: a change moves one vote, and is never blocked."""

import pytest

from tests.ballots import bits

from .conftest import DAY, MANY


@pytest.mark.parametrize(
    ("old", "new"), [(1, 2), (2, 1), (1, 8), (8, 9), (9, 8), (1, 32), (32, 1), (32, 31)]
)
def test_vote__changed__moves_one_vote(polls, open_poll, voters, old, new):
    """Within a word of the tally and across two."""
    poll = open_poll(options=32)
    for voter in voters[:3]:
        polls.vote(poll, old, sender=voter)
    receipt = polls.vote(poll, new, sender=voters[0])

    assert receipt.events == [
        polls.BallotCast(
            poll_id=poll, member_no=1, old_options=bits(old), new_options=bits(new), sequence=2
        )
    ]
    wanted = {old: 2, new: 1}
    assert polls.tally(poll) == [wanted.get(option, 0) for option in range(1, 33)]
    assert polls.ballot_of(poll, 1) == (bits(new), 2)
    assert polls.ballot_of(poll, 2) == (bits(old), 1)


def test_vote__same_choice_again__counts_once_and_is_told(polls, poll, voters):
    polls.vote(poll, 1, sender=voters[0])
    receipt = polls.vote(poll, 1, sender=voters[0])

    assert receipt.events == [
        polls.BallotCast(poll_id=poll, member_no=1, old_options=1, new_options=1, sequence=2)
    ]
    assert polls.tally(poll) == [1, 0, 0]


def test_vote__there_and_back__is_as_before(polls, poll, voters):
    for option in (1, 3, 1):
        polls.vote(poll, option, sender=voters[0])
    assert polls.tally(poll) == [1, 0, 0]
    assert polls.ballot_of(poll, 1) == (1, 3)


def test_vote__left_since_the_snapshot__keeps_the_voice_they_had(polls, membership, poll, voters):
    """The past never changes, and nobody's leaving takes an answer out of a poll."""
    polls.vote(poll, 1, sender=voters[0])
    membership.leave(sender=voters[0])
    assert polls.tally(poll) == [1, 0, 0]

    polls.vote(poll, 2, sender=voters[0])
    assert polls.tally(poll) == [0, 1, 0]
    assert polls.ballot_of(poll, 1) == (0b10, 2)


@pytest.fixture
def eager(project, polls, passport, membership, voters, steward, chain):
    """A member that votes many times in one transaction."""
    eager = steward.deploy(project.EagerVoter)
    eager.register(passport, sender=steward)
    membership.admit([passport.id_of(eager)], sender=steward)
    chain.mine(deltatime=31 * DAY)
    return eager


@pytest.mark.parametrize("times", [MANY - 1, MANY, MANY + 1, MANY + 50])
def test_vote__more_often_than_the_sequence_counts__still_counts(
    polls, open_poll, eager, voters, steward, times
):
    poll = open_poll()
    polls.vote(poll, 2, sender=voters[4])
    eager.vote(polls, poll, 1, times, sender=steward)
    assert polls.ballot_of(poll, 6) == (1, min(times, MANY))

    receipt = eager.vote(polls, poll, 3, 1, sender=steward)
    sequence = min(times + 1, MANY)
    assert receipt.events == [
        polls.BallotCast(
            poll_id=poll, member_no=6, old_options=1, new_options=0b100, sequence=sequence
        )
    ]
    assert polls.tally(poll) == [0, 1, 1]
    assert polls.ballot_of(poll, 5) == (0b10, 1)
