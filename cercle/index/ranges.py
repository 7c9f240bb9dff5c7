"""A range of blocks from one node: asked, checked against headers and against another node.

What is proven and what is believed stands in docs/index.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ..chain import Chain
from ..errors import BlockGone, CercleError, NodeMisbehaved
from ..rpc import Answer, Node, Request
from .decoder import Decoder, Log, Place, read_log
from .headers import Header, bloom_bits, header_of
from .receipts import logs_of

HEADERS = 100  # in one batch
SUSPECT = 500  # logs from which an answer may have been cut short


class OtherFork(BlockGone):
    """The nodes follow other blocks than those that are in the index."""


@dataclass(frozen=True)
class Asked:
    """Which blocks, of which contracts, and what is known of the block before."""

    places: Mapping[str, Place]  # by address
    first: int
    last: int
    tail: int  # from here on blocks may be reorganised: each header is read
    before: str | None = None  # the hash of the block before the first one, if it is known


@dataclass(frozen=True)
class Answered:
    """What a node said, as far as it is believed."""

    node: str
    logs: list[Log]
    headers: dict[int, Header]


@dataclass
class Doubts:
    """What was not believed at once, and what became of it."""

    unproven: int = 0  # blocks whose filter allows for more, and no receipts to decide
    proven: int = 0
    corrected: int = 0  # blocks whose receipts held what a node had kept back, or not what it gave
    witnessed: int = 0  # ranges that a second node confirmed
    alone: int = 0  # ranges that no second node could confirm


@dataclass
class Ranges:
    """Reads ranges, with failover from node to node."""

    chain: Chain
    decoder: Decoder
    witness: bool = True
    bloom: bool = True
    doubts: Doubts = field(default_factory=Doubts)

    def read(self, asked: Asked) -> Answered:
        """The logs and headers of a range.

        Raises:
            OtherFork: The blocks do not follow on what is known.
            NodeMisbehaved, NodeUnreachable: No node answers for this range.
        """
        questions: list[Request] = [("eth_getLogs", [_filter(asked, asked.first, asked.last)])]
        if asked.before is not None:
            questions.append(_by_number(asked.first - 1))
        wanted = self._wanted(asked)
        questions += [_by_number(number) for number in wanted[:HEADERS]]

        def check(node: Node, answers: list[Answer]) -> Answered:
            return self._check(node, asked, wanted, answers)

        answered = self.chain.ask(questions, check)
        answered = self._heard(answered, asked)
        return self._beyond_doubt(answered, asked)

    @staticmethod
    def _wanted(asked: Asked) -> list[int]:
        return [*range(max(asked.first, asked.tail), asked.last), asked.last]

    # ---- one node -------------------------------------------------------------------

    def _check(
        self, node: Node, asked: Asked, wanted: list[int], answers: list[Answer]
    ) -> Answered:
        logs = self._logs(node, asked, answers[0])
        rest = answers[1:]
        if asked.before is not None and header_of(rest.pop(0), node.name).hash != asked.before:
            raise OtherFork(f"The node {node.name} follows other blocks.")
        headers = {n: header_of(a, node.name) for n, a in zip(wanted, rest, strict=False)}
        missing = sorted({*wanted, *(log.block for log in logs)} - headers.keys())
        headers |= _headers(node, missing)
        self._require_coherent(node, asked, logs, headers)
        if len(logs) >= SUSPECT and asked.first < asked.last:
            self._require_whole(node, asked, logs)
        return Answered(node.name, logs, headers)

    def _logs(self, node: Node, asked: Asked, answer: Answer) -> list[Log]:
        if "error" in answer:
            told = answer["error"]
            text = str(told.get("message", told) if isinstance(told, dict) else told)[:200]
            raise NodeMisbehaved(f"The node {node.name} refuses blocks: {text}")
        if not isinstance(answer["result"], list):
            raise NodeMisbehaved(f"The node {node.name} answered a search with something else.")
        found = [read_log(raw, asked.places, self.decoder) for raw in answer["result"]]
        logs = sorted((log for log in found if log is not None), key=_order)
        for log in logs:
            if not asked.first <= log.block <= asked.last:
                raise NodeMisbehaved(f"The node {node.name} answered for other blocks.")
        for one, two in pairwise(logs):
            if _order(one) == _order(two):
                raise NodeMisbehaved(f"The node {node.name} answered one event twice.")
        return logs

    def _require_coherent(
        self, node: Node, asked: Asked, logs: list[Log], headers: dict[int, Header]
    ) -> None:
        known = {asked.first - 1: asked.before} if asked.before is not None else {}
        for number, header in headers.items():
            if header.number != number:
                raise NodeMisbehaved(f"The node {node.name} answered for another block.")
            before = headers[number - 1].hash if number - 1 in headers else known.get(number - 1)
            if before is not None and header.parent != before:
                raise OtherFork(f"The blocks of the node {node.name} do not follow on each other.")
        for log in logs:
            header = headers[log.block]
            if log.block_hash != header.hash:
                raise OtherFork(f"The node {node.name} answered with events of another block.")
            if self.bloom and header.bloom & bloom_bits(log.spec.topic) != bloom_bits(
                log.spec.topic
            ):
                raise NodeMisbehaved(
                    f"The node {node.name} answered with an event that its block does not hold."
                )

    def _require_whole(self, node: Node, asked: Asked, logs: list[Log]) -> None:
        """Ask for both ends alone: an answer that was cut short lacks one of them."""
        head, tail = logs[0].block, logs[-1].block
        ends = [(asked.first, head), (tail, asked.last)]
        questions: list[Request] = [("eth_getLogs", [_filter(asked, *end)]) for end in ends]
        for (first, last), answer in zip(ends, node.batch(questions), strict=True):
            again = self._logs(node, Asked(asked.places, first, last, last), answer)
            if again != [log for log in logs if first <= log.block <= last]:
                raise NodeMisbehaved(f"The node {node.name} cut its answer short.")

    # ---- a second node --------------------------------------------------------------

    def _heard(self, answered: Answered, asked: Asked) -> Answered:
        """Let a second node say the same; what they disagree about, receipts decide."""
        if not self.witness or len(self.chain.nodes) < 2:
            return answered
        for node in self.chain.nodes:
            if node.name == answered.node:
                continue
            try:
                other = self._second(node, asked, answered)
            except CercleError:
                continue  # dead, behind, on another fork, or it refuses so many blocks
            self.doubts.witnessed += 1
            return self._settled(answered, other, asked)
        self.doubts.alone += 1
        return answered

    def _second(self, node: Node, asked: Asked, answered: Answered) -> list[Log]:
        question = ("eth_getLogs", [_filter(asked, asked.first, asked.last)])
        answers = node.batch([question, _by_number(asked.last)])
        if header_of(answers[1], node.name).hash != answered.headers[asked.last].hash:
            raise OtherFork(f"The node {node.name} follows other blocks.")
        return self._logs(node, asked, answers[0])

    def _settled(self, answered: Answered, other: list[Log], asked: Asked) -> Answered:
        disputed = {log.block for log in set(answered.logs) ^ set(other)}
        for number in sorted(disputed):
            header = answered.headers.get(number)
            if header is None:
                header = self.chain.ask(
                    [_by_number(number)], lambda node, a: header_of(a[0], node.name)
                )
                answered.headers[number] = header
            proven = self._proven(header, asked)
            if proven is None:
                raise NodeMisbehaved(
                    f"Two nodes disagree about the events of block {number}, and neither proves it."
                )
            answered = _with(answered, number, proven)
            self.doubts.corrected += 1
        return answered

    # ---- what a block's header says --------------------------------------------------

    def _beyond_doubt(self, answered: Answered, asked: Asked) -> Answered:
        """Where a header's filter allows for events that were not answered, see the receipts."""
        if not self.bloom:
            return answered
        told: dict[int, set[tuple[int, str]]] = {}
        for log in answered.logs:
            told.setdefault(log.block, set()).add((log.source, log.spec.topic))
        for number, header in sorted(answered.headers.items()):
            if number < asked.tail or not _leaves_open(header, asked, told.get(number, set())):
                continue
            proven = self._proven(header, asked)
            if proven is None:
                self.doubts.unproven += 1
                continue
            if proven != [log for log in answered.logs if log.block == number]:
                answered = _with(answered, number, proven)
                self.doubts.corrected += 1
        return answered

    def _proven(self, header: Header, asked: Asked) -> list[Log] | None:
        """A block's events by its receipts; None if no node has receipts that fit its header."""

        def check(node: Node, answers: list[Answer]) -> list[Log]:
            return self._from_receipts(node, header, asked, answers[0])

        try:
            found = self.chain.ask([("eth_getBlockReceipts", [header.hash])], check)
        except CercleError:
            return None
        self.doubts.proven += 1
        return found

    def _from_receipts(self, node: Node, header: Header, asked: Asked, answer: Answer) -> list[Log]:
        try:
            raw = logs_of(answer["result"], header.receipts_root)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NodeMisbehaved(f"The node {node.name} answered no receipts.") from error
        if raw is None:
            raise NodeMisbehaved(f"The node {node.name} answered receipts of another block.")
        place = {"blockHash": header.hash, "blockNumber": hex(header.number), "removed": False}
        ours = [{**log, **place} for log in raw if str(log["address"]).lower() in asked.places]
        logs = [read_log(log, asked.places, self.decoder) for log in ours]
        return [log for log in logs if log is not None]


