"""
Perks and what is around them in plain Python: people with two wallets each who leave, come back
and move to their other wallet, wallets that are frozen, a gate that opens and closes, perks of
every shape. An act is sent to a ledger in memory and done in the model; `agree` compares them.
"""

from collections import Counter
from types import SimpleNamespace

from eth_account import Account

from tests.invariant.perks_model import CLAIMED, FULFILLED, LANES, SHIP, Claim, PerksModel
from tests.invariant.revm import SOMEBODY, Ledger, Refused

DAY, START = 86_400, 1_700_000_000
TILL, STEWARD, WARDEN = ("0x" + digit * 40 for digit in "456")
NUMBERS = (1, 2, 2**31, 2**32 - 1)  # member numbers, up to the highest
TIERS = (0, 1, 2, 3)  # of each person
PURSE = 10**6
MOST = 2**16 - 1  # units of a variant
CLOSED, OPEN, REVERTS = 1, 2, 4  # manners of the gate


def key(number):
    return Account.from_key((0xC0FFEE + number).to_bytes(32, "big"))


def build(project):
    """A sealed brand in memory; four people with two wallets each and a purse in each."""
    ledger = Ledger(START)
    new = ledger.deploy
    charter = new(project.Charter, SOMEBODY, WARDEN, START + 365 * DAY)
    passport = new(project.FakePassport)
    membership = new(project.FakeMembership, passport.address)
    words = charter.address, passport.address, "Points", "PTS", 0, "EUR", 10_000, 0
    points, rewards = new(project.Points, *words), new(project.FakePartner)
    base = charter.address, passport.address, membership.address, points.address
    perks, gate = new(project.Perks, *base), new(project.FakeGate)
    gate.send("set_manner", OPEN, 0, sender=SOMEBODY)
    charter.send("give_roles", TILL, 4, sender=SOMEBODY)
    charter.send("give_roles", STEWARD, 8, sender=SOMEBODY)
    for name, contract in (("rewards", rewards), ("perks", perks)):
        entry = name.encode().ljust(32, b"\x00")
        charter.send("set_entry", entry, contract.address, sender=SOMEBODY)
    charter.send("seal", sender=SOMEBODY)
    for name in ("rewards", "perks"):
        points.send("recognise", name.encode().ljust(32, b"\x00"), sender=SOMEBODY)
    for who, (member_no, tier) in enumerate(zip(NUMBERS, TIERS, strict=True)):
        first, second = key(who).address, key(who + 100).address
        passport.send("register", sender=first)
        passport.send("set_id", second, who + 1, sender=SOMEBODY)
        membership.send("enrol", who + 1, member_no, sender=SOMEBODY)
        membership.send("set_tier", who + 1, tier, sender=SOMEBODY)
        purses = [int(wallet, 16) << 96 | PURSE << 48 for wallet in (first, second)]
        rewards.send("mint", points.address, purses, sender=SOMEBODY)
    named = {"charter": charter, "passport": passport, "membership": membership, "points": points}
    return SimpleNamespace(ledger=ledger, perks=perks, gate=gate, **named)


