"""A member's history in sentences: one table, an event to a row; acts, as a member did them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby

from cercle.index.history import Entry

from . import data, perks, person, points, service, votes, work
from .base import Kind, Reader, Row

ROWS = (*points.ROWS, *perks.ROWS, *votes.ROWS, *person.ROWS, *data.ROWS, *service.ROWS, *work.ROWS)
KINDS: tuple[Kind, ...] = ("points", "perks", "votes", "data", "service", "card")
OTHER = Row("", "", "card", "description", work.named, rank=4)


@dataclass(frozen=True)
class Told:
    """One event, as the sentence that a member reads. It is Markdown."""

    text: str
    row: Row
    entry: Entry


@dataclass(frozen=True)
class Act:
    """What happened at once: one transaction, its sentences in order, the telling one first."""

    at: datetime
    block: int
    tx_hash: str
    is_final: bool
    told: tuple[Told, ...]

    @property
    def icon(self) -> str:
        return f":material/{self.told[0].row.icon}:"

    @property
    def headline(self) -> str:
        return self.told[0].text

    @property
    def rest(self) -> tuple[str, ...]:
        """The other sentences."""
        return tuple(one.text for one in self.told[1:])


def events_of(kind: Kind) -> tuple[tuple[str, str], ...]:
    """The events that a filter lets through."""
    return tuple((row.contract, row.event) for row in ROWS if row.kind == kind)


@cache
def rows() -> dict[tuple[str, str], Row]:
    """The table, by contract and event."""
    return {(row.contract, row.event): row for row in ROWS}


def acts(entries: Iterable[Entry], reader: Reader) -> list[Act]:
    """A page of history as acts, newest first."""
    found = []
    for tx_hash, group in groupby(entries, key=lambda entry: entry.event.tx_hash):
        together = sorted(group, key=lambda entry: entry.event.index)
        beside = frozenset(f"{one.event.contract}.{one.event.name}" for one in together)
        told = [_tell(entry, reader, beside) for entry in together]
        first = together[0]
        found.append(
            Act(
                at=first.at,
                block=first.event.block,
                tx_hash=tx_hash,
                is_final=first.is_final,
                told=tuple(sorted(told, key=lambda one: one.row.rank)),
            )
        )
    return found


def _tell(entry: Entry, reader: Reader, beside: frozenset[str]) -> Told:
    event = entry.event
    row = rows().get((event.contract, event.name), OTHER)
    text = row.tell(reader, event.args, beside) or work.fallback(event.contract, event.name)
    return Told(text=text, row=row, entry=entry)


__all__ = ["KINDS", "ROWS", "Act", "Kind", "Reader", "Row", "Told", "acts", "events_of", "rows"]
