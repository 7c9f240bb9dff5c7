"""Follows the chain into the index: range by range, back to the common ancestor when it turns."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..chain import Chain
from ..errors import BlockGone, NodeMisbehaved, NodeUnreachable, ReorgTooDeep
from ..models import Head
from .decoder import Decoder, Place
from .headers import header_of
from .identity import Source
from .pace import Pace
from .ranges import Answered, Asked, OtherFork, Ranges
from .specs import by_topic
from .store import Page, Store

TURNS = 5  # of a chain that turns while it is read, before its nodes are not believed any more


@dataclass(frozen=True)
class Progress:
    """One step forward, or back."""

    first: int
    last: int
    head: int
    events: int
    rolled_back: int = 0  # blocks that were forgotten before


class Follower:
    """Reads what is new into the index.

    Usage example::

        follower = Follower(store, chain)
        for progress in follower.catch_up():
            print(progress.last, progress.events)
    """

    def __init__(
        self,
        store: Store,
        chain: Chain,
        *,
        pace: Pace | None = None,
        witness: bool = True,
        bloom: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store = store
        self.chain = chain
        self.pace = pace or Pace()
        self.ranges = Ranges(chain, Decoder(store.wide), witness=witness, bloom=bloom)
        self._clock = clock
        self._depth = store.depth()

    def catch_up(self) -> list[Progress]:
        """All steps to the newest block that there is now."""
        done: list[Progress] = []
        while (progress := self.step()) is not None:
            done.append(progress)
        return done

    def step(self) -> Progress | None:
        """Read one range into the index; None when there is nothing new.

        Raises:
            NodeUnreachable, NodeMisbehaved, WrongChain: No node can be used, or believed.
            ReorgTooDeep: The chain was rewritten further back than the index follows.
            IndexUnavailable: The database takes nothing. What was written before stays whole.
        """
        rolled_back = 0
        for _ in range(TURNS):
            head = self.chain.head(fresh=True)
            rolled_back += self._reconcile(head)
            group = self._behind()
            if group[0].next_block > head.number:
                if rolled_back:
                    return Progress(head.number + 1, head.number, head.number, 0, rolled_back)
                return None
            try:
                return replace(self._read(group, head), rolled_back=rolled_back)
            except (OtherFork, BlockGone):
                continue  # it turned while it was read, or another node follows another fork
        raise NodeMisbehaved("The nodes do not agree on the newest blocks: try again later.")

    # ---- forward ----------------------------------------------------------------------

    def _behind(self) -> list[Source]:
        """The contracts that are furthest behind, all at one block."""
        sources = self.store.sources()
        lowest = min(one.next_block for one in sources)
        return [one for one in sources if one.next_block == lowest]

    def _read(self, group: list[Source], head: Head) -> Progress:
        first = group[0].next_block
        ahead = [s.next_block for s in self.store.sources() if s.next_block > first]
        limit = min([head.number, *(number - 1 for number in ahead)])
        tail = max(0, head.number - self._depth)
        before = self.store.header(first - 1)
        places = {one.address: Place(one.id, one.contract, by_topic(one.contract)) for one in group}
        while True:
            last = self.pace.last(first, limit, tail)
            asked = Asked(places, first, last, tail, before[0] if before else None)
            started = self._clock()
            try:
                answered = self.ranges.read(asked)
            except (NodeMisbehaved, NodeUnreachable):
                if last == first or not self.pace.shrink(last - first + 1):
                    raise
                self.chain.head(fresh=True)  # dead, or only too slow for so many blocks?
                continue
            self.pace.learn(last - first + 1, len(answered.logs), self._clock() - started)
            self._write(group, asked, answered, head)
            return Progress(first, last, head.number, len(answered.logs))

    def _write(self, group: list[Source], asked: Asked, answered: Answered, head: Head) -> None:
        headers = [answered.headers[number] for number in sorted(answered.headers)]
        known = self.store.hashes(asked.first, asked.last)
        for header in headers:
            if known.get(header.number, header.hash) != header.hash:
                raise OtherFork(f"The block {header.number} is another than in the index.")
        page = Page(tuple(group), asked.first, asked.last, answered.logs, headers, head.number)
        self.store.write(page)

    # ---- back -------------------------------------------------------------------------

    def _reconcile(self, head: Head) -> int:
        """Forget the blocks that are no longer on the chain; how many they were.

        A node that is merely behind changes nothing: what it has is what the index has.
        """
        sources = self.store.sources()
        tip = max(one.next_block for one in sources) - 1
        kept = self.store.hashes(max(0, tip - self._depth), tip)
        if not kept:
            return 0
        within = {number: found for number, found in kept.items() if number <= head.number}
        if not within:
            raise NodeMisbehaved(
                f"The newest block of the node is {head.number}, and the index has read up to "
                f"{tip}: the node is behind, or its chain began anew (--rebuild)."
            )
        newest = max(within)
        found = head.hash if newest == head.number else self._hash_at(newest)
        if found == kept[newest]:
            return 0
        ancestor = self._ancestor(within)
        start = min(one.first_block for one in sources) - 1
        if ancestor is None and start >= tip - self._depth:
            ancestor = start  # all that the index holds may still be reorganised
        if ancestor is None:
            raise ReorgTooDeep(
                f"The chain was rewritten more than {self._depth} blocks back, or it is another "
                "chain: build the index anew with --rebuild."
            )
        self.store.roll_back(ancestor)
        return tip - ancestor

    def _ancestor(self, kept: dict[int, str]) -> int | None:
        """The newest block of the index that is on the chain still."""
        numbers = sorted(kept, reverse=True)
        for start in range(0, len(numbers), 50):
            part = numbers[start : start + 50]
            asked = [("eth_getBlockByNumber", [hex(number), False]) for number in part]
            hashes = self.chain.ask(
                asked, lambda node, answers: [header_of(a, node.name).hash for a in answers]
            )
            for number, found in zip(part, hashes, strict=True):
                if found == kept[number]:
                    return number
        return None

    def _hash_at(self, number: int) -> str | None:
        try:
            return self.chain.block(number).hash
        except BlockGone:
            return None


__all__ = ["Follower", "Progress"]
