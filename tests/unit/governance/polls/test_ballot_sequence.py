"""The sequence of signed ballots: it orders them, and a member's own vote outruns them."""

import ape
import pytest

from tests.ballots import bits, cast

from .conftest import MANY


def test_vote_by_signature__higher_sequence__replaces(polls, poll, voters, ballot, carry):
    carry(ballot(voters[0], (1,), 3))
    receipt = carry(ballot(voters[0], (2,), 9))

    assert receipt.events == [cast(polls, poll, 1, (2,), old=(1,), sequence=9)]
    assert polls.tally(poll) == [0, 1, 0]
    assert polls.ballot_of(poll, 1) == (0b10, 9)


def test_vote_by_signature__two_in_the_carriers_hands__the_higher_is_the_last(
    polls, poll, voters, ballot, carry
):
    """Whichever is sent first: who carries both cannot choose."""
    first, second = ballot(voters[0], (1,), 1), ballot(voters[0], (3,), 2)
    carry(second)
    with ape.reverts("polls: stale ballot"):
        carry(first)
    assert polls.tally(poll) == [0, 0, 1]


@pytest.mark.parametrize("sequence", [0, 1, 4, 5, MANY + 1, 255, 256, 2**256 - 1])
def test_vote_by_signature__stale__reverts(polls, poll, voters, ballot, carry, sequence):
    """Zero, lower, equal, or past the end; it is the fifth that counts."""
    carry(ballot(voters[0], (1,), 5))
    with ape.reverts("polls: stale ballot"):
        carry(ballot(voters[0], (2,), sequence))
    assert polls.ballot_of(poll, 1) == (1, 5)


@pytest.mark.parametrize("sequence", [0, MANY + 1, 2**255])
def test_vote_by_signature__first_and_no_sequence__reverts(
    polls, poll, voters, ballot, carry, sequence
):
    with ape.reverts("polls: stale ballot"):
        carry(ballot(voters[0], (2,), sequence))
    assert not polls.has_voted(poll, 1)


def test_vote_by_signature__at_the_end_of_the_sequence__only_the_member_goes_on(
    polls, poll, voters, ballot, carry
):
    carry(ballot(voters[0], (1,), MANY))
    with ape.reverts("polls: stale ballot"):
        carry(ballot(voters[0], (2,), MANY))
    for option in (3, 2):
        polls.vote(poll, option, sender=voters[0])
        assert polls.ballot_of(poll, 1) == (bits(option), MANY)
    assert polls.tally(poll) == [0, 1, 0]


def test_vote_by_signature__voted_directly_since__is_void(polls, poll, voters, ballot, carry):
    """So a member takes back what they signed, without the carrier."""
    pending = ballot(voters[0], (1,), 1)
    polls.vote(poll, 3, sender=voters[0])
    with ape.reverts("polls: stale ballot"):
        carry(pending)
    assert polls.tally(poll) == [0, 0, 1]


def test_vote_by_signature__direct_vote_about_the_end__voids_it_too(
    polls, poll, voters, ballot, carry
):
    carry(ballot(voters[0], (1,), MANY - 1))
    pending = ballot(voters[0], (1,), MANY)
    polls.vote(poll, 3, sender=voters[0])
    with ape.reverts("polls: stale ballot"):
        carry(pending)
    assert polls.ballot_of(poll, 1) == (0b100, MANY)


def test_vote_by_signature__signed_further_ahead__outlives_one_direct_vote(
    polls, poll, voters, ballot, carry
):
    """Said plainly in the docs: a direct vote is one step, and voids one step."""
    pending = ballot(voters[0], (1,), 2)
    polls.vote(poll, 3, sender=voters[0])
    carry(pending)
    assert polls.tally(poll) == [1, 0, 0]


def test_vote_by_signature__wallet_gone_over_to_another_member__speaks_for_them(
    polls, poll, passport, link, voters, spare_wallets, ballot, carry
):
    """Said plainly in the docs: who takes a wallet in takes in what it signed."""
    link(voters[0], spare_wallets[0])
    signed = ballot(spare_wallets[0], (3,))
    carry(signed)
    passport.unlink(spare_wallets[0], sender=voters[0])
    with ape.reverts("polls: no voice"):
        carry(signed)
    link(voters[1], spare_wallets[0], nonce=2)
    carry(signed)
    assert polls.ballot_of(poll, 1) == polls.ballot_of(poll, 2) == (0b100, 1)
