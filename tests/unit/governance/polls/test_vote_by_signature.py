"""`Polls.vote_by_signature`: a ballot that a member signed, whoever sends it."""

import ape
import pytest

from tests.ballots import cast

from .conftest import DAY

ANSWERS_YES = bytes.fromhex("1626ba7e").ljust(32, b"\x00")


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
