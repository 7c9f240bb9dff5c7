"""
The polls against a model of them on a ledger in memory: thousands of acts, many in one second,
by members with numbers at the edges of a slot of cells and at the highest that there is. A tally
is the count of last ballots, and nothing but the closing second ends a voice.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.invariant.revm import SOMEBODY, Ledger, Refused

DAY, HOUR, NEVER = 86_400, 3_600, 2**40
START = 1_700_000_000
TEXT = b"\x44" * 32
NOBODY = "0x" + "00" * 20
STEWARD, WARDEN = "0x" + "55" * 20, "0x" + "66" * 20
CELLS = 21  # in a slot
NUMBERS = (1, 2, CELLS - 1, CELLS, CELLS + 1, 2 * CELLS - 1, 2 * CELLS, 2**31, 2**32 - 2, 2**32 - 1)
OPEN, CLOSED, WITHDRAWN = 1, 2, 4
SINGLE = 1
MOST = 127  # where the sequence stops
WALKS, STEPS = 8, 300
WAITS = (0, 0, 0, 0, 0, 0, 1, 1, 60, HOUR)


def wallet(number):
    return "0x" + (0xB0000 + number).to_bytes(20, "big").hex()


@dataclass
class Poll:
    options: int
    snapshot: int
    closes_at: int
    is_withdrawn: bool = False
    ballots: dict = field(default_factory=dict)  # member number -> option, times

    def state(self, now):
        if self.is_withdrawn:
            return WITHDRAWN
        return OPEN if now < self.closes_at else CLOSED

    def tally(self):
        counted = Counter(option for option, _ in self.ballots.values())
        return [counted[option] for option in range(1, self.options + 1)]


class Walk:
    """Polls and their model, side by side."""

    def __init__(self, stage, seed):
        self.dice = random.Random(seed)
        self.ledger, self.charter, self.polls, self.membership = stage
        self.now = START
        self.ledger.turn_to(START)
        self.paused_until = 0
        self.voices = {}  # person -> first second, end
        self.polled: dict[int, Poll] = {}
        self.outcomes = Counter()
        self.last = 0  # who voted last
        for who in range(len(NUMBERS)):
            self.give_voice(who, START - DAY, NEVER)
        self.wait(1)
        self.open_poll()

    # ---- doing ----

    def expect(self, refusal, act, *words, sender):
        self.outcomes[act, refusal] += 1
        if refusal is None:
            self.polls.send(act, *words, sender=sender)
            return True
        with pytest.raises(Refused) as refused:
            self.polls.send(act, *words, sender=sender)
        assert str(refused.value) == refusal
        return False

    def wait(self, seconds):
        self.now += seconds
        self.ledger.turn_to(self.now)

    def give_voice(self, who, first, end):
        self.voices[who] = first, end
        self.membership.send("set_voice", who + 1, first, end, sender=SOMEBODY)

    def refusal(self, who, number, option):
        poll = self.polled.get(number)
        if poll is None:
            return "polls: unknown poll"
        if poll.state(self.now) != OPEN:
            return "polls: not open"
        if not 1 <= option <= poll.options:
            return "polls: unknown option"
        first, end = self.voices.get(who, (NEVER, NEVER))
        return None if first <= poll.snapshot < end else "polls: no voice"

    def some_poll(self):
        newest = len(self.polled)
        return self.dice.choice((newest, newest, newest, self.dice.randint(0, newest + 1)))

    # ---- acts ----

    def vote(self, who=None, number=None, times=1):
        who = self.dice.randrange(len(NUMBERS)) if who is None else who
        self.last = who
        number = self.some_poll() if number is None else number
        poll = self.polled.get(number)
        option = self.dice.randint(0, poll.options + 1) if poll else 1
        sender = wallet(who + self.dice.choice((0, 100)))
        if self.dice.random() < 0.02:
            who, sender = None, SOMEBODY
        for _ in range(times):
            if not self.expect(
                self.refusal(who, number, option), "vote", number, option, sender=sender
            ):
                break
            _, cast = poll.ballots.get(NUMBERS[who], (0, 0))
            poll.ballots[NUMBERS[who]] = option, cast + 1

    def vote_and_vote(self):
        """Until past the end of the sequence."""
        number = len(self.polled)
        self.vote(self.dice.randrange(len(NUMBERS)), number, self.dice.choice((3, MOST + 3)))

    def open_poll(self):
        options = self.dice.choice((2, 8, 9, 16, 31, 32))
        closes_at = self.now + self.dice.choice((HOUR, 2 * DAY, 90 * DAY))
        refusal = "wing: halted" if self.now < self.paused_until else None
        if self.expect(refusal, "open_poll", TEXT, SINGLE, options, closes_at, sender=STEWARD):
            self.polled[len(self.polled) + 1] = Poll(options, self.now - 1, closes_at)

    def withdraw(self):
        number = self.some_poll()
        poll, refusal = self.polled.get(number), None
        if poll is None:
            refusal = "polls: unknown poll"
        elif poll.state(self.now) != OPEN:
            refusal = "polls: not open"
        elif poll.ballots:
            refusal = "polls: has ballots"
        if self.expect(refusal, "withdraw_poll", number, sender=STEWARD):
            poll.is_withdrawn = True

    def change_voice(self):
        """Come of age, or leave, about this second; a poll looks at its snapshot alone."""
        who = self.dice.randrange(len(NUMBERS))
        edge = self.now + self.dice.choice((-1, 0, 1))
        self.give_voice(who, *self.dice.choice(((edge, NEVER), (START - DAY, edge))))

    def pause(self):
        """Openings stop for a day, once a walk; nothing else does."""
        if not self.paused_until:
            self.charter.send("pause", b"polls".ljust(32, b"\x00"), DAY, sender=WARDEN)
            self.paused_until = self.now + DAY

    def go_to_an_edge(self):
        """The last second of a poll, or its closing second."""
        edge = self.polled[self.dice.randint(1, len(self.polled))].closes_at
        self.wait(max(0, edge - self.dice.choice((0, 1)) - self.now))

    def step(self):
        self.wait(self.dice.choice(WAITS))
        acts = {self.vote: 60, self.vote_and_vote: 1, self.open_poll: 5, self.withdraw: 4,
                self.change_voice: 6, self.pause: 1, self.go_to_an_edge: 3}  # fmt: skip
        newest = len(self.polled)
        if self.polled[newest].state(self.now) != OPEN and self.dice.random() < 0.3:
            acts = {self.open_poll: 1}  # most walks are better with a poll open
        self.dice.choices(list(acts), list(acts.values()))[0]()
        newest = len(self.polled)
        people = self.dice.sample(range(len(NUMBERS)), 4)
        self.agree({newest, self.dice.randint(1, newest)}, {self.last, *people})

    # ---- comparing ----

    def agree(self, numbers, people):
        assert self.polls.view("poll_count") == len(self.polled)
        for number in numbers:
            poll = self.polled[number]
            state = poll.state(self.now)
            assert self.polls.view("poll", number) == (
                *(TEXT, SINGLE, poll.options, poll.snapshot, poll.closes_at, state),
                tuple(poll.tally()),
                len(poll.ballots),
            )
            assert self.polls.view("is_open", number) == (state == OPEN)
            assert sum(poll.tally()) == len(poll.ballots)
            for who in people:
                option, cast = poll.ballots.get(NUMBERS[who], (0, 0))
                told = self.polls.view("ballot_of", number, NUMBERS[who])
                assert told == (1 << option >> 1, min(cast, MOST))
                took_part = cast > 0 and self.now >= poll.closes_at
                assert self.polls.view("open_for", who + 1, number) == took_part


@pytest.fixture(scope="module")
def stage(project):
    """Polls in a sealed brand, and ten people with two wallets each."""
    ledger = Ledger(START)
    charter = ledger.deploy(project.Charter, SOMEBODY, WARDEN, START + 365 * DAY)
    passport = ledger.deploy(project.FakePassport)
    membership = ledger.deploy(project.FakeMembership, passport.address)
    polls = ledger.deploy(project.Polls, charter.address, membership.address)
    charter.send("give_roles", STEWARD, 8, sender=SOMEBODY)
    charter.send("set_entry", b"polls".ljust(32, b"\x00"), polls.address, sender=SOMEBODY)
    charter.send("seal", sender=SOMEBODY)
    for who, member_no in enumerate(NUMBERS):
        passport.send("register", sender=wallet(who))
        passport.send("set_id", wallet(who + 100), who + 1, sender=SOMEBODY)
        membership.send("enrol", who + 1, member_no, sender=SOMEBODY)
    return ledger, charter, polls, membership


def test_polls__any_walk__agree_with_the_model(stage):
    ledger = stage[0]
    outcomes = Counter()
    for seed in range(WALKS):
        snapshot = ledger.evm.snapshot()
        walk = Walk(stage, seed)
        for _ in range(STEPS):
            walk.step()
        walk.wait(91 * DAY)
        walk.agree(walk.polled, range(len(NUMBERS)))
        outcomes += walk.outcomes
        ledger.evm.revert(snapshot)
    # The walks went where it matters.
    for act in ("vote", "open_poll", "withdraw_poll"):
        assert outcomes[act, None] > 10, outcomes
    for refusal in ("not open", "unknown poll", "unknown option", "no voice", "has ballots"):
        assert any(told == f"polls: {refusal}" for _, told in outcomes), refusal
    assert outcomes["open_poll", "wing: halted"], outcomes
