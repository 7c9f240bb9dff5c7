"""
The perks against a model of them: claims, codes at the till, cancellations, missed deadlines,
more stock, early closings, pauses and waits in any order. Nothing is ever oversold or claimed past
its limit, and the contract is solvent to the point: what lies in it is the sum of the prices of
the claims that are neither fulfilled nor sent home.
"""

from dataclasses import dataclass, field

import ape
import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.conftest import DAY, entry_name
from tests.signing import sign

CONTENT = b"\x11" * 32
NO_ORDER = b"\x00" * 32
STORE, CODE = 1, 2
CLAIMED, FULFILLED, CANCELLED, MISSED = 1, 2, 4, 8
PERKS, PEOPLE, VARIANTS = 2, 3, 2
PURSE = 1_000
LIFETIMES = (DAY, 10 * DAY)


@dataclass
class Perk:
    kind: int
    price: int
    opens_at: int
    closes_at: int
    period: int
    limit: int
    within: int
    stock: list[int]
    taken: list[int] = field(default_factory=lambda: [0] * VARIANTS)


@dataclass
class Claim:
    perk: int
    member: int  # from 0; member_no is one more
    period: int
    variant: int
    serial: int
    claimed_at: int
    state: int = CLAIMED


class PerksMachine(RuleBasedStateMachine):
    stage = None  # the deployed brand, from the fixture below

    @initialize()
    def begin(self):
        """Start where much is possible: one perk of each kind, one claim of each."""
        self.chain = ape.chain
        self.snapshot = self.chain.snapshot()
        self.brand, self.people, self.staff = self.stage
        self.perks, self.points = self.brand["perks"], self.brand["points"]
        self.offers: dict[int, Perk] = {}
        self.claims: dict[int, Claim] = {}
        self.purses = [PURSE] * PEOPLE
        self.burnt = 0
        self.paused_until = 0
        self.has_paused = False
        self._open(STORE, price=100, limit=2, period=20 * DAY, within=10 * DAY, stock=[3, 1])
        self._open(CODE, price=30, limit=1, period=0, within=DAY, stock=[1, 2])
        self.claim(who=0, perk=1, variant=0)
        self.claim(who=1, perk=2, variant=1)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.chain.restore(self.snapshot)

    # ---- actions, and the model's view of them ----

    def _tick(self):
        """The second in which the next transaction is mined."""
        now = self.chain.blocks.head.timestamp + 1
        self.chain.pending_timestamp = now
        return now

    def _open(self, kind, price, limit, period, within, stock):
        now = self._tick()
        perk = Perk(kind, price, now, now + 60 * DAY, period, limit, within, stock)
        terms = (kind, price, now, perk.closes_at, period, limit, within, [])
        self.perks.open_perk(CONTENT, terms, stock, sender=self.staff["steward"])
        self.offers[len(self.offers) + 1] = perk

    def _try(self, refusal, act):
        event(refusal or "done")  # pytest --hypothesis-show-statistics
        if refusal:
            with ape.reverts(refusal):
                act()
        else:
            act()
        return not refusal

    def _period(self, perk, now):
        return (now - perk.opens_at) // perk.period if perk.period else 0

    def _lanes(self, perk_id, who, period):
        return [
            claim
            for claim in self.claims.values()
            if (claim.perk, claim.member, claim.period) == (perk_id, who, period)
        ]

    def _claim_refusal(self, who, perk_id, variant, now):
        if now < self.paused_until:
            return "wing: halted"
        perk = self.offers[perk_id]
        if now >= perk.closes_at:
            return "perks: closed"
        if perk.taken[variant] >= perk.stock[variant]:
            return "perk_stock: sold out"
        lanes = self._lanes(perk_id, who, self._period(perk, now))
        live = [claim for claim in lanes if claim.state in (CLAIMED, FULFILLED)]
        if len(live) >= perk.limit or len(lanes) == 4:
            return "perk_claims: limit reached"
        if self.purses[who] < perk.price:
            return "points: balance too low"
        return None

    def _end_refusal(self, number, now, is_miss=False):
        claim = self.claims[number]
        if claim.state != CLAIMED:
            return "perk_claims: already settled"
        is_late = now > claim.claimed_at + self.offers[claim.perk].within
        if is_miss and not is_late:
            return "perk_claims: not missed yet"
        if is_late and not is_miss:
            return "perk_claims: past its deadline"
        return None

    def _end(self, number, state):
        claim = self.claims[number]
        price = self.offers[claim.perk].price
        claim.state = state
        if state == FULFILLED:
            self.burnt += price
        else:
            self.purses[claim.member] += price
            self.offers[claim.perk].stock[claim.variant] += 1

    def _pick(self, index):
        return sorted(self.claims)[index % len(self.claims)]

    # ---- rules ----

    @rule(
        who=st.integers(0, PEOPLE - 1),
        perk=st.integers(1, PERKS),
        variant=st.integers(0, VARIANTS - 1),
    )
    def claim(self, who, perk, variant):
        now = self._tick()
        refusal = self._claim_refusal(who, perk, variant, now)
        act = self.perks.claim
        if self._try(refusal, lambda: act(perk, variant, NO_ORDER, sender=self.people[who])):
            offer = self.offers[perk]
            period = self._period(offer, now)
            lane = len(self._lanes(perk, who, period))
            offer.taken[variant] += 1
            self.purses[who] -= offer.price
            number = perk << 80 | (who + 1) << 48 | period << 8 | lane
            serial = offer.taken[variant]
            self.claims[number] = Claim(perk, who, period, variant, serial, now)

    @rule(index=st.integers(0, 30), signer=st.sampled_from([None, 0, 1, 2]))
    def redeem(self, index, signer):
        """By the member's own code, or by somebody's."""
        number = self._pick(index)
        owner = self.claims[number].member
        signer = owner if signer is None else signer
        now, wallet = self._tick(), self.people[signer]
        refusal = None if signer == owner else "perks: not the member's wallet"
        refusal = refusal or self._end_refusal(number, now)
        text = "Redeem(uint256 claim_id,uint256 deadline)"
        code = sign(wallet, self.perks, text, claim_id=number, deadline=now)
        till, act = self.staff["till"], self.perks.redeem
        if self._try(refusal, lambda: act(number, wallet, now, code, sender=till)):
            self._end(number, FULFILLED)

    @rule(index=st.integers(0, 30))
    def fulfil(self, index):
        number, now = self._pick(index), self._tick()
        refusal = self._end_refusal(number, now)
        if not refusal and self.offers[self.claims[number].perk].kind == STORE:
            refusal = "perks: needs the member's code"
        steward, act = self.staff["steward"], self.perks.fulfil
        if self._try(refusal, lambda: act([number], CONTENT, sender=steward)):
            self._end(number, FULFILLED)

    @rule(index=st.integers(0, 30), by=st.sampled_from(["member", "steward", "other"]))
    def cancel(self, index, by):
        number, now = self._pick(index), self._tick()
        claim = self.claims[number]
        refusal = self._end_refusal(number, now)
        is_theirs = by == "member" and self.offers[claim.perk].kind == STORE
        if not refusal and not is_theirs and by != "steward":
            refusal = "wing: lacks the role"
        sender = {
            "member": self.people[claim.member],
            "steward": self.staff["steward"],
            "other": self.people[(claim.member + 1) % PEOPLE],
        }[by]
        if self._try(refusal, lambda: self.perks.cancel(number, sender=sender)):
            self._end(number, CANCELLED)

    @rule(index=st.integers(0, 30))
    def miss(self, index):
        number, now = self._pick(index), self._tick()
        refusal = self._end_refusal(number, now, is_miss=True)
        if self._try(refusal, lambda: self.perks.miss(number, sender=self.people[0])):
            self._end(number, MISSED)

    @rule(perk=st.integers(1, PERKS), variant=st.integers(0, VARIANTS - 1))
    def add_stock(self, perk, variant):
        now, refusal = self._tick(), None
        if now < self.paused_until:
            refusal = "wing: halted"
        elif now >= self.offers[perk].closes_at:
            refusal = "perks: closed"
        steward, act = self.staff["steward"], self.perks.add_stock
        if self._try(refusal, lambda: act(perk, variant, 1, sender=steward)):
            self.offers[perk].stock[variant] += 1

    @rule(days=st.sampled_from([1, 1, 2, 5, 10]))
    def wait(self, days):
        self.chain.mine(deltatime=days * DAY)

    @rule()
    def pause(self):
        """Once a walk: the exits must go on, and do, in the same walk."""
        if not self.has_paused:
            now, self.has_paused = self._tick(), True
            self.staff["charter"].pause(entry_name("perks"), DAY, sender=self.staff["warden"])
            self.paused_until = now + DAY

    @rule(perk=st.integers(1, PERKS), sure=st.integers(0, 5))
    def close_perk(self, perk, sure):
        if sure:
            return
        now = self._tick()
        refusal = "perks: closed" if now >= self.offers[perk].closes_at else None
        steward = self.staff["steward"]
        if self._try(refusal, lambda: self.perks.close_perk(perk, sender=steward)):
            self.offers[perk].closes_at = now

    # ---- invariants ----

    @invariant()
    def solvent_to_the_point_and_as_the_model(self):
        told = {number: self.perks.claim_of(number) for number in self.claims}
        owed = sum(
            self.offers[claim.perk].price
            for claim in self.claims.values()
            if claim.state == CLAIMED
        )
        assert self.perks.escrowed() == owed == sum(claim.held for claim in told.values())
        now = self.chain.blocks.head.timestamp
        for number, claim in self.claims.items():
            state = claim.state
            deadline = claim.claimed_at + self.offers[claim.perk].within
            if state == CLAIMED and now > deadline:
                state = MISSED
            assert tuple(told[number])[2:7] == (
                claim.variant,
                claim.serial,
                claim.claimed_at,
                deadline,
                state,
            )

    @invariant()
    def nobody_gains_or_loses_a_point(self):
        purses = [self.points.balanceOf(wallet) for wallet in self.people[:PEOPLE]]
        assert purses == self.purses
        held = self.points.balanceOf(self.perks)
        assert sum(purses) + held + self.burnt == PEOPLE * PURSE

    @invariant()
    def stock_matches_the_model_and_is_never_oversold(self):
        for number, offer in self.offers.items():
            perk = self.perks.perk(number)
            assert (perk.stock, perk.taken) == (offer.stock, offer.taken)
            assert all(t <= s for t, s in zip(perk.taken, perk.stock, strict=True))
            assert perk.terms.closes_at == offer.closes_at

    @invariant()
    def nobody_is_past_a_limit(self):
        for perk_id, who, period in {(c.perk, c.member, c.period) for c in self.claims.values()}:
            live = [
                claim
                for claim in self._lanes(perk_id, who, period)
                if claim.state in (CLAIMED, FULFILLED)
            ]
            assert len(live) <= self.offers[perk_id].limit


@pytest.fixture(scope="module", autouse=True)
def stage(brand, community, charter, rewards, issuer, steward, till, warden):
    words = [int(person.address, 16) << 96 | PURSE << 48 for person in community[:PEOPLE]]
    rewards.award(b"\x01" * 32, words, sender=issuer)
    staff = {"steward": steward, "till": till, "warden": warden, "charter": charter}
    PerksMachine.stage = (brand, community, staff)


TestPerks = PerksMachine.TestCase
TestPerks.settings = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a chain takes minutes
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
