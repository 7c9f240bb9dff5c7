"""
The same model as in test_points_machine, walked for thousands of steps on an EVM without a node:
five people, an escrow, a clock that jumps to the edges. Fixed seeds, so a red run can be repeated.
"""

import random
from collections import Counter
from functools import cache

import pytest
from eth_abi import decode, encode
from eth_utils import keccak
from eth_utils.abi import collapse_if_tuple
from pyrevm import EVM, BlockEnv

from tests.invariant.points_model import PointsModel
from tools.artifacts import CONTRACTS, artifact

DAY = 86_400
PERIOD = 90 * DAY
START = 1_800_000_000
STEPS = 2_000
ADMIN = "0x" + "a0" * 20
PEOPLE = tuple("0x" + f"{number:02x}" * 20 for number in range(0xB1, 0xB6))


class Refused(Exception):
    """A call that the contract would not take; its argument is the reason."""


@cache
def compiled(name):
    """A contract's artifact, a test double's too."""
    (path,) = CONTRACTS.rglob(f"{name}.vy")
    return artifact(path)


class Deployed:
    """A contract whose functions are called by name."""

    def __init__(self, evm, name, *arguments):
        found = compiled(name)
        self.evm, self.functions, inputs = evm, {}, []
        for entry in found.abi:
            if entry["type"] == "constructor":
                inputs = [collapse_if_tuple(item) for item in entry["inputs"]]
            if entry["type"] == "function":
                types = [collapse_if_tuple(item) for item in entry["inputs"]]
                selector = keccak(text=f"{entry['name']}({','.join(types)})")[:4]
                outputs = [collapse_if_tuple(item) for item in entry["outputs"]]
                self.functions[entry["name"]] = selector, types, outputs
        code = bytes.fromhex(found.bytecode.removeprefix("0x"))
        self.address = evm.deploy(ADMIN, code + encode(inputs, arguments))

    def __call__(self, function, *arguments, sender=ADMIN):
        selector, types, outputs = self.functions[function]
        try:
            answer = self.evm.message_call(
                caller=sender, to=self.address, calldata=selector + encode(types, arguments)
            )
        except RuntimeError as error:
            output = bytes.fromhex(str(error).partition("output: 0x")[2].split(" ")[0])
            raise Refused(decode(["string"], output[4:])[0] if output else "") from None
        return decode(outputs, bytes(answer))[0] if outputs else None


def directory_name(text):
    return text.encode().ljust(32, b"\x00")


