"""`Polls.vote_by_signatures`: several ballots of one member, and wallets of several sorts."""

from tests.ballots import NOT_SIGNED, STALE, cast, skipped

# ---- several of one person ----------------------------------------------------------------


def test_vote_by_signatures__twice_the_same__counts_once(polls, poll, voters, ballot, carry_all):
    signed = ballot(voters[0])
    receipt = carry_all(signed, signed)

    assert receipt.events == [
        cast(polls, poll, 1, (2,)),
        skipped(polls, poll, voters[0], 1, STALE),
    ]
    assert polls.tally(poll) == [0, 1, 0]


def test_vote_by_signatures__two_of_one_member__the_higher_is_the_last(
    polls, poll, voters, ballot, carry_all
):
    """In whichever order the carrier puts them."""
    first, second = ballot(voters[0], (1,), 1), ballot(voters[0], (3,), 2)
    other_first, other_second = ballot(voters[1], (1,), 1), ballot(voters[1], (3,), 2)
    receipt = carry_all(first, second, other_second, other_first)

    assert receipt.events == [
        cast(polls, poll, 1, (1,)),
        cast(polls, poll, 1, (3,), old=(1,), sequence=2),
        cast(polls, poll, 2, (3,), sequence=2),
        skipped(polls, poll, voters[1], 3, STALE),
    ]
    assert polls.tally(poll) == [0, 0, 2]


def test_vote_by_signatures__two_wallets_of_one_member__are_one_ballot(
    polls, poll, link, voters, spare_wallets, ballot, carry_all
):
    link(voters[0], spare_wallets[0])
    receipt = carry_all(
        ballot(voters[0], (1,), 1),
        ballot(spare_wallets[0], (2,), 1),
        ballot(spare_wallets[0], (3,), 2),
    )
    assert receipt.events == [
        cast(polls, poll, 1, (1,)),
        skipped(polls, poll, spare_wallets[0], 1, STALE),
        cast(polls, poll, 1, (3,), old=(1,), sequence=2),
    ]
    assert polls.tally(poll) == [0, 0, 1]


def test_vote_by_signatures__sent_again_whole__changes_nothing(
    polls, poll, voters, ballot, carry_all
):
    ballots = [ballot(voter) for voter in voters[:2]]
    carry_all(*ballots)
    receipt = carry_all(*ballots)

    assert receipt.events == [
        skipped(polls, poll, voter, index, STALE) for index, voter in enumerate(voters[:2])
    ]
    assert polls.tally(poll) == [0, 2, 0]


def test_vote_by_signatures__somebody_sent_one_alone_before__the_rest_counts(
    polls, poll, voters, ballot, carry, carry_all
):
    """A batch that was seen and overtaken loses nothing."""
    ballots = [ballot(voter) for voter in voters[:3]]
    carry(ballots[1])
    receipt = carry_all(*ballots)

    assert receipt.events == [
        cast(polls, poll, 1, (2,)),
        skipped(polls, poll, voters[1], 1, STALE),
        cast(polls, poll, 3, (2,)),
    ]
    assert polls.tally(poll) == [0, 3, 0]


# ---- wallets ------------------------------------------------------------------------------


def test_vote_by_signatures__contract_wallet__travels_alone(
    polls, open_poll, shared_wallet, voters, ballot, carry_all
):
    poll = open_poll()
    signed = ballot(shared_wallet, number=poll, signer=voters[0])
    receipt = carry_all(signed, ballot(voters[0], number=poll), number=poll)

    assert receipt.events == [
        skipped(polls, poll, shared_wallet, 0, NOT_SIGNED),
        cast(polls, poll, 1, (2,)),
    ]


def test_vote_by_signatures__borrowed_code__the_key_still_signs(
    polls, open_poll, new_wallet, borrower, admin, enlist, ballot, carry_all
):
    borrower.set_delegate(new_wallet(admin), receiver=admin)
    number = enlist(borrower)
    poll = open_poll()
    receipt = carry_all(
        ballot(borrower, number=poll, signer=admin), ballot(borrower, number=poll), number=poll
    )
    assert receipt.events == [
        skipped(polls, poll, borrower, 0, NOT_SIGNED),
        cast(polls, poll, number, (2,)),
    ]
