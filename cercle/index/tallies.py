"""How polls stand after each block with ballots: nobody has to add up a million of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from .decoder import Log
from .tables import TALLY, table_of
from .types import number

_BALLOTS = "polls_ballot_cast"
_MANY = 500
_Poll = tuple[int, int]  # source, poll


def tallies_after(
    connection: Connection, first: int, logs: Sequence[Log]
) -> list[tuple[int, int, int, str, int]]:
    """The rows of `tally` for a page of logs, which are in order and not in the tables yet."""
    by_poll: dict[_Poll, list[Log]] = {}
    for log in logs:
        if log.spec.table == _BALLOTS:
            poll_id = number(log.cells[log.spec.place("poll_id")])
            by_poll.setdefault((log.source, poll_id), []).append(log)
    rows = []
    for (source, poll_id), ballots in by_poll.items():
        votes, count = _latest(connection, source, poll_id)
        voters = _voters(connection, source, poll_id, first, ballots)
        for place, log in enumerate(ballots):
            _, member_no, old, new, _ = (number(cell) for cell in log.cells)
            _move(votes, old, -1)
            _move(votes, new, 1)
            count += member_no not in voters
            voters.add(member_no)
            if place + 1 == len(ballots) or ballots[place + 1].block != log.block:
                rows.append((source, poll_id, log.block, json.dumps(votes), count))
    return rows


def _move(votes: list[int], options: int, step: int) -> None:
    votes.extend([0] * (options.bit_length() - len(votes)))
    for place in range(options.bit_length()):
        votes[place] += step * (options >> place & 1)


def _latest(connection: Connection, source: int, poll_id: int) -> tuple[list[int], int]:
    asked = (
        select(TALLY.c.votes, TALLY.c.ballots)
        .where(TALLY.c.source == source, TALLY.c.poll_id == poll_id)
        .order_by(TALLY.c.block.desc())
        .limit(1)
    )
    found = connection.execute(asked).one_or_none()
    return ([], 0) if found is None else (json.loads(found.votes), int(found.ballots))


def _voters(
    connection: Connection, source: int, poll_id: int, first: int, ballots: Sequence[Log]
) -> set[int]:
    """Who of these had voted before: under approval a first ballot and an empty one look alike."""
    ballot: Any = table_of(_BALLOTS).c
    members = sorted({number(log.cells[1]) for log in ballots})
    found: set[int] = set()
    for start in range(0, len(members), _MANY):
        part = members[start : start + _MANY]
        asked = select(ballot.member_no).where(
            ballot.member_no.in_(part),
            ballot.poll_id == poll_id,
            ballot.source == source,
            ballot.block < first,
        )
        found.update(number(cell) for cell in connection.execute(asked).scalars())
    return found


__all__ = ["tallies_after"]
