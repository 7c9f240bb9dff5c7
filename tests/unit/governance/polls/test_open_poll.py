"""`Polls.open_poll`: what a steward may ask, and what is refused."""

import ape
import pytest
from ape.exceptions import ContractLogicError

from tests.ballots import TEXT

from .conftest import APPROVAL, DAY, OPEN, SINGLE

HOUR, LONGEST = 3_600, 90 * DAY


@pytest.fixture
def ask(polls, voters, steward, chain, at):
    """Open a poll in a second that is known, so many seconds before its close."""

    def _ask(text=TEXT, options=3, duration=7 * DAY, sender=steward, kind=SINGLE):
        now = chain.blocks.head.timestamp + 10
        at(now)
        return now, polls.open_poll(text, kind, options, now + duration, sender=sender)

    return _ask


def test_open_poll__by_steward__is_open_from_the_second_before(polls, steward, ask):
    now, receipt = ask()

    assert receipt.events == [
        polls.PollOpened(
            poll_id=1,
            steward=steward,
            content_hash=TEXT,
            kind=SINGLE,
            option_count=3,
            snapshot=now - 1,
            closes_at=now + 7 * DAY,
        )
    ]
    assert tuple(polls.poll(1)) == (
        *(TEXT, SINGLE, 3, now - 1, now + 7 * DAY, OPEN, [0, 0, 0]),
        0,
    )
    assert polls.is_open(1)


def test_open_poll__approval__is_told_as_such(polls, steward, ask):
    now, receipt = ask(kind=APPROVAL, options=32)

    assert receipt.events == [
        polls.PollOpened(
            poll_id=1,
            steward=steward,
            content_hash=TEXT,
            kind=APPROVAL,
            option_count=32,
            snapshot=now - 1,
            closes_at=now + 7 * DAY,
        )
    ]
    assert tuple(polls.poll(1)) == (
        *(TEXT, APPROVAL, 32, now - 1, now + 7 * DAY, OPEN, [0] * 32),
        0,
    )


@pytest.mark.parametrize("kind", [4, 2**255])
def test_open_poll__kind_that_nobody_knows__is_refused(polls, ask, kind):
    with pytest.raises(ContractLogicError):  # by the decoder, which gives no reason
        ask(kind=kind)
    assert polls.poll_count() == 0


def test_open_poll__several__are_counted_from_one(polls, ask):
    assert [ask()[1].events[0].poll_id for _ in range(3)] == [1, 2, 3]
    assert polls.poll_count() == 3


def test_open_poll__asked_beforehand__tells_the_number(polls, ask, steward, chain):
    ask()
    closes_at = chain.blocks.head.timestamp + DAY
    assert polls.open_poll.call(TEXT, SINGLE, 2, closes_at, sender=steward) == 2


@pytest.mark.parametrize("options", [2, 32])
def test_open_poll__fewest_and_most_options__is_taken(polls, ask, options):
    ask(options=options)
    assert polls.tally(1) == [0] * options


@pytest.mark.parametrize("duration", [HOUR, LONGEST])
def test_open_poll__shortest_and_longest__is_taken(polls, ask, duration):
    ask(duration=duration)
    assert polls.is_open(1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": b"\x00" * 32}, "polls: empty content"),
        ({"kind": 0}, "polls: one kind"),
        ({"kind": 3}, "polls: one kind"),
        ({"options": 0}, "polls: too few options"),
        ({"options": 1}, "polls: too few options"),
        ({"options": 33}, "polls: too many options"),
        ({"options": 2**256 - 1}, "polls: too many options"),
        ({"duration": 0}, "polls: too short"),
        ({"duration": HOUR - 1}, "polls: too short"),
        ({"duration": LONGEST + 1}, "polls: too long"),
        ({"duration": 2**200}, "polls: too long"),
    ],
)
def test_open_poll__out_of_bounds__reverts(ask, changes, reason):
    with ape.reverts(reason):
        ask(**changes)


def test_open_poll__by_anyone_else__reverts(ask, admin, till, voters, outsider):
    for sender in (admin, till, voters[0], outsider):
        with ape.reverts("wing: lacks the role"):
            ask(sender=sender)


def test_open_poll__while_paused__reverts(ask, pause):
    pause("polls")
    with ape.reverts("wing: halted"):
        ask()
