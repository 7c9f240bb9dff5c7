"""
Membership's votes on a real node, under SQRT: joins, leaves, returns, delegations with
an end, all of them sent or signed, refreshes, credits, debits, linked wallets and waits, in
any order. After each step the sum of votes is the total is the sum of counted units, and
every second that has passed reads as it did.
"""

import ape
from hypothesis import Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.house import DAY, MATURITY, SQRT, open_house
from tests.invariant.membership_world import World
from tests.signing import sign

PERSON = st.integers(0, 3)
SIGNED = st.booleans()
STEWARD = 8
CAPS = (10_000, 10_000, 10**9, DAY)


def name(text):
    return text.encode().ljust(32, b"\x00")


class NodeLedger:
    """Ape's node: each act in a block of its own, at the second the world says."""

    def __init__(self, steward):
        self.now = ape.chain.blocks.head.timestamp
        self.accounts = {a.address: a for a in ape.accounts.test_accounts[:12]}

        self.steward = steward.address
        self.accounts[self.steward] = steward

    def turn_to(self, now):
        self.now = now

    def sign(self, signer, contract, text, /, **words):
        return sign(self.accounts[signer], contract, text, **words)

    def send(self, contract, name, *args, sender):
        ape.chain.pending_timestamp = self.now
        try:
            contract.invoke_transaction(name, *args, sender=self.accounts[sender])
        except ape.exceptions.ContractLogicError as refusal:
            return refusal.revert_message
        return None

    def view(self, contract, name, *args):
        return contract.call_view_method(name, *args)


class MembershipMachine(RuleBasedStateMachine):
    @initialize()
    def found(self):
        """Start where votes move: three of four have joined, earned and been counted."""
        self.snapshot = ape.chain.snapshot()
        project, (admin, *others) = ape.project, ape.accounts.test_accounts[:12]
        nobody = "0x" + "00" * 20
        charter = admin.deploy(project.Charter, admin, nobody, 0)
        passport = admin.deploy(project.FakePassport)
        rewards = admin.deploy(project.FakeRewards)
        house = open_house(project, admin, charter, passport, rule=SQRT, caps=CAPS, tiers=[10, 100])
        steward = ape.accounts.test_accounts[12]
        charter.give_roles(steward, STEWARD, sender=admin)
        charter.set_entry(name("rewards"), rewards, sender=admin)
        charter.seal(sender=admin)
        self.spare = [account.address for account in others[4:]]
        wallets = [account.address for account in others[:4]]
        self.world = World(NodeLedger(steward), house, rewards, passport, wallets, SQRT)
        for who in range(3):
            self.tick()
            self.world.join(who)
            self.tick()
            self.world.credit(who, 9 * (who + 1))
        self.world.wait(MATURITY)
        self.world.refresh(0, 1, 2)

    def teardown(self):
        if hasattr(self, "snapshot"):
            ape.chain.restore(self.snapshot)

    def tick(self):
        self.world.wait(max(1, ape.chain.blocks.head.timestamp + 1 - self.world.now))

    def told(self, act, refusal):
        event(f"{act}: {refusal or 'done'}")  # pytest --hypothesis-show-statistics

    # ---- acts ----

    @rule(who=PERSON, is_signed=SIGNED)
    def join(self, who, is_signed):
        self.tick()
        self.told("join", self.world.join(who, is_signed))

    @rule(who=PERSON, is_signed=SIGNED)
    def leave(self, who, is_signed):
        self.tick()
        self.told("leave", self.world.leave(who, is_signed))

    @rule(who=PERSON, to=PERSON, is_signed=SIGNED)
    def delegate(self, who, to, is_signed):
        self.tick()
        self.told("delegate", self.world.delegate(who, to, None, is_signed))

    @rule(who=PERSON, to=PERSON, days=st.sampled_from([0, 1, 10]), is_signed=SIGNED)
    def delegate_until(self, who, to, days, is_signed):
        self.tick()
        self.told("delegate_until", self.world.delegate(who, to, days * DAY, is_signed))

    @rule(who=PERSON)
    def expire(self, who):
        self.tick()
        self.told("expire", self.world.expire(who))

    @rule(who=PERSON, also=PERSON)
    def refresh(self, who, also):
        self.tick()
        self.told("refresh", self.world.refresh(who, also))

    @rule(who=PERSON, amount=st.sampled_from([1, 7, 16, 1_000]))
    def credit(self, who, amount):
        self.tick()
        self.told("credit", self.world.credit(who, amount))

    @rule(who=PERSON, amount=st.sampled_from([5, 10_000]))
    def debit(self, who, amount):
        self.tick()
        self.told("debit", self.world.debit(who, amount))

    @rule(who=PERSON)
    def link(self, who):
        if self.spare:
            self.tick()
            self.told("link", self.world.link(who, self.spare.pop()))

    @rule(days=st.sampled_from([1, 9, 30, 31]))
    def wait(self, days):
        self.world.wait(days * DAY)

    # ---- promises ----

    @invariant()
    def votes_are_counted_units(self):
        if hasattr(self, "world"):
            self.world.check_now()

    @invariant()
    def past_never_changes(self):
        if hasattr(self, "world"):
            ape.chain.mine(timestamp=max(self.world.now, ape.chain.blocks.head.timestamp) + 1)
            past = list(self.world.seen)
            self.world.check_past({past[-1], past[len(past) // 2], past[0]})


TestMembership = MembershipMachine.TestCase
TestMembership.settings = settings(
    max_examples=4,
    stateful_step_count=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a chain takes minutes
)
