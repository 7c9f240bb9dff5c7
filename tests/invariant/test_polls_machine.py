"""
The polls against a model of them: openings, ballots sent or carried, changes, withdrawals and waits
in any order. A tally is the count of the members' last ballots, and what is closed never changes.
"""

import ape
import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.ballots import TEXT, Ballot
from tests.conftest import DAY
from tests.invariant.polls_model import APPROVAL, REASONS, SINGLE, Poll, Slip, options_of

HOUR = 3_600
PEOPLE = 6  # five members and somebody who is none
OPTIONS = 10  # two words of the tally
POLLS = 3

PERSON = st.integers(0, PEOPLE - 1)
BITS = st.integers(0, 2**OPTIONS)  # the last one is no answer
AHEAD = st.sampled_from((1, 1, 1, 2, 0))  # of the ballot that counts
SIGNER = st.sampled_from((None, None, None, 0))  # the voter's own wallet, or the first member's
SLIP = st.tuples(PERSON, BITS, AHEAD, st.sampled_from((HOUR, HOUR, -HOUR)), SIGNER)


class PollsMachine(RuleBasedStateMachine):
    stage = None  # the deployed brand, from the fixture below

    @initialize()
    def begin(self):
        """Start where votes are possible: an open poll of each kind, with a ballot in it."""
        self.chain = ape.chain
        self.snapshot = self.chain.snapshot()
        self.polls, self.people, self.steward, self.carrier = self.stage
        self.polled: dict[int, Poll] = {}
        self.final: dict[int, list[int]] = {}
        self._open(SINGLE, 20 * DAY)
        self.vote(who=0, poll=1, option=1)
        self._open(APPROVAL, 20 * DAY)
        self.vote_for(who=0, poll=2, bits=3)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.chain.restore(self.snapshot)

    # ---- actions, and the model's view of them ----

    def _tick(self):
        """The second in which the next transaction is mined."""
        self.now = self.chain.blocks.head.timestamp + 1
        self.chain.pending_timestamp = self.now

    def _open(self, kind, duration):
        self._tick()
        closes_at = self.now + duration
        self.polls.open_poll(TEXT, kind, OPTIONS, closes_at, sender=self.steward)
        self.polled[len(self.polled) + 1] = Poll(kind, OPTIONS, self.now - 1, closes_at)

    def _refusal(self, number):
        poll = self.polled.get(number)
        return "polls: unknown poll" if poll is None else poll.refusal(self.now)

    def _try(self, refusal, act):
        """Do it, or be refused; its receipt if it was done."""
        event(refusal or "done")  # pytest --hypothesis-show-statistics
        if not refusal:
            return act()
        with ape.reverts(refusal):
            act()
        return None

    def _cast(self, who, number, options, act):
        self._tick()
        refusal = self._refusal(number) or self.polled[number].objection(options)
        if not refusal and who == PEOPLE - 1:
            refusal = "polls: no voice"
        if self._try(refusal, act):
            bits = sum(1 << (option - 1) for option in options)
            self.polled[number].cast(who + 1, bits)

    def _slip(self, poll, number, said):
        """What somebody carries, and what the model says of it."""
        who, bits, ahead, life, signer = said
        choice = bits if poll.is_approval else bits % (OPTIONS + 2)
        _, cast = poll.ballots.get(who + 1, (0, 0))
        is_forged = signer is not None and signer != who
        flaw = "key" if is_forged else None
        slip = Slip(who, False, choice, cast + ahead, self.now + life, flaw)
        options = options_of(choice) if poll.is_approval else (choice,)
        words = (self.people[who], number, options, slip.sequence, slip.deadline)
        ballot = Ballot(*words, is_approval=poll.is_approval)
        return slip, ballot.signed(self.polls, self.people[signer] if is_forged else None)

    def _why(self, poll, slip):
        return poll.judge(slip, slip.who != PEOPLE - 1, slip.who + 1, self.now)

    # ---- rules ----

    @rule(who=PERSON, poll=st.integers(1, POLLS), option=st.integers(1, OPTIONS))
    def vote(self, who, poll, option):
        sender = self.people[who]
        self._cast(who, poll, [option], lambda: self.polls.vote(poll, option, sender=sender))

    @rule(who=PERSON, poll=st.integers(1, POLLS), bits=BITS)
    def vote_for(self, who, poll, bits):
        options, sender = list(options_of(bits)), self.people[who]
        self._cast(who, poll, options, lambda: self.polls.vote_for(poll, options, sender=sender))

    @rule(who=st.integers(0, PEOPLE - 2), option=st.integers(1, OPTIONS))
    def vote_in_the_newest(self, who, option):
        self.vote(who, len(self.polled), option)

    @rule(said=SLIP)
    def carry(self, said):
        number = len(self.polled)
        poll = self.polled[number]
        self._tick()
        slip, ballot = self._slip(poll, number, said)
        refusal = poll.refusal(self.now) or REASONS.get(self._why(poll, slip))
        send = self.polls.vote_by_signature
        if self._try(refusal, lambda: send(*ballot.arguments, sender=self.carrier)):
            poll.cast(slip.who + 1, poll.bits(slip), slip.sequence)

    @rule(said=st.lists(SLIP, min_size=1, max_size=5), back=st.integers(0, 1))
    def carry_all(self, said, back):
        number = max(1, len(self.polled) - back)
        poll = self.polled[number]
        self._tick()
        slips, ballots = zip(*(self._slip(poll, number, one) for one in said), strict=True)
        words, send = [ballot.words for ballot in ballots], self.polls.vote_by_signatures
        refusal = poll.refusal(self.now)
        if receipt := self._try(refusal, lambda: send(number, words, sender=self.carrier)):
            self._compare(receipt, number, slips)

    def _compare(self, receipt, number, slips):
        poll, wanted = self.polled[number], []
        for place, slip in enumerate(slips):
            if why := self._why(poll, slip):
                event(REASONS[why])
                told = {"voter": self.people[slip.who], "index": place, "why": why}
                wanted.append(self.polls.BallotSkipped(poll_id=number, **told))
                continue
            old, new, sequence = poll.cast(slip.who + 1, poll.bits(slip), slip.sequence)
            told = {"old_options": old, "new_options": new, "sequence": sequence}
            wanted.append(self.polls.BallotCast(poll_id=number, member_no=slip.who + 1, **told))
        assert receipt.events == wanted

    @rule(days=st.integers(1, 5), kind=st.sampled_from((SINGLE, APPROVAL)))
    def open_poll(self, days, kind):
        if len(self.polled) < POLLS:
            self._open(kind, days * DAY)

    @rule(poll=st.integers(1, POLLS))
    def withdraw_poll(self, poll):
        self._tick()
        refusal = self._refusal(poll)
        if not refusal and self.polled[poll].ballots:
            refusal = "polls: has ballots"
        if self._try(refusal, lambda: self.polls.withdraw_poll(poll, sender=self.steward)):
            self.polled[poll].is_withdrawn = True

    @rule(hours=st.integers(1, 60))
    def wait(self, hours):
        self.chain.mine(deltatime=hours * HOUR)

    # ---- invariants ----

    @invariant()
    def tally_is_the_count_of_last_ballots(self):
        for number, poll in self.polled.items():
            told = self.polls.poll(number)
            assert told.tally == poll.tally()
            assert told.ballot_count == len(poll.ballots)
            assert poll.is_approval or sum(told.tally) == len(poll.ballots)

    @invariant()
    def cells_hold_each_members_last_ballot(self):
        for number, poll in self.polled.items():
            for member_no, ballot in poll.ballots.items():
                assert self.polls.ballot_of(number, member_no) == ballot
            assert not self.polls.has_voted(number, PEOPLE)

    @invariant()
    def closed_never_changes(self):
        now = self.chain.blocks.head.timestamp
        for number, poll in self.polled.items():
            if now >= poll.closes_at:
                tally = self.polls.tally(number)
                assert self.final.setdefault(number, tally) == tally
                assert self.polls.poll(number).state == poll.state(now)


@pytest.fixture(scope="module", autouse=True)
def stage(polls, community, outsider, steward):
    PollsMachine.stage = (polls, [*community, outsider], steward, outsider)


TestPolls = PollsMachine.TestCase
TestPolls.settings = settings(
    max_examples=6,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a chain takes minutes
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
