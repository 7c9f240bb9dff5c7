"""`Polls.withdraw_poll`: only what nobody has answered."""

import ape
import pytest

from .conftest import APPROVAL, WITHDRAWN


def test_withdraw_poll__no_ballot_yet__is_over(polls, poll, steward, voters):
    receipt = polls.withdraw_poll(poll, sender=steward)

    assert receipt.events == [polls.PollWithdrawn(poll_id=poll)]
    assert polls.poll(poll).state == WITHDRAWN
    assert not polls.is_open(poll)
    with ape.reverts("polls: not open"):
        polls.vote(poll, 1, sender=voters[0])


@pytest.mark.parametrize("option", [1, 8, 9, 16, 17, 24, 25, 32])
def test_withdraw_poll__one_ballot__reverts(polls, open_poll, steward, voters, option):
    poll = open_poll(options=32)
    polls.vote(poll, option, sender=voters[0])
    with ape.reverts("polls: has ballots"):
        polls.withdraw_poll(poll, sender=steward)


@pytest.mark.parametrize("options", [[], [1], [3]])
@pytest.mark.parametrize("count", [3, 8, 16, 32])
def test_withdraw_poll__one_ballot_of_an_approval__reverts(
    polls, open_poll, steward, voters, options, count
):
    """Also one that approves of nothing: somebody has answered."""
    poll = open_poll(options=count, kind=APPROVAL)
    polls.vote_for(poll, options, sender=voters[0])
    with ape.reverts("polls: has ballots"):
        polls.withdraw_poll(poll, sender=steward)


def test_withdraw_poll__approval_without_ballots__is_over(polls, approval, steward, voters):
    receipt = polls.withdraw_poll(approval, sender=steward)

    assert receipt.events == [polls.PollWithdrawn(poll_id=approval)]
    assert polls.poll(approval).state == WITHDRAWN
    with ape.reverts("polls: not open"):
        polls.vote_for(approval, [], sender=voters[0])


def test_withdraw_poll__after_a_signed_ballot__reverts(polls, poll, steward, voters, ballot, carry):
    carry(ballot(voters[0]))
    with ape.reverts("polls: has ballots"):
        polls.withdraw_poll(poll, sender=steward)


def test_withdraw_poll__last_second__is_taken(polls, poll, steward, at):
    at(polls.poll(poll).closes_at - 1)
    polls.withdraw_poll(poll, sender=steward)


def test_withdraw_poll__closed__reverts(polls, poll, steward, at):
    at(polls.poll(poll).closes_at)
    with ape.reverts("polls: not open"):
        polls.withdraw_poll(poll, sender=steward)


def test_withdraw_poll__twice__reverts(polls, poll, steward):
    polls.withdraw_poll(poll, sender=steward)
    with ape.reverts("polls: not open"):
        polls.withdraw_poll(poll, sender=steward)


def test_withdraw_poll__withdrawn_and_past_its_close__stays_withdrawn(polls, poll, steward, chain):
    polls.withdraw_poll(poll, sender=steward)
    chain.mine(timestamp=polls.poll(poll).closes_at + 1)
    assert polls.poll(poll).state == WITHDRAWN


def test_withdraw_poll__unknown__reverts(polls, poll, steward):
    with ape.reverts("polls: unknown poll"):
        polls.withdraw_poll(poll + 1, sender=steward)


def test_withdraw_poll__by_anyone_else__reverts(polls, poll, admin, till, voters, outsider):
    for sender in (admin, till, voters[0], outsider):
        with ape.reverts("wing: lacks the role"):
            polls.withdraw_poll(poll, sender=sender)
