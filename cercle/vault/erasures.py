"""What the ledger says is over, ends here: replaced versions, erased categories, idle envelopes.

Each step looks at what moved lately and makes the disk agree with the ledger, as deep as the
category asks. Whatever kills it, the next step does what is left: files go first, then in one
transaction the rows, with the certificate that says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from eth_account.signers.local import LocalAccount
from sqlalchemy import Connection, delete, func, select, update

from ..models import Head
from .certificates import certificate, line_of
from .logs import tell
from .metrics import Metrics
from .records import FAR, Records
from .tables import CERTIFICATE, META, RECORD, RELEASE, SPENT
from .wire import CertificateLine

Place = tuple[int, int]  # passport, category


class Erasures:
    """Follows the ledger, and deletes."""

    def __init__(
        self, records: Records, custodian: LocalAccount, metrics: Metrics, waiting_for: float
    ) -> None:
        self._records, self._book = records, records.book
        self._blobs, self._ledger = records.blobs, records.ledger
        self._custodian, self._metrics = custodian, metrics
        self._waiting_for = int(waiting_for)
        self._has_swept = self._must_flush = False

    def step(self) -> None:
        """Look once; the first time at everything, whatever was missed or brought back.

        Raises:
            ChainError, Declined, StorageDown: It is left for the next step.
        """
        head = self._ledger.head()
        with self._book.reading() as connection:
            first = int(connection.execute(select(META.c.next_block)).scalar_one())
        places = self._kept() if not self._has_swept else self._open()
        if first <= head.number:
            places |= self._ledger.touched(first, head.number)
            for passport_id, category, version in self._ledger.erased(first, head.number):
                self._erase(passport_id, category, version)
        self.settle(places, head)
        # What is younger is read again: it may be undone, or not be deep enough yet.
        upto = max(first, head.number - FAR)
        if upto > first:
            with self._book.writing() as connection:
                connection.execute(update(META).values(next_block=upto))
        if self._must_flush:
            self._must_flush = not self._book.flush()
        self._has_swept = True
        self._metrics.block.set(head.number)

    def settle(self, places: Iterable[Place], head: Head) -> None:
        """Make what lies here agree with the ledger."""
        for passport_id, category in sorted(places):
            if self._has_any(passport_id, category):
                self._settle(passport_id, category, head)

    def certificates(self, passport_id: int) -> tuple[CertificateLine, ...]:
        """A person's, the newest first."""
        with self._book.reading() as connection:
            rows = connection.execute(
                select(CERTIFICATE)
                .where(CERTIFICATE.c.passport_id == passport_id)
                .order_by(CERTIFICATE.c.made_at.desc(), CERTIFICATE.c.version.desc())
            ).all()
        return tuple(line_of(row) for row in rows)

    # ---- one category of one person ----------------------------------------------------------

    def _settle(self, passport_id: int, category: int, head: Head) -> None:
        deep = self._ledger.deep(category, head)
        move = self._ledger.move_of(passport_id, category, deep)
        if move.is_erased:
            self._erase(passport_id, category, move.version)
        elif move.version:
            self._replace(passport_id, category, move.version, deep)
        self._expire(passport_id, category, head)

    def _erase(self, passport_id: int, category: int, version: int) -> None:
        with self._book.reading() as connection:
            destroyed = self._count(connection, passport_id, category, version)
        files = self._remove_files(passport_id, category, version)
        if not files and not any(destroyed.values()):
            return
        mine = self._upto(RELEASE, passport_id, category, version)
        with self._book.writing() as connection:
            places = select(RELEASE.c.transaction_hash, RELEASE.c.log_index).where(*mine)
            for row in connection.execute(places).all():
                connection.execute(SPENT.insert().values(**row._asdict()))
            connection.execute(delete(RELEASE).where(*mine))
            connection.execute(
                delete(RECORD).where(*self._upto(RECORD, passport_id, category, version))
            )
            if not self._is_certified(connection, passport_id, category, version):
                made = certificate(
                    self._ledger.deployment,
                    self._custodian,
                    passport_id,
                    category,
                    version,
                    destroyed,
                    self._book.now(),
                )
                connection.execute(CERTIFICATE.insert().values(**made))
        self._must_flush = True
        self._metrics.erasures.inc()
        tell("erased")

    def _replace(self, passport_id: int, category: int, version: int, deep: Head) -> None:
        """Let what came before go; see that what is there is what the ledger means."""
        older = self._upto(RECORD, passport_id, category, version - 1)
        with self._book.reading() as connection:
            row = connection.execute(
                select(RECORD)
                .where(*self._upto(RECORD, passport_id, category, version))
                .where(RECORD.c.version == version)
            ).one_or_none()
            is_any = connection.execute(select(func.count()).where(*older)).scalar_one()
        is_ours = row is not None and (row.is_kept or self._records.is_committed(row, deep))
        if row is not None and is_ours and not row.is_kept:
            self._blobs.keep_only(passport_id, category, version, row.serial)
        last = version if row is not None and not is_ours else version - 1
        removed = self._remove_files(passport_id, category, last)
        if not (removed or is_any or (row is not None and not row.is_kept)):
            return
        with self._book.writing() as connection:
            gone = self._upto(RELEASE, passport_id, category, last)
            connection.execute(update(RELEASE).where(*gone).values(wrap=None))
            connection.execute(
                delete(RECORD).where(*self._upto(RECORD, passport_id, category, last))
            )
            if is_ours:
                connection.execute(
                    update(RECORD)
                    .where(*self._upto(RECORD, passport_id, category, version))
                    .values(is_kept=True)
                )
        self._must_flush = True

    def _expire(self, passport_id: int, category: int, head: Head) -> None:
        """Envelopes whose move never came."""
        newest = self._ledger.move_of(passport_id, category, head).version
        idle = (
            RECORD.c.passport_id == passport_id,
            RECORD.c.category == category,
            RECORD.c.version > newest,
            RECORD.c.made_at <= self._book.now() - self._waiting_for,
        )
        with self._book.reading() as connection:
            versions = connection.execute(select(RECORD.c.version).where(*idle)).scalars().all()
        for version in versions:
            self._blobs.remove(passport_id, category, version)
        if versions:
            with self._book.writing() as connection:
                connection.execute(delete(RECORD).where(*idle))
            self._must_flush = True

    # ---- what lies here ------------------------------------------------------------------------

    def _remove_files(self, passport_id: int, category: int, version: int) -> int:
        return sum(
            self._blobs.remove(passport_id, category, one)
            for one in self._blobs.versions(passport_id, category)
            if one <= version
        )

    def _count(
        self, connection: Connection, passport_id: int, category: int, version: int
    ) -> dict[str, int]:
        rows = connection.execute(
            select(RECORD.c.vault).where(*self._upto(RECORD, passport_id, category, version))
        ).all()
        mine = self._upto(RELEASE, passport_id, category, version)
        releases = connection.execute(
            select(func.count()).select_from(RELEASE).where(*mine)
        ).scalar_one()
        wraps = len(rows) + sum(row.vault is not None for row in rows)
        return {"ciphertexts": len(rows), "wraps": wraps, "releases": int(releases)}

    def _is_certified(
        self, connection: Connection, passport_id: int, category: int, version: int
    ) -> bool:
        found = connection.execute(
            select(CERTIFICATE.c.hash).where(
                CERTIFICATE.c.passport_id == passport_id,
                CERTIFICATE.c.category == category,
                CERTIFICATE.c.version == version,
            )
        )
        return found.first() is not None

    def _has_any(self, passport_id: int, category: int) -> bool:
        with self._book.reading() as connection:
            for table in (RECORD, RELEASE):
                mine = (table.c.passport_id == passport_id, table.c.category == category)
                if connection.execute(select(table.c.version).where(*mine)).first() is not None:
                    return True
        return bool(self._blobs.versions(passport_id, category))

    def _kept(self) -> set[Place]:
        """Every place of which something lies here."""
        with self._book.reading() as connection:
            return {
                (int(row.passport_id), int(row.category))
                for table in (RECORD, RELEASE)
                for row in connection.execute(
                    select(table.c.passport_id, table.c.category).distinct()
                )
            }

    def _open(self) -> set[Place]:
        """Those of which something waits."""
        with self._book.reading() as connection:
            rows = connection.execute(
                select(RECORD.c.passport_id, RECORD.c.category)
                .where(RECORD.c.is_kept.is_(False))
                .distinct()
            )
            return {(int(row.passport_id), int(row.category)) for row in rows}

    @staticmethod
    def _upto(table: Any, passport_id: int, category: int, version: int) -> tuple[Any, ...]:
        return (
            table.c.passport_id == passport_id,
            table.c.category == category,
            table.c.version <= version,
        )


__all__ = ["Erasures"]
