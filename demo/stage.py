"""Set the stage: a brand, its people, eighteen months of purchases, perks and polls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cercle import governance, identity, perk_file
from cercle.artifacts import Artifacts
from cercle.calls import Call
from cercle.chain import Chain
from cercle.content import ContentStore, parse_document
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.flags import PollKind
from cercle.journal import create_address
from cercle.loyalty import electorate, membership, perks, points, rewards
from cercle.loyalty.words import Award

from . import script
from .history import DAY, Purchase, by_day, noon
from .node import Node, Tx
from .progress import along

STAFF = ("admin", "warden", "issuer", "till", "steward", "curator", "treasurer")
GROUPS = 8  # in which people come to vote
NEWCOMERS = 5  # wallets for visitors who want to join


@dataclass(frozen=True)
class Cast:
    """Who is who among the node's accounts."""

    staff: dict[str, str]
    members: dict[int, str]  # customer -> wallet
    newcomers: tuple[str, ...]

    @classmethod
    def of(cls, accounts: list[str], customers: list[int]) -> Cast:
        """Staff first, then the customers in the order of their first purchase."""
        people = accounts[len(STAFF) :]
        return cls(
            staff=dict(zip(STAFF, accounts, strict=False)),
            members=dict(zip(customers, people, strict=False)),
            newcomers=tuple(people[len(customers) : len(customers) + NEWCOMERS]),
        )


