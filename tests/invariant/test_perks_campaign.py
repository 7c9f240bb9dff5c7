"""
The perks against a model of them on a ledger in memory: thousands of acts, several a second, at
counters of every shape: periods of a second, claims that are late at once, stock at its highest,
gates, wallets that are frozen or replaced. Solvent to the point after each, and in the end
nothing is left that somebody is owed.
"""

import random
from collections import Counter

import pytest

from tests.invariant.perks_model import CANCELLED, CODE, FULFILLED, MISSED, SHIP, STORE, Perk
from tests.invariant.perks_signed import SignedActs
from tests.invariant.perks_world import (
    CLOSED,
    DAY,
    MOST,
    NUMBERS,
    OPEN,
    PURSE,
    REVERTS,
    START,
    STEWARD,
    WARDEN,
    build,
    key,
)
from tests.invariant.revm import SOMEBODY

CONTENT = b"\x11" * 32
TIER = 1 << 88
WALKS, STEPS = 8, 400
WAITS = (0, 0, 0, 0, 0, 0, 1, 1, 2, 10, DAY)

REFUSALS = {
    *("wing: halted", "wing: lacks the role", "signatures: expired", "points: frozen"),
    *("perks: unknown perk", "perks: unknown variant", "perks: closed", "perks: not open yet"),
    *("perks: not a member", "perks: not the member's wallet", "perks: needs the member's code"),
    *("perks: no order", "perks: is sent, not collected"),
    *("perk_gates: closed", "perk_gates: does not answer", "perk_stock: sold out"),
    *("perk_stock: stock too large", "perk_claims: limit reached", "perks: nothing to add"),
    *("perk_claims: unknown claim", "perk_claims: already settled"),
    *("perk_claims: past its deadline", "perk_claims: not missed yet"),
    *("perks: other claim number", "perks: not theirs to cancel", "signatures: not by signer"),
}


