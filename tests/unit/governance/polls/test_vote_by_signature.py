"""`Polls.vote_by_signature`: a ballot that a member signed, whoever sends it."""

import ape
import pytest

from tests.ballots import bits

from .conftest import DAY, MANY

ANSWERS_YES = bytes.fromhex("1626ba7e").ljust(32, b"\x00")


def cast(polls, poll, member_no, new, *, old=(), sequence=1):
    return polls.BallotCast(
        poll_id=poll,
        member_no=member_no,
        old_options=bits(*old),
        new_options=bits(*new),
        sequence=sequence,
    )


# ---- what counts --------------------------------------------------------------------


def test_vote_by_signature__sent_by_a_stranger__is_the_members(
    polls, poll, voters, outsider, ballot, carry
):
    receipt = carry(ballot(voters[0]))

    assert receipt.events == [cast(polls, poll, 1, (2,))]
    assert polls.tally(poll) == [0, 1, 0]
    assert polls.poll(poll).ballot_count == 1
    assert polls.ballot_of(poll, 1) == (0b10, 1)


def test_vote_by_signature__same_as_the_direct_vote__leaves_the_same(
    polls, open_poll, voters, ballot, carry
):
    signed, direct = open_poll(), open_poll()
    for option in (1, 3):
        sequence = polls.ballot_of(signed, 1)[1] + 1
        carry(ballot(voters[0], (option,), sequence, number=signed))
        polls.vote(direct, option, sender=voters[0])
        assert polls.ballot_of(signed, 1) == polls.ballot_of(direct, 1)
    assert polls.poll(signed)[6:] == polls.poll(direct)[6:]


@pytest.mark.parametrize("options", [(), (3,), (1, 3), (1, 2, 3)])
def test_vote_by_signature__approval__counts_what_was_named(
    polls, approval, voters, ballot, carry, options
):
    receipt = carry(ballot(voters[4], options, number=approval))

    assert receipt.events == [cast(polls, approval, 5, options)]
    assert polls.tally(approval) == [int(option in options) for option in (1, 2, 3)]
    assert polls.poll(approval).ballot_count == 1


def test_vote_by_signature__approval_of_thirty_two__counts_each(
    polls, open_poll, voters, ballot, carry
):
    poll = open_poll(options=32, kind=2)
    carry(ballot(voters[0], range(1, 33), number=poll))
    assert polls.tally(poll) == [1] * 32
    assert polls.ballot_of(poll, 1) == (2**32 - 1, 1)


def test_vote_by_signature__by_a_linked_wallet__is_the_persons_ballot(
    polls, poll, link, voters, spare_wallets, ballot, carry
):
    link(voters[0], spare_wallets[0])
    carry(ballot(voters[0], (1,)))
    receipt = carry(ballot(spare_wallets[0], (2,), 2))

    assert receipt.events == [cast(polls, poll, 1, (2,), old=(1,), sequence=2)]
    assert polls.tally(poll) == [0, 1, 0]


def test_vote_by_signature__delegated_their_votes__has_a_voice_all_the_same(
    polls, electorate, open_poll, voters, ballot, carry
):
    electorate.invoke_transaction("delegate", voters[1], sender=voters[0])
    poll = open_poll()
    carry(ballot(voters[0], number=poll))
    assert polls.tally(poll) == [0, 1, 0]


def test_vote_by_signature__last_second_of_the_deadline__counts(poll, voters, ballot, carry, at):
    signed = ballot(voters[0])
    at(signed.deadline)
    carry(signed)


def test_vote_by_signature__no_end_in_sight__counts(polls, poll, voters, ballot, carry):
    carry(ballot(voters[0], until=2**256 - 1))
    assert polls.has_voted(poll, 1)


def test_vote_by_signature__last_second_of_the_poll__counts(polls, poll, voters, ballot, carry, at):
    signed = ballot(voters[0], until=2**40)
    at(polls.poll(poll).closes_at - 1)
    carry(signed)


def test_vote_by_signature__while_paused__counts(polls, poll, voters, pause, ballot, carry):
    signed = ballot(voters[0])
    pause("polls")
    pause("membership")
    carry(signed)
    assert polls.has_voted(poll, 1)


def test_vote_by_signature__in_polls_that_were_replaced__counts(
    project, polls, open_poll, charter, electorate, voters, admin, outsider, chain, ballot, carry
):
    poll = open_poll(duration=60 * DAY)
    successor = admin.deploy(project.Polls, charter, electorate)
    name = b"polls".ljust(32, b"\x00")
    charter.announce_replacement(name, successor, sender=admin)
    chain.mine(deltatime=14 * DAY)
    charter.replace(name, sender=outsider)

    carry(ballot(voters[0], number=poll, until=2**40))
    assert polls.tally(poll) == [0, 1, 0]


# ---- wallets that are contracts ----------------------------------------------------------


def test_vote_by_signature__contract_wallet__counts_with_all_its_owners(
    polls, open_poll, shared_wallet, voters, ballot, carry
):
    poll = open_poll()
    halves = [ballot(shared_wallet, number=poll, signer=who).signature for who in voters[:2]]
    one = ballot(shared_wallet, number=poll, signer=voters[0])
    both = type(one)(*one.arguments[:2], (2,), 1, one.deadline, b"".join(halves))

    with ape.reverts("signatures: not by signer"):
        carry(one)
    receipt = carry(both)
    assert receipt.events == [cast(polls, poll, 6, (2,))]
    with ape.reverts("polls: stale ballot"):
        carry(both)


def test_vote_by_signature__longest_that_may_be__counts(
    polls, open_poll, scripted_wallet, borrower, admin, enlist, ballot, carry
):
    borrower.set_delegate(scripted_wallet(ANSWERS_YES), receiver=admin)
    number = enlist(borrower)
    poll = open_poll()
    signed = ballot(borrower, number=poll)
    carry(type(signed)(borrower, poll, (2,), 1, signed.deadline, bytes(1_024)))
    assert polls.has_voted(poll, number)


def test_vote_by_signature__longer_than_any_may_be__is_refused(poll, polls, voters, ballot, carry):
    signed = ballot(voters[0])
    with pytest.raises(ape.exceptions.ContractLogicError):  # by the decoder, without a reason
        carry(type(signed)(voters[0], poll, (2,), 1, signed.deadline, bytes(1_025)))
    assert not polls.has_voted(poll, 1)


def test_vote_by_signature__borrowed_code__the_key_still_signs(
    polls, open_poll, project, borrower, admin, enlist, ballot, carry
):
    borrower.set_delegate(admin.deploy(project.FakeWallet, [admin]), receiver=admin)
    number = enlist(borrower)
    poll = open_poll()
    carry(ballot(borrower, number=poll))
    assert polls.has_voted(poll, number)


# ---- the sequence --------------------------------------------------------------------------


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
