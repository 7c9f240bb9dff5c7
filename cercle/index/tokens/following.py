"""Reads transfers of the listed tokens for members' wallets; one linked later is read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, insert, select, update

from ...chain import Chain
from ...errors import BlockGone, IndexBusy, NodeMisbehaved, NodeUnreachable
from ..pace import Pace
from ..store import Store
from ..tables import MOVE, TOKEN, WATCH
from .links import links_of_members
from .listing import Standard, Token
from .transfers import Move, moves_in, topics_of

CHUNK = 100  # wallets in one question


@dataclass(frozen=True)
class _Group:
    """Wallets that are read up to one block, for one token."""

    token: int
    standard: Standard
    address: str
    next_block: int
    wallets: tuple[str, ...]


class TokenFollower:
    """Follows outside tokens up to the block that the index itself has read.

    Usage example::

        tokens = TokenFollower(store, chain, read_tokens(path))
        tokens.catch_up()  # after the index has caught up
    """

    def __init__(
        self, store: Store, chain: Chain, tokens: Sequence[Token], pace: Pace | None = None
    ) -> None:
        self._store = store
        self._chain = chain
        self._pace = pace or Pace()
        with store.transaction() as connection:
            _enter(connection, tokens)

    def catch_up(self) -> int:
        """Read what is missing; how many transfers were new.

        Raises:
            ChainError, IndexFault: What stopped it; whatever was read stays whole.
        """
        last = min(one.next_block for one in self._store.sources()) - 1
        with self._store.transaction() as connection:
            _watch_members(connection)
            groups = _groups(connection, last)
        return sum(self._read(group, last) for group in groups)

    def _read(self, group: _Group, last: int) -> int:
        first, count = group.next_block, 0
        while first <= last:
            until = self._pace.last(first, last, last + 1)
            try:
                moves = self._ask(group, first, until)
            except BlockGone:
                raise
            except (NodeMisbehaved, NodeUnreachable):
                if not self._pace.shrink(until - first + 1):
                    raise
                self._chain.head(fresh=True)  # dead, or only too slow for so many blocks?
                continue
            self._pace.learn(until - first + 1, len(moves), 0.0)
            count += self._write(group, first, until, moves)
            first = until + 1
        return count

    def _ask(self, group: _Group, first: int, last: int) -> list[Move]:
        found: dict[tuple[int, int, int], Move] = {}
        for topics in topics_of(group.standard, group.wallets):
            asked = {
                "address": group.address,
                "topics": topics,
                "fromBlock": hex(first),
                "toBlock": hex(last),
            }
            answer = self._chain.request("eth_getLogs", [asked])
            if not isinstance(answer, list):
                raise NodeMisbehaved("A node answered a search for transfers with something else.")
            for raw in answer:
                for move in moves_in(raw, group.standard, group.address, first, last):
                    found[move[:3]] = move
        kept = self._store.hashes(first, last)
        for move in found.values():
            if kept.get(move.block, move.block_hash) != move.block_hash:
                raise BlockGone(f"The block {move.block} is another than in the index.")
        return list(found.values())

    def _write(self, group: _Group, first: int, last: int, moves: Sequence[Move]) -> int:
        """Transfers and cursors, together; a transfer between two members is read twice."""
        with self._store.transaction() as connection:
            of = and_(WATCH.c.token == group.token, WATCH.c.wallet.in_(group.wallets))
            moved = connection.execute(
                update(WATCH).where(of, WATCH.c.next_block == first).values(next_block=last + 1)
            )
            if moved.rowcount != len(group.wallets):
                raise IndexBusy("Another process wrote to this index meanwhile.")
            asked = select(MOVE.c.block, MOVE.c.log_index, MOVE.c.place).where(
                MOVE.c.token == group.token, MOVE.c.block.between(first, last)
            )
            known = {tuple(row) for row in connection.execute(asked)}
            wide = self._store.wide
            rows = [
                (
                    group.token, m.block, m.log_index, m.place, m.tx_hash,
                    m.sender, m.receiver, wide(m.token_id), wide(m.amount),
                )
                for m in moves
                if m[:3] not in known
            ]  # fmt: skip
            self._store.bulk.insert("token_move", None, rows)
            return len(rows)


def _enter(connection: Connection, tokens: Sequence[Token]) -> None:
    """Follow these tokens and no others: what is no longer listed is forgotten."""
    listed = {token.address.lower(): token for token in tokens}
    known = {row.address: row for row in connection.execute(select(TOKEN))}
    for address, row in known.items():
        token = listed.get(address)
        if token is None or (token.standard, token.block) != (row.standard, row.first_block):
            for table, column in (
                (MOVE, MOVE.c.token),
                (WATCH, WATCH.c.token),
                (TOKEN, TOKEN.c.id),
            ):
                connection.execute(delete(table).where(column == row.id))
        else:
            connection.execute(update(TOKEN).where(TOKEN.c.id == row.id).values(name=token.name))
    left = {row.address: row.id for row in connection.execute(select(TOKEN))}
    highest = max([0, *(row.id for row in known.values())])
    for address, token in listed.items():
        if address not in left:
            highest += 1
            connection.execute(
                insert(TOKEN).values(
                    id=highest,
                    name=token.name,
                    standard=token.standard.value,
                    address=address,
                    first_block=token.block,
                )
            )


def _watch_members(connection: Connection) -> None:
    """Watch the wallets that are linked to members now; forget all of those that are not."""
    linked = set(links_of_members(connection))
    for token in connection.execute(select(TOKEN)).all():
        asked = select(WATCH.c.wallet).where(WATCH.c.token == token.id)
        watched = set(connection.execute(asked).scalars())
        new = [
            {"token": token.id, "wallet": wallet, "next_block": token.first_block}
            for wallet in sorted(linked - watched)
        ]
        if new:
            connection.execute(insert(WATCH), new)
        for wallet in sorted(watched - linked):
            _forget(connection, token.id, wallet, linked)


def _forget(connection: Connection, token: int, wallet: str, linked: set[str]) -> None:
    connection.execute(delete(WATCH).where(WATCH.c.token == token, WATCH.c.wallet == wallet))
    for mine, others in ((MOVE.c.sender, MOVE.c.receiver), (MOVE.c.receiver, MOVE.c.sender)):
        asked = select(others).distinct().where(MOVE.c.token == token, mine == wallet)
        for other in set(connection.execute(asked).scalars()) - linked:
            connection.execute(
                delete(MOVE).where(MOVE.c.token == token, mine == wallet, others == other)
            )


def _groups(connection: Connection, last: int) -> list[_Group]:
    """Whom to read for which token from which block on, in chunks."""
    found: list[_Group] = []
    for token in connection.execute(select(TOKEN).order_by(TOKEN.c.id)).all():
        asked = select(WATCH).where(WATCH.c.token == token.id, WATCH.c.next_block <= last)
        behind: dict[int, list[str]] = {}
        for row in connection.execute(asked.order_by(WATCH.c.wallet)):
            behind.setdefault(row.next_block, []).append(row.wallet)
        for first, wallets in sorted(behind.items()):
            for start in range(0, len(wallets), CHUNK):
                part = tuple(wallets[start : start + CHUNK])
                kind = Standard(token.standard)
                found.append(_Group(token.id, kind, token.address, first, part))
    return found


__all__ = ["TokenFollower"]
