"""
The polls against a model of them: openings, ballots, changes, withdrawals and waits in any
order. A tally is the count of the members' last ballots, its sum the number of voters, and what
is closed never changes.
"""

from collections import Counter

import ape
import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.conftest import DAY

TEXT = b"\x44" * 32
SINGLE = 1
HOUR = 3_600
PEOPLE = 6  # five members and somebody who is none
OPTIONS = 10  # two words of the tally
POLLS = 3
OPEN, CLOSED, WITHDRAWN = 1, 2, 4


class PollsMachine(RuleBasedStateMachine):
    stage = None  # the deployed brand, from the fixture below

    @initialize()
    def begin(self):
        """Start where votes are possible: one open poll, one ballot in it."""
        self.chain = ape.chain
        self.snapshot = self.chain.snapshot()
        self.polls, self.people, self.steward = self.stage
        self.closes: dict[int, int] = {}
        self.withdrawn: set[int] = set()
        self.ballots: dict[int, dict[int, tuple[int, int]]] = {}
        self.final: dict[int, list[int]] = {}
        self._open(20 * DAY)
        self.vote(who=0, poll=1, option=1)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.chain.restore(self.snapshot)

    # ---- actions, and the model's view of them ----

    def _tick(self):
        """The second in which the next transaction is mined."""
        now = self.chain.blocks.head.timestamp + 1
        self.chain.pending_timestamp = now
        return now

    def _open(self, duration):
        now = self._tick()
        self.polls.open_poll(TEXT, SINGLE, OPTIONS, now + duration, sender=self.steward)
        number = len(self.closes) + 1
        self.closes[number] = now + duration
        self.ballots[number] = {}

    def _state(self, poll, now):
        if poll in self.withdrawn:
            return WITHDRAWN
        return OPEN if now < self.closes[poll] else CLOSED

    def _refusal(self, who, poll, option, now):
        if poll not in self.closes:
            return "polls: unknown poll"
        if self._state(poll, now) != OPEN:
            return "polls: not open"
        if not 1 <= option <= OPTIONS:
            return "polls: unknown option"
        if who == PEOPLE - 1:
            return "polls: no voice"
        return None

    def _try(self, refusal, act):
        event(refusal or "done")  # pytest --hypothesis-show-statistics
        if refusal:
            with ape.reverts(refusal):
                act()
        else:
            act()
        return not refusal

    # ---- rules ----

    @rule(
        who=st.integers(0, PEOPLE - 1),
        poll=st.integers(1, POLLS),
        option=st.integers(0, OPTIONS + 1),
    )
    def vote(self, who, poll, option):
        refusal = self._refusal(who, poll, option, self._tick())
        act = self.polls.vote
        if self._try(refusal, lambda: act(poll, option, sender=self.people[who])):
            _, sequence = self.ballots[poll].get(who + 1, (0, 0))
            self.ballots[poll][who + 1] = (option, sequence + 1)

    @rule(who=st.integers(0, PEOPLE - 2), option=st.integers(1, OPTIONS))
    def vote_in_the_newest(self, who, option):
        self.vote(who, len(self.closes), option)

    @rule(days=st.integers(1, 5))
    def open_poll(self, days):
        if len(self.closes) < POLLS:
            self._open(days * DAY)

    @rule(poll=st.integers(1, POLLS))
    def withdraw_poll(self, poll):
        now, refusal = self._tick(), None
        if poll not in self.closes:
            refusal = "polls: unknown poll"
        elif self._state(poll, now) != OPEN:
            refusal = "polls: not open"
        elif self.ballots[poll]:
            refusal = "polls: has ballots"
        if self._try(refusal, lambda: self.polls.withdraw_poll(poll, sender=self.steward)):
            self.withdrawn.add(poll)

    @rule(hours=st.integers(1, 60))
    def wait(self, hours):
        self.chain.mine(deltatime=hours * HOUR)

    # ---- invariants ----

    @invariant()
    def tally_is_the_count_of_last_ballots(self):
        for poll, ballots in self.ballots.items():
            counted = Counter(option for option, _ in ballots.values())
            tally = self.polls.tally(poll)
            assert tally == [counted[option] for option in range(1, OPTIONS + 1)]
            assert sum(tally) == len(ballots)

    @invariant()
    def cells_hold_each_members_last_ballot(self):
        for poll, ballots in self.ballots.items():
            for number, ballot in ballots.items():
                option, sequence = ballot
                assert self.polls.ballot_of(poll, number) == (1 << (option - 1), sequence)
            assert not self.polls.has_voted(poll, PEOPLE)

    @invariant()
    def closed_never_changes(self):
        now = self.chain.blocks.head.timestamp
        for poll, closes_at in self.closes.items():
            if now >= closes_at:
                tally = self.polls.tally(poll)
                assert self.final.setdefault(poll, tally) == tally
                assert self.polls.poll(poll).state == self._state(poll, now)


@pytest.fixture(scope="module", autouse=True)
def stage(polls, community, outsider, steward):
    PollsMachine.stage = (polls, [*community, outsider], steward)


TestPolls = PollsMachine.TestCase
TestPolls.settings = settings(
    max_examples=6,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a chain takes minutes
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