class Walk(SignedActs):
    """Acts by chance."""

    # ---- what staff do ----

    def open_perk(self):
        dice = self.dice
        opens_at = self.now + dice.choice((-3 * DAY, *[0] * 7, 5, DAY))
        closes_at = max(opens_at, self.now) + dice.choice((1, 10, 5 * DAY, 5 * DAY, 2**31))
        kind, price = dice.choice((STORE, CODE, SHIP)), dice.choice((0, 1, 30, PURSE // 2))
        period, limit = dice.choice((0, 1, 2, 10, DAY)), dice.randint(1, 4)
        within = dice.choice((1, 10, DAY, 365 * DAY))
        stock = [dice.choice((0, 1, 5, MOST - 1, MOST)) for _ in range(dice.choice((1, 2, 16)))]
        least, is_asked = dice.choice((0, 0, 0, 1, 3)), dice.random() < 0.2
        gates = [(self.stage.membership.address, TIER | least)] if least else []
        gates += [(self.stage.gate.address, 7)] if is_asked else []
        refusal = self.is_halted()
        if is_asked and self.manner == REVERTS:
            refusal = refusal or "perk_gates: does not answer"
        words = kind, price, opens_at, closes_at, period, limit, within
        if self.expect(refusal, "open_perk", CONTENT, (*words, gates), stock, sender=STEWARD):
            number = len(self.perks) + 1
            self.perks[number] = Perk(*words, list(stock))
            self.gates[number] = least, is_asked

    def close_perk(self):
        number = self.some_perk()
        refusal = self.missing(number) or self.is_over(number)
        if self.expect(refusal, "close_perk", number, sender=STEWARD):
            self.perks[number].closes_at = max(self.now, self.perks[number].opens_at)

    def add_stock(self):
        number = self.some_perk()
        variant = self.some_variant(number)
        amount = self.dice.choice((0, 1, 2, MOST))
        refusal = self.is_halted() or self.missing(number, variant) or self.is_over(number)
        if not refusal and not amount:
            refusal = "perks: nothing to add"
        if not refusal and self.perks[number].stock[variant] + amount > MOST:
            refusal = "perk_stock: stock too large"
        if self.expect(refusal, "add_stock", number, variant, amount, sender=STEWARD):
            self.perks[number].stock[variant] += amount

    def fulfil(self):
        numbers = [self.some_claim() for _ in range(self.dice.choice((0, 1, 1, 2, 3)))]
        refusal = None
        for i, number in enumerate(numbers):
            refusal = refusal or self.refused_end(number)
            if not refusal and number in numbers[:i]:
                refusal = "perk_claims: already settled"
            if not refusal and self.perks[self.claims[number].perk].kind == STORE:
                refusal = "perks: needs the member's code"
        if self.expect(refusal, "fulfil", numbers, CONTENT, sender=STEWARD):
            for number in numbers:
                self.note_end(number, FULFILLED)

    def pause(self):
        """New business stops for a day, once a walk."""
        if not self.paused_until and self.claims:
            name = b"perks".ljust(32, b"\x00")
            self.stage.charter.send("pause", name, DAY, sender=WARDEN)
            self.paused_until = self.now + DAY

    def turn_the_gate(self):
        self.manner = self.dice.choice((OPEN, OPEN, CLOSED, REVERTS))
        self.stage.gate.send("set_manner", self.manner, 0, sender=SOMEBODY)

    # ---- what people do ----

    def claim(self):
        (who, wallet), number = self.some_wallet(), self.some_perk()
        variant, order = self.some_variant(number), self.some_order()
        refusal = self.refused_claim(who, wallet.address, number, variant, order)
        words = number, variant, order
        if self.expect(refusal, "claim", *words, sender=wallet.address):
            self.note_claim(who, wallet.address, number, variant)

    def cancel(self):
        number = self.some_claim()
        who, wallet = self.some_wallet()
        sender = self.dice.choice((wallet.address, STEWARD))
        refusal = self.unknown(number)
        is_theirs = not refusal and who == self.claims[number].member
        if (
            not refusal
            and sender != STEWARD
            and not (is_theirs and not self.is_read_at_once(number))
        ):
            refusal = "wing: lacks the role"
        refusal = refusal or self.refused_end(number)
        if self.expect(refusal, "cancel", number, sender=sender):
            self.note_end(number, CANCELLED)

    def miss(self):
        number = self.some_claim()
        if self.expect(self.refused_end(number, True), "miss", number, sender=SOMEBODY):
            self.note_end(number, MISSED)

    def change_person(self):
        """Leave or come back, move to the other wallet, have a wallet frozen or thawed."""
        who, wallet = self.some_wallet()
        passport, act = self.stage.passport, self.dice.choice(("member", "main", "freeze"))
        if act == "member":
            who = self.active.index(False) if False in self.active else who
            self.active[who] = not self.active[who]
            words = who + 1, self.active[who]
            self.stage.membership.send("set_active", *words, sender=SOMEBODY)
        elif act == "main":
            self.main[who] ^= 1
            main = self.wallets[who][self.main[who]].address
            passport.send("set_wallet", who + 1, main, sender=SOMEBODY)
        else:
            if self.frozen and self.dice.random() < 0.7:
                wallet = self.dice.choice(
                    [w for p in self.wallets for w in p if w.address in self.frozen]
                )
            was_frozen = wallet.address in self.frozen
            passport.send("set_recovering", wallet.address, not was_frozen, sender=SOMEBODY)
            act = "thaw" if was_frozen else "freeze"
            self.stage.points.send(act, wallet.address, sender=SOMEBODY)
            self.frozen ^= {wallet.address}

    def give(self):
        """Points sent to the contract by hand are nobody's refund."""
        _, wallet = self.some_wallet()
        if wallet.address not in self.frozen and self.purse[wallet.address] >= 7:
            self.stage.points.send("transfer", self.stage.perks.address, 7, sender=wallet.address)
            self.purse[wallet.address] -= 7
            self.given += 7

    def step(self):
        self.wait(self.dice.choice(WAITS))
        acts = {self.claim: 40, self.claim_signed: 30, self.cancel: 14, self.cancel_signed: 12,
                self.miss: 12, self.redeem: 12, self.fulfil: 12, self.open_perk: 6,
                self.add_stock: 5, self.close_perk: 2, self.change_person: 6,
                self.turn_the_gate: 2, self.pause: 1, self.give: 1}  # fmt: skip
        if self.is_over(len(self.perks)) and self.dice.random() < 0.3:
            acts = {self.open_perk: 1}  # most walks are better with a perk open
        self.dice.choices(list(acts), list(acts.values()))[0]()
        made = list(self.claims)
        some = {*made[-3:], *self.dice.sample(made, min(2, len(made)))}
        self.agree(some, {self.claims[number].perk for number in some})

    def send_all_home(self):
        """Years later, with everybody gone: every price that is held goes to its person."""
        self.wait(400 * DAY)
        for number, claim in self.claims.items():
            if self.refused_end(number, True) is None:
                assert self.expect(None, "miss", number, sender=SOMEBODY)
                self.note_end(number, claim.state_at(self.now))
        assert self.owed == 0
        self.agree(self.claims, self.perks)


@pytest.fixture(scope="module")
def stage(project):
    return build(project)


def test_perks__any_walk__agree_with_the_model(stage):
    outcomes = Counter()
    wallets = [(key(who), key(who + 100)) for who in range(len(NUMBERS))]
    for seed in range(WALKS):
        snapshot = stage.ledger.evm.snapshot()
        stage.ledger.turn_to(START)
        walk = Walk(stage, wallets, random.Random(seed))
        walk.open_perk()
        for _ in range(STEPS):
            walk.step()
        walk.send_all_home()
        outcomes += walk.outcomes
        stage.ledger.evm.revert(snapshot)
    # The walks went where it matters: each act was done, each refusal met.
    acts = ("claim", "cancel", "claim_by_signature", "cancel_by_signature", "miss", "redeem")
    for act in (*acts, "fulfil", "add_stock", "close_perk"):
        assert outcomes[act, None] > 10, outcomes
    met = {refusal for _, refusal in outcomes}
    assert met >= REFUSALS, REFUSALS - met
