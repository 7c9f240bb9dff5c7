"""
A state machine on agreements: ladders of one to six plans, readings of every kind, silence over
several periods, money in and out, going on, every way to end, and a list that changes meanwhile.
After each act the book must agree with a model that walks the periods one by one, and hold to the
unit what it owes.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.invariant.agreements_world import (
    DAY,
    GRACE,
    PERIOD,
    PLANS,
    AgreementsWorld,
    build,
)

WHICH = st.integers(0, 7)
PLAN = st.integers(1, len(PLANS))
AMOUNT = st.one_of(st.integers(0, 3_000), st.sampled_from((0, 1, 5_000, 20_000)))
UNITS = st.sampled_from((0, 1, 5, 9, 10, 11, 19, 20, 21, 35, 40, 41, 60, 61, 90, 130, 200, 1_200))
MOST = 4  # agreements of one walk


class AgreementsMachine(RuleBasedStateMachine):
    stage = None  # the contracts in memory, from the fixture below
    outcomes = None

    @initialize()
    def begin(self):
        """Start where much is possible: three agreements in use, one of which stopped."""
        self.world = AgreementsWorld(self.stage)
        self.world.open(0, [(1, False), (3, False), (5, True)], 0, 6, 6_000, 30_000, 12_000)
        self.world.open(1, [(1, True), (2, False), (3, True)], 0, 4, 2_000, 20_000, 3_000)
        self.world.open(2, [(n, n == 6) for n in range(1, 7)], 0, 5, 8_000, 16_000, 9_000)
        self.world.wait(3 * DAY)
        for at in range(3):
            self.world.read(at, 1, self.world.now, 25, 10)

    def teardown(self):
        if hasattr(self, "world"):
            AgreementsMachine.outcomes += self.world.outcomes
            self.world.end()

    def some(self, which):
        at = which % len(self.world.models)
        return at, self.world.models[at]

    # ---- rules ----

    @rule(
        who=st.integers(0, 2),
        picked=st.sets(PLAN, min_size=1),
        stops=st.integers(0, 63),
        starts_in=st.sampled_from((0, 0, 1, 5 * DAY)),
        periods=st.integers(1, 5),
        room=st.sampled_from((0, 1, 700, 5_000)),
        paid=AMOUNT,
    )
    def open(self, who, picked, stops, starts_in, periods, room, paid):
        """Whatever may be opened with these plans: caps and money just enough, or more."""
        world = self.world
        numbers = sorted(number for number in picked if world.list_plans[number])
        if len(world.models) == MOST or not numbers:
            return
        world.wait()
        steps = [(n, bool(stops >> i & 1)) for i, n in enumerate(numbers[:-1])]
        steps.append((numbers[-1], True))
        reached = []
        for number, is_stop in steps:
            reached.append(world.list_plans[number].base_price)
            if is_stop:
                break
        cap = max(1, max(reached) + room)
        total, deposit = cap + 2 * room, min(reached) + paid
        world.open(who, steps, starts_in, periods, cap, total, deposit)
        event("open")

    @rule(which=WHICH, units=UNITS, outage=st.sampled_from((0, 0, 0, 60, 4_000, 50_000)))
    def read(self, which, units, outage):
        """As it should be: fresh, and one more than the last."""
        at, model = self.some(which)
        self.world.wait()
        words = model.sequence + 1, self.world.now, model.register + units, model.outage + outage
        self.tell(at, *words)

    @rule(which=WHICH, units=UNITS, back=st.integers(0, 4), at_edge=st.integers(-1, 2))
    def read_late(self, which, units, back, at_edge):
        """Dated around the end of a period not long ago, brought now."""
        at, model = self.some(which)
        self.world.wait()
        read_at = model.end_of(max(0, model.by_clock(self.world.now) - back)) + at_edge
        self.tell(at, model.sequence + 1, read_at, model.register + units, model.outage)

    @rule(which=WHICH, fresh=st.integers(-1, 2), back=st.integers(-1, 40), less=st.integers(-9, 2))
    def read_amiss(self, which, fresh, back, less):
        """A duplicate, one of the future, of before the start, or rolled back; or none of it."""
        at, model = self.some(which)
        self.world.wait()
        read_at = self.world.now - back * DAY
        words = model.sequence + fresh, read_at, model.register - less, model.outage - (less == 1)
        if min(words) >= 0:
            self.tell(at, *words)

    def tell(self, at, *words):
        event(f"read: {self.world.read(at, *words)}")

    @rule(which=WHICH)
    def poke(self, which):
        self.world.wait()
        self.world.poke(self.some(which)[0])

    @rule(
        periods=st.sampled_from((0, 0, 0, 0, 1, 1, 2, 3)),
        which=WHICH,
        edge=st.sampled_from((0, GRACE, PERIOD // 2)),
        by=st.integers(-2, 2),
    )
    def wait(self, periods, which, edge, by):
        """To around an edge of somebody's period, some of them later."""
        world, (_, model) = self.world, self.some(which)
        until = model.end_of(model.by_clock(world.now) + periods) - PERIOD + edge + by
        world.wait(max(1, until - world.now))

    @rule(which=WHICH, amount=AMOUNT)
    def top_up(self, which, amount):
        self.world.wait()
        at, model = self.some(which)
        # NOTE: what is paid in during the grace of a period that nobody could pay for still pays
        # for it, against the promise; no walk goes there until it does not.
        if not model.at(self.world.now).is_over_unpaid():
            self.world.top_up(at, amount)

    @rule(
        which=WHICH,
        ahead=st.sampled_from((0, 0, 0, 0, 1)),
        limit=st.sampled_from((0, 0, 5, 5, 20, 40, -1, 10_000)),
        cap=st.sampled_from((0, 1, 2_000, 2_000, 4_000, -1)),
    )
    def go_on(self, which, ahead, limit, cap):
        self.world.wait()
        at, model = self.some(which)
        model = model.at(self.world.now)
        _, old_limit, old_cap = model.ladder_of(model.open)
        self.world.go_on(at, model.open + ahead, old_limit + limit, old_cap + cap)

    @rule(which=WHICH, is_at_once=st.booleans(), sure=st.integers(0, 2))
    def leave(self, which, is_at_once, sure):
        if sure == 0:  # most walks are better with them running
            self.world.wait()
            self.world.leave(self.some(which)[0], is_at_once)

    @rule(which=WHICH, sure=st.integers(0, 2))
    def discontinue(self, which, sure):
        if sure == 0:
            self.world.wait()
            self.world.discontinue(self.some(which)[0])

    @rule(which=WHICH, more=st.sampled_from((-1_000, -1, 0, 0, 1)))
    def withdraw(self, which, more):
        """About as much as is free."""
        self.world.wait()
        at, model = self.some(which)
        self.world.withdraw(at, max(0, model.at(self.world.now).free(self.world.now) + more))

    @rule()
    def collect(self):
        self.world.wait()
        self.world.collect()

    @rule(
        number=PLAN,
        base=st.sampled_from((-300, -1, 0, 0, 1)),
        included=st.sampled_from((0, 0, 5, -1)),
        unit=st.sampled_from((-7, 0, 0, 1)),
        capacity=st.sampled_from((0, 0, 3, -1)),
    )
    def revise(self, number, base, included, unit, capacity):
        """Better, worse, or both at once."""
        plan = self.world.list_plans[number]
        if plan:
            self.world.wait()
            more = (base, included, unit, capacity)
            changed = [max(0, old + new) for old, new in zip(plan, more, strict=True)]
            changed[1] = min(changed[1], changed[3])
            self.world.revise(number, type(plan)(*changed))

    @rule(number=PLAN, sure=st.integers(0, 4))
    def withdraw_plan(self, number, sure):
        if sure == 0 and self.world.list_plans[number]:
            self.world.wait()
            self.world.revise(number, None)

    # ---- invariant ----

    @invariant()
    def the_book_agrees_with_the_model(self):
        if hasattr(self, "world"):
            self.world.agree()


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    AgreementsMachine.stage, AgreementsMachine.outcomes = build(project), Counter()


TestAgreements = AgreementsMachine.TestCase
TestAgreements.settings = settings(
    max_examples=50,
    stateful_step_count=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
