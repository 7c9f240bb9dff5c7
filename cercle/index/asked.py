"""What is asked of an index: each question looks into keys alone, however much there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    Table,
    and_,
    literal,
    select,
    true,
    tuple_,
)

from .people import END, START, Position, Span
from .tables import BLOCK, SUBJECT, TALLY, table_of


def course_asked(source: int, poll_id: int, moments: int) -> Select[Any]:
    """How a poll stood at so many blocks, evenly from its first ballot to its last: one question.

    Each place is one look into the key of `tally`, whatever the number of ballots.
    """
    c = TALLY.c
    of_poll = and_(c.source == source, c.poll_id == poll_id)
    first = select(c.block).where(of_poll).order_by(c.block).limit(1).scalar_subquery()
    last = select(c.block).where(of_poll).order_by(c.block.desc()).limit(1).scalar_subquery()
    ends = select(first.label("first"), last.label("last")).cte("ends")
    start = select(literal(0, BigInteger).label("step")).cte("steps", recursive=True)
    following = start.c.step + literal(1, BigInteger)
    steps = start.union_all(select(following).where(following < literal(moments, BigInteger)))
    span = ends.c.last - ends.c.first
    place = ends.c.first + span * steps.c.step // literal(moments - 1, BigInteger)
    before = select(c.block).where(of_poll, c.block <= place).order_by(c.block.desc()).limit(1)
    looked = select(before.scalar_subquery()).select_from(ends.join(steps, true()))
    return (
        select(c.block, c.votes, c.ballots, BLOCK.c.timestamp)
        .join(BLOCK, BLOCK.c.number == c.block)
        .where(of_poll, c.block.in_(looked))  # as a join SQLite would walk through all ballots
        .order_by(c.block)
    )


def link_tables() -> list[tuple[Any, bool]]:
    """The columns of both tables of links, and whether a link was made there."""
    return [
        (table_of(f"passport_wallet_{word}").c, word == "linked") for word in ("linked", "unlinked")
    ]


def scan(
    connection: Connection, span: Span, until: Position, limit: int, tables: list[str] | None
) -> Iterator[tuple[Position, str]]:
    """Where a name occurs in its part of history, newest first, and in which table."""
    asked = select(SUBJECT.c.block, SUBJECT.c.log_index, SUBJECT.c.event).where(
        SUBJECT.c.subject == span.subject
    )
    if tables is not None:
        asked = asked.where(SUBJECT.c.event.in_(tables))
    if until != END:
        asked = asked.where(below(SUBJECT.c, until))
    if span.after != START:
        asked = asked.where(tuple_(SUBJECT.c.block, SUBJECT.c.log_index) > tuple_(*span.after))
    asked = asked.order_by(SUBJECT.c.block.desc(), SUBJECT.c.log_index.desc()).limit(limit)
    for row in connection.execute(asked):
        yield (int(row[0]), int(row[1])), str(row[2])


def at(table: Table, places: Sequence[Position]) -> Select[Any]:
    """These rows of a table, and others of their blocks: a list of pairs SQLite would scan for."""
    blocks, indexes = (sorted(set(part)) for part in zip(*places, strict=True))
    return select(table).where(table.c.block.in_(blocks), table.c.log_index.in_(indexes))


def below(columns: Any, position: Position) -> Any:
    """Older than a place."""
    return tuple_(columns.block, columns.log_index) < tuple_(*position)


__all__ = ["at", "below", "course_asked", "link_tables", "scan"]
