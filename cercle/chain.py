"""The chain, read in whole pages at one block, from several nodes that may fail or lie."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from .answers import examine, gravest, head_of
from .cache import BoundedCache
from .calls import Call
from .contracts import Read
from .errors import (
    BlockGone,
    CallBroken,
    CercleError,
    ChainError,
    DeploymentError,
    NodeMisbehaved,
    NodeUnreachable,
    Refused,
    UnknownRefusal,
    WrongChain,
)
from .models import Head
from .reverts import explain
from .rpc import Answer, Node, Request, data, quantity
from .tracking import Fate, Followed, judge, judge_carried
from .values import checksum, hash_text

T = TypeVar("T")
# Returns the running block's timestamp: shows that a node did read at the block it was given.
_CLOCK = "0x4260005260206000f3"
_MAX_CACHED = 65_536  # bytes of one answer
_MAX_FOREIGN = 1_024  # of a stranger's, who could fill our memory


class _OtherBlock(NodeMisbehaved):
    """The answers are of another block than was asked for."""


class Chain:
    """One chain behind several nodes.

    Every read names its block by hash and is one HTTP request; a node that is dead, behind, of
    another chain or incoherent is passed over for the next.

    Usage example::

        chain = Chain(["https://one.example", "https://two.example"], chain_id=1)
        head = chain.head()
        name, supply = chain.read([points.read("name"), points.read("totalSupply")], head)
    """

    def __init__(
        self,
        urls: Sequence[str],
        chain_id: int,
        *,
        timeout: float = 5.0,
        head_age: float = 1.0,
        cache_size: int = 8_192,
        rest: float = 10.0,
    ) -> None:
        """Name the nodes, the preferred one first.

        Args:
            urls: Where they are.
            chain_id: The chain that is meant; a node that serves another is refused.
            timeout: Seconds that one node has for one answer.
            head_age: Seconds for which the newest block that was seen is good enough.
            cache_size: How many answers to remember.
            rest: Seconds for which a node that failed is asked last.
        """
        if not urls:
            raise NodeUnreachable("No node is configured.")
        self.chain_id = chain_id
        self.nodes = tuple(Node(url, chain_id, timeout) for url in urls)
        self._head_age = head_age
        self._rest = rest
        self._resting: dict[int, float] = {}
        self._head: tuple[float, Head] | None = None
        self._cache: BoundedCache[tuple[str, str, str, str | None], bytes | Refused]
        self._cache = BoundedCache(cache_size)
        self._kept: dict[Any, Any] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<Chain {self.chain_id} behind {', '.join(node.name for node in self.nodes)}>"

    # ---- reading ----------------------------------------------------------------

    def head(self, *, fresh: bool = False) -> Head:
        """The newest block, at most `head_age` old; a `fresh` one is asked for now.

        Raises:
            NodeUnreachable, WrongChain, NodeMisbehaved: No node can be used.
        """
        with self._lock:
            known = self._head
        if known and not fresh and time.monotonic() - known[0] < self._head_age:
            return known[1]
        head = self.block("latest")
        with self._lock:
            self._head = (time.monotonic(), head)
        return head

    def forget_head(self) -> None:
        """Ask again at the next `head`: something was mined just now."""
        with self._lock:
            self._head = None

    def block(self, which: str | int) -> Head:
        """A block by its number, its hash or its name ("latest", "finalized").

        Raises:
            BlockGone: No node has it.
        """
        by_hash = isinstance(which, str) and len(which) == 66
        method = "eth_getBlockByHash" if by_hash else "eth_getBlockByNumber"
        asked = hex(which) if isinstance(which, int) else which
        head = self.ask(
            [(method, [asked, False])], lambda node, answers: head_of(answers[0], node.name)
        )
        if by_hash and head.hash != which:
            raise NodeMisbehaved("A node answered for another block.")
        return head

    def read(self, reads: Sequence[Read], head: Head) -> list[Any]:
        """Answer all the questions at one block, in one HTTP request.

        Raises:
            Refused: A contract refused to answer.
            BlockGone: The block was reorganised away: take a new head and read again.
        """
        answers = self.try_read(reads, head)
        for answer in answers:
            if isinstance(answer, Refused):
                raise answer
        return answers

    def try_read(self, reads: Sequence[Read], head: Head) -> list[Any]:
        """As `read`, but a refusal stands in its place of the list instead of being raised."""
        keys = [(head.hash, read.to, read.data, read.sender) for read in reads]
        known = {key: self._cache.get(key) for key in keys}
        missing = [key for key, answer in known.items() if answer is None]
        if missing:
            at = {"blockHash": head.hash, "requireCanonical": True}
            asked: list[Request] = [("eth_call", [{"data": _CLOCK}, at])]
            wanted = {key: read for key, read in zip(keys, reads, strict=True)}
            asked += [("eth_call", [_question(wanted[key]), at]) for key in missing]
            check = partial(self._check, keys=missing, reads=wanted, head=head)
            try:
                fresh = self.ask(asked, check)
            except _OtherBlock:  # once is a node that took a block in while it read
                fresh = self.ask(asked, check)
            for key, answer in zip(missing, fresh, strict=True):
                known[key] = answer
                most = _MAX_FOREIGN if wanted[key].is_foreign else _MAX_CACHED
                if isinstance(answer, Refused) or len(answer) <= most:
                    self._cache.put(key, answer)
        return [_unpack(read, known[key]) for read, key in zip(reads, keys, strict=True)]

    def request(self, method: str, params: list[Any]) -> Any:
        """Ask one node one thing and return its result.

        Raises:
            Refused, ChainError: As the node's error says.
        """

        def result(node: Node, answers: list[Answer]) -> Any:
            if "error" in answers[0]:
                raise explain(answers[0]["error"], node.name)
            return answers[0]["result"]

        return self.ask([(method, params)], result)

    def keep(self, key: Any, make: Callable[[], T]) -> T:
        """What readers of this chain share for as long as it lives, one for each key."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            kept: T = self._kept[key]
            return kept

    # ---- writing, as far as a reader can --------------------------------------------

    def simulate(self, call: Call, sender: str, gas: int | None = None) -> int:
        """Estimate the gas of a call, on the newest state.

        Args:
            call: What to try.
            sender: Who would send it.
            gas: The most it may take; else the node's own limit.

        Raises:
            Refused: The contract would refuse; its class says why.
            CallBroken: It takes more gas, or breaks off.
            NotEnoughFunds: The sender cannot pay.
        """
        fields = {"from": sender, "to": call.to, "data": call.data, "value": hex(call.value)}
        if gas is not None:
            fields["gas"] = hex(gas)
        return quantity(self.request("eth_estimateGas", [fields]), "asked")

    def replay(self, call: Call, sender: str, block: int) -> None:
        """Try a call that was refused in a block once more, on what stood around that block.

        Raises:
            Refused: The contract's own reason, on the state before the block or, where another
                transaction of the same block was the cause, after it. Nothing is raised if both
                would let it pass: then it ran out of gas, say.
        """
        fields = {"from": sender, "to": call.to, "data": call.data, "value": hex(call.value)}
        for which in (block - 1, block):
            self.request("eth_call", [fields, hex(which)])

    def follow(
        self, tx_hash: str, sender: str, want: Call | None = None, nonce: int | None = None
    ) -> Followed:
        """Say what became of a transaction.

        Args:
            tx_hash: What a wallet returned: a claim, not a proof.
            sender: Who was asked to sign.
            want: What they were asked to sign; anything else under that hash is foreign.
            nonce: The sender's nonce when it was asked, to notice a replacement.
        """
        name = hash_text(tx_hash)
        asked: list[Request] = [
            # In this order: a nonce used before the look-up is a receipt by then, or another's.
            ("eth_getTransactionCount", [checksum(sender), "latest"]),
            ("eth_getTransactionByHash", [name]),
            ("eth_getTransactionReceipt", [name]),
        ]
        followed = self.ask(asked, lambda node, a: judge(node.name, a, name, sender, want, nonce))
        if followed.fate in (Fate.MINED, Fate.REVERTED):
            self.forget_head()
        return followed

    def follow_carried(
        self, tx_hash: str, contract: str, is_carried: Callable[[str], bool]
    ) -> Followed:
        """Say what became of a transaction that is said to carry a signed message.

        Args:
            tx_hash: What the carrier told: a claim, not a proof.
            contract: Where the message belongs.
            is_carried: Whether a transaction's data carries it: `typed_data.is_carried`.
        """
        name = hash_text(tx_hash)
        asked: list[Request] = [
            ("eth_getTransactionByHash", [name]),
            ("eth_getTransactionReceipt", [name]),
        ]
        return self.ask(
            asked, lambda node, a: judge_carried(node.name, a, name, contract, is_carried)
        )

    def nonce(self, account: str) -> int:
        """How many transactions of this account are mined."""
        return quantity(self.request("eth_getTransactionCount", [account, "latest"]), "asked")

    # ---- asking ----------------------------------------------------------------------

    def _check(
        self,
        node: Node,
        answers: list[Answer],
        keys: Sequence[tuple[str, str, str, str | None]],
        reads: dict[tuple[str, str, str, str | None], Read],
        head: Head,
    ) -> list[bytes | Refused]:
        clock = answers[0].get("result")
        if clock is not None and data(clock, node.name) != head.timestamp.to_bytes(32, "big"):
            raise _OtherBlock(f"The node {node.name} answered for another block.")
        checked: list[bytes | Refused] = []
        for key, answer in zip(keys, answers[1:], strict=True):
            if "error" in answer:
                error = explain(answer["error"], node.name)
                if isinstance(error, CallBroken) and reads[key].is_foreign:
                    error = UnknownRefusal(f"{reads[key].label} breaks off")
                if not isinstance(error, Refused):
                    raise error
                checked.append(error)
                continue
            raw = data(answer["result"], node.name)
            checked.append(examine(raw, reads[key]))
        return checked

    def ask(self, asked: Sequence[Request], check: Callable[[Node, list[Answer]], T]) -> T:
        """Ask node after node until one gives an answer that passes `check`.

        Args:
            asked: The questions of one batch.
            check: Takes the node and its answers; raises what it finds wrong with them.

        Raises:
            ChainError: The gravest of what was wrong, when no node is left.
        """
        failures: list[CercleError] = []
        for index in self._order():
            node = self.nodes[index]
            try:
                result = check(node, node.batch(asked))
            except BlockGone as error:  # this node may only be behind
                failures.append(error)
            except (DeploymentError, ChainError) as error:
                failures.append(error)
                if isinstance(error, NodeUnreachable | NodeMisbehaved | WrongChain):
                    self._resting[index] = time.monotonic() + self._rest
            else:
                self._resting.pop(index, None)
                return result
        raise gravest(failures)

    def _order(self) -> list[int]:
        now = time.monotonic()
        return sorted(range(len(self.nodes)), key=lambda i: (self._resting.get(i, 0.0) > now, i))


def _question(read: Read) -> dict[str, str]:
    fields = {"to": read.to, "data": read.data}
    if read.sender is not None:
        fields["from"] = read.sender
    if read.gas is not None:
        fields["gas"] = hex(read.gas)
    return fields


def _unpack(read: Read, answer: bytes | Refused | None) -> Any:
    return answer if isinstance(answer, Refused) else read.unpack(answer or b"")


__all__ = ["Chain", "Fate", "Followed"]
