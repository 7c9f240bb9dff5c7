"""A provider, a meter and customers with agreements, on a node of their own and without Ape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data

from cercle.artifacts import Artifacts
from cercle.calls import Call
from cercle.chain import Chain
from cercle.contracts import Contract
from cercle.deployments import Deployed, Deployment
from cercle.events import decode_logs
from cercle.executors import UnlockedExecutor
from cercle.journal import create_address
from tests import consents
from tests.client.nodes import CHAIN_ID, rpc
from tests.odd_tokens import Habit

DAY = 86_400
PERIOD, GRACE = 30 * DAY, 3 * DAY
METER = Account.from_key((0x5E7E5).to_bytes(32, "big"))
WORDS = b"\x11" * 32
SMALL, LARGE = (1_000, 10, 50, 20), (2_000, 40, 40, 60)  # base, included, unit price, capacity
LIMIT, CAP = 60, 6_000
DEPOSIT, PERIODS = 10_000, 4
PURSE = 10**9
READING = ("agreement_id", "sequence", "read_at", "register", "outage")


def rung(plan: Sequence[int], plan_id: int, stops: bool) -> int:
    """A plan's word in a ladder."""
    base, included, unit_price, capacity = plan
    word = base | included << 88 | unit_price << 128 | capacity << 191
    return word | plan_id << 231 | stops << 255


LADDER = [rung(SMALL, 1, False), rung(LARGE, 2, True), 0, 0, 0, 0]


@dataclass
class Market:
    """The books, and the people: the first accounts of the node."""

    url: str
    chain: Chain
    deployment: Deployment
    token: Contract
    people: list[str]
    artifacts: Artifacts
    terms: dict[int, dict[str, Any]] = field(default_factory=dict)  # by agreement

    @property
    def admin(self) -> str:
        return self.people[0]

    @property
    def controller(self) -> str:
        return self.people[1]

    @property
    def keeper(self) -> str:
        return self.people[9]

    @property
    def agreements(self) -> Contract:
        return self.deployment.contract("Agreements")

    # ---- acts ----

    def send(self, call: Call, sender: str) -> None:
        self.account(sender).send(call)

    def account(self, sender: str) -> UnlockedExecutor:
        """An account that the node holds, as a keeper or anybody sends from it."""
        return UnlockedExecutor(self.chain, sender, self.artifacts)

    def ask(self, contract: Contract, function: str, *arguments: Any) -> Any:
        read = contract.read(function, *arguments)
        return self.chain.read([read], self.chain.head(fresh=True))[0]

    def open(self, customer: str, **changes: Any) -> int:
        """Open an agreement; tells its number."""
        ladder = {
            "list_id": 1,
            "revision": 2,
            "meter": METER.address,
            "starts_at": self.now() + DAY,
            "periods": PERIODS,
            "period_cap": CAP,
            "total_cap": 4 * CAP,
            "deposit": DEPOSIT,
            "rungs": LADDER,
        } | changes
        first = self.chain.head(fresh=True).number + 1
        self.send(self.agreements.call("open", tuple(ladder.values())), customer)
        number = int(self.ask(self.agreements, "agreement_count"))
        logs = self.chain.request(
            "eth_getLogs", [{"address": self.agreements.address, "fromBlock": hex(first)}]
        )
        opened = next(
            one for one in decode_logs(self.deployment, logs) if one.name == "AgreementOpened"
        )
        self.terms[number] = opened.args["terms"]
        return number

    def reading(
        self, agreement_id: int, sequence: int, read_at: int, register: int, signer: Any = METER
    ) -> dict[str, int]:
        """A signed reading, as a line of the inbox has it."""
        words = dict(zip(READING, (agreement_id, sequence, read_at, register, 0), strict=True))
        signed = signer.sign_message(
            encode_typed_data(
                domain_data={
                    "name": "Cercle Agreements",
                    "version": "1",
                    "chainId": CHAIN_ID,
                    "verifyingContract": self.agreements.address,
                },
                message_types={"Reading": [{"name": n, "type": "uint256"} for n in READING]},
                message_data=words,
            )
        )
        return words | {"r": signed.r, "vs": signed.s | (signed.v - 27) << 255}

    def settle(self, *readings: dict[str, int]) -> None:
        """Bring readings in by hand, one by one."""
        for one in readings:
            number, words = one["agreement_id"], list(one.values())
            terms = tuple(self.terms[number].values())
            self.send(
                self.agreements.call("settle", number, terms, tuple(words[1:])), self.people[8]
            )

    def poke(self, agreement_id: int) -> None:
        """Close by hand what is over."""
        terms = tuple(self.terms[agreement_id].values())
        self.send(self.agreements.call("poke", agreement_id, terms), self.people[8])

    # ---- time ----

    def now(self) -> int:
        return self.chain.head(fresh=True).timestamp

    def at(self, second: int) -> None:
        """Let time pass until then."""
        rpc(self.url, "evm_setNextBlockTimestamp", hex(second))
        rpc(self.url, "evm_mine")
        self.chain.forget_head()

    def mine(self, blocks: int) -> None:
        """So many blocks, a second each, with nothing in them."""
        rpc(self.url, "anvil_mine", hex(blocks))
        self.chain.forget_head()

    def starts_at(self, agreement_id: int) -> int:
        return int(self.terms[agreement_id]["starts_at"])

    def closes_at(self, agreement_id: int, period: int = 0) -> int:
        """The first second in which a period can be closed."""
        return self.starts_at(agreement_id) + (period + 1) * PERIOD + GRACE

    # ---- what came of it ----

    def book(self, agreement_id: int) -> dict[str, Any]:
        return dict(self.ask(self.agreements, "account_of", agreement_id))

    def money(self) -> dict[str, int]:
        """What is due, and in each escrow, and what lies there."""
        found = {f"escrow {one}": self.book(one)["escrow"] for one in self.terms}
        found["due"] = self.ask(self.agreements, "due_of", 1)
        found["balance"] = self.ask(self.token, "balanceOf", self.agreements.address)
        return found

    def pokes(self) -> list[tuple[int, str]]:
        """The periods that were closed: of which agreement, and by which transaction."""
        asked = {"address": self.agreements.address, "fromBlock": "0x0"}
        logs = self.chain.request("eth_getLogs", [asked])
        events = decode_logs(self.deployment, logs)
        return [
            (one.args["agreement_id"], one.tx_hash) for one in events if one.name == "PeriodClosed"
        ]


