"""`Polls.vote_for`: any options under APPROVAL, exactly one under SINGLE."""

import ape
import pytest

from tests.ballots import bits, cast

from .conftest import APPROVAL, MANY, SINGLE

EVERY = tuple(range(1, 33))


@pytest.mark.parametrize("options", [(), (1,), (3,), (1, 3), (1, 2, 3)])
def test_vote_for__approval__counts_each_option_and_one_voter(polls, approval, voters, options):
    receipt = polls.vote_for(approval, options, sender=voters[0])

    assert receipt.events == [cast(polls, approval, 1, options)]
    assert polls.tally(approval) == [int(option in options) for option in (1, 2, 3)]
    assert polls.poll(approval).ballot_count == 1
    assert polls.ballot_of(approval, 1) == (bits(*options), 1)
    assert polls.has_voted(approval, 1)
    assert not polls.has_voted(approval, 2)


def test_vote_for__single__is_the_same_as_vote(polls, poll, voters):
    receipt = polls.vote_for(poll, [3], sender=voters[0])

    assert receipt.events == [cast(polls, poll, 1, (3,))]
    polls.vote(poll, 3, sender=voters[1])
    assert polls.tally(poll) == [0, 0, 2]
    assert polls.ballot_of(poll, 1) == polls.ballot_of(poll, 2) == (0b100, 1)


def test_vote__approval__approves_of_that_one_alone(polls, approval, voters):
    polls.vote_for(approval, [1, 2], sender=voters[0])
    receipt = polls.vote(approval, 3, sender=voters[0])

    assert receipt.events == [cast(polls, approval, 1, (3,), old=(1, 2), sequence=2)]
    assert polls.tally(approval) == [0, 0, 1]
    assert polls.poll(approval).ballot_count == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((1, 2), (2, 3)),
        ((1, 2, 3), ()),
        ((), (1, 2, 3)),
        ((), ()),
        ((2,), (2,)),
    ],
)
def test_vote_for__changed__moves_what_differs_and_no_voter(polls, approval, voters, old, new):
    polls.vote_for(approval, [2], sender=voters[1])
    polls.vote_for(approval, old, sender=voters[0])
    receipt = polls.vote_for(approval, new, sender=voters[0])

    assert receipt.events == [cast(polls, approval, 1, new, old=old, sequence=2)]
    assert polls.tally(approval) == [int(o in new) + int(o == 2) for o in (1, 2, 3)]
    assert polls.poll(approval).ballot_count == 2
    assert polls.ballot_of(approval, 1) == (bits(*new), 2)
    assert polls.ballot_of(approval, 2) == (0b10, 1)


@pytest.mark.parametrize("count", [2, 7, 8, 9, 15, 16, 24, 31, 32])
def test_vote_for__all_options_and_none__the_voters_are_counted_past_the_last(
    polls, open_poll, voters, count
):
    """The count of voters stands behind the options: in the last word, or in one of its own."""
    poll = open_poll(options=count, kind=APPROVAL)
    every = list(EVERY[:count])
    polls.vote_for(poll, every, sender=voters[0])
    polls.vote_for(poll, [], sender=voters[1])
    polls.vote_for(poll, [count], sender=voters[2])

    assert polls.tally(poll) == [1] * (count - 1) + [2]
    assert polls.poll(poll).ballot_count == 3
    assert [polls.ballot_of(poll, number) for number in (1, 2, 3)] == [
        (bits(*every), 1),
        (0, 1),
        (bits(count), 1),
    ]


def test_vote_for__each_lane_of_the_tally__counts_alone(polls, open_poll, voters):
    poll = open_poll(options=32, kind=APPROVAL)
    wanted = [0] * 32
    for voter, parity in zip(voters, (2, 3, 5, 7, 11), strict=True):
        options = [option for option in EVERY if option % parity == 0]
        polls.vote_for(poll, options, sender=voter)
        for option in options:
            wanted[option - 1] += 1
    assert polls.tally(poll) == wanted
    assert polls.poll(poll).ballot_count == 5


def test_vote_for__at_the_end_of_the_sequence__still_counts(polls, approval, voters, ballot, carry):
    carry(ballot(voters[0], (1, 2), MANY, number=approval))
    for options in ([2, 3], [], [1]):
        polls.vote_for(approval, options, sender=voters[0])
        assert polls.ballot_of(approval, 1) == (bits(*options), MANY)
    assert polls.tally(approval) == [1, 0, 0]
    assert polls.poll(approval).ballot_count == 1


def test_vote_for__from_two_wallets__is_one_ballot(polls, approval, link, voters, spare_wallets):
    link(voters[0], spare_wallets[0])
    polls.vote_for(approval, [1], sender=voters[0])
    polls.vote_for(approval, [2, 3], sender=spare_wallets[0])
    assert polls.tally(approval) == [0, 1, 1]
    assert polls.poll(approval).ballot_count == 1


def test_vote_for__while_paused__is_taken(polls, approval, voters, pause):
    pause("polls")
    pause("membership")
    polls.vote_for(approval, [1, 2], sender=voters[0])
    assert polls.tally(approval) == [1, 1, 0]


def test_vote_for__last_second__is_taken(polls, approval, voters, at):
    at(polls.poll(approval).closes_at - 1)
    polls.vote_for(approval, [1, 3], sender=voters[0])


# ---- refused ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [SINGLE, APPROVAL])
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([0], "polls: unknown option"),
        ([4], "polls: unknown option"),
        ([1, 4], "polls: unknown option"),
        ([2**255], "polls: unknown option"),
        ([2, 2], "polls: options not ascending"),
        ([2, 1], "polls: options not ascending"),
        ([1, 3, 2], "polls: options not ascending"),
    ],
)
def test_vote_for__options_that_are_none__reverts(polls, open_poll, voters, kind, options, reason):
    poll = open_poll(kind=kind)
    with ape.reverts(reason):
        polls.vote_for(poll, options, sender=voters[0])
    assert not polls.has_voted(poll, 1)


@pytest.mark.parametrize("options", [[], [1, 2], [1, 2, 3]])
def test_vote_for__single_and_not_one__reverts(polls, poll, voters, options):
    with ape.reverts("polls: one option only"):
        polls.vote_for(poll, options, sender=voters[0])


def test_vote_for__closing_second__reverts(polls, approval, voters, at):
    at(polls.poll(approval).closes_at)
    with ape.reverts("polls: not open"):
        polls.vote_for(approval, [], sender=voters[0])


def test_vote_for__unknown_poll__reverts(polls, approval, voters):
    for number in (0, approval + 1, 2**255):
        with ape.reverts("polls: unknown poll"):
            polls.vote_for(number, [], sender=voters[0])


def test_vote_for__no_voice__reverts(polls, approval, outsider, newcomer, passport):
    passport.register(sender=newcomer)
    for sender in (outsider, newcomer):
        with ape.reverts("polls: no voice"):
            polls.vote_for(approval, [], sender=sender)
