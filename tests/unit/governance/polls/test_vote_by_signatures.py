"""`Polls.vote_by_signatures`: what counts in a batch counts as if it had come alone."""

import ape
import pytest
from ape.exceptions import ContractLogicError

from tests.ballots import NO_VOICE, bits, cast, skipped

from .conftest import APPROVAL, MANY

# ---- all of them count -----------------------------------------------------------------


def test_vote_by_signatures__one_each__counts_all_in_their_order(
    polls, poll, voters, ballot, carry_all
):
    choices = (2, 1, 3, 2, 2)
    ballots = [ballot(who, (choice,)) for who, choice in zip(voters, choices, strict=True)]
    receipt = carry_all(*ballots[::-1])

    assert receipt.events == [
        cast(polls, poll, number, (choices[number - 1],)) for number in (5, 4, 3, 2, 1)
    ]
    assert polls.tally(poll) == [1, 3, 1]
    assert polls.poll(poll).ballot_count == 5
    assert [polls.ballot_of(poll, number) for number in range(1, 6)] == [
        (bits(choice), 1) for choice in choices
    ]


def test_vote_by_signatures__asked_beforehand__tells_which_count(
    polls, poll, voters, outsider, ballot
):
    words = [
        ballot(voters[0]).words,
        ballot(outsider).words,
        ballot(voters[1], signer=voters[2]).words,
        ballot(voters[1]).words,
        ballot(voters[1]).words,
        ballot(voters[1], (2,), 2).words,
    ]
    assert polls.vote_by_signatures.call(poll, words, sender=outsider) == 0b101001


def test_vote_by_signatures__approval__counts_each_option_and_each_voter_once(
    polls, approval, voters, ballot, carry_all
):
    answers = ((1, 2), (), (3,), (1, 2, 3), (2,))
    ballots = [
        ballot(who, options, number=approval) for who, options in zip(voters, answers, strict=True)
    ]
    receipt = carry_all(*ballots, number=approval)

    assert receipt.events == [
        cast(polls, approval, number, options) for number, options in enumerate(answers, 1)
    ]
    assert polls.tally(approval) == [2, 3, 2]
    assert polls.poll(approval).ballot_count == 5


def test_vote_by_signatures__approval_of_thirty_two__counts_in_every_word(
    polls, open_poll, voters, ballot, carry_all
):
    poll = open_poll(options=32, kind=APPROVAL)
    answers = (range(1, 33), (), (1, 8, 9, 16, 17, 24, 25, 32), (32,), range(1, 33, 2))
    carry_all(
        *(ballot(who, some, number=poll) for who, some in zip(voters, answers, strict=True)),
        number=poll,
    )
    assert polls.tally(poll) == [sum(option in some for some in answers) for option in range(1, 33)]
    assert polls.poll(poll).ballot_count == 5


def test_vote_by_signatures__changes__move_votes_and_no_voter(
    polls, open_poll, voters, ballot, carry_all
):
    """Across the words of the tally, some by those who voted themselves before."""
    poll = open_poll(options=32)
    for voter, option in zip(voters, (1, 1, 9, 32, 32), strict=True):
        polls.vote(poll, option, sender=voter)
    carry_all(
        *(
            ballot(voter, (option,), 2, number=poll)
            for voter, option in zip(voters, (32, 2, 9, 1, 17), strict=True)
        ),
        number=poll,
    )
    wanted = {32: 1, 2: 1, 9: 1, 1: 1, 17: 1}
    assert polls.tally(poll) == [wanted.get(option, 0) for option in range(1, 33)]
    assert polls.poll(poll).ballot_count == 5


def test_vote_by_signatures__approval_changed__moves_what_differs(
    polls, approval, voters, ballot, carry_all
):
    polls.vote_for(approval, [1, 2], sender=voters[0])
    polls.vote_for(approval, [], sender=voters[1])
    receipt = carry_all(
        ballot(voters[0], (), 2, number=approval),
        ballot(voters[1], (1, 3), 2, number=approval),
        number=approval,
    )
    assert receipt.events == [
        cast(polls, approval, 1, (), old=(1, 2), sequence=2),
        cast(polls, approval, 2, (1, 3), sequence=2),
    ]
    assert polls.tally(approval) == [1, 0, 1]
    assert polls.poll(approval).ballot_count == 2


