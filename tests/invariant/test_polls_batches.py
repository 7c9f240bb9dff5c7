"""
A batch counts what the same ballots would have counted one by one, in the same order: cells,
tallies and events are equal, and what was skipped is refused alone, for the same reason.
"""

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.invariant import polls_world as world
from tests.invariant.polls_model import APPROVAL, MOST, REASONS, SINGLE, Poll, Slip
from tests.invariant.polls_world import DAY, FLAWS, NEVER, NUMBERS, START
from tests.invariant.revm import SOMEBODY, Refused

PEOPLE = (0, 2, 3, 9)  # of these, neighbours in a slot and the highest number
NOW = START + 100


@pytest.fixture(scope="module")
def stage(project):
    made = world.build(project)
    for who in PEOPLE[:-1]:
        made.membership.send("set_voice", who + 1, START - DAY, NEVER, sender=SOMEBODY)
    # One has a number, and came of age too late.
    made.membership.send("set_voice", PEOPLE[-1] + 1, START + 1, NEVER, sender=SOMEBODY)
    return made


def seldom(usual, odd):
    """Mostly the usual; of equal branches Hypothesis would make one."""
    return st.integers(0, 9).flatmap(lambda dice: odd if dice == 9 else usual)


def choices(kind, count):
    """Answers, and some that are none; a list of options holds 32 of them at most."""
    if kind == SINGLE:
        return seldom(st.integers(1, count), st.integers(0, 2**48 - 1))
    past = st.builds(lambda low, high: low | 1 << high, st.integers(0, 3), st.integers(count, 47))
    return seldom(st.integers(0, 2**count - 1), past)


def slips(kind, count):
    """Ballots that are good on the whole."""
    return st.builds(
        Slip,
        who=seldom(st.sampled_from(PEOPLE[:-1]), st.sampled_from((PEOPLE[-1], None))),
        is_second_wallet=st.booleans(),
        choice=choices(kind, count),
        sequence=seldom(st.integers(1, 8), st.sampled_from((0, MOST, MOST + 1, 255))),
        deadline=seldom(st.sampled_from((NEVER - 1, NOW)), st.just(NOW - 1)),
        flaw=seldom(st.none(), st.sampled_from(sorted(FLAWS))),
    )


@st.composite
def batches(draw):
    kind = draw(st.sampled_from((SINGLE, APPROVAL)))
    count = draw(st.integers(2, 32))
    one = st.tuples(st.sampled_from(PEOPLE[:-1]), st.integers(1, count))
    before = draw(st.lists(one, max_size=3))
    return kind, count, before, draw(st.lists(slips(kind, count), min_size=1, max_size=12))


def state(polls, people):
    return polls.view("poll", 1), [polls.view("ballot_of", 1, NUMBERS[who]) for who in people]


def send_alone(polls, ballot):
    """What one ballot logs by itself, or why it is refused."""
    try:
        polls.send("vote_by_signature", *ballot.arguments, sender=SOMEBODY)
    except Refused as why:
        return str(why)
    return polls.told()


@settings(max_examples=120, deadline=None)
@given(batches())
def test_vote_by_signatures__any_mix__is_the_same_as_one_by_one(stage, batch):
    kind, count, before, said = batch
    polls, ledger = stage.polls, stage.ledger
    at_first = ledger.evm.snapshot()
    ledger.turn_to(START + 1)
    world.open_poll(polls, kind, count, START + DAY)
    poll = Poll(kind, count, START, START + DAY)
    for who, option in before:
        polls.send("vote", 1, option, sender=world.wallet(who).address)
    ledger.turn_to(NOW)
    ballots = [world.carried(polls, poll, 1, slip) for slip in said]

    fresh = ledger.evm.snapshot()
    words = [ballot.words for ballot in ballots]
    output = polls.send("vote_by_signatures", 1, words, sender=SOMEBODY)
    told = polls.told()
    together = state(polls, PEOPLE)
    ledger.evm.revert(fresh)

    alone = [send_alone(polls, ballot) for ballot in ballots]
    one_by_one = state(polls, PEOPLE)
    ledger.evm.revert(at_first)

    assert together == one_by_one
    assert int.from_bytes(output, "big") == sum(
        1 << place for place, one in enumerate(alone) if isinstance(one, list)
    )
    for place, (one, logged) in enumerate(zip(alone, told, strict=True)):
        if isinstance(one, list):
            assert one == [logged]
            event("counted")
        else:
            name, poll_id, voter, index, why = logged
            assert (name, poll_id, index) == ("BallotSkipped", 1, place)
            assert voter == ballots[place].voter.lower()
            assert one == REASONS[why]
            event(one)
