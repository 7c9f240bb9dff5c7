"""What a comparison reads from: the tables of one snapshot, and whose wallet was whose when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from ...contracts import Contract, Read
from ...deployments import Deployment
from ..identity import Source, sources
from ..people import Position
from ..tables import BLOCK, SOURCE, table_of


def _same(answer: Any) -> Any:
    return answer


@dataclass(frozen=True)
class Question:
    """What the events say, and how to ask the chain."""

    what: str
    read: Read
    expected: Any
    take: Callable[[Any], Any] = _same  # the part of the answer that is compared
    also: Callable[[Any], bool] = field(default=lambda told: False)  # another right answer

    def agrees(self, told: Any) -> bool:
        """Whether the chain says what the events say."""
        return bool(told == self.expected or self.also(told))


@dataclass
class Books:
    """One snapshot of an index."""

    connection: Connection
    deployment: Deployment
    block: int
    block_hash: str
    sources: list[Source]

    _clock: dict[int, int] | None = None  # when each block was

    def __post_init__(self) -> None:
        self._owners = self._read_owners()

    @classmethod
    def open(cls, connection: Connection, deployment: Deployment) -> Books:
        """The books as they stand."""
        last = int(connection.execute(select(func.min(SOURCE.c.next_block))).scalar_one()) - 1
        asked = select(BLOCK.c.hash).where(BLOCK.c.number == last)
        found = connection.execute(asked).scalar()
        return cls(connection, deployment, last, str(found), sources(connection))

    def contracts(self, name: str) -> Iterator[tuple[int, Contract]]:
        """Every contract of this name that was ever followed, replaced ones too."""
        for one in self.sources:
            if one.contract == name:
                yield one.id, Contract(name, one.address)

    def rows(self, table: str, *columns: str, source: int | None = None) -> Iterator[Any]:
        """These columns of an event, in the order in which it happened."""
        found = table_of(table)
        asked = select(*(found.c[name] for name in columns or found.c.keys()))
        if source is not None:
            asked = asked.where(found.c.source == source)
        asked = asked.order_by(found.c.block, found.c.log_index)
        yield from self.connection.execute(asked.execution_options(yield_per=10_000))

    def story(self, source: int, *tables: str) -> Iterator[tuple[str, Any, int]]:
        """What happened in several tables, in order: which, the row, and the block's time."""
        times = self._times()
        found = [(name, row) for name in tables for row in self.rows(name, source=source)]
        for name, row in sorted(found, key=lambda one: (one[1].block, one[1].log_index)):
            yield name, row, times[row.block]

    def _times(self) -> dict[int, int]:
        if self._clock is None:
            asked = select(BLOCK.c.number, BLOCK.c.timestamp)
            self._clock = {row.number: row.timestamp for row in self.connection.execute(asked)}
        return self._clock

    # ---- wallets ----------------------------------------------------------------------

    def _read_owners(self) -> dict[str, list[tuple[Position, int]]]:
        found: list[tuple[str, Position, int]] = []
        for table, is_made in (("passport_wallet_linked", 1), ("passport_wallet_unlinked", 0)):
            for row in self.rows(table):
                found.append((row.wallet, (row.block, row.log_index), row.passport_id * is_made))
        owners: dict[str, list[tuple[Position, int]]] = {}
        for wallet, position, passport_id in sorted(found, key=lambda one: one[1]):
            owners.setdefault(wallet, []).append((position, passport_id))
        return owners

    def wallets(self) -> dict[str, int]:
        """Every wallet that was ever linked, and whose it is now (0: nobody's)."""
        return {wallet: links[-1][1] for wallet, links in self._owners.items()}

    def owner(self, wallet: str, position: Position) -> int:
        """Whose a wallet was; 0 for nobody's."""
        links = self._owners.get(wallet, [])
        place = bisect_right(links, position, key=lambda link: link[0])
        return links[place - 1][1] if place else 0

    def main_wallets(self) -> dict[int, str]:
        """Each person's main wallet."""
        return {
            row.token_id: row.receiver
            for row in self.rows("passport_transfer", "token_id", "receiver")
        }


__all__ = ["Books", "Question"]
