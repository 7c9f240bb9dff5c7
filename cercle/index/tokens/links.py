"""The wallets that are linked to members now."""

from __future__ import annotations

from sqlalchemy import Connection, select

from ..people import Link, Position
from ..tables import table_of
from ..types import number


def links_of_members(connection: Connection) -> dict[str, int]:
    """Each wallet that is linked to somebody who is a member now, and to whom."""
    owners: dict[str, int] = {}
    for link in _links(connection):
        owners[link.wallet] = link.passport_id if link.is_made else 0
    members = _members(connection)
    return {wallet: whose for wallet, whose in owners.items() if whose in members}


def _links(connection: Connection) -> list[Link]:
    found: list[Link] = []
    for name, is_made in (("passport_wallet_linked", True), ("passport_wallet_unlinked", False)):
        c = table_of(name).c
        found += [
            Link((row.block, row.log_index), number(row.passport_id), row.wallet, is_made)
            for row in connection.execute(select(c.block, c.log_index, c.passport_id, c.wallet))
        ]
    return sorted(found, key=lambda link: link.position)


def _members(connection: Connection) -> set[int]:
    found: list[tuple[Position, int, bool]] = []
    for name, is_in in (("membership_member_joined", True), ("membership_member_left", False)):
        c = table_of(name).c
        found += [
            ((row.block, row.log_index), number(row.passport_id), is_in)
            for row in connection.execute(select(c.block, c.log_index, c.passport_id))
        ]
    active = {whose: is_in for _, whose, is_in in sorted(found)}
    return {whose for whose, is_in in active.items() if is_in}


__all__ = ["links_of_members"]
