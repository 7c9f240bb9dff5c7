"""Who speaks for whom, with how many units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...contracts import Contract
from ...models import Head
from ...values import ZERO_ADDRESS
from .books import Books, Question


def questions(books: Books, head: Head) -> Iterator[Question]:
    """Each member's delegate and counted units; each delegate's votes."""
    for source, electorate in books.contracts("Electorate"):
        yield from _delegations(books, source, electorate)
        yield from _votes(books, source, electorate)


def _delegations(books: Books, source: int, electorate: Contract) -> Iterator[Question]:
    """The events name wallets; the contract keeps persons: whose a wallet was when is known."""
    to: dict[int, int] = {}
    for row in books.rows("electorate_delegate_changed", source=source):
        position = (row.block, row.log_index)
        delegate = row.to_delegate
        who = books.owner(row.delegator, position)
        to[who] = 0 if delegate == ZERO_ADDRESS else books.owner(delegate, position)
    units = _units(books, source)
    for passport_id, to_id in to.items():
        yield Question(
            f"delegation of passport {passport_id} (delegate, units)",
            electorate.read("delegation_of", passport_id),
            (to_id, units.get(passport_id, 0)),
            take=_delegation,
        )


def _delegation(told: dict[str, Any]) -> tuple[int, int]:
    return told["to_id"], told["units"]


def _units(books: Books, source: int) -> dict[int, int]:
    """The units that count: as last refreshed, and none after leaving."""
    passports = {
        row.member_no: row.passport_id
        for row in books.rows("membership_member_joined", "member_no", "passport_id")
    }
    refreshed = [
        ((row.block, row.log_index), row.member_no, row.new_units)
        for row in books.rows("electorate_units_refreshed", source=source)
    ]
    left = [
        ((row.block, row.log_index), row.member_no, 0)
        for row in books.rows("membership_member_left")
    ]
    return {passports.get(number, 0): units for _, number, units in sorted(refreshed + left)}


def _votes(books: Books, source: int, electorate: Contract) -> Iterator[Question]:
    votes: dict[int, int] = {}
    for row in books.rows("electorate_delegate_votes_changed", source=source):
        votes[books.owner(row.delegate, (row.block, row.log_index))] = row.new_votes
    mains = books.main_wallets()
    for passport_id, count in votes.items():
        if passport_id in mains:
            yield Question(
                f"votes of passport {passport_id}",
                electorate.read("getVotes", mains[passport_id]),
                count,
            )


__all__ = ["questions"]
