"""A walk through polls of both kinds, and the same in plain Python beside it."""

import random
from collections import Counter

import pytest

from tests.ballots import TEXT
from tests.invariant import polls_world as world
from tests.invariant.polls_model import APPROVAL, MOST, OPEN, REASONS, SINGLE, Poll, Slip
from tests.invariant.polls_world import DAY, FLAWS, NEVER, NUMBERS, START, STEWARD, WARDEN
from tests.invariant.revm import SOMEBODY, Refused

HOUR = 3_600
WAITS = (0, 0, 0, 0, 0, 0, 1, 1, 60, HOUR)


class Walk:
    """Polls and their model, side by side."""

    def __init__(self, stage, seed):
        self.dice = random.Random(seed)
        self.ledger, self.charter = stage.ledger, stage.charter
        self.polls, self.membership = stage.polls, stage.membership
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
        """Send; see that it is refused as it should be, or what it tells."""
        self.outcomes[act, refusal] += 1
        if refusal is None:
            self.polls.send(act, *words, sender=sender)
            return self.polls.told()
        with pytest.raises(Refused) as refused:
            self.polls.send(act, *words, sender=sender)
        assert str(refused.value) == refusal
        return None

    def wait(self, seconds):
        self.now += seconds
        self.ledger.turn_to(self.now)

    def give_voice(self, who, first, end):
        self.voices[who] = first, end
        self.membership.send("set_voice", who + 1, first, end, sender=SOMEBODY)

    def has_voice(self, who, poll):
        first, end = self.voices.get(who, (NEVER, NEVER))
        return first <= poll.snapshot < end

    def refusal(self, number):
        poll = self.polled.get(number)
        return "polls: unknown poll" if poll is None else poll.refusal(self.now)

    def some_poll(self):
        newest = len(self.polled)
        return self.dice.choice((newest, newest, newest, self.dice.randint(0, newest + 1)))

    def somebody(self):
        return None if self.dice.random() < 0.02 else self.dice.randrange(len(NUMBERS))

    # ---- a member's own votes ----

    def vote(self, who=None, number=None, times=1):
        who = self.somebody() if who is None else who
        number = self.some_poll() if number is None else number
        poll = self.polled.get(number)
        option = self.dice.randint(0, poll.options + 1) if poll else 1
        for _ in range(times):
            if not self.cast("vote", option, [option], who, number):
                break

    def vote_for(self):
        number = self.some_poll()
        poll = self.polled.get(number)
        few = self.dice.choice((0, 1, 1, 2, 3, 33))
        options = self.dice.sample(range(1, 33), min(few, 32)) if poll else []
        options = sorted(options) if self.dice.random() < 0.9 else options
        if poll and few == 33:
            options = list(range(1, poll.options + 1))
        self.cast("vote_for", options, options, self.somebody(), number)

    def cast(self, act, argument, options, who, number):
        """Vote directly, and count it; the contract's reasons come in its own order."""
        poll, refusal = self.polled.get(number), self.refusal(number)
        if refusal is None and act == "vote" and not 1 <= options[0] <= poll.options:
            refusal = "polls: unknown option"
        refusal = refusal or poll.objection(options)
        if refusal is None and not self.has_voice(who, poll):
            refusal = "polls: no voice"
        sender = world.wallet(who, self.dice.random() < 0.5).address
        told = self.expect(refusal, act, number, argument, sender=sender)
        if told is not None:
            self.last = who
            bits = sum(1 << (option - 1) for option in options)
            counted = poll.cast(NUMBERS[who], bits)
            assert told == [("BallotCast", number, NUMBERS[who], *counted)]
        return told

    def vote_and_vote(self):
        """Until past the end of the sequence."""
        who = self.dice.randrange(len(NUMBERS))
        self.vote(who, len(self.polled), self.dice.choice((3, MOST + 3)))

    # ---- what others carry ----

    def slip(self, poll):
        """What a member might sign, or somebody might forge."""
        who, roll = self.somebody(), self.dice.random()
        choice = self.dice.randint(1, poll.options)
        if poll.is_approval:
            choice = self.dice.randrange(2**poll.options)
        if self.dice.random() < 0.05:
            choice = 1 << self.dice.randint(poll.options, 47)
        _, cast = poll.ballots.get(NUMBERS[who or 0], (0, 0))
        ahead = self.dice.choice((1, 1, 1, 1, 2, 5, 0, -1, MOST - cast, MOST + 1 - cast))
        return Slip(
            who=who,
            is_second_wallet=self.dice.random() < 0.5,
            choice=choice,
            sequence=max(0, cast + ahead),
            deadline=self.now + self.dice.choice((0, 0, 1, HOUR, HOUR, -1)),
            flaw=self.dice.choice(sorted(FLAWS)) if roll < 0.1 else None,
        )

    def judged(self, poll, slip):
        voice = self.has_voice(slip.who, poll)
        return poll.judge(slip, voice, NUMBERS[slip.who or 0], self.now)

    def count(self, number, slip):
        poll, member_no = self.polled[number], NUMBERS[slip.who]
        return (
            "BallotCast",
            number,
            member_no,
            *poll.cast(member_no, poll.bits(slip), slip.sequence),
        )

    def carry(self):
        number = len(self.polled)
        poll = self.polled[number]
        slip = self.slip(poll)
        ballot = world.carried(self.polls, poll, number, slip)
        refusal = poll.refusal(self.now) or REASONS.get(self.judged(poll, slip))
        told = self.expect(refusal, "vote_by_signature", *ballot.arguments, sender=SOMEBODY)
        if told is not None:
            assert told == [self.count(number, slip)]

    def carry_all(self):
        number = len(self.polled)
        poll, act = self.polled[number], "vote_by_signatures"
        slips = [self.slip(poll) for _ in range(self.dice.randint(0, 8))]
        slips += self.dice.sample(slips, min(len(slips), self.dice.choice((0, 0, 1))))
        ballots = [world.carried(self.polls, poll, number, slip) for slip in slips]
        refusal = poll.refusal(self.now) or (None if slips else "polls: no ballots")
        words = [ballot.words for ballot in ballots]
        told = self.expect(refusal, act, number, words, sender=SOMEBODY)
        for place, slip in enumerate(slips if told is not None else ()):
            why = self.judged(poll, slip)
            self.outcomes[act, why or "counted"] += 1
            voter = ballots[place].voter.lower()
            skipped = "BallotSkipped", number, voter, place, why
            assert told[place] == (skipped if why else self.count(number, slip))

    # ---- the rest of what happens ----

    def open_poll(self):
        options = self.dice.choice((2, 8, 9, 16, 31, 32))
        kind = self.dice.choice((SINGLE, APPROVAL))
        closes_at = self.now + self.dice.choice((HOUR, 2 * DAY, 90 * DAY))
        refusal = "wing: halted" if self.now < self.paused_until else None
        words = TEXT, kind, options, closes_at
        if self.expect(refusal, "open_poll", *words, sender=STEWARD) is not None:
            self.polled[len(self.polled) + 1] = Poll(kind, options, self.now - 1, closes_at)

    def withdraw(self):
        number = self.some_poll()
        poll, refusal = self.polled.get(number), self.refusal(number)
        if refusal is None and poll.ballots:
            refusal = "polls: has ballots"
        if self.expect(refusal, "withdraw_poll", number, sender=STEWARD) is not None:
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
        acts = {self.vote: 25, self.vote_for: 20, self.carry: 12, self.carry_all: 12,
                self.vote_and_vote: 1, self.open_poll: 5, self.withdraw: 4,
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
                *(TEXT, poll.kind, poll.options, poll.snapshot, poll.closes_at, state),
                tuple(poll.tally()),
                len(poll.ballots),
            )
            assert self.polls.view("is_open", number) == (state == OPEN)
            assert poll.is_approval or sum(poll.tally()) == len(poll.ballots)
            for who in people:
                ballot = poll.ballots.get(NUMBERS[who], (0, 0))
                assert self.polls.view("ballot_of", number, NUMBERS[who]) == ballot
                took_part = ballot[1] > 0 and self.now >= poll.closes_at
                assert self.polls.view("open_for", who + 1, number) == took_part
