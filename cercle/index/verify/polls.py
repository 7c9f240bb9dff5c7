"""The tallies of polls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from ...models import Head
from ..course import padded
from ..tables import TALLY
from .books import Books, Question


def questions(books: Books, head: Head) -> Iterator[Question]:
    """Each poll's tally and number of ballots, counted ballot by ballot and as the index keeps it.

    What the index keeps of a poll after each block must be what the ballots add up to.
    """
    for source, polls in books.contracts("Polls"):
        counts = {
            row.poll_id: row.option_count
            for row in books.rows("polls_poll_opened", "poll_id", "option_count", source=source)
        }
        tallies = {poll: [0] * count for poll, count in counts.items()}
        voters: dict[int, set[int]] = {poll: set() for poll in counts}
        for row in books.rows("polls_ballot_cast", source=source):
            if row.poll_id not in tallies:
                continue  # its opening is missing: the number of polls tells
            voters[row.poll_id].add(row.member_no)
            tally = tallies[row.poll_id]
            for place in range(len(tally)):
                tally[place] += (row.new_options >> place & 1) - (row.old_options >> place & 1)
        kept = _kept(books, source)
        for poll, tally in tallies.items():
            told = (tuple(tally), len(voters[poll]))
            yield Question(
                f"poll {poll} (tally, ballots)", polls.read("poll", poll), told, take=_poll
            )
            votes, ballots = kept.get(poll, ([], 0))
            yield Question(
                f"poll {poll} as the index keeps it",
                polls.read("poll", poll),
                (padded(votes, counts[poll]), ballots),
                take=_poll,
            )
        yield Question("polls", polls.read("poll_count"), len(counts))


def _poll(told: dict[str, Any]) -> tuple[tuple[int, ...], int]:
    return tuple(told["tally"]), told["ballot_count"]


def _kept(books: Books, source: int) -> dict[int, tuple[list[int], int]]:
    asked = select(TALLY).where(TALLY.c.source == source).order_by(TALLY.c.block)
    return {
        row.poll_id: (json.loads(row.votes), row.ballots) for row in books.connection.execute(asked)
    }


__all__ = ["questions"]
