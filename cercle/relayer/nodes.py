"""What each node says by itself: a relayer compares them before it signs."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

from ..answers import head_of
from ..chain import Chain
from ..errors import ChainError, NodeMisbehaved, NodeUnreachable, WrongChain
from ..models import Head
from ..reverts import explain
from ..rpc import Answer, Node, Request, quantity
from ..values import Frozen, hash_text
from .book import Mined

REST = 10.0  # seconds for which a node that failed is left alone
_KNOWN = re.compile(r"already known|known transaction|already imported|already in", re.I)
_TOO_LOW = re.compile(r"nonce.{0,12}too low|nonce.{0,20}used", re.I)
_TOO_CHEAP = re.compile(r"underpriced|fee.{0,20}too low|less than block base fee", re.I)


class Word(StrEnum):
    """What a node says to a transaction."""

    TAKEN = "taken"
    TOO_LOW = "nonce too low"  # mined already, or somebody else's
    TOO_CHEAP = "too cheap"
    NO_FUNDS = "no funds"
    REFUSED = "refused"
    SILENT = "silent"


class Seen(Frozen):
    """One node's view of the chain and of the relayer's account."""

    node: str
    head: Head
    base_fee: int
    count: int
    balance: int
    tip: int


class Survey(Frozen):
    """What all nodes that answered see at one moment."""

    seen: tuple[Seen, ...] = ()
    trouble: str = ""  # why nobody answered

    @property
    def head(self) -> Head:
        """The newest block that anybody knows."""
        return max((one.head for one in self.seen), key=lambda head: head.number)

    @property
    def freshest(self) -> Seen:
        """The view of who knows the newest block, the preferred node first."""
        return max(self.seen, key=lambda one: one.head.number)


class Receipt(Mined):
    """A receipt, and what the contracts logged."""

    is_success: bool
    logs: tuple[dict[str, Any], ...] = ()


class Nodes:
    """The nodes of a chain, one by one."""

    def __init__(self, chain: Chain, account: str) -> None:
        self.quorum = min(2, len(chain.nodes))  # how many must agree on what surprises us
        self._nodes = chain.nodes
        self._account = account
        self._resting: dict[str, float] = {}
        self._pool = ThreadPoolExecutor(len(self._nodes), thread_name_prefix="node")

    def close(self) -> None:
        """No more questions."""
        self._pool.shutdown(wait=False)

    def survey(self) -> Survey:
        """Ask every node for the newest block, and for the account's count and balance there."""
        awake = self._awake()
        answers = list(self._pool.map(self._look, awake))
        seen = tuple(one for one in answers if isinstance(one, Seen))
        if seen:
            return Survey(seen=seen)
        wrong = any(isinstance(one, WrongChain) for one in answers)
        return Survey(trouble="wrong_chain" if wrong else "unreachable")

    def receipts(self, hashes: Sequence[str]) -> dict[str, Receipt]:
        """The receipts that any node has, of these transactions."""
        found: dict[str, Receipt] = {}
        asked = 0
        for node in self._awake():
            missing = [name for name in hashes if name not in found]
            if not missing:
                break
            questions: list[Request] = [("eth_getTransactionReceipt", [name]) for name in missing]
            try:
                answers = node.batch(questions)
                for name, answer in zip(missing, answers, strict=True):
                    receipt = _receipt(answer, name, self._account, node.name)
                    if receipt is not None:
                        found[name] = receipt
            except ChainError as error:
                self._note(node, error)
            else:
                asked += 1
        if not asked and hashes:
            raise NodeUnreachable("No node answers for receipts.")
        return found

    def broadcast(self, raw: str, *, widely: bool) -> Word:
        """Hand a transaction to the first node that takes it, or `widely` to all of them.

        A node that answers nothing may have taken it: the journal has it, and it is asked after.
        """
        words = []
        for node in self._awake():
            words.append(self._hand(node, raw))
            if words[-1] is Word.TAKEN and not widely:
                break
        return next((word for word in Word if word in words), Word.SILENT)

    # ---- one node ----

    def _look(self, node: Node) -> Seen | ChainError:
        asked: list[Request] = [
            ("eth_getBlockByNumber", ["latest", False]),
            ("eth_getTransactionCount", [self._account, "latest"]),
            ("eth_getBalance", [self._account, "latest"]),
            ("eth_maxPriorityFeePerGas", []),
        ]
        try:
            block, *numbers = node.batch(asked)
            head = head_of(block, node.name)
            for answer in numbers:
                if "error" in answer:
                    raise explain(answer["error"], node.name)
            count, balance, tip = (quantity(one["result"], node.name) for one in numbers)
            return Seen(
                node=node.name,
                head=head,
                base_fee=quantity(block["result"].get("baseFeePerGas"), node.name),
                count=count,
                balance=balance,
                tip=tip,
            )
        except ChainError as error:
            self._note(node, error)
            return error

    def _hand(self, node: Node, raw: str) -> Word:
        try:
            answer = node.batch([("eth_sendRawTransaction", [raw])])[0]
        except ChainError as error:
            self._note(node, error)
            return Word.SILENT
        if "error" not in answer:
            return Word.TAKEN
        told = answer["error"]
        text = str(told.get("message", "") if isinstance(told, dict) else told)[:500]
        if _TOO_LOW.search(text):
            return Word.TOO_LOW
        if _KNOWN.search(text):
            return Word.TAKEN
        if _TOO_CHEAP.search(text):
            return Word.TOO_CHEAP
        return Word.NO_FUNDS if "insufficient funds" in text.lower() else Word.REFUSED

    def _awake(self) -> list[Node]:
        """Those that did not fail a moment ago; all of them if all did."""
        now = time.monotonic()
        awake = [node for node in self._nodes if self._resting.get(node.url, 0.0) <= now]
        return awake or list(self._nodes)

    def _note(self, node: Node, error: ChainError) -> None:
        if isinstance(error, NodeUnreachable | NodeMisbehaved | WrongChain):
            self._resting[node.url] = time.monotonic() + REST


def _receipt(answer: Answer, name: str, account: str, node: str) -> Receipt | None:
    """A node's answer, if it is the receipt of this transaction of ours."""
    if "error" in answer:
        raise explain(answer["error"], node)
    raw = answer["result"]
    if raw is None:
        return None
    try:
        if hash_text(raw["transactionHash"]) != name or str(raw["from"]).lower() != account.lower():
            raise NodeMisbehaved(f"The node {node} answered for another transaction.")
        gas = quantity(raw["gasUsed"], node)
        return Receipt(
            tx=name,
            block=quantity(raw["blockNumber"], node),
            block_hash=hash_text(raw["blockHash"]),
            gas_used=gas,
            wei=gas * quantity(raw["effectiveGasPrice"], node),
            is_success=quantity(raw["status"], node) == 1,
            logs=tuple(raw["logs"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NodeMisbehaved(f"The node {node} answered a receipt of no form.") from error


__all__ = ["Nodes", "Receipt", "Seen", "Survey", "Word"]
