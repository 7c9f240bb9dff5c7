"""What is kept of members: envelopes that wait for their move, and those whose move was mined."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select, update

from ..consent.vocabulary import CATEGORIES
from ..models import Head
from . import declined, envelopes, wire
from .bindings import Ledger
from .blobs import Blobs
from .book import Book
from .envelopes import Envelope
from .keys import KeyRefused, SealBroken, bytes_of, load, text_of
from .ledger import LedgerReader, Move
from .tables import RECORD

Kept = Row[Any]
FAR = 64  # blocks: no reorganisation reaches back further


class Records:
    """The sealed records of all members."""

    def __init__(
        self,
        book: Book,
        blobs: Blobs,
        ledger: LedgerReader,
        private_keys: Sequence[bytes],
        waiting_for: float,
    ) -> None:
        self.book, self.blobs, self.ledger = book, blobs, ledger
        self.binding = Ledger.of(ledger.deployment)
        self._private_keys = [load(private) for private in private_keys]
        self._waiting_for = int(waiting_for)

    # ---- a member --------------------------------------------------------------------------

    def put(self, passport_id: int, envelope: Envelope) -> None:
        """Keep an envelope until its move is mined.

        Raises:
            Declined: `wrong_binding`, `other_version`.
        """
        if envelope.passport_id != passport_id or envelope.category >= len(CATEGORIES):
            raise declined.no("wrong_binding")
        self.opened(envelope)
        head = self.ledger.head()
        move = self.ledger.move_of(passport_id, envelope.category, head)
        place = (passport_id, envelope.category, envelope.record_version)
        with self.book.reading() as connection:
            known = connection.execute(_one(*place)).one_or_none()
        if known is not None and self._is(known, envelope):
            return  # sent twice
        if envelope.record_version != move.version + 1:
            raise declined.no("other_version")
        serial = secrets.randbits(62)
        self.blobs.put(*place, serial, bytes_of(envelope.ciphertext))
        with self.book.writing() as connection:
            before = connection.execute(_one(*place)).one_or_none()
            connection.execute(_removed(*place))
            connection.execute(
                RECORD.insert().values(
                    passport_id=passport_id,
                    category=envelope.category,
                    version=envelope.record_version,
                    serial=serial,
                    nonce=envelope.nonce,
                    member=envelope.member,
                    vault=envelope.vault,
                    commitment=envelope.commitment,
                    is_kept=False,
                    since_block=head.number,
                    made_at=self.book.now(),
                )
            )
        if before is not None:  # else sealing anew, again and again, would fill the disk
            self.blobs.remove_one(*place, before.serial)

    def all(self, passport_id: int) -> tuple[wire.KeptRecord, ...]:
        """All of a member's, those that wait too; what was replaced or erased is none."""
        with self.book.reading() as connection:
            asked = select(RECORD).where(RECORD.c.passport_id == passport_id)
            rows = connection.execute(asked.order_by(RECORD.c.category, RECORD.c.version)).all()
        if not rows:
            return ()
        head = self.ledger.head()
        moves = self.ledger.moves([(passport_id, row.category) for row in rows], head)
        found = []
        for row, move in zip(rows, moves, strict=True):
            is_current = row.version == move.version and not move.is_erased
            if not is_current and row.version <= move.version:
                continue
            is_kept = is_current and self._is_committed(row, head)
            envelope = self.envelope(row)
            if envelope is None or (is_current and not is_kept):
                continue
            found.append(
                wire.KeptRecord(
                    state="kept" if is_kept else "waiting",
                    envelope=envelope,
                    until=None if is_kept else row.made_at + self._waiting_for,
                )
            )
        return tuple(found)

    def set_unattended(self, passport_id: int, category: int, wrap: str | None) -> None:
        """Let the vault release a record alone, or no longer.

        Raises:
            Declined: `no_record`, `erased`, `wrong_binding`.
        """
        head = self.ledger.head()
        move = self.ledger.move_of(passport_id, category, head)
        row = self.current(passport_id, category, move, head)
        envelope = self.envelope(row)
        if envelope is None:
            raise declined.no("no_record")
        self.opened(envelope.model_copy(update={"vault": wrap}))
        place = (passport_id, category, row.version)
        with self.book.writing() as connection:
            connection.execute(update(RECORD).where(*_at(*place)).values(vault=wrap))
        if wrap is None:
            self.book.flush()  # the wrap that was taken back is gone from the log, too

    # ---- what is current -------------------------------------------------------------------

    def current(self, passport_id: int, category: int, move: Move, head: Head) -> Kept:
        """The record that the ledger knows at a block.

        Raises:
            Declined: `erased`, or `no_record`: none is here whose move was mined.
        """
        if move.is_erased:
            raise declined.no("erased")
        with self.book.reading() as connection:
            row = connection.execute(_one(passport_id, category, move.version)).one_or_none()
        if row is None or not self._is_committed(row, head):
            raise declined.no("no_record")
        return row

    def envelope(self, row: Kept) -> Envelope | None:
        """A row with its ciphertext; None if that is gone."""
        raw = self.blobs.get(row.passport_id, row.category, row.version, row.serial)
        if raw is None:
            return None
        return Envelope(
            passport_id=row.passport_id,
            category=row.category,
            record_version=row.version,
            nonce=row.nonce,
            ciphertext=text_of(raw),
            member=row.member,
            vault=row.vault,
            commitment=row.commitment,
        )

    def opened(self, envelope: Envelope) -> bytes | None:
        """The key of an envelope, by one of the vault's; None: it is not left to the vault.

        Raises:
            Declined: `wrong_binding`: none does, though it says so.
        """
        if envelope.vault is None:
            return None
        for private in self._private_keys:
            try:
                return envelopes.key_of(envelope, self.binding, private, "vault")
            except (SealBroken, KeyRefused):
                continue
        raise declined.no("wrong_binding")

    def is_committed(self, row: Kept, head: Head) -> bool:
        """Whether the move that a block knows published this record's commitment."""
        first = max(self.ledger.deployment.contracts["Records"].block, row.since_block - FAR)
        told = self.ledger.commitment_of(row.passport_id, row.category, row.version, first, head)
        return bool(told == row.commitment)

    def _is_committed(self, row: Kept, head: Head) -> bool:
        return row.is_kept or self.is_committed(row, head)

    def _is(self, row: Kept, envelope: Envelope) -> bool:
        kept = self.envelope(row)
        told = {"vault": envelope.vault}  # which may be taken back since
        return kept is not None and kept.model_copy(update=told) == envelope


def _at(passport_id: int, category: int, version: int) -> tuple[Any, ...]:
    columns = (RECORD.c.passport_id, RECORD.c.category, RECORD.c.version)
    return tuple(
        column == value
        for column, value in zip(columns, (passport_id, category, version), strict=True)
    )


def _one(passport_id: int, category: int, version: int) -> Any:
    return select(RECORD).where(*_at(passport_id, category, version))


def _removed(passport_id: int, category: int, version: int) -> Any:
    return delete(RECORD).where(*_at(passport_id, category, version))


__all__ = ["FAR", "Kept", "Records"]
