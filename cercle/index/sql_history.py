"""History out of an index: a person's is one scan of `subject` for each name they go by."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Integer,
    Select,
    Table,
    and_,
    column,
    func,
    select,
    tuple_,
    values,
)
from sqlalchemy.engine import URL

from ..chain import Chain
from ..deployments import Deployment
from ..errors import ChainError, IndexMissing
from ..values import checksum, checksummed
from .database import engine_for, in_one_sentence, read_url, shown
from .history import (
    Entry,
    Kinds,
    Page,
    Person,
    PollCourse,
    PollMoment,
    Served,
    bounded,
    mark,
    position_of,
)
from .identity import Followed, require_same, sources
from .people import END, START, Link, Position, Span, spans, wallets_now
from .rows import event_of
from .schema import require_current
from .specs import EventSpec, by_table, spec_of
from .tables import BLOCK, META, SOURCE, SUBJECT, TALLY, table_of
from .types import number

_FIXED = 4  # columns before an event's own


class SqlHistory:
    """A reader of an index; several may read while one process writes."""

    def __init__(
        self, url: URL, engine: Engine, deployment: Deployment, chain: Chain | None
    ) -> None:
        self.url = url
        self._engine = engine
        self._deployment = deployment
        self._chain = chain
        self._file = file_of(url)

    @classmethod
    def open(cls, url: str, deployment: Deployment, chain: Chain | None = None) -> SqlHistory:
        """
        Raises:
            IndexFault: There is none, or it is another's, or it does not answer.
        """
        where = read_url(url)
        made = cls(where, engine_for(where, writes=False), deployment, chain)
        followed = Followed(deployment, "", 0)
        with made.snapshot() as connection:
            require_current(connection)
            require_same(connection, deployment, None, followed.anchor)
        return made

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One snapshot of the index: an answer never mixes two states of it."""
        if self._file != file_of(self.url):  # what is open is a file that nobody writes any more
            raise IndexMissing(f"The index {shown(self.url)} is gone, or another lies there.")
        with in_one_sentence(self.url):
            engine = self._engine
            if engine.dialect.name == "postgresql":
                engine = engine.execution_options(isolation_level="REPEATABLE READ")
            with engine.connect() as connection, connection.begin():
                yield connection

    # ---- how far --------------------------------------------------------------------

    def served(self) -> Served:
        """How far behind this is now."""
        with self.snapshot() as connection:
            return self.served_in(connection)

    def served_in(self, connection: Connection) -> Served:
        """How far behind this snapshot is."""
        block = int(connection.execute(select(func.min(SOURCE.c.next_block))).scalar_one()) - 1
        meta = connection.execute(select(META.c.head, META.c.depth)).one()
        asked = select(BLOCK.c.timestamp).where(BLOCK.c.number <= block)
        last = connection.execute(asked.order_by(BLOCK.c.number.desc()).limit(1)).scalar()
        head, newest = int(meta.head), int(last or 0)
        if self._chain is not None:
            try:
                seen = self._chain.head()
                head, newest = max(seen.number, block), max(seen.timestamp, newest)
            except ChainError:
                pass  # the index serves although no node does; then it knows of nothing newer
        return Served(
            source="index",
            block=block,
            head=max(head, block),
            final=max(0, head - int(meta.depth)),
            seconds=newest - int(last or newest),
        )

    # ---- whose ----------------------------------------------------------------------

    def person_of(self, wallet: str) -> Person | None:
        """Who a wallet is linked to now; None for nobody."""
        account = checksum(wallet).lower()
        with self.snapshot() as connection:
            found = wallet_owner(self._links(connection, wallets=[account]), account)
            if not found:
                return None
            links = self._links_of(connection, found)
            numbers = self._numbers(connection, found)
            return Person(
                passport_id=found,
                member_no=numbers[-1] if numbers else 0,
                wallets=tuple(checksummed(one) for one in wallets_now(found, links)),
            )

    def _links(
        self,
        connection: Connection,
        *,
        wallets: Sequence[str] | None = None,
        passport_id: int | None = None,
    ) -> list[Link]:
        found: list[Link] = []
        for name, is_made in (
            ("passport_wallet_linked", True),
            ("passport_wallet_unlinked", False),
        ):
            c = table_of(name).c
            of = c.wallet.in_(wallets) if wallets is not None else c.passport_id == passport_id
            found += [
                Link((row.block, row.log_index), number(row.passport_id), row.wallet, is_made)
                for row in connection.execute(
                    select(c.block, c.log_index, c.passport_id, c.wallet).where(of)
                )
            ]
        return sorted(found, key=lambda link: link.position)

    def _links_of(self, connection: Connection, passport_id: int) -> list[Link]:
        own = self._links(connection, passport_id=passport_id)
        names = sorted({link.wallet for link in own})
        return self._links(connection, wallets=names) if names else []

    def _numbers(self, connection: Connection, passport_id: int) -> list[int]:
        c = table_of("membership_member_joined").c
        asked = select(c.member_no).where(c.passport_id == passport_id)
        found = connection.execute(asked.order_by(c.block, c.log_index)).scalars()
        return list(dict.fromkeys(number(one) for one in found))

    # ---- pages ----------------------------------------------------------------------

    def of_wallet(
        self,
        wallet: str,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that names this very wallet."""
        name, position = checksum(wallet).lower(), position_of(before)
        with self.snapshot() as connection:
            return self._of(connection, [Span(name)], limit, position, kinds)

    def of_passport(
        self,
        passport_id: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that concerns this person."""
        position = position_of(before)
        with self.snapshot() as connection:
            return self._of_person(connection, passport_id, limit, position, kinds)

    def of_member(
        self,
        member_no: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """As `of_passport`, by the member number."""
        position = position_of(before)
        with self.snapshot() as connection:
            c = table_of("membership_member_joined").c
            asked = select(c.passport_id).where(c.member_no == member_no).limit(1)
            found = connection.execute(asked).scalar()
            if found is None:
                return Page(entries=(), older=None, served=self.served_in(connection))
            return self._of_person(connection, number(found), limit, position, kinds)

    def _of_person(
        self,
        connection: Connection,
        passport_id: int,
        limit: int,
        before: Position | None,
        kinds: Kinds,
    ) -> Page:
        links = self._links_of(connection, passport_id)
        numbers = self._numbers(connection, passport_id)
        return self._of(connection, spans(passport_id, numbers, links), limit, before, kinds)

    def _of(
        self,
        connection: Connection,
        whose: Sequence[Span],
        limit: int,
        before: Position | None,
        kinds: Kinds,
    ) -> Page:
        most, tables = bounded(limit), tables_of(kinds)
        found: dict[Position, str] = {}
        for span in whose:
            upper = min(span.until, before or END)
            found |= dict(_scan(connection, span, upper, most + 1, tables))
        newest = sorted(found, reverse=True)
        entries = self._entries(connection, {one: found[one] for one in newest[:most]})
        older = mark(newest[most - 1]) if len(newest) > most else None
        return Page(
            entries=entries,
            older=older,
            served=self.served_in(connection),
            wallets=wallets_in(whose),
        )

    def events(
        self,
        contract: str,
        event: str,
        *,
        where: Mapping[str, Any] | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> Page:
        """One kind of event of one contract."""
        spec, position = spec_of(contract, event), position_of(before)
        address = self._deployment.address(contract).lower()
        c, most = table_of(spec.table).c, bounded(limit)
        with self.snapshot() as connection:
            source = next((s.id for s in sources(connection) if s.address == address), 0)
            asked = select(c.block, c.log_index).where(c.source == source)
            for name, value in (where or {}).items():
                asked = asked.where(c[_column(spec, name)] == _cell(value))
            if position is not None:
                asked = asked.where(_below(c, position))
            asked = asked.order_by(c.block.desc(), c.log_index.desc()).limit(most + 1)
            found = [(int(row[0]), int(row[1])) for row in connection.execute(asked)]
            entries = self._entries(connection, dict.fromkeys(found[:most], spec.table))
            older = mark(found[most - 1]) if len(found) > most else None
            return Page(entries=entries, older=older, served=self.served_in(connection))

    def claims(self, perk_id: int, *, limit: int = 50, before: str | None = None) -> Page:
        """The claims of a perk."""
        return self.events(
            "Perks", "PerkClaimed", where={"perk_id": perk_id}, limit=limit, before=before
        )

    def awards(self, *, limit: int = 50, before: str | None = None) -> Page:
        """The batches of awards."""
        return self.events("Rewards", "BatchAwarded", limit=limit, before=before)

    def _entries(self, connection: Connection, wanted: Mapping[Position, str]) -> tuple[Entry, ...]:
        rows: dict[Position, tuple[EventSpec, Any]] = {}
        for name in sorted(set(wanted.values())):
            table = table_of(name)
            asked = _at(table, [one for one, whose in wanted.items() if whose == name])
            for row in connection.execute(asked):
                rows[row[0], row[1]] = (by_table()[name], row)
        blocks = {
            row.number: row
            for row in connection.execute(
                select(BLOCK).where(BLOCK.c.number.in_({position[0] for position in rows}))
            )
        }
        addresses = {one.id: one.address for one in sources(connection)}
        final = self.served_in(connection).final
        return tuple(
            _entry(*rows[position], blocks[position[0]], addresses, final)
            for position in wanted
            if position in rows
        )

    # ---- polls ----------------------------------------------------------------------

    def poll_course(self, poll_id: int, *, moments: int = 60) -> PollCourse:
        """A poll's results over time."""
        address = self._deployment.address("Polls").lower()
        with self.snapshot() as connection:
            source = next((s.id for s in sources(connection) if s.address == address), 0)
            options = self._options(connection, source, poll_id)
            of_poll = and_(TALLY.c.source == source, TALLY.c.poll_id == poll_id)
            ends = connection.execute(
                select(func.min(TALLY.c.block), func.max(TALLY.c.block)).where(of_poll)
            ).one()
            found: dict[int, PollMoment] = {}
            if ends[0] is not None:
                for block in steps(int(ends[0]), int(ends[1]), moments):
                    row = connection.execute(_moment(of_poll, block)).one()
                    found[int(row.block)] = PollMoment(
                        at=datetime.fromtimestamp(row.timestamp, UTC),
                        block=row.block,
                        tally=padded(json.loads(row.votes), options),
                        ballots=row.ballots,
                    )
            told = tuple(found[block] for block in sorted(found))
            return PollCourse(poll_id=poll_id, moments=told, served=self.served_in(connection))

    def _options(self, connection: Connection, source: int, poll_id: int) -> int:
        c = table_of("polls_poll_opened").c
        asked = select(c.option_count).where(c.source == source, c.poll_id == poll_id)
        return number(connection.execute(asked).scalar() or 0)


def _moment(of_poll: Any, block: int) -> Select[Any]:
    return (
        select(TALLY.c.block, TALLY.c.votes, TALLY.c.ballots, BLOCK.c.timestamp)
        .join(BLOCK, BLOCK.c.number == TALLY.c.block)
        .where(of_poll, TALLY.c.block <= block)
        .order_by(TALLY.c.block.desc())
        .limit(1)
    )


def steps(first: int, last: int, moments: int) -> list[int]:
    """So many blocks at most, evenly from the first to the last, both included."""
    count = max(2, min(moments, 1_000, last - first + 1))
    if first == last:
        return [last]
    return sorted({first + (last - first) * step // (count - 1) for step in range(count)})


def padded(votes: Sequence[int], options: int) -> tuple[int, ...]:
    """A figure for each option, also for those that nobody chose yet."""
    return tuple(votes[:options]) + (0,) * (options - len(votes))


def wallet_owner(links: Iterable[Link], account: str) -> int:
    """Which passport a wallet is linked to after all these; 0 for none."""
    owner = 0
    for link in links:
        if link.wallet == account:
            owner = link.passport_id if link.is_made else 0
    return owner


def tables_of(kinds: Kinds) -> list[str] | None:
    """The tables of some kinds of events; None for all."""
    return None if kinds is None else sorted(spec_of(*kind).table for kind in kinds)


def wallets_in(whose: Iterable[Span]) -> tuple[str, ...]:
    """The wallets among the names that somebody goes by."""
    found = (span.subject for span in whose if span.subject.startswith("0x"))
    return tuple(dict.fromkeys(checksummed(one) for one in found))


def _scan(
    connection: Connection, span: Span, until: Position, limit: int, tables: list[str] | None
) -> Iterator[tuple[Position, str]]:
    asked = select(SUBJECT.c.block, SUBJECT.c.log_index, SUBJECT.c.event).where(
        SUBJECT.c.subject == span.subject
    )
    if tables is not None:
        asked = asked.where(SUBJECT.c.event.in_(tables))
    if until != END:
        asked = asked.where(_below(SUBJECT.c, until))
    if span.after != START:
        asked = asked.where(tuple_(SUBJECT.c.block, SUBJECT.c.log_index) > tuple_(*span.after))
    asked = asked.order_by(SUBJECT.c.block.desc(), SUBJECT.c.log_index.desc()).limit(limit)
    for row in connection.execute(asked):
        yield (int(row[0]), int(row[1])), str(row[2])


def _at(table: Table, places: Sequence[Position]) -> Select[Any]:
    """These rows of a table, each found by its key: SQLite would scan for a list of pairs."""
    names = (column("block", BigInteger), column("log_index", Integer))
    listed = values(*names, name="listed").data(places).cte()
    of = and_(table.c.block == listed.c.block, table.c.log_index == listed.c.log_index)
    return select(table).select_from(listed.join(table, of))


def _below(columns: Any, position: Position) -> Any:
    return tuple_(columns.block, columns.log_index) < tuple_(*position)


def _column(spec: EventSpec, name: str) -> str:
    for field in spec.fields:
        if field.name == name and field.is_indexed:
            return field.column
    raise TypeError(f"{spec.name} cannot be searched by {name}")


def _cell(value: Any) -> Any:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return value.lower() if isinstance(value, str) else value


def _entry(
    spec: EventSpec, row: Any, block: Any, addresses: Mapping[int, str], final: int
) -> Entry:
    event = event_of(
        spec,
        row[_FIXED:],
        address=addresses[row.source],
        block=row.block,
        block_hash=block.hash,
        tx_hash=row.tx_hash,
        index=row.log_index,
    )
    at = datetime.fromtimestamp(block.timestamp, UTC)
    return Entry(event=event, at=at, is_final=row.block <= final)


def file_of(url: URL) -> tuple[int, int] | None:
    """Which file an index is in, whatever its name; None for a server, and where there is none."""
    if url.drivername != "sqlite":
        return None
    try:
        found = os.stat(str(url.database))
    except OSError:
        return None
    return found.st_dev, found.st_ino


__all__ = ["SqlHistory", "file_of", "padded", "steps", "tables_of", "wallet_owner", "wallets_in"]
