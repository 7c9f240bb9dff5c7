"""A brand with a thousand members enrolled, matured and awarded: where every act is measured."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import Web3
from web3.contract import Contract

from benchmarks.node import Act, Node, call
from cercle.calls import Call
from cercle.deployments import Deployed, Deployment
from tools.artifacts import artifacts

if TYPE_CHECKING:
    from benchmarks.agreement_acts import Service
    from benchmarks.consent_acts import Books

DAY = 86_400
MEMBERS = 1_000
BATCH = 100
SEED = 2_026
ROLES = {"issuer": 2, "till": 4, "steward": 8, "curator": 16, "treasurer": 32, "warden": 64}
TIERS = [100, 500, 2_000]
FIRST_AWARD = (5_000, 150)  # points and standing: past the first threshold


def account(name: str) -> LocalAccount:
    """A key that is the same in every run."""
    made: LocalAccount = Account.from_key(Web3.keccak(text=f"cercle benchmark {name}"))
    return made


def name32(text: str) -> bytes:
    """A directory name as the Charter keeps it."""
    return text.encode().ljust(32, b"\x00")


def award(wallet: str, points: int, standing: int) -> int:
    """One award as Rewards takes it."""
    return int(wallet, 16) << 96 | points << 48 | standing


@dataclass
class Town:
    """The contracts, who acts, and the members in the order of their numbers (from 1)."""

    node: Node
    charter: Contract
    passport: Contract
    electorate: Contract
    membership: Contract
    points: Contract
    rewards: Contract
    perks: Contract
    polls: Contract

    batches = 0
    governor: Contract | None = None  # deployed by the first act that needs one
    books: Books | None = None  # likewise
    service: Service | None = None  # likewise

    @cached_property
    def members(self) -> list[LocalAccount]:
        """Member number n is members[n - 1]."""
        return [account(f"member {number}") for number in range(1, MEMBERS + 1)]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {member.address: number for number, member in enumerate(self.members, 1)}

    def number(self, member: LocalAccount) -> int:
        """A member's number."""
        return self._numbers[member.address]

    def draw(self, count: int, purpose: str) -> list[LocalAccount]:
        """So many members by a fixed seed, no two neighbours in the draw by number."""
        return random.Random(f"{SEED} {purpose}").sample(self.members, count)

    @cached_property
    def deployment(self) -> Deployment:
        """The town's address book, as the SDK takes it."""
        names = ("passport", "electorate", "membership", "points", "rewards", "perks", "polls")
        places = {name.capitalize(): getattr(self, name).address for name in names}
        nothing = "0x" + "00" * 32
        return Deployment(
            chain_id=self.node.web3.eth.chain_id,
            network="town",
            brand="Town",
            contracts={
                name: Deployed(address=place, block=0, codehash=nothing)
                for name, place in places.items()
            },
        )

    def carried(self, made: Call) -> Act:
        """A call of the SDK, sent by somebody who has nothing to do with it."""
        return Act(account("relayer").address, made.to, made.data)

    def award_batch(self, wallets: Sequence[str], points: int, standing: int) -> Act:
        """The next batch of equal awards."""
        self.batches += 1
        words = [award(wallet, points, standing) for wallet in wallets]
        issuer = account("issuer").address
        return call(self.rewards, "award", self.batches, words, sender=issuer)


def build(node: Node) -> Town:
    """Deploy, wire and seal a brand, and let a thousand people join it."""
    town = deploy(node)
    enrol(town)
    return town


def deploy(node: Node) -> Town:
    """The contracts of one brand, wired and sealed."""
    made = artifacts()
    admin = account("admin").address
    until = node.now + 365 * DAY
    first = {"sender": admin}
    charter = node.deploy(made["Charter"], admin, account("warden").address, until, **first)
    passport = node.deploy(made["Passport"], **first)
    base = (charter.address, passport.address)
    caps = (50, MEMBERS, 10**9, 30 * DAY)
    electorate = node.deploy(made["Electorate"], passport.address, 1, 0, 30 * DAY, **first)
    house = (charter.address, electorate.address)
    membership = node.deploy(made["Membership"], *house, caps, TIERS, **first)
    words = ("Cercle Points", "CPT", 0, "EUR", 10_000, 365 * DAY)
    points = node.deploy(made["Points"], *base, *words, **first)
    members = (*base, membership.address, points.address)
    rewards = node.deploy(made["Rewards"], *members, 30 * DAY, 10**9, **first)
    perks = node.deploy(made["Perks"], *members, **first)
    polls = node.deploy(made["Polls"], *house, **first)
    town = Town(node, charter, passport, electorate, membership, points, rewards, perks, polls)
    entries = ("passport", "electorate", "membership", "points", "rewards", "perks", "polls")
    acts = [
        call(charter, "give_roles", account(role).address, bit, sender=admin)
        for role, bit in ROLES.items()
        if role != "warden"  # the constructor gave that one
    ]
    acts += [
        call(charter, "set_entry", name32(name), getattr(town, name).address, sender=admin)
        for name in entries
    ]
    acts.append(call(charter, "seal", sender=admin))
    acts += [call(points, "recognise", name32(name), sender=admin) for name in ("rewards", "perks")]
    node.send_together(acts)
    return town


def enrol(town: Town) -> None:
    """A thousand passports, members, matured units and first awards."""
    node, steward = town.node, account("steward").address
    wallets = [member.address for member in town.members]
    node.send_together([call(town.passport, "register", sender=wallet) for wallet in wallets])
    groups = [range(start, start + BATCH) for start in range(1, MEMBERS + 1, BATCH)]
    node.send_together(
        [call(town.membership, "admit", list(group), sender=steward) for group in groups]
    )
    node.wait(31 * DAY)
    node.send_together(
        [call(town.electorate, "refresh", list(group), sender=steward) for group in groups]
    )
    node.send_together(
        [
            town.award_batch([wallets[number - 1] for number in group], *FIRST_AWARD)
            for group in groups
        ]
    )
