"""`Polls.vote`: one member, one vote, and until when."""

import ape
import pytest

from .conftest import APPROVAL, CLOSED, DAY, SINGLE


def test_vote__first_ballot__counts_one(polls, poll, voters):
    receipt = polls.vote(poll, 2, sender=voters[0])

    assert receipt.events == [
        polls.BallotCast(poll_id=poll, member_no=1, old_options=0, new_options=0b10, sequence=1)
    ]
    assert polls.tally(poll) == [0, 1, 0]
    assert polls.ballot_of(poll, 1) == (0b10, 1)
    assert polls.has_voted(poll, 1)
    assert not polls.has_voted(poll, 2)


def test_vote__everyone__each_has_a_cell_of_their_own(polls, open_poll, voters):
    poll = open_poll(options=32)
    choices = [1, 32, 1, 17, 8]
    for voter, choice in zip(voters, choices, strict=True):
        polls.vote(poll, choice, sender=voter)

    assert polls.tally(poll) == [choices.count(option) for option in range(1, 33)]
    assert [polls.ballot_of(poll, number) for number in range(1, 6)] == [
        (1 << (choice - 1), 1) for choice in choices
    ]


@pytest.mark.parametrize("option", [1, 8, 9, 32])
def test_vote__each_lane_of_the_tally__counts(polls, open_poll, voters, option):
    poll = open_poll(options=32)
    for voter in voters:
        polls.vote(poll, option, sender=voter)
    assert polls.tally(poll) == [5 if place == option else 0 for place in range(1, 33)]


def test_vote__delegated_their_votes__has_a_voice_all_the_same(
    polls, electorate, open_poll, voters
):
    # Ape's own `delegate` hides the contract's.
    electorate.invoke_transaction("delegate", voters[1], sender=voters[0])
    poll = open_poll()
    polls.vote(poll, 1, sender=voters[0])
    polls.vote(poll, 2, sender=voters[1])
    assert polls.tally(poll) == [1, 1, 0]


def test_vote__from_two_wallets__is_one_ballot(polls, poll, link, voters, spare_wallets):
    link(voters[0], spare_wallets[0])
    polls.vote(poll, 1, sender=voters[0])
    polls.vote(poll, 2, sender=spare_wallets[0])
    assert polls.tally(poll) == [0, 1, 0]
    assert polls.ballot_of(poll, 1) == (0b10, 2)


def test_vote__in_two_polls__is_a_ballot_in_each(polls, open_poll, voters):
    first, second = open_poll(), open_poll()
    polls.vote(first, 1, sender=voters[0])
    polls.vote(second, 3, sender=voters[0])
    assert (polls.tally(first), polls.tally(second)) == ([1, 0, 0], [0, 0, 1])


def test_vote__second_of_the_opening__is_taken(polls, open_poll, voters, chain):
    poll = open_poll()
    polls.vote(poll, 1, sender=voters[0])
    assert polls.poll(poll).snapshot < chain.blocks.head.timestamp


def test_vote__last_second__is_taken(polls, poll, voters, at):
    at(polls.poll(poll).closes_at - 1)
    polls.vote(poll, 1, sender=voters[0])


def test_vote__closing_second__reverts(polls, poll, voters, at):
    at(polls.poll(poll).closes_at)
    with ape.reverts("polls: not open"):
        polls.vote(poll, 1, sender=voters[0])


def test_vote__closed__the_tally_is_final(polls, poll, voters, chain):
    polls.vote(poll, 1, sender=voters[0])
    chain.mine(timestamp=polls.poll(poll).closes_at)

    assert polls.poll(poll).state == CLOSED
    assert not polls.is_open(poll)
    for voter in voters:
        with ape.reverts("polls: not open"):
            polls.vote(poll, 2, sender=voter)
    assert polls.tally(poll) == [1, 0, 0]


@pytest.mark.parametrize("option", [0, 4, 33, 2**256 - 1])
def test_vote__unknown_option__reverts(polls, poll, voters, option):
    with ape.reverts("polls: unknown option"):
        polls.vote(poll, option, sender=voters[0])


@pytest.mark.parametrize("number", [0, 2, 2**255])
def test_vote__unknown_poll__reverts(polls, poll, voters, number):
    with ape.reverts("polls: unknown poll"):
        polls.vote(number, 1, sender=voters[0])


def test_vote__no_passport__reverts(polls, poll, outsider):
    with ape.reverts("polls: no voice"):
        polls.vote(poll, 1, sender=outsider)


def test_vote__joined_after_the_snapshot__reverts(
    polls, open_poll, passport, membership, newcomer, steward, chain
):
    poll = open_poll(duration=60 * DAY)
    passport.register(sender=newcomer)
    membership.admit([6], sender=steward)
    chain.mine(deltatime=31 * DAY)
    with ape.reverts("polls: no voice"):
        polls.vote(poll, 1, sender=newcomer)


@pytest.mark.parametrize(("early", "is_heard"), [(1, False), (0, True)])
def test_vote__came_of_age_about_the_snapshot__only_by_the_second_before(
    polls, voters, passport, membership, newcomer, steward, chain, at, early, is_heard
):
    """The snapshot is the second before the opening, and the last one that counts."""
    passport.register(sender=newcomer)
    membership.admit([6], sender=steward)
    comes_of_age = membership.member(6).counts_from
    at(comes_of_age + 1 - early)
    polls.open_poll(b"\x44" * 32, SINGLE, 2, comes_of_age + DAY, sender=steward)
    poll = polls.poll_count()

    if is_heard:
        polls.vote(poll, 1, sender=newcomer)
    else:
        with ape.reverts("polls: no voice"):
            polls.vote(poll, 1, sender=newcomer)


def test_vote__left_before_the_snapshot__reverts(polls, membership, open_poll, voters, chain):
    membership.leave(sender=voters[0])
    chain.mine(deltatime=10)
    poll = open_poll()
    with ape.reverts("polls: no voice"):
        polls.vote(poll, 1, sender=voters[0])


def test_vote__while_paused__is_taken(polls, poll, voters, pause):
    pause("polls")
    pause("membership")
    polls.vote(poll, 1, sender=voters[0])
    polls.vote(poll, 2, sender=voters[0])
    assert polls.tally(poll) == [0, 1, 0]


def test_vote__in_polls_that_were_replaced__is_taken(
    project, polls, open_poll, charter, electorate, voters, admin, outsider, chain
):
    poll = open_poll(duration=60 * DAY)
    successor = admin.deploy(project.Polls, charter, electorate)
    name = b"polls".ljust(32, b"\x00")
    charter.announce_replacement(name, successor, sender=admin)
    chain.mine(deltatime=14 * DAY)
    charter.replace(name, sender=outsider)

    polls.vote(poll, 1, sender=voters[0])
    polls.vote(poll, 2, sender=voters[0])
    assert polls.tally(poll) == [0, 1, 0]


def test_vote__cells_that_fill_a_word__stay_apart(polls, open_poll, enlist, spare_wallets):
    """Eight cells of 25 options and their sequence are a whole word: member 8 is in the next."""
    newcomers = dict(zip([6, 7, 8], spare_wallets, strict=False))
    assert [enlist(wallet) for wallet in newcomers.values()] == list(newcomers)
    poll = open_poll(options=25, kind=APPROVAL)
    for number, wallet in newcomers.items():
        polls.vote_for(poll, [number], sender=wallet)
    assert [polls.ballot_of(poll, number) for number in newcomers] == [
        (1 << number - 1, 1) for number in newcomers
    ]
