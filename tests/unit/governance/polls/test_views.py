"""What Polls tells of a poll, a tally and a ballot."""

import ape
from eth_utils import keccak

from tests.ballots import BALLOT
from tests.signing import typed

from .conftest import APPROVAL


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


def test_ballot_of__approval_without_a_ballot__is_zero(polls, approval, voters):
    polls.vote_for(approval, [1, 3], sender=voters[0])
    assert polls.ballot_of(approval, 1) == (0b101, 1)
    for number in (0, 2, 2**32, 2**256 - 1):
        assert polls.ballot_of(approval, number) == (0, 0)
        assert not polls.has_voted(approval, number)


def test_ballot_of__cells_side_by_side__are_told_apart(polls, open_poll, voters):
    """Full cells on both sides of an empty one, in each width that a poll may have."""
    for count in range(2, 33):
        poll = open_poll(options=count, kind=APPROVAL)
        every = list(range(1, count + 1))
        for voter in (voters[0], voters[2]):
            polls.vote_for(poll, every, sender=voter)
        told = [polls.ballot_of(poll, number) for number in range(5)]
        assert told == [(0, 0), (2**count - 1, 1), (0, 0), (2**count - 1, 1), (0, 0)]
        assert polls.poll(poll).ballot_count == 2


def test_constants__the_type_of_a_ballot__is_the_one_that_is_signed(polls):
    assert polls.BALLOT_TYPE_HASH() == keccak(text=BALLOT)


def test_domain__of_the_polls__is_their_own(polls, chain):
    fields, name, version, chain_id, contract, salt, extensions = polls.eip712Domain()
    assert (fields, name, version) == (b"\x0f", "Cercle Polls", "1")
    assert (chain_id, contract, salt, extensions) == (chain.chain_id, polls, bytes(32), [])
    assert polls.DOMAIN_SEPARATOR() == typed(polls, "Any(uint256 number)", number=1).header
