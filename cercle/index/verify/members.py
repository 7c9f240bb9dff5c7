"""Persons and members: wallets, numbers, who is one, standing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...contracts import Contract
from ...models import Head
from ...values import checksummed
from .books import Books, Question

_CREDIT = 96  # a credit is passport << 96 | amount


def questions(books: Books, head: Head) -> Iterator[Question]:
    """Whose each wallet is; what each member is and has."""
    for _, passport in books.contracts("Passport"):
        for wallet, passport_id in books.wallets().items():
            yield Question(f"passport of {wallet}", passport.read("id_of", wallet), passport_id)
        for passport_id, wallet in books.main_wallets().items():
            yield Question(
                f"main wallet of passport {passport_id}",
                passport.read("wallet_of", passport_id),
                checksummed(wallet),
            )
    for source, membership in books.contracts("Membership"):
        yield from _members(books, source, membership)


def _members(books: Books, source: int, membership: Contract) -> Iterator[Question]:
    numbers: dict[int, int] = {}
    active: dict[int, bool] = {}
    joined = [(row, True) for row in books.rows("membership_member_joined", source=source)]
    left = [(row, False) for row in books.rows("membership_member_left", source=source)]
    for row, is_in in sorted(joined + left, key=lambda one: (one[0][0], one[0][1])):
        numbers[row.passport_id] = row.member_no
        active[row.passport_id] = is_in
    standing = _standing(books, source)
    for passport_id, number in numbers.items():
        yield Question(
            f"member {number} (number, active, standing)",
            membership.read("member", passport_id),
            (number, active[passport_id], standing.get(passport_id, 0)),
            take=_member,
        )
    yield Question("members ever", membership.read("member_count"), len(numbers))
    yield Question("members now", membership.read("active_count"), sum(active.values()))


def _member(told: dict[str, Any]) -> tuple[int, bool, int]:
    return told["member_no"], told["is_active"], told["standing"]


def _standing(books: Books, source: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in books.rows("membership_standing_credited", "credits", source=source):
        for word in json.loads(row.credits):
            who, amount = word >> _CREDIT, word & (2**_CREDIT - 1)
            found[who] = found.get(who, 0) + amount
    for row in books.rows("membership_standing_debited", "passport_id", "amount", source=source):
        found[row.passport_id] = found.get(row.passport_id, 0) - row.amount
    return found


__all__ = ["questions"]
