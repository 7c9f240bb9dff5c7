"""
Membership's votes against their model in memory: thousands of walks under each unit
rule, several acts a second among them; every past second is read again and again.
"""

import random
from collections import Counter
from types import SimpleNamespace

import pytest
from eth_account import Account

from tests.house import CAPPED, DAY, MATURITY, ONE, SQRT
from tests.invariant.membership_world import CAP, World
from tests.invariant.revm import SOMEBODY, Ledger, Refused
from tests.signing import typed

PEOPLE = 5
WALKS, STEPS = 15, 120
STEWARD = 8
SPANS = [0, 1, 60, DAY, 10 * DAY]
NOBODY = "0x" + "00" * 20
WAITS = [0, 0, 0, 1, 1, 2, 60, DAY, DAY, 7 * DAY, 20 * DAY, MATURITY - 1, MATURITY, MATURITY + 1]


class MemoryLedger(Ledger):
    """Whose wallets are keys, so that they can sign."""

    def __init__(self, now):
        super().__init__(now)
        self.keys = {}
        self.domains = {}
        self.steward = self.wallet(0)

    def wallet(self, number):
        key = Account.from_key((0xA0000 + number).to_bytes(32, "big"))
        self.keys[key.address] = key
        return key.address

    def sign(self, signer, contract, text, /, **words):
        if contract not in self.domains:
            told = contract.view("eip712Domain")
            self.domains[contract] = SimpleNamespace(eip712Domain=lambda: told)
        message = typed(self.domains[contract], text, **words)
        return bytes(self.keys[signer].sign_message(message).signature)

    def send(self, contract, name, *args, sender):
        try:
            contract.send(name, *args, sender=sender)
        except Refused as refusal:
            return str(refusal)
        return None

    def view(self, contract, name, *args):
        return contract.view(name, *args)


def name(text):
    return text.encode().ljust(32, b"\x00")


@pytest.fixture(scope="module", params=[ONE, SQRT, CAPPED], ids=["one", "sqrt", "capped"])
def opened(request, project):
    """A sealed brand under one of the unit rules, in memory."""
    ledger = MemoryLedger(1_700_000_000)
    charter = ledger.deploy(project.Charter, SOMEBODY, NOBODY, ledger.now)
    passport = ledger.deploy(project.FakePassport)
    rewards = ledger.deploy(project.FakeRewards)
    cap = CAP if request.param == CAPPED else 0
    electorate = ledger.deploy(project.Electorate, passport.address, request.param, cap, MATURITY)
    membership = ledger.deploy(
        project.Membership,
        *(charter.address, electorate.address),
        *((10_000, 10_000, 10**9, DAY), [10, 100]),
    )
    charter.send("give_roles", ledger.steward, STEWARD, sender=SOMEBODY)
    charter.send("set_entry", name("rewards"), rewards.address, sender=SOMEBODY)
    charter.send("seal", sender=SOMEBODY)
    return ledger, (membership, electorate), rewards, passport, request.param


@pytest.fixture
def begin(opened):
    """A fresh world on the same deployment, three of the five counted already."""
    ledger, house, rewards, passport, rule = opened
    snapshot, start = ledger.evm.snapshot(), ledger.now

    def _begin():
        nonlocal snapshot
        ledger.evm.revert(snapshot)
        snapshot = ledger.evm.snapshot()
        ledger.turn_to(start)
        wallets = [ledger.wallet(1 + i) for i in range(PEOPLE)]
        world = World(ledger, house, rewards, passport, wallets, rule)
        for who in range(3):
            world.join(who, is_signed=who == 1)
            world.credit(who, 9 + who)
        world.wait(MATURITY)
        world.refresh(0, 1, 2)
        return world

    yield _begin
    ledger.evm.revert(snapshot)
    ledger.turn_to(start)


def act(world, dice):
    """One act by chance; says what came of it."""
    who, to = dice.randrange(PEOPLE), dice.randrange(PEOPLE)
    choice = dice.choices(
        ["delegate", "until", "expire", "refresh", "credit", "debit", "join", "leave", "link"],
        [30, 12, 10, 20, 14, 5, 10, 6, 2],
    )[0]
    if choice in ("delegate", "until", "join", "leave") and dice.random() < 0.4:
        return f"{choice} signed", signed(world, dice, choice, who, to)
    if choice == "delegate":
        return choice, world.delegate(who, to)
    if choice == "until":
        return choice, world.delegate(who, to, dice.choice(SPANS))
    if choice == "expire":
        return choice, world.expire(who)
    if choice == "refresh":
        return choice, world.refresh(who, to)
    if choice == "credit":
        return choice, world.credit(who, dice.choice([0, 1, 3, 7, 40, 1_000]))
    if choice == "debit":
        return choice, world.debit(who, dice.choice([1, 5, 10_000]))
    if choice == "link":
        spare = world.ledger.wallet(100 + sum(len(p.wallets) for p in world.people))
        return choice, world.link(who, spare)
    return choice, world.join(who) if choice == "join" else world.leave(who)


def signed(world, dice, choice, who, to):
    """The same, by a signature that somebody else carries."""
    if choice == "join":
        return world.join(who, is_signed=True)
    if choice == "leave":
        return world.leave(who, is_signed=True)
    seconds = dice.choice(SPANS) if choice == "until" else None
    return world.delegate(who, to, seconds, is_signed=True)


def test_votes__any_walk__agree_with_the_model(begin):
    outcomes = Counter()
    for seed in range(WALKS):
        dice, world = random.Random(seed), begin()
        for _ in range(STEPS):
            world.wait(dice.choice(WAITS))
            outcomes[act(world, dice)] += 1
            world.check_now()
            past = list(world.seen)
            world.check_past({past[-1], *dice.sample(past, min(2, len(past)))})
        world.wait(1)
        world.check_past(world.seen)
    # The walks went where it matters: each act succeeded, each refusal was met.
    for reached in ("delegate", "until", "expire", "refresh", "join", "leave"):
        assert outcomes[reached, None] > 5, outcomes
    for reached in ("delegate signed", "until signed", "join signed", "leave signed"):
        assert outcomes[reached, None] > 3, outcomes
    for refusal in (
        "membership: already a member",
        "membership: not a member",
        "electorate: expiry passed",
        "electorate: nothing delegated",
        "electorate: not expired",
        "votes: not enrolled",
        "votes: delegatee not enrolled",
    ):
        assert any(told == refusal for _, told in outcomes), refusal
