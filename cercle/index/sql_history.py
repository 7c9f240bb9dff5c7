"""History out of an index: a person's is one scan of `subject` for each name they go by."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    func,
    select,
    union,
)
from sqlalchemy.engine import URL

from ..chain import Chain
from ..deployments import Deployment
from ..errors import ChainError, IndexMissing, IndexOfAnother, IndexUnavailable
from ..models import Head
from ..values import checksum, checksummed
from .asked import at, below, course_asked, link_tables, scan
from .course import moments_of, padded
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
from .identity import Followed, require_followed, require_same, sources
from .people import END, Link, Position, Span, spans, wallet_owner, wallets_in, wallets_now
from .rows import event_of
from .schema import require_current
from .specs import EventSpec, by_table, spec_of, tables_of
from .tables import BLOCK, META, SOURCE, table_of
from .types import SMALL, number

_FIXED = 4  # columns before an event's own
_EPOCH = datetime.fromtimestamp(0, UTC)


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
        try:
            made._require_ours()
        except BaseException:
            made.close()
            raise
        return made

    def _require_ours(self) -> None:
        """As far as a node can tell: where none answers, the index serves all the same."""
        followed, first = Followed(self._deployment, "", 0), self._hash_of(0)
        with self.snapshot() as connection:
            require_current(connection)
            require_same(connection, self._deployment, first, followed.anchor)
            require_followed(connection, self._deployment)
        with self._reading() as (connection, served):
            asked = select(BLOCK.c.number, BLOCK.c.hash).where(BLOCK.c.number <= served.final)
            last = connection.execute(asked.order_by(BLOCK.c.number.desc()).limit(1)).one_or_none()
        if last is not None and self._hash_of(int(last.number)) not in (None, last.hash):
            raise IndexOfAnother(
                f"The index is of another chain: its block {last.number} is not on this one "
                "(--rebuild builds it anew)."
            )

    def _hash_of(self, block: int) -> str | None:
        try:
            return None if self._chain is None else self._chain.block(block).hash
        except ChainError:
            return None

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

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, Served]]:
        """One snapshot, and how far behind it is."""
        newest = self._newest()  # asked before: a slow node holds no transaction open
        try:
            with self.snapshot() as connection:
                yield connection, self._served(connection, newest)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise IndexUnavailable(
                f"The index {shown(self.url)} holds what no chain wrote: "
                "build it anew with --rebuild."
            ) from error

    # ---- how far --------------------------------------------------------------------

    def served(self) -> Served:
        """How far behind this is now."""
        with self._reading() as (_, served):
            return served

    def served_in(self, connection: Connection) -> Served:
        """How far behind this snapshot is."""
        return self._served(connection, self._newest())

    def _newest(self) -> Head | None:
        try:
            return None if self._chain is None else self._chain.head()
        except ChainError:
            return None  # the index serves although no node does; it knows of nothing newer

    def _served(self, connection: Connection, newest: Head | None) -> Served:
        upto = select(func.min(SOURCE.c.next_block)).scalar_subquery()
        last = select(BLOCK.c.timestamp).where(BLOCK.c.number < upto)
        last_time = last.order_by(BLOCK.c.number.desc()).limit(1).scalar_subquery()
        row = connection.execute(select(META.c.head, META.c.depth, upto, last_time)).one()
        block, time = int(row[2]) - 1, int(row[3] or 0)
        head = max(block, newest.number if newest else int(row.head))
        return Served(
            source="index",
            block=block,
            head=head,
            # What was deep enough when the index last looked: no later block vouches for it.
            final=max(0, min(int(row.head), head) - int(row.depth)),
            seconds=max(0, newest.timestamp - time) if newest and time else 0,
        )

    # ---- whose ----------------------------------------------------------------------

    def person_of(self, wallet: str) -> Person | None:
        """Who a wallet is linked to now; None for nobody."""
        account = checksum(wallet).lower()
        with self._reading() as (connection, _):
            links = self._links(connection, lambda c: c.wallet == account)
            found = wallet_owner(links, account)
            if not found:
                return None
            links = self._links_of(connection, found)
            numbers = self._numbers(connection, found)
            return Person(
                passport_id=found,
                member_no=numbers[-1] if numbers else 0,
                wallets=tuple(checksummed(one) for one in wallets_now(found, links)),
            )

    def _links(self, connection: Connection, whose: Callable[[Any], Any]) -> list[Link]:
        found: list[Link] = []
        for c, is_made in link_tables():
            asked = select(c.block, c.log_index, c.passport_id, c.wallet).where(whose(c))
            found += [
                Link((row.block, row.log_index), number(row.passport_id), row.wallet, is_made)
                for row in connection.execute(asked)
            ]
        return sorted(found, key=lambda link: link.position)

    def _links_of(self, connection: Connection, passport_id: int) -> list[Link]:
        """All links of every wallet that was ever a person's; also to others."""
        ever = union(
            *(select(c.wallet).where(c.passport_id == passport_id) for c, _ in link_tables())
        )
        return self._links(connection, lambda c: c.wallet.in_(ever))

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
        name, position, tables = checksum(wallet).lower(), position_of(before), tables_of(kinds)
        with self._reading() as (connection, served):
            return self._of(connection, [Span(name)], limit, position, tables, served)

    def of_passport(
        self,
        passport_id: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """Every event that concerns this person."""
        position, tables = position_of(before), tables_of(kinds)
        with self._reading() as (connection, served):
            whose = self._spans(connection, passport_id)
            return self._of(connection, whose, limit, position, tables, served)

    def of_member(
        self,
        member_no: int,
        *,
        limit: int = 50,
        before: str | None = None,
        kinds: Kinds = None,
    ) -> Page:
        """As `of_passport`, by the member number."""
        position, tables = position_of(before), tables_of(kinds)
        with self._reading() as (connection, served):
            c = table_of("membership_member_joined").c
            asked = select(c.passport_id).where(c.member_no == member_no).limit(1)
            found = connection.execute(asked).scalar()
            whose = [] if found is None else self._spans(connection, number(found))
            return self._of(connection, whose, limit, position, tables, served)

    def _spans(self, connection: Connection, passport_id: int) -> list[Span]:
        links = self._links_of(connection, passport_id)
        return spans(passport_id, self._numbers(connection, passport_id), links)

    def _of(
        self,
        connection: Connection,
        whose: Sequence[Span],
        limit: int,
        before: Position | None,
        tables: list[str] | None,
        served: Served,
    ) -> Page:
        most = bounded(limit)
        found: dict[Position, str] = {}
        newest: list[Position] = []
        for span in sorted(whose, key=lambda span: span.until, reverse=True):
            if len(newest) > most and span.until <= newest[most]:
                break  # nothing that ended before what is shown: some people had many wallets
            upper = min(span.until, before or END)
            found |= dict(scan(connection, span, upper, most + 1, tables))
            newest = sorted(found, reverse=True)
        wanted = {one: found[one] for one in newest[:most]}
        return Page(
            entries=self._entries(connection, wanted, served.final),
            older=mark(newest[most - 1]) if len(newest) > most else None,
            served=served,
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
        told = [c[_column(spec, name)] == _cell(value) for name, value in (where or {}).items()]
        with self._reading() as (connection, served):
            source = _source(connection, address)
            asked = select(c.block, c.log_index).where(c.source == source, *told)
            if position is not None:
                asked = asked.where(below(c, position))
            asked = asked.order_by(c.block.desc(), c.log_index.desc()).limit(most + 1)
            found = [(int(row[0]), int(row[1])) for row in connection.execute(asked)]
            wanted = dict.fromkeys(found[:most], spec.table)
            entries = self._entries(connection, wanted, served.final)
            older = mark(found[most - 1]) if len(found) > most else None
            return Page(entries=entries, older=older, served=served)

    def claims(self, perk_id: int, *, limit: int = 50, before: str | None = None) -> Page:
        """The claims of a perk."""
        return self.events(
            "Perks", "PerkClaimed", where={"perk_id": perk_id}, limit=limit, before=before
        )

    def awards(self, *, limit: int = 50, before: str | None = None) -> Page:
        """The batches of awards."""
        return self.events("Rewards", "BatchAwarded", limit=limit, before=before)

    def _entries(
        self, connection: Connection, wanted: Mapping[Position, str], final: int
    ) -> tuple[Entry, ...]:
        rows: dict[Position, tuple[EventSpec, Any]] = {}
        for name in sorted(set(wanted.values())):
            table = table_of(name)
            asked = at(table, [one for one, whose in wanted.items() if whose == name])
            for row in connection.execute(asked):
                if wanted.get((row[0], row[1])) == name:
                    rows[row[0], row[1]] = (by_table()[name], row)
        blocks = {
            row.number: row
            for row in connection.execute(
                select(BLOCK).where(BLOCK.c.number.in_({position[0] for position in rows}))
            )
        }
        addresses = {one.id: one.address for one in sources(connection)}
        return tuple(
            _entry(*rows[position], blocks[position[0]], addresses, final)
            for position in wanted
            if position in rows
        )

    # ---- polls ----------------------------------------------------------------------

    def poll_course(self, poll_id: int, *, moments: int = 60) -> PollCourse:
        """A poll's results over time."""
        address = self._deployment.address("Polls").lower()
        told: tuple[PollMoment, ...] = ()
        with self._reading() as (connection, served):
            if 0 <= poll_id < SMALL:
                source = _source(connection, address)
                options = self._options(connection, source, poll_id)
                asked = course_asked(source, poll_id, moments_of(moments))
                told = tuple(_moment(row, options) for row in connection.execute(asked))
            return PollCourse(poll_id=poll_id, moments=told, served=served)

    def _options(self, connection: Connection, source: int, poll_id: int) -> int:
        c = table_of("polls_poll_opened").c
        asked = select(c.option_count).where(c.source == source, c.poll_id == poll_id)
        return number(connection.execute(asked).scalar() or 0)


def _moment(row: Any, options: int) -> PollMoment:
    return PollMoment(
        at=_EPOCH + timedelta(seconds=row.timestamp),
        block=row.block,
        tally=padded(json.loads(row.votes), options),
        ballots=row.ballots,
    )


def _source(connection: Connection, address: str) -> int:
    return next((one.id for one in sources(connection) if one.address == address), 0)


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
    at = _EPOCH + timedelta(seconds=block.timestamp)
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


__all__ = ["SqlHistory", "file_of"]
