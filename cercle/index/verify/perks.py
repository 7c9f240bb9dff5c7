"""The shelves of perks, and what became of each claim."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from ...contracts import Contract
from ...flags import ClaimState
from ...models import Head
from .books import Books, Question

_MOST = 2**16 - 1  # of a variant's stock: a unit that comes back to a full shelf is lost
_ENDS = {
    "perks_claim_fulfilled": ClaimState.FULFILLED,
    "perks_claim_cancelled": ClaimState.CANCELLED,
    "perks_claim_missed": ClaimState.MISSED,
}


def questions(books: Books, head: Head) -> Iterator[Question]:
    """Stock and taken of each variant, state and escrow of each claim."""
    for source, perks in books.contracts("Perks"):
        yield from _perks(books, source, perks)


def _perks(books: Books, source: int, perks: Contract) -> Iterator[Question]:
    prices: dict[int, int] = {}
    stock: dict[int, list[int]] = {}
    taken: dict[int, list[int]] = {}
    claims: dict[int, tuple[int, ...]] = {}
    states: dict[int, ClaimState] = {}
    for kind, row in _story(books, source):
        if kind == "perks_perk_opened":
            prices[row.perk_id] = json.loads(row.terms)["price"]
            stock[row.perk_id] = json.loads(row.stock)
            taken[row.perk_id] = [0] * len(stock[row.perk_id])
        elif "perk_id" in row._fields and row.perk_id not in stock:
            continue  # its opening is missing: the number of perks tells
        elif kind == "perks_stock_added":
            stock[row.perk_id][row.variant] += row.amount
        elif kind == "perks_perk_claimed":
            taken[row.perk_id][row.variant] += 1
            claims[row.claim_id] = (row.perk_id, row.member_no, row.variant, row.serial)
            states[row.claim_id] = ClaimState.CLAIMED
        elif row.claim_id in claims:
            states[row.claim_id] = _ENDS[kind]
            if kind != "perks_claim_fulfilled":
                perk_id, _, variant, _ = claims[row.claim_id]
                stock[perk_id][variant] = min(_MOST, stock[perk_id][variant] + 1)
    for perk_id in stock:
        told = (tuple(stock[perk_id]), tuple(taken[perk_id]))
        yield Question(
            f"perk {perk_id} (stock, taken)", perks.read("perk", perk_id), told, take=_perk
        )
    for claim_id, (perk_id, member_no, variant, serial) in claims.items():
        is_open = states[claim_id] is ClaimState.CLAIMED
        held = prices[perk_id] if is_open else 0
        facts = (perk_id, member_no, variant, serial, held)
        yield Question(
            f"claim {claim_id} (perk, member, variant, serial, held, state)",
            perks.read("claim_of", claim_id),
            (*facts, states[claim_id].name),
            take=_claim,
            # By the clock it is missed before anybody sends its price home.
            also=partial(_is_overdue, (*facts, "MISSED") if is_open else None),
        )
    yield Question("perks", perks.read("perk_count"), len(stock))


def _story(books: Books, source: int) -> list[tuple[str, Any]]:
    """What happened to perks, in order."""
    tables = ("perks_perk_opened", "perks_stock_added", "perks_perk_claimed", *_ENDS)
    found = [(name, row) for name in tables for row in books.rows(name, source=source)]
    return sorted(found, key=lambda one: (one[1][0], one[1][1]))


def _perk(told: dict[str, Any]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(told["stock"]), tuple(told["taken"])


def _claim(told: dict[str, Any]) -> tuple[Any, ...]:
    names = ("perk_id", "member_no", "variant", "serial", "held")
    return (*(told[name] for name in names), ClaimState(told["state"]).name)


def _is_overdue(missed: tuple[Any, ...] | None, told: Any) -> bool:
    return missed is not None and told == missed


__all__ = ["questions"]