class Stage:
    """Plays a purchase log and the demo's script on a fresh chain."""

    def __init__(
        self, node: Node, chain: Chain, deployment: Deployment, store: ContentStore, cast: Cast
    ) -> None:
        self.node = node
        self.chain = chain
        self.deployment = deployment
        self.store = store
        self.cast = cast
        self.known: set[int] = set()

    # ---- the past ----

    def play(self, purchases: list[Purchase], before: Callable[[int], None]) -> None:
        """Each day's newcomers register and are admitted, then its purchases are awarded.

        Args:
            purchases: What was bought.
            before: What else happens up to a second; asked before each day's purchases.
        """
        for day, bought in along(list(by_day(purchases)), "purchases, day by day"):
            before(noon(day) - 3_600)
            everyone = dict.fromkeys(p.customer for p in bought)
            fresh = [customer for customer in everyone if customer not in self.known]
            first = len(self.known) + 1
            self.known.update(fresh)
            at = noon(day) - len(fresh) - 10
            register = _to_and_data(identity.register(self.deployment))
            for customer in fresh:  # one by one: a passport's number is its place in the queue
                self.node.send([Tx(self.cast.members[customer], *register)], at=at)
            if fresh:
                numbers = list(range(first, first + len(fresh)))
                self.node.send([self._by("steward", membership.admit(self.deployment, numbers))])
            rows = [Award(self.cast.members[p.customer], p.points, p.standing) for p in bought]
            self.node.send(
                [
                    self._by("issuer", rewards.award(self.deployment, b.id, b.words))
                    for b in rewards.batches(rows, f"day {day}")
                ],
                at=noon(day) - 1,
            )

    # ---- the shop ----

    def ask(
        self, poll: int, *, opened_at: int, closes_at: int, numbers: list[int], over: int = 0
    ) -> None:
        """Open a poll and let the people of the script vote, some of them twice.

        Args:
            poll: Its number in the script.
            opened_at: When it opens, in unix seconds.
            closes_at: When it closes.
            numbers: The customers.
            over: Within how many seconds they come to vote.
        """
        document = parse_document(script.POLLS[poll - 1])
        seal = self.store.put(document)
        count = len(script.POLLS[poll - 1]["options"])
        several = poll in script.APPROVAL
        kind = PollKind.APPROVAL if several else PollKind.SINGLE
        call = governance.open_poll(
            self.deployment, seal, count, datetime.fromtimestamp(closes_at, UTC), kind
        )
        self.node.send([self._by("steward", call)], at=opened_at)
        acts = ((script.ballot, "ballots"), (script.changed_ballot, "changes of mind"))
        for half, (act, label) in enumerate(acts):
            cast = [(n, choice) for n in numbers if (choice := act(poll, n)) is not None]
            txs = [
                Tx(
                    self.cast.members[n],
                    *_to_and_data(
                        governance.vote_for(self.deployment, poll, choice)
                        if several
                        else governance.vote(self.deployment, poll, choice[0])
                    ),
                )
                for n, choice in cast
            ]
            size = min(100, max(1, -(-len(txs) // GROUPS)))
            for start in along(range(0, len(txs), size), f"poll {poll}: {label}, in groups"):
                wait = over * (half + start / len(txs)) / 2 if over else 0
                self.node.send(txs[start : start + size], at=opened_at + 60 + int(wait))

    def open_perks(self, opened_at: int) -> None:
        """Open the perks of the script."""
        now = datetime.fromtimestamp(opened_at, UTC)
        txs = []
        for perk in along(script.PERKS, "perks"):
            seal = self.store.put(parse_document(perk.content))
            terms = perk_file.PerkTerms.parse(
                {
                    "kind": perk.kind,
                    "price": perk.price,
                    "stock": list(perk.stock),
                    "opens": now,
                    "closes": f"+{perk.open_days} days",
                    "period_days": perk.period_days,
                    "limit": perk.limit,
                    "fulfil_within_days": perk.fulfil_days,
                    "gates": _gates(perk),
                },
                now,
            )
            call = perks.open_perk(
                self.deployment, seal, terms.for_chain(self.deployment), terms.stock
            )
            txs.append(self._by("steward", call))
        self.node.send(txs, at=opened_at + 1)

    def claim(self) -> int:
        """The claims of the script; returns how many."""
        evening = script.PERKS[script.EVENING - 1]
        coffee = script.PERKS[script.COFFEE - 1]
        cards = self.cards()
        chairs = sum(evening.stock)
        txs = []
        for number, wallet in self.cast.members.items():
            tier, balance = cards[number]
            if chairs and tier >= evening.least_tier and balance >= evening.price:
                txs.append(self._claim(wallet, script.EVENING, 0))
                cards[number] = (tier, balance - evening.price)
                chairs -= 1
        for number, wallet in self.cast.members.items():
            if script.wants_coffee(number) and cards[number][1] >= coffee.price:
                txs.append(self._claim(wallet, script.COFFEE, script.variant_of(number)))
        self.node.send(txs)
        return len(txs)

    def appear(self) -> tuple[str, str]:
        """Found a world, and let some members appear there; its id, and its collection."""
        curator = self.cast.staff["curator"]
        executor = UnlockedExecutor(self.chain, curator)
        nonce = self.chain.nonce(curator)
        executor.deploy("FakeCollection", (), nonce)
        token = create_address(curator, nonce)
        world = identity.world_id(curator, script.WORLD)
        for call in (
            identity.register_world(self.deployment, script.WORLD, curator),
            identity.set_collection(self.deployment, world, token, is_recognised=True),
        ):
            executor.send(call)
        contract = Contract("FakeCollection", token, Artifacts()["FakeCollection"].abi)
        people = list(self.cast.members.items())
        chosen = [who for n, who in people if script.appears(n)] or [people[0][1]]
        there = list(enumerate(chosen, 1))  # a token's number is its place among them
        given = [(who, contract.call("give", n, who)) for n, who in there]
        shown = [
            (who, identity.set_token_avatar(self.deployment, world, token, n)) for n, who in there
        ]
        for acts in (given, shown):
            self.node.send([Tx(who, *_to_and_data(call)) for who, call in acts])
        return world, token

    def refresh(self) -> None:
        """Let everybody's vote units count, a hundred members a call."""
        numbers = list(range(1, len(self.cast.members) + 1))
        self.node.send(
            [
                self._by("steward", electorate.refresh(self.deployment, numbers[i : i + 100]))
                for i in range(0, len(numbers), 100)
            ]
        )

    def sweep(self) -> None:
        """Take expired points out of the supply, as anybody may."""
        wallets = list(self.cast.members.values())
        self.node.send(
            [
                self._by("issuer", points.sweep(self.deployment, wallets[i : i + 100]))
                for i in range(0, len(wallets), 100)
            ]
        )

    def cards(self) -> dict[int, tuple[int, int]]:
        """Tier and live points of everyone, in as few requests as the chain allows."""
        members = self.deployment.contract("Membership")
        token = self.deployment.contract("Points")
        people = list(self.cast.members.items())
        result: dict[int, tuple[int, int]] = {}
        for start in range(0, len(people), 100):
            part = people[start : start + 100]
            reads = [members.read("tier_of", start + i + 1) for i in range(len(part))]
            reads += [token.read("balanceOf", wallet) for _, wallet in part]
            found = self.chain.read(reads, self.chain.head())
            tiers, balances = found[: len(part)], found[len(part) :]
            for (number, _), tier, balance in zip(part, tiers, balances, strict=True):
                result[number] = (tier, balance)
        return result

    # ---- help ----

    def _claim(self, wallet: str, perk_id: int, variant: int) -> Tx:
        return Tx(wallet, *_to_and_data(perks.claim(self.deployment, perk_id, variant)))

    def _by(self, role: str, call: Call) -> Tx:
        return Tx(self.cast.staff[role], *_to_and_data(call))


def _gates(perk: script.PerkScript) -> list[dict[str, Any]]:
    """What a perk asks of a person, as a perk's file says it."""
    tier: list[dict[str, Any]] = [{"tier": perk.least_tier}] if perk.least_tier else []
    return tier + [
        {"consent": {"company": company, "purpose": purpose, "category": category}}
        for company, purpose, category in perk.consents
    ]


def _to_and_data(call: Call) -> tuple[str, str]:
    return call.to, call.data


def yesterday_evening(now: int) -> int:
    """Six in the evening of the day before."""
    return (now // DAY - 1) * DAY + 18 * 3_600
