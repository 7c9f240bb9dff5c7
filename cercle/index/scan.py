"""Events straight from the chain, in ranges of blocks as wide as its nodes give them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from ..answers import head_of
from ..cache import BoundedCache
from ..chain import Chain
from ..deployments import Deployment
from ..errors import NodeMisbehaved, NodeUnreachable
from ..models import Head
from ..reverts import explain
from ..rpc import Answer, Node, Request
from .decoder import Decoder, Log, Place, read_log
from .people import Position
from .specs import by_topic

STEP = 5_000  # blocks asked for at first
_WIDEST = 1_000_000
_NARROW_FOR = 600.0  # seconds for which a width that was refused is not asked for again
_AT_ONCE = 50  # blocks in one question
Filter = dict[str, Any]


class Scan:
    """Looks for events of a brand's contracts; several threads may share one."""

    def __init__(self, chain: Chain, deployment: Deployment) -> None:
        self._chain = chain
        self._deployment = deployment
        self._decoder = Decoder(int)
        self._widest, self._narrow_until = _WIDEST, 0.0
        self._times: BoundedCache[str, datetime] = BoundedCache(8_192)

    @cached_property
    def places(self) -> dict[str, Place]:
        """The contracts that are looked at, by their addresses."""
        found = enumerate(sorted(self._deployment.contracts), 1)
        return {
            self._deployment.address(name).lower(): Place(number, name, by_topic(name))
            for number, name in found
        }

    @cached_property
    def first(self) -> int:
        """The block before which there is nothing of this brand's."""
        return min(where.block for where in self._deployment.contracts.values())

    def backwards(self, filters: Sequence[Filter], newest: int, oldest: int) -> Iterator[Log]:
        """The logs of any of these filters, newest first, each once."""
        last, step = newest, STEP
        while last >= oldest:
            first = max(oldest, last - self._width(step) + 1)
            found = self._try(filters, first, last)
            if found is None:
                continue
            yield from reversed(found[1])
            last, step = first - 1, 4 * step

    def forwards(
        self, filters: Sequence[Filter], oldest: int, newest: int
    ) -> Iterator[tuple[Head, list[Log]]]:
        """The same from the other end: the last block of each range, and its logs, oldest first."""
        first, step = oldest, STEP
        while first <= newest:
            last = min(newest, first + self._width(step) - 1)
            found = self._try(filters, first, last)
            if found is None:
                continue
            yield found
            first, step = last + 1, 4 * step

    def times(self, hashes: Sequence[str]) -> dict[str, datetime]:
        """When these blocks were made; what was asked once is remembered."""
        known = {one: self._times.get(one) for one in hashes}
        missing = [one for one, time_ in known.items() if time_ is None]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            heads = self._chain.ask(
                [("eth_getBlockByHash", [one, False]) for one in part],
                lambda node, answers: [head_of(answer, node.name) for answer in answers],
            )
            for one, head in zip(part, heads, strict=True):
                if head.hash != one:
                    raise NodeMisbehaved("A node answered for another block.")
                known[one] = head.time
                self._times.put(one, head.time)
        return {one: time_ for one, time_ in known.items() if time_ is not None}

    # ---- one range --------------------------------------------------------------------

    def _width(self, step: int) -> int:
        if time.monotonic() >= self._narrow_until:
            self._widest = _WIDEST
        return min(step, self._widest)

    def _try(
        self, filters: Sequence[Filter], first: int, last: int
    ) -> tuple[Head, list[Log]] | None:
        """The last block of a range and its logs; None if it has to be a narrower one."""
        width = last - first + 1
        try:
            return self._read(filters, first, last)
        except (NodeMisbehaved, NodeUnreachable) as error:
            # A node that does not answer may be dead; one that says no is asked for less.
            least = STEP if isinstance(error, NodeUnreachable) else 1
            if width <= least:
                raise
            self._widest = max(least, width // 4)
            self._narrow_until = time.monotonic() + _NARROW_FOR
            return None

    def _read(self, filters: Sequence[Filter], first: int, last: int) -> tuple[Head, list[Log]]:
        between = {"fromBlock": hex(first), "toBlock": hex(last)}
        asked: list[Request] = [("eth_getLogs", [{**one, **between}]) for one in filters]
        # A node that is behind answers with what it has, and says nothing of the rest.
        asked.append(("eth_getBlockByNumber", [hex(last), False]))

        def told(node: Node, answers: list[Answer]) -> tuple[Head, dict[Position, Log]]:
            found: dict[Position, Log] = {}
            for answer in answers[:-1]:
                if "error" in answer:
                    raise explain(answer["error"], node.name)
                for log in self._logs(answer["result"]):
                    if first <= log.block <= last:
                        found[place_of(log)] = log
            return head_of(answers[-1], node.name), found

        head, found = self._chain.ask(asked, told)
        return head, [found[place] for place in sorted(found)]

    def _logs(self, answer: Any) -> Iterator[Log]:
        if not isinstance(answer, list):
            raise NodeMisbehaved("A node answered a search for events with something else.")
        for raw in answer:
            log = read_log(raw, self.places, self._decoder)
            if log is not None:
                yield log


def place_of(log: Log) -> Position:
    """Where in history a log stands."""
    return log.block, log.place


def topic(value: Any) -> str:
    """An indexed argument, as a node looks for it."""
    if isinstance(value, str):
        value = int(value, 16)
    raw = value if isinstance(value, bytes) else int(value).to_bytes(32, "big")
    return "0x" + raw.rjust(32, b"\x00").hex()


__all__ = ["STEP", "Filter", "Scan", "place_of", "topic"]
