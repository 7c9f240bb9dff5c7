"""`Polls.open_for`: took part, in a poll that is closed, whatever they chose."""

import pytest


@pytest.fixture
def close(polls, chain):
    """Pass a poll's closing second."""

    def _close(poll):
        chain.mine(timestamp=polls.poll(poll).closes_at)

    return _close


@pytest.mark.parametrize("option", [1, 2, 3])
def test_open_for__took_part__opens_at_the_close(polls, poll, voters, close, option):
    polls.vote(poll, option, sender=voters[0])
    assert not polls.open_for(1, poll)
    close(poll)
    assert polls.open_for(1, poll)


@pytest.mark.parametrize("options", [[], [2], [1, 2, 3]])
def test_open_for__approved_of_any_or_none__opens_at_the_close(
    polls, approval, voters, close, options
):
    polls.vote_for(approval, options, sender=voters[0])
    assert not polls.open_for(1, approval)
    close(approval)
    assert polls.open_for(1, approval)
    assert not polls.open_for(2, approval)


def test_open_for__voted_by_signature__opens_at_the_close(
    polls, poll, voters, ballot, carry_all, close
):
    carry_all(ballot(voters[0]), ballot(voters[1], signer=voters[0]))
    close(poll)
    assert polls.open_for(1, poll)
    assert not polls.open_for(2, poll)


def test_open_for__a_second_before_the_close__is_shut(polls, poll, voters, chain):
    polls.vote(poll, 1, sender=voters[0])
    chain.mine(timestamp=polls.poll(poll).closes_at - 2)
    assert not polls.open_for(1, poll)


def test_open_for__took_no_part__is_shut(polls, poll, voters, close):
    polls.vote(poll, 1, sender=voters[0])
    close(poll)
    assert not polls.open_for(2, poll)


def test_open_for__nobodys_passport__is_shut(polls, poll, voters, close):
    polls.vote(poll, 1, sender=voters[0])
    close(poll)
    assert not polls.open_for(0, poll)
    assert not polls.open_for(2**256 - 1, poll)


def test_open_for__unknown_poll__is_shut(polls, poll):
    assert not polls.open_for(1, poll + 1)
    assert not polls.open_for(1, 2**96 - 1)


def test_open_for__withdrawn__is_shut(polls, poll, close, steward):
    polls.withdraw_poll(poll, sender=steward)
    close(poll)
    assert not polls.open_for(1, poll)


def test_open_for__left_since__took_part_all_the_same(polls, poll, voters, membership, close):
    polls.vote(poll, 1, sender=voters[0])
    membership.leave(sender=voters[0])
    close(poll)
    assert polls.open_for(1, poll)
