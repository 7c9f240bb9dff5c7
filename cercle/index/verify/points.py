"""Balances and supply of points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...models import Head
from ...values import ZERO_ADDRESS
from .books import Books, Question


def questions(books: Books, head: Head) -> Iterator[Question]:
    """What each holder has, and what there is in all."""
    for source, points in books.contracts("Points"):
        balances: dict[str, int] = {}
        for row in books.rows("points_transfer", "sender", "receiver", "value", source=source):
            balances[row.sender] = balances.get(row.sender, 0) - row.value
            balances[row.receiver] = balances.get(row.receiver, 0) + row.value
        minted = balances.pop(ZERO_ADDRESS, 0)
        for account, balance in balances.items():
            yield Question(
                f"points of {account}",
                points.read("holder", account),
                balance,
                take=lambda holder: _balance(holder, head),
                also=lambda told: told == "expired",
            )
        yield Question("points in all", points.read("totalSupply"), -minted)


def _balance(holder: dict[str, Any], head: Head) -> Any:
    """The live balance; what expired is gone for its holder before anybody sweeps it."""
    if holder["balance"] == 0 and 0 < holder["expires_at"] <= head.timestamp:
        return "expired"
    return holder["balance"]


__all__ = ["questions"]