class Walk:
    """A brand and its model, side by side."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.evm = EVM()
        self.evm.set_balance(ADMIN, 10**20)
        self.now = START
        self.tick(0)
        charter = Deployed(self.evm, "Charter", ADMIN, ADMIN, 0)
        charter("give_roles", ADMIN, 32)
        self.passport = Deployed(self.evm, "FakePassport")
        self.rewards, self.perks = (Deployed(self.evm, "FakePartner") for _ in range(2))
        terms = "Points", "PTS", 0, "EUR", 1, PERIOD
        self.points = Deployed(self.evm, "Points", charter.address, self.passport.address, *terms)
        for name, contract in (("rewards", self.rewards), ("perks", self.perks)):
            charter("set_entry", directory_name(name), contract.address)
        charter("seal")
        for name in ("rewards", "perks"):
            self.points("recognise", directory_name(name))
        self.model = PointsModel(PERIOD, self.perks.address)
        self.accounts = (*PEOPLE, self.perks.address)
        self.outcomes = Counter()
        self.before = {}

    def tick(self, seconds=1):
        self.now += seconds
        self.evm.set_block_env(BlockEnv(timestamp=self.now))

    def step(self):
        """One act of somebody; then everything must agree."""
        kinds = (self.award, self.pay, self.spend, self.refund, self.burn, self.reverse,
                 self.wait, self.sweep, self.recovery, self.pull, self.lengthen)  # fmt: skip
        weights = (6, 10, 5, 4, 2, 3, 5, 2, 5, 3, 1)
        kind = self.dice.choices(kinds, weights)[0]
        self.tick(self.dice.choice((1, 1, 1, DAY)))
        may_shrink = kind() or ()
        self.agree(set(may_shrink))

    def agree(self, may_shrink):
        model, points = self.model, self.points
        for who in self.accounts:
            balance, _, _, expires_at, is_frozen, _ = points("holder", who)
            assert balance == points("balanceOf", who) == model.live(who, self.now)
            assert is_frozen == model.of(who).is_frozen
            old, old_end = self.before.get(who, (0, 0))
            lapsed = old_end != 0 and self.now >= old_end
            assert balance >= old or who in may_shrink or lapsed
            self.before[who] = balance, expires_at
        assert points("totalSupply") == model.supply

    def expect(self, refusal, contract, function, *arguments, sender=ADMIN):
        self.outcomes[function, refusal] += 1
        if refusal is None:
            contract(function, *arguments, sender=sender)
            return
        with pytest.raises(Refused, match=refusal):
            contract(function, *arguments, sender=sender)

    def anybody(self):
        return self.dice.choice(PEOPLE)

    def some(self, who):
        """An amount around what somebody has: none, all, one more, far too many."""
        has = self.model.live(who, self.now)
        return self.dice.choice((0, 1, has // 2, has, has + 1, 2**200))

    # ---- acts; each returns whose balance it may lower ----

    def award(self):
        batch = [(self.anybody(), self.dice.choice((0, 1, 500))) for _ in range(3)]
        words = [int(who, 16) << 96 | amount << 48 for who, amount in batch]
        self.expect(None, self.rewards, "mint", self.points.address, words)
        for who, amount in batch:
            self.model.mint(self.now, who, amount)

    def pay(self):
        sender, receiver = self.anybody(), self.dice.choice(self.accounts)
        amount = self.some(sender)
        refusal = self.model.move(self.now, sender, receiver, amount)
        if self.dice.random() < 0.5:
            self.expect(refusal, self.points, "transfer", receiver, amount, sender=sender)
        else:
            friend = self.anybody()
            self.points("approve", friend, amount, sender=sender)
            words = sender, receiver, amount
            self.expect(refusal, self.points, "transferFrom", *words, sender=friend)
        return (sender,)

    def spend(self):
        who = self.anybody()
        amount = self.some(who)
        refusal = self.model.move(self.now, who, self.perks.address, amount)
        self.expect(refusal, self.perks, "take", self.points.address, who, amount)
        return (who,)

    def refund(self):
        who, escrow = self.anybody(), self.perks.address
        amount = self.some(escrow)
        refusal = self.model.move(self.now, escrow, who, amount)
        self.expect(refusal, self.perks, "refund", self.points.address, who, amount)
        return (escrow,)

    def burn(self):
        who = self.dice.choice(self.accounts)
        amount = self.some(who)
        refusal = self.model.burn(self.now, who, amount)
        if who == self.perks.address:
            self.expect(refusal, self.perks, "burn", self.points.address, amount)
        else:
            self.expect(refusal, self.points, "burn", amount, sender=who)
        return (who,)

    def reverse(self):
        who = self.anybody()
        amount = self.some(who)
        burnt = self.model.reverse(self.now, who, amount)
        self.expect(None, self.rewards, "reverse", self.points.address, who, amount)
        assert self.rewards("last_answer") == burnt
        return (who,)

    def wait(self):
        """A while, or to the very edge of somebody's life."""
        holding = self.model.of(self.anybody())
        edge = holding.active + holding.period - self.now
        self.tick(self.dice.choice((DAY, 40 * DAY, max(edge - 1, 0), max(edge, 0))))

    def sweep(self):
        whom = self.dice.choices(self.accounts, k=4)
        self.expect(None, self.points, "sweep", whom, sender=self.anybody())
        for who in whom:
            self.model.sweep(self.now, who)

    def recovery(self):
        who, heir = self.anybody(), self.anybody()
        act = self.dice.choice(("start", "stop", "finish", "freeze", "freeze", "thaw"))
        if act == "freeze":
            self.expect(self.model.freeze(who), self.points, "freeze", who)
        elif act == "thaw":
            self.expect(self.model.thaw(who), self.points, "thaw", who)
        elif act == "finish" and who != heir:
            # A wallet is replaced at most for a while here, so that the walk does not end.
            self.passport("set_recovering", who, False)
            self.passport("set_heir", who, heir)
            self.model.recovering.discard(who)
            self.model.heirs[who] = heir
        elif act in ("start", "stop"):
            self.passport("set_recovering", who, act == "start")
            self.passport("set_heir", who, "0x" + "00" * 20)
            self.model.heirs.pop(who, None)
            (self.model.recovering.add if act == "start" else self.model.recovering.discard)(who)

    def pull(self):
        heir, old = self.anybody(), self.anybody()
        if self.model.heirs and self.dice.random() < 0.7:
            old = self.dice.choice(sorted(self.model.heirs))
            heir = self.dice.choice((heir, self.model.heirs[old]))
        refusal = self.model.pull(self.now, heir, old)
        self.expect(refusal, self.points, "pull", old, sender=heir)
        return (old,)

    def lengthen(self):
        if self.model.period < 4 * PERIOD:
            self.model.period += DAY
            self.expect(None, self.points, "raise_expiry_period", self.model.period)


@pytest.mark.parametrize("seed", range(3))
def test_campaign__thousands_of_acts__chain_and_model_agree(seed):
    walk = Walk(seed)
    for _ in range(STEPS):
        walk.step()

    # The walk went where it should: each act was taken and, where it can be, refused.
    taken = {function for (function, refusal), count in walk.outcomes.items() if not refusal}
    refused = {function for (function, refusal), count in walk.outcomes.items() if refusal}
    acts = {"transfer", "transferFrom", "take", "refund", "burn", "freeze", "thaw", "pull"}
    assert acts <= taken
    assert acts <= refused
    assert {"mint", "reverse", "sweep", "raise_expiry_period"} <= taken

    # In the end everything lapses but the escrow, and nothing is left over.
    walk.tick(10 * PERIOD)
    walk.points("sweep", list(walk.accounts))
    assert walk.points("totalSupply") == walk.points("balanceOf", walk.perks.address)
