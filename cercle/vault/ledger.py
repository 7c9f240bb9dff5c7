"""The ledger, as a vault asks it: at the newest block, each time, and never from memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from ..answers import head_of
from ..chain import Chain
from ..consent.vocabulary import CATEGORIES
from ..deployments import Deployment
from ..errors import NodeMisbehaved, Refused
from ..events import decode_logs, read_events
from ..models import Head
from ..reverts import explain
from ..rpc import Answer, Node, Request
from ..values import Frozen
from . import declined

BACK = 3  # blocks by which a reorganisation may take the head back, before a node is behind
CHUNK = 100  # questions of one batch


class Look(Protocol):
    """Who looks at what of whom."""

    @property
    def passport_id(self) -> int: ...
    @property
    def company_id(self) -> int: ...
    @property
    def purpose(self) -> int: ...
    @property
    def category(self) -> int: ...


class Asked(Frozen):
    """`AccessRequested`, where it lies."""

    transaction_hash: str
    log_index: int
    block: int
    passport_id: int
    company_id: int
    purpose: int
    category: int
    order_hash: str
    issued_at: int


class Facts(Frozen):
    """What decides a release, at one block."""

    may_act: bool
    is_allowed: bool
    issued_at: int
    renewed_from: int
    until: int
    keep_until: int
    hpke_key: bytes
    version: int
    is_erased: bool


class Move(Frozen):
    """How what is kept of a person in a category stands."""

    version: int
    is_erased: bool


class LedgerReader:
    """Questions of a vault to the books of consent.

    Args:
        chain: Behind which the nodes are.
        deployment: Where the books stand.
        max_head_age: Seconds that the newest block may be old.
        clock: The machine's time.
    """

    def __init__(
        self,
        chain: Chain,
        deployment: Deployment,
        max_head_age: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.chain, self.deployment = chain, deployment
        self._max_head_age, self._clock = max_head_age, clock
        self._highest = 0
        self._lock = threading.Lock()
        self._consent = deployment.contract("Consent")
        self._records = deployment.contract("Records")
        self._passport = deployment.contract("Passport")
        self._vault = deployment.contract("Vault")

    def head(self) -> Head:
        """The newest block, asked for now.

        Raises:
            Declined: `stale_head`: it is too old, or older than one that was seen before.
            ChainError: No node answers.
        """
        return self._fresh(self.chain.head(fresh=True))

    def head_and_receipt(self, transaction_hash: str) -> tuple[Head, Any]:
        """The newest block, and what is told of a transaction, in one request to one node.

        Raises:
            Declined: `stale_head`.
            ChainError: No node answers.
        """
        asked: list[Request] = [
            ("eth_getBlockByNumber", ["latest", False]),
            ("eth_getTransactionReceipt", [transaction_hash]),
        ]

        def both(node: Node, answers: list[Answer]) -> tuple[Head, Any]:
            if "error" in answers[1]:
                raise explain(answers[1]["error"], node.name)
            return head_of(answers[0], node.name), answers[1]["result"]

        head, receipt = self.chain.ask(asked, both)
        return self._fresh(head), receipt

    def _fresh(self, head: Head) -> Head:
        with self._lock:
            is_behind = head.number < self._highest - BACK
            self._highest = max(self._highest, head.number)
        if is_behind or self._clock() - head.timestamp > self._max_head_age:
            raise declined.stale_head()
        return head

    def forget(self) -> None:
        """The chain began anew: nothing that was seen of it counts."""
        with self._lock:
            self._highest = 0

    # ---- members ---------------------------------------------------------------------------

    def passport_of(self, account: str) -> int:
        """Whose the wallet is, now; 0: nobody's."""
        return int(self._read([self._passport.read("id_of", account)], self.head())[0])

    def move_of(self, passport_id: int, category: int, head: Head) -> Move:
        """How what is kept stands."""
        return self.moves([(passport_id, category)], head)[0]

    def moves(self, places: Sequence[tuple[int, int]], head: Head) -> list[Move]:
        """The same of many, in few questions."""
        found: list[Move] = []
        for start in range(0, len(places), CHUNK):
            reads = [self._records.read("move_of", *one) for one in places[start : start + CHUNK]]
            found += [
                Move(version=one["version"], is_erased=one["is_erased"])
                for one in self._read(reads, head)
            ]
        return found

    def commitment_of(
        self, passport_id: int, category: int, version: int, first: int, head: Head
    ) -> str | None:
        """What the move to a version published; None: there is no such move from `first` on."""
        filters = {"passport_id": passport_id, "category": category}
        events = read_events(
            self.chain,
            self.deployment,
            "Records",
            "CategoryMoved",
            filters=filters,
            first=first,
            last=head.number,
        )
        for event in events:
            if event.args["version"] == version:
                return _hex(event.args["commitment"])
        return None

    def touched(self, first: int, last: int) -> set[tuple[int, int]]:
        """The persons and categories that moved or were erased in a range of blocks."""
        return {
            (int(event.args["passport_id"]), int(event.args["category"]))
            for name in ("CategoryMoved", "CategoryErased")
            for event in read_events(
                self.chain, self.deployment, "Records", name, first=first, last=last
            )
        }

    def erased(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """What was erased in a range of blocks, as deep as its category asks at `last`.

        Passport, category and version: a move may have followed, and the books name the last alone.
        """
        events = read_events(
            self.chain, self.deployment, "Records", "CategoryErased", first=first, last=last
        )
        found = [
            (*(int(one.args[name]) for name in ("passport_id", "category", "version")), one.block)
            for one in events
            if one.args["category"] < len(CATEGORIES)
        ]
        return [(who, of, version) for who, of, version, at in found if at <= last - needs(of)]

    # ---- companies -------------------------------------------------------------------------

    def asked(self, transaction_hash: str, log_index: int, receipt: Any, head: Head) -> Asked:
        """The event at a place of the canonical chain.

        Args:
            transaction_hash: Of which transaction.
            log_index: Its place.
            receipt: What a node told of the transaction.
            head: The newest block.

        Raises:
            Declined: `unlogged`: there is none there.
        """
        if receipt is None:
            raise declined.no("unlogged")
        try:
            block, block_hash = int(receipt["blockNumber"], 16), str(receipt["blockHash"])
            logs = [one for one in receipt["logs"] if int(one["logIndex"], 16) == log_index]
            found = decode_logs(self.deployment, logs)
            is_this = receipt["transactionHash"].lower() == transaction_hash.lower()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NodeMisbehaved("A node answered a receipt of no form.") from error
        events = [one for one in found if one.name == "AccessRequested"]
        if not is_this or not events or block > head.number:
            raise declined.no("unlogged")
        if self._hash_at(block) != block_hash:
            raise declined.no("unlogged")
        told = events[0].args
        return Asked(
            transaction_hash=transaction_hash.lower(),
            log_index=log_index,
            block=block,
            order_hash=_hex(told["order_hash"]),
            **{
                name: int(told[name])
                for name in ("passport_id", "company_id", "purpose", "category", "issued_at")
            },
        )

    def facts(self, asked: Look, account: str, head: Head) -> Facts:
        """What decides a release.

        Args:
            asked: Who looks at what of whom.
            account: Who says to act for the company.
            head: At which block.

        Raises:
            Declined: `unknown_company`.
        """
        whom = (asked.passport_id, asked.company_id, asked.purpose)
        reads = [
            self._consent.read("company_count"),
            self._consent.read("access_of", *whom, asked.category, account),
            self._consent.read("grant_of", *whom),
            self._consent.read("company_of", asked.company_id),
            self._records.read("move_of", asked.passport_id, asked.category),
            self._consent.read("person_of", asked.passport_id),
        ]
        answers = self.chain.try_read(reads, head)
        if isinstance(answers[0], Refused) or not 1 <= asked.company_id <= answers[0]:
            raise declined.no("unknown_company")
        for answer in answers:
            if isinstance(answer, Refused):
                raise declined.no("not_allowed")
        _, access, grant, company, move, person = answers
        # What was given before everything was withdrawn is no earlier part of what holds now.
        is_one = grant["renewed_from"] > person["withdrawn_at"]
        return Facts(
            may_act=access["may_act"],
            is_allowed=access["is_allowed"],
            issued_at=grant["issued_at"],
            renewed_from=grant["renewed_from"] if is_one else grant["issued_at"],
            until=grant["until"],
            keep_until=grant["keep_until"],
            hpke_key=company["hpke_key"],
            version=move["version"],
            is_erased=move["is_erased"],
        )

    # ---- the chain -------------------------------------------------------------------------

    def deep(self, category: int, head: Head) -> Head:
        """The block that lies as deep as a category asks."""
        return self.chain.block(max(0, head.number - needs(category)))

    def _hash_at(self, number: int) -> str:
        return self.chain.block(number).hash

    def _read(self, reads: Iterable[Any], head: Head) -> list[Any]:
        return self.chain.read(list(reads), head)


def needs(category: int) -> int:
    """How many blocks must follow an event before a record of this category opens."""
    return CATEGORIES[category].needs_confirmations


def _hex(raw: Any) -> str:
    return "0x" + raw.hex() if isinstance(raw, bytes) else str(raw).lower()


__all__ = ["Asked", "Facts", "LedgerReader", "Look", "Move", "needs"]
