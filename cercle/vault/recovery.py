"""Rings, and how a member's contact gives a lost key back."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from ..content import canonical_bytes
from . import declined, wire
from .book import Book, Taken
from .keys import KeyRefused, bytes_of, require_public
from .rings import Ring
from .tables import RECOVERY, RING


class Rings:
    """The sealed keys of members."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def get(self, passport_id: int) -> Ring | None:
        """A member's ring."""
        with self._book.reading() as connection:
            found = connection.execute(
                select(RING.c.body).where(RING.c.passport_id == passport_id)
            ).scalar_one_or_none()
        return None if found is None else Ring.model_validate_json(found)

    def required(self, passport_id: int) -> Ring:
        """
        Raises:
            Declined: `no_ring`.
        """
        found = self.get(passport_id)
        if found is None:
            raise declined.no("no_ring")
        return found

    def put(self, passport_id: int, ring: Ring, before: str | None) -> None:
        """Keep a ring.

        Args:
            passport_id: Whose.
            ring: It.
            before: The digest of the one that it replaces; None: it is the first.

        Raises:
            Declined: `other_ring`: it is not that one which is there; `wrong_binding`.
        """
        _require_key(ring.public_key)
        contact_id = ring.contact.passport_id if ring.contact else None
        if contact_id == passport_id:
            raise declined.no("wrong_binding")
        body = canonical_bytes(ring.model_dump(mode="json")).decode()
        row = {"contact_id": contact_id, "body": body, "hash": ring.digest}
        try:
            with self._book.writing() as connection:
                if before is None:
                    connection.execute(RING.insert().values(passport_id=passport_id, **row))
                else:
                    mine = (RING.c.passport_id == passport_id, RING.c.hash == before)
                    done = connection.execute(update(RING).where(*mine).values(**row))
                    if done.rowcount != 1:
                        raise declined.no("other_ring")
                connection.execute(delete(RECOVERY).where(RECOVERY.c.passport_id == passport_id))
        except Taken as error:
            raise declined.no("other_ring") from error
        self._book.flush()  # the one before is gone from the log, too

    # ---- who lost a key ------------------------------------------------------------------------

    def ask(self, passport_id: int, public_key: str) -> wire.RecoveryAnswer:
        """Ask one's contact for the key.

        Raises:
            Declined: `no_ring`, `no_contact`.
        """
        _require_key(public_key)
        contact = self.required(passport_id).contact
        if contact is None:
            raise declined.no("no_contact")
        row = {"contact_id": contact.passport_id, "public_key": public_key}
        with self._book.writing() as connection:
            connection.execute(delete(RECOVERY).where(RECOVERY.c.passport_id == passport_id))
            connection.execute(
                RECOVERY.insert().values(
                    passport_id=passport_id, **row, sealed=None, asked_at=self._book.now()
                )
            )
        return self.asked_for(passport_id)

    def asked_for(self, passport_id: int) -> wire.RecoveryAnswer:
        """What came of asking."""
        with self._book.reading() as connection:
            row = connection.execute(
                select(RECOVERY).where(RECOVERY.c.passport_id == passport_id)
            ).one_or_none()
        if row is None:
            return wire.RecoveryAnswer(state="none")
        return wire.RecoveryAnswer(
            state="answered" if row.sealed else "asked",
            contact_id=row.contact_id,
            public_key=row.public_key,
            sealed=row.sealed,
        )

    # ---- a contact -----------------------------------------------------------------------------

    def who_asks(self, contact_id: int) -> tuple[wire.AskedRecovery, ...]:
        """Those who ask this contact, and were not answered."""
        with self._book.reading() as connection:
            rows = connection.execute(
                select(RECOVERY).where(
                    RECOVERY.c.contact_id == contact_id, RECOVERY.c.sealed.is_(None)
                )
            ).all()
        found = []
        for row in rows:
            ring = self.get(row.passport_id)
            if ring is not None and ring.contact and ring.contact.passport_id == contact_id:
                found.append(
                    wire.AskedRecovery(
                        passport_id=row.passport_id,
                        public_key=row.public_key,
                        sealed=ring.contact.sealed,
                        asked_at=row.asked_at,
                    )
                )
        return tuple(found)

    def give_back(self, contact_id: int, passport_id: int, sealed: str) -> None:
        """A contact's answer.

        Raises:
            Declined: `not_asked`.
        """
        with self._book.writing() as connection:
            done = connection.execute(
                update(RECOVERY)
                .where(
                    RECOVERY.c.passport_id == passport_id,
                    RECOVERY.c.contact_id == contact_id,
                    RECOVERY.c.sealed.is_(None),
                )
                .values(sealed=sealed)
            )
        if done.rowcount != 1:
            raise declined.no("not_asked")


def _require_key(public_key: str) -> None:
    try:
        require_public(bytes_of(public_key))
    except KeyRefused as error:
        raise declined.no("wrong_binding") from error


__all__ = ["Rings"]
