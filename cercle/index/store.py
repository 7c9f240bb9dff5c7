"""What an index holds, for the one process that writes it: each change is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.engine import URL

from ..errors import IndexBusy
from . import identity
from .bulk import Bulk, bulk_for
from .database import engine_for, in_one_sentence
from .decoder import Log
from .headers import Header
from .identity import Followed, Source
from .lock import AdvisoryLock, FileLock, Lock, acquire
from .schema import drop_all, prepare
from .tables import BLOCK, META, MOVE, SOURCE, SUBJECT, TALLY, WATCH, event_tables
from .tallies import tallies_after

SUBJECT_COLUMNS = ("subject", "block", "log_index", "event")
_MANY = 500  # numbers in one question, well below what SQLite takes


@dataclass(frozen=True)
class Page:
    """A range of blocks that was read and believed."""

    sources: tuple[Source, ...]
    first: int
    last: int
    logs: Sequence[Log]
    headers: Sequence[Header]  # of blocks with events, of the last, of all that may still change
    head: int


class Store:
    """The one writer.

    Usage example::

        with Store.open(url, followed) as store:
            store.write(page)
    """

    def __init__(self, url: URL, engine: Engine, connection: Connection, lock: Lock) -> None:
        self.url = url
        self._engine = engine
        self._connection = connection
        self._lock = lock
        self._bulk: Bulk = bulk_for(connection)

    @classmethod
    def open(
        cls,
        url: URL,
        followed: Followed,
        *,
        upgrade: bool = False,
        rebuild: bool = False,
        wait: bool = False,
        tell: Callable[[str], None] = lambda text: None,
    ) -> Store:
        """Take the lock, make or check the tables, enter the contracts to follow.

        Raises:
            IndexBusy, IndexUnavailable, IndexOutdated, IndexOfAnother: Why not.
        """
        with in_one_sentence(url):
            engine = engine_for(url, writes=True)
            is_file = url.drivername == "sqlite"
            lock: Lock | None = FileLock(Path(str(url.database))) if is_file else None
            connection: Connection | None = None
            try:
                if lock is not None:
                    acquire(lock, wait=wait, tell=tell)
                connection = engine.connect()
                if lock is None:
                    lock = AdvisoryLock(connection)
                    acquire(lock, wait=wait, tell=tell)
                with connection.begin():
                    if rebuild:
                        drop_all(connection)
                    prepare(connection, upgrade=upgrade)
                    identity.claim(connection, followed)
                return cls(url, engine, connection, lock)
            except BaseException:
                if connection is not None:
                    connection.close()
                engine.dispose()
                if lock is not None:
                    lock.release()
                raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database and the lock go."""
        self._connection.close()
        self._engine.dispose()
        self._lock.release()

    @property
    def wide(self) -> Callable[[int], Any]:
        """How this database takes wide numbers."""
        return self._bulk.wide

    @property
    def bulk(self) -> Bulk:
        """How this database takes many rows."""
        return self._bulk

    # ---- reading ---------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One change: all of it, or nothing."""
        with in_one_sentence(self.url), self._connection.begin():
            yield self._connection

    def sources(self) -> list[Source]:
        """The contracts that are followed, and how far each is read."""
        with self.transaction() as connection:
            return identity.sources(connection)

    def depth(self) -> int:
        """How far back a reorganisation is followed."""
        with self.transaction() as connection:
            return int(connection.execute(select(META.c.depth)).scalar_one())

    def header(self, number: int) -> tuple[str, int] | None:
        """The hash and time of a block, if it is kept."""
        with self.transaction() as connection:
            asked = select(BLOCK.c.hash, BLOCK.c.timestamp).where(BLOCK.c.number == number)
            found = connection.execute(asked).one_or_none()
            return None if found is None else (str(found[0]), int(found[1]))

    def hashes(self, first: int, last: int) -> dict[int, str]:
        """The hashes of the kept blocks of a range."""
        with self.transaction() as connection:
            asked = select(BLOCK.c.number, BLOCK.c.hash)
            found = connection.execute(asked.where(BLOCK.c.number.between(first, last)))
            return {int(row[0]): str(row[1]) for row in found}

    # ---- writing ---------------------------------------------------------------------

    def write(self, page: Page) -> None:
        """Everything of a range, and that it was read: together, or not at all.

        Raises:
            IndexBusy: Somebody else wrote meanwhile.
        """
        with self.transaction() as connection:
            self._advance(connection, page)
            rows: dict[str, list[Sequence[Any]]] = {}
            subjects: list[tuple[str, int, int, str]] = []
            events: dict[int, int] = {}
            for log in page.logs:
                rows.setdefault(log.spec.table, []).append(log.row)
                events[log.block] = events.get(log.block, 0) + 1
                subjects += [(who, log.block, log.place, log.spec.table) for who in log.subjects]
            for name, found in rows.items():
                self._bulk.insert(name, None, found)
            self._bulk.insert("subject", SUBJECT_COLUMNS, sorted(subjects))  # neighbours together
            self._bulk.insert("tally", None, tallies_after(connection, page.first, page.logs))
            self._write_blocks(connection, page, events)
            depth = int(connection.execute(select(META.c.depth)).scalar_one())
            if page.head >= depth:
                old = BLOCK.c.number < page.head - depth
                tip = int(connection.execute(select(func.max(SOURCE.c.next_block))).scalar_one())
                connection.execute(
                    delete(BLOCK).where(old, BLOCK.c.events == 0, BLOCK.c.number < tip - 1)
                )

    def _advance(self, connection: Connection, page: Page) -> None:
        """Move the cursors first: they stand where this page begins, or the page is stale."""
        moved = connection.execute(
            update(SOURCE)
            .where(SOURCE.c.id.in_([one.id for one in page.sources]))
            .where(SOURCE.c.next_block == page.first)
            .values(next_block=page.last + 1)
        )
        if moved.rowcount != len(page.sources):
            raise IndexBusy("Another process wrote to this index meanwhile.")
        connection.execute(update(META).values(head=page.head))

    def _write_blocks(self, connection: Connection, page: Page, events: dict[int, int]) -> None:
        numbers = [header.number for header in page.headers]
        kept: set[int] = set()
        for start in range(0, len(numbers), _MANY):
            asked = select(BLOCK.c.number).where(BLOCK.c.number.in_(numbers[start : start + _MANY]))
            kept.update(int(number) for number in connection.execute(asked).scalars())
        for number in sorted(kept & events.keys()):
            connection.execute(
                update(BLOCK)
                .where(BLOCK.c.number == number)
                .values(events=BLOCK.c.events + events[number])
            )
        self._bulk.insert(
            "block",
            ("number", "hash", "parent", "timestamp", "events"),
            [
                (one.number, one.hash, one.parent, one.timestamp, events.get(one.number, 0))
                for one in page.headers
                if one.number not in kept
            ],
        )

    def roll_back(self, ancestor: int) -> None:
        """Forget all blocks above one."""
        with self.transaction() as connection:
            for table in [*event_tables(), SUBJECT, TALLY]:
                connection.execute(delete(table).where(table.c.block > ancestor))
            connection.execute(delete(BLOCK).where(BLOCK.c.number > ancestor))
            connection.execute(
                update(SOURCE)
                .where(SOURCE.c.next_block > ancestor + 1)
                .values(next_block=ancestor + 1)
            )
            connection.execute(delete(MOVE).where(MOVE.c.block > ancestor))
            connection.execute(
                update(WATCH)
                .where(WATCH.c.next_block > ancestor + 1)
                .values(next_block=ancestor + 1)
            )


__all__ = ["Page", "Store"]
