"""The journal: every act that was accepted, every transaction before it is sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from ..values import Frozen
from .store import Store
from .wire import ActState, ActStatus

DAY = 86_400
PROTECTED = "protected "  # before the person, where an act protects them: counted by itself


class SlotState(StrEnum):
    """Where a nonce stands."""

    PENDING = "pending"  # signed: it may be mined at any time
    MINED = "mined"  # in a block that may still be reorganised away
    FINAL = "final"
    LOST = "lost"  # another transaction took the nonce: what was signed here is worth nothing


class Act(Frozen):
    """An act as the journal keeps it."""

    id: str
    struct: str
    actor: str
    person: str
    payload: str
    batch: str | None = None  # of one name are those that may travel together
    invitation: str | None = None
    state: ActState = ActState.ACCEPTED
    refusal: str | None = None
    nonce: int | None = None
    place: int | None = None
    day: int
    created_at: float
    tx: str | None = None
    block: int | None = None

    @property
    def is_protective(self) -> bool:
        """Whether it goes first, and has a room of its own."""
        return self.person.startswith(PROTECTED)

    @property
    def status(self) -> ActStatus:
        """What a client is told."""
        return ActStatus(
            id=self.id,
            struct=self.struct,
            actor=self.actor,
            state=self.state,
            tx=self.tx,
            block=self.block,
            refusal=self.refusal,
            created_at=datetime.fromtimestamp(self.created_at, UTC),
        )


class Signed(Frozen):
    """A transaction, signed; whoever has `raw` can send it."""

    hash: str
    nonce: int
    raw: str
    max_fee: int
    tip: int
    signed_at: float


class Slot(Frozen):
    """A nonce and what was signed for it, the newest last."""

    nonce: int
    kind: str
    target: str
    data: str
    gas: int
    state: SlotState
    tx: str | None = None
    block: int | None = None
    block_hash: str | None = None
    signed: tuple[Signed, ...] = ()


class Mined(Frozen):
    """What a receipt says."""

    tx: str
    block: int
    block_hash: str
    gas_used: int
    wei: int


Verdicts = Mapping[str, tuple[ActState, str | None]]  # act -> what became of it, and why
_ACT = """
    SELECT acts.*, slots.block AS block, COALESCE(slots.tx, (
        SELECT hash FROM transactions WHERE transactions.nonce = acts.nonce
        ORDER BY signed_at DESC LIMIT 1
    )) AS tx
    FROM acts LEFT JOIN slots ON slots.nonce = acts.nonce