def connect(url: str) -> Chain:
    """A connection that remembers nothing, as a new process has it."""
    return Chain([url], CHAIN_ID, head_age=0.0, timeout=20)


def found(url: str, customers: int = 3) -> Market:
    """Deploy, open a list of two plans, and let customers pay in."""
    people = rpc(url, "eth_accounts")
    chain = connect(url)
    artifacts = Artifacts()  # they take a second to read
    executor = UnlockedExecutor(chain, people[0], artifacts)
    contracts: dict[str, Deployed] = {}

    def deploy(name: str, *arguments: Any) -> str:
        nonce = chain.nonce(people[0])
        executor.deploy(name, arguments, nonce)
        address = create_address(people[0], nonce)
        block = chain.head(fresh=True).number
        contracts[name] = Deployed(address=address, block=block, codehash="0x" + "00" * 32)
        return address

    passport = deploy("Passport")
    lists = deploy("PriceLists", deploy("Consent", passport))
    deploy("Agreements", lists)
    money = deploy("OddToken", Habit.PLAIN, 18)
    del contracts["OddToken"]
    deployment = Deployment(
        chain_id=CHAIN_ID, network="local", brand="A market", contracts=contracts
    )
    token = Contract("OddToken", money, artifacts["OddToken"].abi)
    market = Market(url, chain, deployment, token, people, artifacts)
    _provide(market)
    for who in people[2 : 2 + customers]:
        market.send(deployment.contract("Passport").call("register"), who)
        market.send(token.call("mint", who, PURSE), who)
        market.send(token.call("approve", market.agreements.address, PURSE), who)
    return market


def _provide(market: Market) -> None:
    consent = market.deployment.contract("Consent")
    lists = market.deployment.contract("PriceLists")
    uri = consents.URI
    for who in (market.controller, market.admin):  # company 1 provides, company 2 meters
        market.send(consent.call("register_company", consents.KEY, uri), who)
    words = {"meter": METER.address, "company_id": 2, "content_hash": WORDS}
    signed = METER.sign_message(
        encode_typed_data(
            domain_data={
                "name": "Cercle Price Lists",
                "version": "1",
                "chainId": CHAIN_ID,
                "verifyingContract": lists.address,
            },
            message_types={
                "RegisterMeter": [
                    {"name": "meter", "type": "address"},
                    {"name": "company_id", "type": "uint256"},
                    {"name": "content_hash", "type": "bytes32"},
                ]
            },
            message_data=words,
        )
    )
    signature = bytes(signed.signature)
    market.send(lists.call("register_meter", *words.values(), signature), market.admin)
    opening = (1, 2, market.token.address, PERIOD, GRACE, 10_000, WORDS)
    market.send(lists.call("open_list", *opening), market.controller)
    for plan in (SMALL, LARGE):
        market.send(lists.call("publish_plan", 1, plan, WORDS), market.controller)


def put(folder: Path, name: str, *readings: dict[str, int]) -> None:
    """Lay a file into an inbox, whole."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}"
    draft.write_text("".join(json.dumps(one) + "\n" for one in readings))
    draft.rename(folder / name)
