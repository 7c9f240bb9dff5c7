"""
Points against a model of them: awards, payments (to oneself too), escrow, refunds, burning,
reversals, lapses, sweeps and recoveries in any order. After each step the chain and the model must
agree on every balance and on the supply, and no live balance may have shrunk but by its owner's
own act, by the clock, or by a reversal that named it.
"""

import ape
from hypothesis import Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.conftest import entry_name
from tests.invariant.points_model import PointsModel

DAY = 86_400
PERIOD = 90 * DAY
WHO = st.integers(0, 3)
AMOUNTS = st.one_of(st.integers(0, 1_200), st.just(2**200))


def word(account, amount):
    return int(str(account.address), 16) << 96 | amount << 48


class PointsMachine(RuleBasedStateMachine):
    @initialize()
    def deploy(self):
        """Start where everything can happen: four people with points, some in escrow."""
        self.chain = ape.chain
        self.snapshot = self.chain.snapshot()
        self.admin, self.treasurer, *people = ape.accounts.test_accounts[:6]
        self.people = people
        project = ape.project
        charter = self.admin.deploy(project.Charter, self.admin, self.admin, 0)
        charter.give_roles(self.treasurer, 32, sender=self.admin)
        self.passport = self.admin.deploy(project.FakePassport)
        self.rewards = self.admin.deploy(project.FakePartner)
        self.perks = self.admin.deploy(project.FakePartner)
        self.points = self.admin.deploy(
            project.Points, charter, self.passport, "Points", "PTS", 0, "EUR", 1, PERIOD
        )
        for name, contract in (("rewards", self.rewards), ("perks", self.perks)):
            charter.set_entry(entry_name(name), contract, sender=self.admin)
        charter.seal(sender=self.admin)
        for name in ("rewards", "perks"):
            self.points.recognise(entry_name(name), sender=self.admin)
        self.model = PointsModel(PERIOD, "escrow")
        self.shrinking = set()  # those whose balance the last step may lower
        self.before = {}
        for number, amount in enumerate((1_000, 500, 1, 300)):
            self.award(number, amount)
        self.take(3, 100)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.chain.restore(self.snapshot)

    # ---- the next second, and what the model says of it ----

    def tick(self, *shrinking):
        """Set the next block's time; what follows may lower these balances."""
        now = self.chain.blocks.head.timestamp + 1
        self.chain.pending_timestamp = now
        self.shrinking |= set(shrinking)
        return now

    def expect(self, refusal, call, *arguments, sender):
        event(f"{call.abis[0].name}: {refusal or 'taken'}")
        if refusal is None:
            return call(*arguments, sender=sender)
        with ape.reverts(refusal):
            call(*arguments, sender=sender)
        return None

    def names(self):
        return [*range(len(self.people)), "escrow"]

    def account(self, name):
        return self.perks if name == "escrow" else self.people[name]

    # ---- rules ----

    @rule(who=WHO, amount=st.integers(0, 1_000))
    def award(self, who, amount):
        now = self.tick()
        words = [word(self.people[who], amount), word(self.people[who], 1)]
        self.expect(None, self.rewards.mint, self.points, words, sender=self.admin)
        for item in (amount, 1):
            self.model.mint(now, who, item)

    @rule(sender=WHO, receiver=WHO, amount=AMOUNTS)
    def transfer(self, sender, receiver, amount):
        refusal = self.model.move(self.tick(sender), sender, receiver, amount)
        call, people = self.points.transfer, self.people
        self.expect(refusal, call, people[receiver], amount, sender=people[sender])

    @rule(owner=WHO, spender=WHO, receiver=WHO, amount=st.integers(0, 1_200))
    def transfer_from(self, owner, spender, receiver, amount):
        people = self.people
        self.points.approve(people[spender], amount, sender=people[owner])
        refusal = self.model.move(self.tick(owner), owner, receiver, amount)
        arguments = people[owner], people[receiver], amount
        self.expect(refusal, self.points.transferFrom, *arguments, sender=people[spender])

    @rule(who=WHO, amount=AMOUNTS)
    def take(self, who, amount):
        refusal = self.model.move(self.tick(who), who, "escrow", amount)
        arguments = self.points, self.people[who], amount
        self.expect(refusal, self.perks.take, *arguments, sender=self.admin)

    @rule(who=WHO, amount=st.integers(0, 300))
    def refund(self, who, amount):
        refusal = self.model.move(self.tick("escrow"), "escrow", who, amount)
        arguments = self.points, self.people[who], amount
        self.expect(refusal, self.perks.refund, *arguments, sender=self.admin)

    @rule(who=st.one_of(WHO, st.just("escrow")), amount=st.integers(0, 600))
    def burn(self, who, amount):
        refusal = self.model.burn(self.tick(who), who, amount)
        if who == "escrow":
            self.expect(refusal, self.perks.burn, self.points, amount, sender=self.admin)
        else:
            self.expect(refusal, self.points.burn, amount, sender=self.people[who])

    @rule(who=WHO, amount=st.integers(0, 600))
    def reverse(self, who, amount):
        burnt = self.model.reverse(self.tick(who), who, amount)
        arguments = self.points, self.people[who], amount
        self.expect(None, self.rewards.reverse, *arguments, sender=self.admin)
        assert self.rewards.last_answer() == burnt

    @rule(days=st.sampled_from([1, 30, 89, 91]))
    def wait(self, days):
        self.chain.mine(deltatime=days * DAY)

    @rule(who=WHO)
    def wait_for_the_edge(self, who):
        """The last live second of somebody, or the second after it."""
        end = self.points.holder(self.people[who]).expires_at
        if end > self.chain.blocks.head.timestamp + 2:
            self.chain.pending_timestamp = end - 2
            self.chain.mine()

    @rule(who=st.lists(WHO, max_size=4))
    def sweep(self, who):
        now = self.tick()
        accounts = [self.people[name] for name in who]
        self.expect(None, self.points.sweep, accounts, sender=self.people[0])
        for name in who:
            self.model.sweep(now, name)

    @rule(who=WHO, is_recovering=st.booleans())
    def say_recovering(self, who, is_recovering):
        if who in self.model.heirs:
            return
        self.tick()
        self.passport.set_recovering(self.people[who], is_recovering, sender=self.admin)
        (self.model.recovering.add if is_recovering else self.model.recovering.discard)(who)

    @rule(who=WHO, heir=WHO)
    def recover(self, who, heir):
        """A finished recovery; nobody inherits from who has an heir already."""
        if who == heir or who in self.model.heirs or heir in self.model.heirs:
            return
        self.tick()
        self.passport.set_recovering(self.people[who], False, sender=self.admin)
        self.passport.set_heir(self.people[who], self.people[heir], sender=self.admin)
        self.model.recovering.discard(who)
        self.model.heirs[who] = heir

    @rule(who=WHO)
    def freeze(self, who):
        self.tick()
        refusal = self.model.freeze(who)
        self.expect(refusal, self.points.freeze, self.people[who], sender=self.admin)

    @rule(who=WHO)
    def thaw(self, who):
        self.tick()
        refusal = self.model.thaw(who)
        self.expect(refusal, self.points.thaw, self.people[who], sender=self.admin)

    @rule(heir=WHO, old=WHO)
    def pull(self, heir, old):
        refusal = self.model.pull(self.tick(old), heir, old)
        self.expect(refusal, self.points.pull, self.people[old], sender=self.people[heir])

    @rule(days=st.integers(1, 60))
    def raise_the_period(self, days):
        if self.model.period > 2 * PERIOD:
            return
        self.tick()
        self.model.period += days * DAY
        self.points.raise_expiry_period(self.model.period, sender=self.treasurer)

    # ---- invariants ----

    @invariant()
    def balances_match_the_model(self):
        now = self.chain.blocks.head.timestamp
        held = {name: self.points.balanceOf(self.account(name)) for name in self.names()}
        assert held == {name: self.model.live(name, now) for name in self.names()}

    @invariant()
    def raw_balances_are_the_supply(self):
        assert self.points.totalSupply() == self.model.supply

    @invariant()
    def nothing_but_own_acts_lowers_a_live_balance(self):
        """Read off the chain alone, whatever the model thinks."""
        now = self.chain.blocks.head.timestamp
        after = {}
        for name in self.names():
            holder = self.points.holder(self.account(name))
            after[name] = holder.balance, holder.expires_at
        for name, (balance, end) in self.before.items():
            lapsed = end != 0 and now >= end
            assert after[name][0] >= balance or name in self.shrinking or lapsed, name
        self.before = after
        self.shrinking = set()


TestPoints = PointsMachine.TestCase
TestPoints.settings = settings(
    max_examples=4,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a chain takes minutes
)
