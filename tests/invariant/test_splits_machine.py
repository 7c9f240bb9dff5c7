"""
Shared incomes against a model of them: credits, shares set in any month and set again, months that
go by, parts fetched in any order. After each step all that came in is fetched or due, to the unit;
nobody's due shrank but by their own fetching; and who has a share has at least that share of what
came in under it.
"""

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.invariant.revm import SOMEBODY, Ledger, Refused
from tests.invariant.splits_model import MOST, WHOLE, Income, divide

MONTH = 30 * 86_400
START = 700 * MONTH
PEOPLE = range(1, 12)
ACCOUNTS = (1, 2)
ACCOUNT = st.sampled_from(ACCOUNTS)
SMALL, LARGE = st.integers(0, 20), st.integers(0, 10**24)
AMOUNTS = st.one_of(SMALL, SMALL, SMALL, LARGE, LARGE, LARGE, st.just(MOST))
POINTS = st.one_of(st.integers(1, 3_000), st.sampled_from((0, 1, 1_250, 5_000, 10_000)))
# Mostly a table that is taken, sometimes one that is not.
EVEN = st.integers(1, 8).map(lambda count: [(who, WHOLE // count) for who in range(3, 3 + count)])
ANY = st.lists(st.tuples(st.sampled_from((0, *PEOPLE, 2**240)), POINTS), max_size=8)
DISTINCT = st.lists(
    st.tuples(st.integers(3, 11), st.integers(1, 1_250)), max_size=8, unique_by=lambda one: one[0]
)
SHARES = st.one_of(EVEN, DISTINCT, DISTINCT, ANY).map(tuple)


class SplitsMachine(RuleBasedStateMachine):
    stage = None  # the ledger and the contract, from the fixture below

    @initialize()
    def begin(self):
        """Start with shares that count and income under them."""
        self.ledger, self.splits = self.stage
        self.snapshot = self.ledger.evm.snapshot()
        self.ledger.turn_to(START)
        self.incomes = {account: Income(account) for account in ACCOUNTS}
        self.before = {}
        self.fetched = None
        self.set_shares(1, ((2, 3_333), (3, 3_333)))
        self.wait(MONTH)
        self.credit(1, 100)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.ledger.evm.revert(self.snapshot)

    @property
    def month(self):
        return self.ledger.now // MONTH

    def expect(self, refusal, name, *arguments):
        event(f"{name}: {refusal or 'done'}")
        if refusal is None:
            self.splits.send(name, *arguments, sender=SOMEBODY)
            return
        with pytest.raises(Refused, match=refusal):
            self.splits.send(name, *arguments, sender=SOMEBODY)

    # ---- rules ----

    @rule(account=ACCOUNT, amount=AMOUNTS)
    def credit(self, account, amount):
        refusal = self.incomes[account].credit(self.month, amount)
        self.expect(refusal, "credit", account, amount)

    @rule(account=ACCOUNT, shares=SHARES)
    def set_shares(self, account, shares):
        refusal = self.incomes[account].set_shares(self.month, shares)
        self.expect(refusal, "set_shares", account, list(shares))

    @rule(account=ACCOUNT, payee=st.sampled_from(PEOPLE))
    def collect(self, account, payee):
        due = self.incomes[account].due(payee)
        self.expect(self.incomes[account].collect(payee), "collect", account, payee)
        if due:
            self.fetched = account, payee
            assert self.splits.told() == [("IncomeCollected", account, payee, due)]

    @rule(seconds=st.sampled_from((1, MONTH - 1, MONTH, 3 * MONTH)))
    def wait(self, seconds):
        self.ledger.turn_to(self.ledger.now + seconds)

    # ---- invariants ----

    @invariant()
    def all_that_came_is_fetched_or_due(self):
        for account, income in getattr(self, "incomes", {}).items():
            due = sum(self.splits.view("due", account, who) for who in PEOPLE)
            assert self.splits.view("income_of", account) == income.total
            assert due + sum(income.collected.values()) == income.total

    @invariant()
    def each_has_what_the_model_says_and_never_less(self):
        after = {}
        for account, income in getattr(self, "incomes", {}).items():
            for who in PEOPLE:
                after[account, who] = self.splits.view("due", account, who)
                assert after[account, who] == income.due(who)
        for who, due in getattr(self, "before", {}).items():
            assert after[who] >= due or who == self.fetched
        self.before, self.fetched = after, None

    @invariant()
    def nobody_has_less_than_their_share(self):
        for account, income in getattr(self, "incomes", {}).items():
            for table, amount in income.credited.items():
                shares = income.tables[table]
                parts = divide(amount, shares, account)
                assert all(parts[who] >= amount * points // WHOLE for who, points in shares)
                rest = WHOLE - sum(points for _, points in shares)
                assert parts[account] >= amount * rest // WHOLE

    @invariant()
    def tables_read_as_they_were_set(self):
        for account, income in getattr(self, "incomes", {}).items():
            counting = income.tables[income.counting(self.month)]
            waiting = income.waiting(self.month)
            assert self.splits.view("shares_of", account) == counting
            coming = income.tables[waiting] if waiting else ()
            assert self.splits.view("next_shares_of", account) == (waiting, coming)


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    ledger = Ledger(START)
    SplitsMachine.stage = ledger, ledger.deploy(project.SplitsHarness)


TestSplits = SplitsMachine.TestCase
TestSplits.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a printed walk is read as it is
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
