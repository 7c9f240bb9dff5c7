"""
The perks against a model of them: claims and cancellations, sent or signed, codes at the till,
missed deadlines, more stock, early closings, a pause and waits in any order. Nothing is ever
oversold or claimed past its limit, and the contract is solvent to the point: what lies in it is the
sum of the prices of the claims that are neither fulfilled nor sent home.
"""

import ape
import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.conftest import DAY, entry_name
from tests.invariant.perks_model import (
    CANCELLED,
    CODE,
    FULFILLED,
    MISSED,
    SHIP,
    STORE,
    Perk,
    PerksModel,
)
from tests.signing import sign

CONTENT = b"\x11" * 32
ORDER = b"\x22" * 32
CLAIM = (
    "Claim(address wallet,uint256 perk_id,bytes32 content_hash,uint256 variant,uint256 price,"
    "bytes32 order_hash,uint256 claim_id,uint256 deadline)"
)
CANCEL = "Cancel(address wallet,uint256 claim_id,uint256 deadline)"
REDEEM = "Redeem(address wallet,uint256 claim_id,uint256 deadline)"
PERKS, PEOPLE, VARIANTS = 3, 3, 2
PURSE = 1_000


class PerksMachine(RuleBasedStateMachine):
    stage = None  # the deployed brand, from the fixture below

    @initialize()
    def begin(self):
        """Start where much is possible: one perk of each kind, one claim of each, a code shown."""
        self.chain = ape.chain
        self.snapshot = self.chain.snapshot()
        self.brand, self.people, self.staff = self.stage
        self.perks, self.points = self.brand["perks"], self.brand["points"]
        self.model = PerksModel(PEOPLE, PURSE)
        self.has_paused = False
        self._open(STORE, price=100, limit=2, period=20 * DAY, within=10 * DAY, stock=[3, 1])
        self._open(CODE, price=30, limit=1, period=0, within=DAY, stock=[1, 2])
        self.claim(who=0, perk=1, variant=0, is_signed=False)
        self._open(SHIP, price=50, limit=2, period=0, within=10 * DAY, stock=[2, 2])
        self.claim(who=1, perk=2, variant=1, is_signed=True)
        self.fulfil(index=1)
        self.claim(who=2, perk=2, variant=0, is_signed=False)
        self.claim(who=1, perk=3, variant=0, is_signed=True)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.chain.restore(self.snapshot)

    def _tick(self):
        """The second in which the next transaction is mined."""
        now = self.chain.blocks.head.timestamp + 1
        self.chain.pending_timestamp = now
        return now

    def _open(self, kind, price, limit, period, within, stock):
        now = self._tick()
        end = now + 60 * DAY
        terms = (kind, price, now, end, period, limit, within, [])
        self.perks.open_perk(CONTENT, terms, stock, sender=self.staff["steward"])
        number = len(self.model.perks) + 1
        self.model.perks[number] = Perk(kind, price, now, end, period, limit, within, list(stock))

    def _try(self, refusal, act, *arguments, sender):
        """Send it, or see it refused as the model says; whether it was done."""
        event(refusal or "done")  # pytest --hypothesis-show-statistics
        if refusal:
            with ape.reverts(refusal):
                act(*arguments, sender=sender)
        else:
            act(*arguments, sender=sender)
        return not refusal

    def _pick(self, index):
        return sorted(self.model.claims)[index % len(self.model.claims)]

    # ---- rules ----

    @rule(
        who=st.integers(0, PEOPLE - 1),
        perk=st.integers(1, PERKS),
        variant=st.integers(0, VARIANTS - 1),
        is_signed=st.booleans(),
    )
    def claim(self, who, perk, variant, is_signed):
        """Sent by the member or by somebody else: the same comes of it, but for a used number."""
        now, member = self._tick(), self.people[who]
        refusal = self.model.claim_refusal(who, perk, variant, now)
        words = (perk, variant, ORDER)
        if not is_signed:
            done = self._try(refusal, self.perks.claim, *words, sender=member)
        else:
            number = self.model.next_number(who, perk, now)
            names = {"perk_id": perk, "content_hash": CONTENT, "variant": variant}
            names |= {"price": self.model.perks[perk].price, "order_hash": ORDER}
            terms = {"claim_id": number, "deadline": now}
            told = sign(member, self.perks, CLAIM, wallet=member, **names, **terms)
            sent = (member, *words, *terms.values(), told)
            done = self._try(
                refusal, self.perks.claim_by_signature, *sent, sender=self.staff["till"]
            )
        if done:
            self.model.claim(who, perk, variant, now)

    @rule(index=st.integers(0, 30), signer=st.sampled_from([None, 0, 1, 2]))
    def redeem(self, index, signer):
        """By the member's own code, or by somebody's."""
        number = self._pick(index)
        owner = self.model.claims[number].member
        signer = owner if signer is None else signer
        now, wallet = self._tick(), self.people[signer]
        refusal = None if signer == owner else "perks: not the member's wallet"
        refusal = refusal or self.model.end_refusal(number, now)
        if not refusal and self.model.perks[self.model.claims[number].perk].kind == SHIP:
            refusal = "perks: is sent, not collected"
        code = sign(wallet, self.perks, REDEEM, wallet=wallet, claim_id=number, deadline=now)
        words = (number, wallet, now, code)
        if self._try(refusal, self.perks.redeem, *words, sender=self.staff["till"]):
            self.model.end(number, FULFILLED)

    @rule(index=st.integers(0, 30))
    def fulfil(self, index):
        number, now = self._pick(index), self._tick()
        refusal = self.model.end_refusal(number, now)
        if not refusal and self.model.perks[self.model.claims[number].perk].kind == STORE:
            refusal = "perks: needs the member's code"
        steward = self.staff["steward"]
        if self._try(refusal, self.perks.fulfil, [number], CONTENT, sender=steward):
            self.model.end(number, FULFILLED)

    @rule(index=st.integers(0, 30), by=st.sampled_from(["member", "steward", "other"]))
    def cancel(self, index, by):
        number, now = self._pick(index), self._tick()
        claim = self.model.claims[number]
        is_theirs = by == "member" and self.model.perks[claim.perk].kind != CODE
        refusal = None if is_theirs or by == "steward" else "wing: lacks the role"
        refusal = refusal or self.model.end_refusal(number, now)
        sender = {
            "member": self.people[claim.member],
            "steward": self.staff["steward"],
            "other": self.people[(claim.member + 1) % PEOPLE],
        }[by]
        if self._try(refusal, self.perks.cancel, number, sender=sender):
            self.model.end(number, CANCELLED)

    @rule(index=st.integers(0, 30), signer=st.sampled_from([None, 0, 1, 2]))
    def cancel_signed(self, index, signer):
        """By the member's own signature, or by somebody's."""
        number, now = self._pick(index), self._tick()
        claim = self.model.claims[number]
        signer = claim.member if signer is None else signer
        is_theirs = signer == claim.member and self.model.perks[claim.perk].kind != CODE
        refusal = None if is_theirs else "perks: not theirs to cancel"
        refusal = refusal or self.model.end_refusal(number, now)
        wallet = self.people[signer]
        told = sign(wallet, self.perks, CANCEL, wallet=wallet, claim_id=number, deadline=now)
        words = (wallet, number, now, told)
        if self._try(refusal, self.perks.cancel_by_signature, *words, sender=self.staff["till"]):
            self.model.end(number, CANCELLED)

    @rule(index=st.integers(0, 30))
    def miss(self, index):
        number, now = self._pick(index), self._tick()
        refusal = self.model.end_refusal(number, now, is_miss=True)
        if self._try(refusal, self.perks.miss, number, sender=self.people[0]):
            self.model.end(number, MISSED)

    @rule(perk=st.integers(1, PERKS), variant=st.integers(0, VARIANTS - 1))
    def add_stock(self, perk, variant):
        now, refusal = self._tick(), None
        if now < self.model.paused_until:
            refusal = "wing: halted"
        elif now >= self.model.perks[perk].closes_at:
            refusal = "perks: closed"
        steward = self.staff["steward"]
        if self._try(refusal, self.perks.add_stock, perk, variant, 1, sender=steward):
            self.model.perks[perk].stock[variant] += 1

    @rule(perk=st.integers(1, PERKS), sure=st.integers(0, 5))
    def close_perk(self, perk, sure):
        if sure:
            return  # most walks are better with both perks open
        now = self._tick()
        refusal = "perks: closed" if now >= self.model.perks[perk].closes_at else None
        if self._try(refusal, self.perks.close_perk, perk, sender=self.staff["steward"]):
            self.model.perks[perk].closes_at = now

    @rule()
    def pause(self):
        """Once a walk: the exits must go on, and do, in the same walk."""
        if not self.has_paused:
            now, self.has_paused = self._tick(), True
            charter, warden = self.staff["charter"], self.staff["warden"]
            charter.pause(entry_name("perks"), DAY, sender=warden)
            self.model.paused_until = now + DAY

    @rule(days=st.sampled_from([1, 1, 2, 5, 10]))
    def wait(self, days):
        self.chain.mine(deltatime=days * DAY)

    # ---- invariants ----

    @invariant()
    def solvent_to_the_point_and_as_the_model(self):
        told = {number: self.perks.claim_of(number) for number in self.model.claims}
        held = sum(claim.held for claim in told.values())
        assert self.perks.escrowed() == held == self.model.owed
        now = self.chain.blocks.head.timestamp
        for number, claim in self.model.claims.items():
            assert tuple(told[number])[2:7] == (
                claim.variant,
                claim.serial,
                claim.claimed_at,
                claim.deadline,
                claim.state_at(now),
            )

    @invariant()
    def nobody_gains_or_loses_a_point(self):
        purses = [self.points.balanceOf(wallet) for wallet in self.people[:PEOPLE]]
        assert purses == self.model.purses
        held = self.points.balanceOf(self.perks)
        assert sum(purses) + held + self.model.burnt == PEOPLE * PURSE

    @invariant()
    def stock_matches_the_model_and_is_never_oversold(self):
        for number, offer in self.model.perks.items():
            perk = self.perks.perk(number)
            assert (perk.stock, perk.taken) == (offer.stock, offer.taken)
            assert all(t <= s for t, s in zip(perk.taken, perk.stock, strict=True))
            assert perk.terms.closes_at == offer.closes_at

    @invariant()
    def nobody_is_past_a_limit(self):
        for claim in self.model.claims.values():
            lanes = self.model.lanes(claim.perk, claim.member, claim.period)
            assert sum(c.is_live for c in lanes) <= self.model.perks[claim.perk].limit


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
