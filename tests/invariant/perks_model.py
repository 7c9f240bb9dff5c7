"""What Perks promises, in plain Python: who may claim, what ends a claim, who has which points."""

from dataclasses import dataclass, field

STORE, CODE, SHIP = 1, 2, 4
CLAIMED, FULFILLED, CANCELLED, MISSED = 1, 2, 4, 8
LANES = 4


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
    taken: list[int] = field(init=False)

    def __post_init__(self):
        self.taken = [0] * len(self.stock)

    def period_at(self, now):
        return (now - self.opens_at) // self.period if self.period else 0


@dataclass
class Claim:
    perk: int
    member: int  # from 0; member_no is one more
    period: int
    variant: int
    serial: int
    claimed_at: int
    deadline: int
    state: int = CLAIMED

    @property
    def is_live(self):
        return self.state in (CLAIMED, FULFILLED)

    def state_at(self, now):
        return MISSED if self.state == CLAIMED and now > self.deadline else self.state


class PerksModel:
    """The same acts as the contract's, refused for the same reasons."""

    def __init__(self, people, purse):
        self.perks: dict[int, Perk] = {}
        self.claims: dict[int, Claim] = {}
        self.purses = [purse] * people
        self.burnt = 0
        self.paused_until = 0

    @property
    def owed(self):
        """The prices of the claims neither fulfilled nor sent home."""
        live = [claim for claim in self.claims.values() if claim.state == CLAIMED]
        return sum(self.perks[claim.perk].price for claim in live)

    def lanes(self, perk_id, who, period):
        """Whatever this member claimed of this perk in this period."""
        wanted = (perk_id, who, period)
        return [c for c in self.claims.values() if (c.perk, c.member, c.period) == wanted]

    def claim_refusal(self, who, perk_id, variant, now):
        perk = self.perks[perk_id]
        lanes = self.lanes(perk_id, who, perk.period_at(now))
        if now < self.paused_until:
            return "wing: halted"
        if now >= perk.closes_at:
            return "perks: closed"
        if perk.taken[variant] >= perk.stock[variant]:
            return "perk_stock: sold out"
        if sum(claim.is_live for claim in lanes) >= perk.limit or len(lanes) == LANES:
            return "perk_claims: limit reached"
        if self.purses[who] < perk.price:
            return "points: balance too low"
        return None

    def next_number(self, who, perk_id, now):
        period = self.perks[perk_id].period_at(now)
        lane = len(self.lanes(perk_id, who, period))
        return perk_id << 80 | (who + 1) << 48 | period << 8 | lane

    def claim(self, who, perk_id, variant, now):
        perk, number = self.perks[perk_id], self.next_number(who, perk_id, now)
        period = perk.period_at(now)
        perk.taken[variant] += 1
        self.purses[who] -= perk.price
        self.claims[number] = Claim(
            perk_id, who, period, variant, perk.taken[variant], now, now + perk.within
        )

    def end_refusal(self, number, now, is_miss=False):
        claim = self.claims[number]
        if claim.state != CLAIMED:
            return "perk_claims: already settled"
        if is_miss and now <= claim.deadline:
            return "perk_claims: not missed yet"
        if not is_miss and now > claim.deadline:
            return "perk_claims: past its deadline"
        return None

    def end(self, number, state):
        claim = self.claims[number]
        perk = self.perks[claim.perk]
        claim.state = state
        if state == FULFILLED:
            self.burnt += perk.price
        else:
            self.purses[claim.member] += perk.price
            perk.stock[claim.variant] += 1
