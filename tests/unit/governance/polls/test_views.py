"""What Polls tells of a poll, a tally and a ballot."""

import ape


def test_poll__unknown__reverts(polls, poll):
    for number in (0, poll + 1):
        with ape.reverts("polls: unknown poll"):
            polls.poll(number)
        with ape.reverts("polls: unknown poll"):
            polls.tally(number)


def test_is_open__unknown__is_false(polls, poll):
    assert not polls.is_open(0)
    assert not polls.is_open(poll + 1)


def test_ballot_of__no_ballot__is_zero(polls, poll, voters):
    polls.vote(poll, 1, sender=voters[0])
    assert polls.ballot_of(poll, 2) == (0, 0)
    assert polls.ballot_of(poll, 0) == (0, 0)
    assert polls.ballot_of(poll, 2**256 - 1) == (0, 0)
    assert polls.ballot_of(poll + 1, 1) == (0, 0)
    assert not polls.has_voted(poll + 1, 1)
    assert not polls.has_voted(poll + 2**255, 1)


def test_poll__with_ballots__tells_the_tally(polls, poll, voters):
    for voter, option in zip(voters, (1, 2, 2, 3, 2), strict=True):
        polls.vote(poll, option, sender=voter)
    assert polls.poll(poll).tally == polls.tally(poll) == [1, 3, 1]
