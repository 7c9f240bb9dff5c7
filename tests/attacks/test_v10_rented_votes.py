"""
V10: votes for rent (LobbyFi, 2025-04: 19.3 million ARB of votes for 5 ETH).

A buyer pays three of five members. Where a voter speaks with what was delegated to them, and
where a vote is final, the buyer takes the poll, and knows it when they pay. Against ours the
delegations weigh nothing, since a poll counts everybody's own voice; a vote that was bought,
or a ballot that was handed over signed, is worth nothing before the close, because whoever
sold it can change it until then; and units cannot be transferred at all.

Said plainly: votes are public, so a buyer who pays after the close gets what they pay for.
"""

from dataclasses import replace

import pytest

from tests.attacks.votes_stage import CAREFUL, attempt, build, open_poll
from tests.ballots import Ballot
from tests.house import ONE

TEXT = b"\x01" * 32
LAST = 127  # the highest sequence there is


@pytest.fixture
def ours(project, chain, admin, steward, members):
    return build(project, chain, CAREFUL, ONE, admin=admin, steward=steward, members=members)


@pytest.fixture
def rentable(project, ours, admin):
    return replace(ours, polls=admin.deploy(project.RentablePolls, ours.electorate))


def rent(house, chain, members):
    """The buyer lets three delegate before the poll, and votes; then all say what they think."""
    buyer, *others = members
    for seller in others[:3]:
        house.electorate.invoke_transaction("delegate", buyer, sender=seller)
    chain.mine(deltatime=10)
    poll_id = open_poll(house, chain)
    house.polls.vote(poll_id, 2, sender=buyer)
    for member in others:
        attempt(house.polls.vote, poll_id, 1, sender=member)
    return house.polls.tally(poll_id)


def buy(house, chain, members):
    """Three vote as they were paid to; when they have the money they say what they think."""
    buyer, *others = members
    poll_id = open_poll(house, chain)
    for member in (buyer, *others[:3]):
        house.polls.vote(poll_id, 2, sender=member)
    assert house.polls.tally(poll_id)[1] == 4  # here the buyer pays
    for member in others:
        attempt(house.polls.vote, poll_id, 1, sender=member)
    return house.polls.tally(poll_id)


def hold_signed_ballots(house, chain, members, carrier):
    """The buyer holds ballots of every later sequence, and sends them in the last second."""
    poll_id, polls = open_poll(house, chain), house.polls

    def ballot(who, option, sequence):
        one = Ballot(who, poll_id, (option,), sequence, 2**40)
        return one.signed(polls, content_hash=TEXT)

    sold = [ballot(who, 2, sequence) for who in members[:3] for sequence in (1, 2, 90, LAST)]
    for seller in members[:3]:  # takes all of them back by one ballot of their own
        polls.vote_by_signature(*ballot(seller, 1, LAST).arguments, sender=seller)
    chain.pending_timestamp = polls.poll(poll_id).closes_at - 1
    carried = polls.vote_by_signatures(poll_id, [one.words for one in sold], sender=carrier)
    assert {event.event_name for event in carried.events} == {"BallotSkipped"}
    return polls.tally(poll_id)


def test_rent__ours__counts_everybodys_own_voice(ours, chain, members):
    assert rent(ours, chain, members) == [4, 1]


def test_rent__rentable__goes_to_the_buyer(rentable, chain, members):
    assert rent(rentable, chain, members) == [1, 4]


def test_buy__ours__is_changed_until_the_close(ours, chain, members):
    assert buy(ours, chain, members) == [4, 1]


def test_buy__rentable__is_final(rentable, chain, members):
    assert buy(rentable, chain, members) == [1, 4]


def test_signed_in_advance__ours__is_taken_back_by_one_ballot(ours, chain, members, outsider):
    assert hold_signed_ballots(ours, chain, members, outsider) == [3, 0]


def test_paid_after_the_close__ours__is_not_stopped(ours, chain, members):
    poll_id = open_poll(ours, chain)
    for member in members[:3]:
        ours.polls.vote(poll_id, 2, sender=member)
    chain.mine(timestamp=ours.polls.poll(poll_id).closes_at)
    assert [ours.polls.ballot_of(poll_id, number)[0] for number in (1, 2, 3)] == [0b10] * 3