def test_vote_by_signatures__who_delegated__and_their_delegate_have_a_voice_each(
    polls, electorate, open_poll, voters, ballot, carry_all
):
    # Ape's own `delegate` hides the contract's.
    electorate.invoke_transaction("delegate", voters[1], sender=voters[0])
    poll = open_poll()
    carry_all(*(ballot(who, number=poll) for who in voters[:2]), number=poll)
    assert polls.tally(poll) == [0, 2, 0]


def test_vote_by_signatures__a_hundred__all_count(polls, open_poll, voters, ballot, carry_all):
    """Five members, twenty ballots each; the last of each stands."""
    poll = open_poll(options=32)
    ballots = [
        ballot(voter, (1 + (sequence + place) % 32,), sequence, number=poll)
        for sequence in range(1, 21)
        for place, voter in enumerate(voters)
    ]
    receipt = carry_all(*ballots, number=poll)

    assert len(receipt.events) == len(ballots) == 100
    wanted = {1 + (20 + place) % 32 for place in range(5)}
    assert polls.tally(poll) == [int(option in wanted) for option in range(1, 33)]
    assert [polls.ballot_of(poll, number)[1] for number in range(1, 6)] == [20] * 5


def test_vote_by_signatures__a_hundred_and_one__are_refused(polls, poll, voters, ballot, carry_all):
    signed = ballot(voters[0])
    with pytest.raises(ContractLogicError):  # by the decoder, which gives no reason
        carry_all(*[signed] * 101)
    assert not polls.has_voted(poll, 1)


# ---- when ------------------------------------------------------------------------------------


def test_vote_by_signatures__last_second_of_the_poll__counts(
    polls, poll, voters, ballot, carry_all, at
):
    signed = ballot(voters[0], until=2**40 - 1)
    at(polls.poll(poll).closes_at - 1)
    carry_all(signed)
    assert polls.has_voted(poll, 1)


def test_vote_by_signatures__while_paused__count(polls, poll, voters, ballot, carry_all, pause):
    signed = ballot(voters[0])
    pause("polls")
    pause("membership")
    carry_all(signed)
    assert polls.has_voted(poll, 1)


def test_vote_by_signatures__at_the_end_of_the_sequence__the_member_goes_on(
    polls, poll, voters, ballot, carry_all
):
    carry_all(ballot(voters[0], (1,), MANY))
    polls.vote(poll, 2, sender=voters[0])
    assert polls.ballot_of(poll, 1) == (0b10, MANY)


# ---- refused whole ---------------------------------------------------------------------------


def test_vote_by_signatures__no_ballots__reverts(poll, carry_all):
    with ape.reverts("polls: no ballots"):
        carry_all()


def test_vote_by_signatures__closing_second__reverts(polls, poll, voters, ballot, carry_all, at):
    signed = ballot(voters[0], until=2**40 - 1)
    at(polls.poll(poll).closes_at)
    with ape.reverts("polls: not open"):
        carry_all(signed)


def test_vote_by_signatures__withdrawn__reverts(polls, poll, voters, steward, ballot, carry_all):
    signed = ballot(voters[0])
    polls.withdraw_poll(poll, sender=steward)
    with ape.reverts("polls: not open"):
        carry_all(signed)


def test_vote_by_signatures__unknown_poll__reverts(poll, voters, ballot, carry_all):
    for number in (0, poll + 1, 2**255):
        with ape.reverts("polls: unknown poll"):
            carry_all(ballot(voters[0]), number=number)


def test_vote_by_signatures__nobody_counts__is_told_and_no_more(
    polls, poll, outsider, ballot, carry_all
):
    receipt = carry_all(ballot(outsider))
    assert receipt.events == [skipped(polls, poll, outsider, 0, NO_VOICE)]
    assert polls.poll(poll).ballot_count == 0