def _leaves_open(header: Header, asked: Asked, told: set[tuple[int, str]]) -> bool:
    """Whether the filter allows for a kind of event of ours that was not answered."""
    return any(
        header.may_hold(address)
        and any(
            (place.source, topic) not in told and header.may_hold(topic) for topic in place.events
        )
        for address, place in asked.places.items()
    )


def _with(answered: Answered, number: int, logs: list[Log]) -> Answered:
    """The same answer with other events in one block."""
    rest = [log for log in answered.logs if log.block != number]
    return Answered(answered.node, sorted([*rest, *logs], key=_order), answered.headers)


def _headers(node: Node, numbers: Sequence[int]) -> dict[int, Header]:
    found: dict[int, Header] = {}
    for start in range(0, len(numbers), HEADERS):
        part = numbers[start : start + HEADERS]
        answers = node.batch([_by_number(number) for number in part])
        found |= {n: header_of(answer, node.name) for n, answer in zip(part, answers, strict=True)}
    return found


def _by_number(number: int) -> Request:
    return ("eth_getBlockByNumber", [hex(number), False])


def _filter(asked: Asked, first: int, last: int) -> dict[str, Any]:
    return {"address": list(asked.places), "fromBlock": hex(first), "toBlock": hex(last)}


def _order(log: Log) -> tuple[int, int]:
    return log.block, log.place


__all__ = ["Answered", "Asked", "Doubts", "OtherFork", "Ranges"]
