"""Who of the members holds a token, over all the wallets of a person, by its transfers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from ...errors import PlanError
from ..tables import MOVE, TOKEN, WATCH
from .links import links_of_members


@dataclass(frozen=True)
class Holding:
    """What one person holds of one token."""

    passport_id: int
    amount: int  # base units of an ERC-20; how many of an ERC-721 or ERC-1155
    block: int  # up to which all of the person's wallets were read


def holders(
    connection: Connection, token: str, at_least: int = 1, token_id: int | None = None
) -> list[Holding]:
    """The members who hold at least so many, the most first.

    Args:
        connection: To an index: `SqlHistory.snapshot()`.
        token: Its name in the list, or its address.
        at_least: Base units of an ERC-20; how many of an ERC-721 or ERC-1155.
        token_id: Only this id of an ERC-721 or ERC-1155; all together if none is named.

    Raises:
        PlanError: No such token is listed.
    """
    asked = select(TOKEN).where((TOKEN.c.name == token) | (TOKEN.c.address == token.lower()))
    found = connection.execute(asked).one_or_none()
    if found is None:
        raise PlanError(f"No token {token} is listed.")
    read = {
        row.wallet: row.next_block - 1
        for row in connection.execute(select(WATCH).where(WATCH.c.token == found.id))
    }
    owners = {w: whose for w, whose in links_of_members(connection).items() if w in read}
    amounts: dict[int, int] = {}
    moves = select(MOVE.c.sender, MOVE.c.receiver, MOVE.c.token_id, MOVE.c.amount).where(
        MOVE.c.token == found.id
    )
    for row in connection.execute(moves):
        if token_id is not None and row.token_id != token_id:
            continue
        for wallet, step in ((row.sender, -row.amount), (row.receiver, row.amount)):
            if wallet in owners:
                amounts[owners[wallet]] = amounts.get(owners[wallet], 0) + step
    up_to: dict[int, int] = {}
    for wallet, whose in owners.items():
        up_to[whose] = min(up_to.get(whose, read[wallet]), read[wallet])
    holding = [
        Holding(whose, amount, up_to[whose])
        for whose, amount in amounts.items()
        if amount >= max(1, at_least)
    ]
    return sorted(holding, key=lambda one: (-one.amount, one.passport_id))


__all__ = ["Holding", "holders"]