"""
_SETTLED = (ActState.MINED, ActState.REFUSED, ActState.FAILED)


class Book:
    """What the relayer knows, on disk. A method that changes something is one transaction."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # ---- acts ----

    def act(self, id: str) -> Act | None:
        """An act by its digest."""
        row = self.store.row(f"{_ACT} WHERE acts.id = ?", id)
        return None if row is None else _act(row)

    def add(self, act: Act) -> None:
        """A new act; within `store.writing`, after the budgets were looked at.

        Raises:
            sqlite3.IntegrityError: It is there, or its invitation brought somebody else.
        """
        fields = act.model_dump(mode="json", exclude={"tx", "block"})
        marks = ", ".join("?" * len(fields))
        self.store.run(f"INSERT INTO acts ({', '.join(fields)}) VALUES ({marks})", *fields.values())

    def waiting(self) -> list[Act]:
        """What was accepted and not sent: what protects somebody, then the oldest, first."""
        order = f"acts.person GLOB '{PROTECTED}*' DESC, acts.created_at, acts.rowid"
        where = f"WHERE acts.state = 'accepted' ORDER BY {order}"
        return [_act(row) for row in self.store.rows(f"{_ACT} {where}")]

    def acts_of(self, nonce: int) -> list[Act]:
        """What one transaction carries, in its order."""
        where = "WHERE acts.nonce = ? ORDER BY acts.place"
        return [_act(row) for row in self.store.rows(f"{_ACT} {where}", nonce)]

    def busy_actors(self) -> set[str]:
        """Who has an act on its way."""
        rows = self.store.rows("SELECT DISTINCT actor FROM acts WHERE state = 'sent'")
        return {row[0] for row in rows}

    def settle(self, id: str, state: ActState, refusal: str | None, now: float) -> None:
        """An accepted act that is not to be sent after all."""
        self.store.run(
            "UPDATE acts SET state = ?, refusal = ?, settled_at = ?"
            " WHERE id = ? AND state = 'accepted'",
            *(state, refusal, now, id),
        )

    def has_used(self, invitation: str, struct: str) -> bool:
        """Whether an invitation brought somebody through this door."""
        return bool(
            self.store.number(
                "SELECT COUNT(*) FROM acts WHERE invitation = ? AND struct = ?"
                " AND state NOT IN ('refused', 'failed')",
                *(invitation, struct),
            )
        )

    def queue(self) -> int:
        """How many wait."""
        return self.store.number("SELECT COUNT(*) FROM acts WHERE state = 'accepted'") or 0

    def flying(self) -> int:
        """How many transactions are sent and not mined."""
        return self.store.number("SELECT COUNT(*) FROM slots WHERE state = 'pending'") or 0

    # ---- nonces ----

    def next_nonce(self) -> int | None:
        """One past the highest that was signed; None before the first."""
        return self.store.number("SELECT MAX(nonce) + 1 FROM slots")

    def used_below(self) -> int:
        """One past the highest of which we saw the end."""
        where = "WHERE state != 'pending'"
        return self.store.number(f"SELECT MAX(nonce) + 1 FROM slots {where}") or 0

    def is_free(self, nonce: int) -> bool:
        """Whether nothing was ever signed for it."""
        return self.store.row("SELECT 1 FROM slots WHERE nonce = ?", nonce) is None

    def reserved(self) -> int:
        """The most that what is on its way may still cost, in wei."""
        return sum(
            slot.gas * slot.signed[-1].max_fee
            for slot in self.open_slots()
            if slot.state == SlotState.PENDING
        )

    def open_slots(self) -> list[Slot]:
        """Those that are not settled for good, in order."""
        rows = self.store.rows(
            "SELECT * FROM slots WHERE state IN ('pending', 'mined') ORDER BY nonce"
        )
        return [self._slot(row) for row in rows]

    def _slot(self, row: sqlite3.Row) -> Slot:
        signed = self.store.rows(
            "SELECT * FROM transactions WHERE nonce = ? ORDER BY signed_at, rowid", row["nonce"]
        )
        known = {name: row[name] for name in Slot.model_fields if name != "signed"}
        return Slot(**known, signed=tuple(Signed(**dict(one)) for one in signed))

    def sign(self, slot: Slot, acts: Sequence[Act], day: int) -> None:
        """Write down a transaction and what it carries, before anybody sees it.

        Raises:
            sqlite3.IntegrityError: The nonce was signed for before.
        """
        with self.store.writing():
            self.store.run(
                "INSERT INTO slots (nonce, kind, target, data, gas, state, day)"
                " VALUES (?, ?, ?, ?, ?, 'pending', ?)",
                *(slot.nonce, slot.kind, slot.target, slot.data, slot.gas, day),
            )
            for one in slot.signed:
                self._add_signed(one)
            for place, act in enumerate(acts):
                changed = self.store.run(
                    "UPDATE acts SET state = 'sent', nonce = ?, place = ?"
                    " WHERE id = ? AND state = 'accepted'",
                    *(slot.nonce, place, act.id),
                )
                if changed != 1:
                    raise sqlite3.IntegrityError(f"{act.id} is on its way already")

    def sign_again(self, signed: Signed) -> None:
        """Write down a dearer transaction for the same nonce."""
        with self.store.writing():
            self._add_signed(signed)

    def _add_signed(self, signed: Signed) -> None:
        self.store.run(
            "INSERT INTO transactions (hash, nonce, raw, max_fee, tip, signed_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(signed.hash, signed.nonce, signed.raw, signed.max_fee, signed.tip, signed.signed_at),
        )

    # ---- ends ----

    def mined(self, nonce: int, mined: Mined, verdicts: Verdicts, now: float) -> None:
        """A transaction of this nonce is in a block, with what that means for each act."""
        with self.store.writing():
            self.store.run(
                "UPDATE slots SET state = 'mined', tx = ?, block = ?, block_hash = ?,"
                " gas_used = ?, wei = ? WHERE nonce = ?",
                *(mined.tx, mined.block, mined.block_hash, mined.gas_used, mined.wei, nonce),
            )
            for id, (state, refusal) in verdicts.items():
                self.store.run(
                    "UPDATE acts SET state = ?, refusal = ?, settled_at = ? WHERE id = ?",
                    *(state, refusal, now, id),
                )

    def final(self, nonce: int) -> None:
        """Its block is deep enough."""
        self.store.run("UPDATE slots SET state = 'final' WHERE nonce = ?", nonce)

    def unmined(self, nonce: int) -> None:
        """Its block is gone: what was signed may be mined again."""
        with self.store.writing():
            self.store.run(
                "UPDATE slots SET state = 'pending', tx = NULL, block = NULL, block_hash = NULL,"
                " gas_used = 0, wei = 0 WHERE nonce = ?",
                nonce,
            )
            self.store.run(
                "UPDATE acts SET state = 'sent', refusal = NULL, settled_at = NULL WHERE nonce = ?",
                nonce,
            )

    def reopen(self, nonce: int) -> None:
        """The ends of this nonce and of all above it are gone from the chain; as `unmined`."""
        with self.store.writing():
            self.store.run(
                "UPDATE slots SET state = 'pending', tx = NULL, block = NULL, block_hash = NULL,"
                " gas_used = 0, wei = 0 WHERE nonce >= ?",
                nonce,
            )
            self.store.run(
                "UPDATE acts SET state = 'sent', refusal = NULL, settled_at = NULL"
                " WHERE nonce >= ?",
                nonce,
            )

    def lost(self, nonce: int) -> None:
        """Another transaction has the nonce: what this one carried is to be sent anew."""
        with self.store.writing():
            self.store.run("UPDATE slots SET state = 'lost' WHERE nonce = ?", nonce)
            self.store.run(
                "UPDATE acts SET state = 'accepted', nonce = NULL, place = NULL WHERE nonce = ?",
                nonce,
            )

    def forget(self, before: float) -> int:
        """Drop what was settled before a moment; the count of nonces stays."""
        with self.store.writing():
            gone = self.store.run("DELETE FROM acts WHERE settled_at < ?", before)
            self.store.run(
                "DELETE FROM slots WHERE state IN ('final', 'lost') AND day < ?"
                " AND nonce < (SELECT MAX(nonce) FROM slots)"
                " AND NOT EXISTS (SELECT 1 FROM acts WHERE acts.nonce = slots.nonce)",
                int(before // DAY),
            )
        return gone


def _act(row: sqlite3.Row) -> Act:
    known: dict[str, Any] = {name: row[name] for name in Act.model_fields}
    return Act(**known)


__all__ = ["DAY", "Act", "Book", "Mined", "Signed", "Slot", "SlotState", "Verdicts"]
