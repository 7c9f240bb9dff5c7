"""Random acts of a contract that takes any token, by people and by a token that misbehaves."""

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.money.stage import MONTH, PEOPLE, Stage

WHO = st.integers(0, PEOPLE - 1)
NUMBER = st.integers(0, 7)
SOME = st.integers(0, 2_000)
AMOUNTS = st.one_of(SOME, SOME, SOME, st.integers(0, 10**25))


class SolvencyMachine(RuleBasedStateMachine):
    """Of one contract, with a token of one kind: `machine_of` makes it."""

    subject = None  # the contract on its stage, with something owed to everybody in every way
    outcomes = None  # how often each act was done, or refused for which reason

    @initialize(resting=st.booleans())
    def begin(self, resting):
        self.stage, self.taker = self.subject.stage, type(self.subject)
        self.start = self.stage.ledger.now
        self.snapshot = self.stage.ledger.evm.snapshot()
        self.logged = len(self.subject.reading.events)
        self.stage.rest(resting)

    def attempt(self, name, act):
        told = self.subject.attempt(act)
        self.outcomes[name, told] += 1
        return told

    # ---- what people do ----

    @rule(number=NUMBER, who=WHO, amount=AMOUNTS)
    def pay_in(self, number, who, amount):
        way = self.taker.ins[number % len(self.taker.ins)]
        self.attempt(way, self.subject.pay_in(way, who, amount))

    @rule(number=NUMBER, who=WHO, amount=st.one_of(AMOUNTS, st.none()))
    def pay_out(self, number, who, amount):
        """So much, or all of it."""
        way = self.taker.outs[number % len(self.taker.outs)]
        due = self.subject.due(way, who)
        self.attempt(way, self.subject.pay_out(way, who, due if amount is None else amount))

    @rule(numbers=st.lists(NUMBER, min_size=2, max_size=6), who=WHO, amount=AMOUNTS)
    def move(self, numbers, who, amount):
        for number in numbers:
            self.stage.wait(1)
            moves = self.subject.moves(who, number, amount)
            act = moves[number % len(moves)]
            self.attempt(act.function, act)

    @rule(seconds=st.sampled_from((1, MONTH, 4 * MONTH)))
    def wait(self, seconds):
        self.stage.wait(seconds)

    # ---- what the token does ----

    @rule(resting=st.booleans())
    def rest(self, resting):
        self.stage.rest(resting)

    @rule(who=WHO, listed=st.booleans())
    def list_person(self, who, listed):
        self.stage.list_person(who, listed)

    @rule(outer=NUMBER, inner=NUMBER, who=WHO, amount=AMOUNTS)
    def call_back(self, outer, inner, who, amount):
        """In the midst of a payment the same person asks for another one."""
        self.stage.call_back(self.subject.host, self.payment(inner, who, amount))
        act = self.payment(outer, who, amount)
        if self.attempt(act.function, act) is None:
            self.outcomes["called back", self.stage.let_back()] += 1

    def payment(self, number, who, amount):
        ways = (*self.taker.ins, *self.taker.outs)
        way = ways[number % len(ways)]
        is_in = way in self.taker.ins
        return (self.subject.pay_in if is_in else self.subject.pay_out)(way, who, amount)

    # ---- what always holds ----

    @invariant()
    def it_holds_what_it_owes(self):
        assert self.subject.held >= self.subject.owed()

    @invariant()
    def it_owes_what_people_may_fetch(self):
        assert self.subject.owed() == self.subject.dues()

    def teardown(self):
        if not hasattr(self, "snapshot"):
            return
        try:
            self.everybody_fetches_what_is_theirs()
        finally:
            self.stage.ledger.evm.revert(self.snapshot)
            self.stage.ledger.turn_to(self.start)
            self.subject.reading.rewind(self.logged)

    def everybody_fetches_what_is_theirs(self):
        """As soon as the token behaves; and nothing is left."""
        self.stage.rest()
        for act in self.subject.releases():
            self.subject.do(act)
        for way in self.taker.outs:
            for who in range(PEOPLE):
                if due := self.subject.due(way, who):
                    assert self.subject.attempt(self.subject.pay_out(way, who, due)) is None
        assert self.subject.owed() == 0


def machine_of(project, taker, kind):
    """The machine for one contract and one kind of token."""
    stage = Stage(project, kind)
    stage.rest()
    subject = taker(stage)
    for way in taker.outs:
        for who in range(PEOPLE):
            subject.owe(way, who, 1_000)
    for act in subject.starts():
        subject.do(act)
    given = {"subject": subject, "outcomes": Counter()}
    return type(f"{taker.__name__}Machine", (SolvencyMachine,), given)