class World(PerksModel):
    def __init__(self, stage, wallets, dice):
        super().__init__(0, 0)
        self.stage, self.ledger, self.dice = stage, stage.ledger, dice
        self.now = stage.ledger.now
        self.wallets = wallets  # of each person, two
        self.main = [0] * len(wallets)  # which of them
        self.purse = Counter({wallet.address: PURSE for pair in wallets for wallet in pair})
        self.active = [True] * len(wallets)
        self.frozen = set()
        self.gates = {}  # perk -> the least tier, and whether the gate is asked
        self.manner = OPEN
        self.given = 0  # points sent here by hand
        self.outcomes = Counter()
        told = stage.perks.view("eip712Domain")
        self.domain = SimpleNamespace(eip712Domain=lambda: told)

    def wait(self, seconds):
        self.now += seconds
        self.ledger.turn_to(self.now)

    def expect(self, refusal, act, *words, sender):
        """Send an act, which does or is refused as the model says; whether it was done."""
        self.outcomes[act, refusal] += 1
        told = None
        try:
            self.stage.perks.send(act, *words, sender=sender)
        except Refused as refused:
            told = str(refused)
        assert told == refusal, (act, words)
        return refusal is None

    # ---- choosing ----

    def some_perk(self):
        newest = len(self.perks)
        return self.dice.choice(
            (*[newest] * 5, max(1, newest - 1), self.dice.randint(0, newest + 1))
        )

    def some_variant(self, number):
        """One that there is, mostly."""
        if number not in self.perks or self.dice.random() < 0.05:
            return self.dice.choice((0, 1, 15, 16))
        return self.dice.randrange(len(self.perks[number].stock))

    def some_claim(self):
        """One of late, mostly; sometimes an old one, or none at all."""
        if not self.claims or self.dice.random() < 0.03:
            return self.number_of(0, self.some_perk(), 0, self.dice.choice((3, 4, 255)))
        made = list(self.claims)
        return self.dice.choice(made[-6:] if self.dice.random() < 0.8 else made)

    def some_wallet(self):
        who = self.dice.randrange(len(NUMBERS))
        return who, self.dice.choice(self.wallets[who])

    # ---- what is refused ----

    def is_halted(self):
        return "wing: halted" if self.now < self.paused_until else None

    def missing(self, number, variant=0):
        """The perk or the variant that there is not."""
        if number not in self.perks:
            return "perks: unknown perk"
        return None if variant < len(self.perks[number].stock) else "perks: unknown variant"

    def is_over(self, number):
        """Past its window, or closed before it began: then it never opens."""
        perk = self.perks[number]
        over = self.now >= perk.closes_at or perk.closes_at == perk.opens_at
        return "perks: closed" if over else None

    def refused_claim(self, who, wallet, number, variant, order):
        return (
            self.is_halted()
            or self.missing(number, variant)
            or self.is_over(number)
            or self.refused_to_person(who, number, order)
            or self.refused_by_counter(who, wallet, number, variant)
        )

    def refused_to_person(self, who, number, order):
        if self.now < self.perks[number].opens_at:
            return "perks: not open yet"
        if not self.active[who]:
            return "perks: not a member"
        least, is_asked = self.gates[number]
        if least > TIERS[who]:
            return "perk_gates: closed"
        if self.perks[number].kind == SHIP and not any(order):
            return "perks: no order"
        return "perk_gates: closed" if is_asked and self.manner != OPEN else None

    def refused_by_counter(self, who, wallet, number, variant):
        return self.refused_by_shelf(who, number, variant) or self.refused_by_purse(wallet, number)

    def refused_by_shelf(self, who, number, variant):
        perk = self.perks[number]
        if perk.taken[variant] >= perk.stock[variant]:
            return "perk_stock: sold out"
        lanes = self.lanes(number, who, perk.period_at(self.now))
        if sum(claim.is_live for claim in lanes) >= perk.limit or len(lanes) == LANES:
            return "perk_claims: limit reached"
        return None

    def refused_by_purse(self, wallet, number):
        price = self.perks[number].price
        if price and wallet in self.frozen:
            return "points: frozen"
        return "points: balance too low" if self.purse[wallet] < price else None

    def refused_end(self, number, is_miss=False):
        if number not in self.claims:
            return "perk_claims: unknown claim"
        return self.end_refusal(number, self.now, is_miss)

    def next_number(self, who, number):
        """What a member's next claim would be called; 0 when there is none to come."""
        perk = self.perks[number]
        if self.now < perk.opens_at or self.is_over(number):
            return 0
        period = perk.period_at(self.now)
        lane = len(self.lanes(number, who, period))
        return 0 if lane == LANES else self.number_of(who, number, period, lane)

    # ---- what changes ----

    def number_of(self, who, number, period, lane):
        return number << 80 | NUMBERS[who] << 48 | period << 8 | lane

    def note_claim(self, who, wallet, number, variant):
        perk = self.perks[number]
        period = perk.period_at(self.now)
        claim_id = self.number_of(who, number, period, len(self.lanes(number, who, period)))
        perk.taken[variant] += 1
        self.purse[wallet] -= perk.price
        serial, deadline = perk.taken[variant], self.now + perk.within
        self.claims[claim_id] = Claim(number, who, period, variant, serial, self.now, deadline)

    def note_end(self, number, state):
        """The price is burnt, or goes to the main wallet of now, whoever paid."""
        claim = self.claims[number]
        perk, claim.state = self.perks[claim.perk], state
        if state == FULFILLED:
            self.burnt += perk.price
            return
        wallet = self.wallets[claim.member][self.main[claim.member]]
        self.purse[wallet.address] += perk.price
        perk.stock[claim.variant] = min(MOST, perk.stock[claim.variant] + 1)

    # ---- comparing ----

    def agree(self, claims, perks):
        """What is owed and who has what, and these claims and perks in full."""
        stage = self.stage
        assert stage.perks.view("escrowed") == self.owed + self.given
        for wallet, amount in self.purse.items():
            assert stage.points.view("balanceOf", wallet) == amount
        minted = PURSE * len(self.purse)
        assert stage.points.view("totalSupply") == minted - self.burnt
        for number in claims:
            self.agree_on_claim(number)
        for number in perks:
            terms, _, stock, taken = stage.perks.view("perk", number)
            perk = self.perks[number]
            assert (list(stock), list(taken)) == (perk.stock, perk.taken)
            assert all(t <= s for t, s in zip(taken, stock, strict=True))
            assert terms[2:4] == (perk.opens_at, perk.closes_at)

    def agree_on_claim(self, number):
        claim = self.claims[number]
        perk, who = self.perks[claim.perk], claim.member
        held = perk.price if claim.state == CLAIMED else 0
        told = self.stage.perks.view("claim_of", number)
        assert told == (
            *(claim.perk, NUMBERS[who], claim.variant, claim.serial, claim.claimed_at),
            *(claim.deadline, claim.state_at(self.now), held),
        )
        of_period = self.told_of(claim.perk, who, claim.period)
        words = claim.perk, NUMBERS[who]
        assert self.stage.perks.view("claims_at", *words, claim.claimed_at) == of_period
        assert self.stage.perks.view("next_claim_id", *words) == self.next_number(who, claim.perk)
        if claim == list(self.claims.values())[-1]:
            # The newest of all is in the period that runs now or ran last, or a later one runs.
            later = perk.period_at(min(self.now, max(claim.claimed_at, perk.closes_at - 1)))
            newest = self.told_of(claim.perk, who, later)
            assert self.stage.perks.view("claims_of", *words) == newest

    def told_of(self, number, who, period):
        """The numbers of a member's claims of a perk in a period, in their order."""
        count = len(self.lanes(number, who, period))
        return tuple(self.number_of(who, number, period, lane) for lane in range(count))
