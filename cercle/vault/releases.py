"""What opens for whom: one row an event, written before it is answered."""

from __future__ import annotations

import secrets
import threading
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from ..models import Head
from ..service.pace import Nonces
from ..values import ZERO_ADDRESS
from . import declined, envelopes, wire
from .bindings import ReleaseBinding
from .book import Taken
from .envelopes import Envelope
from .keys import KeyRefused, text_of
from .ledger import Asked, Facts, Move, needs
from .metrics import Metrics
from .records import Kept, Records
from .tables import RECORD, RELEASE, SPENT

LONGEST = 30 * 86_400  # seconds that a release may last


class Releases:
    """Answers companies, and asks members."""

    def __init__(self, records: Records, metrics: Metrics, window: float) -> None:
        self._records, self._book = records, records.book
        self._ledger, self._metrics = records.ledger, metrics
        self._window = window
        self._nonces, self._lock, self._last = Nonces(), threading.Lock(), 0
        # Nonces of an earlier process are forgotten, so nothing from before is taken.
        self._since = int(self._book.clock())

    # ---- a company -------------------------------------------------------------------------

    def signer(self, request: wire.FetchRequest) -> str:
        """Who signed this just now.

        Raises:
            Declined: `stale`, `bad_signature`, `replayed`.
        """
        now, ask = self._book.clock(), request.ask
        if not max(now - self._window, self._since) <= ask.at <= now + self._window:
            raise declined.no("stale")
        signer = ask.signer(self._ledger.deployment, request.signature)
        if signer is None:
            raise declined.no("bad_signature")
        with self._lock:
            if self._nonces.has(signer, ask.nonce):
                raise declined.no("replayed")
        return signer

    def fetch(self, ask: wire.Fetch, signer: str) -> wire.ReleasedAnswer | wire.WaitingAnswer:
        """Open a record for a company, if the ledger says so at this very block.

        Raises:
            Declined: With one of the words of docs/vault.md.
        """
        head, receipt = self._ledger.head_and_receipt(ask.transaction_hash)
        facts = self._ledger.facts(ask, signer, head)
        if not facts.may_act:
            raise declined.no("not_theirs")
        self._use(ask, signer)
        asked = self._ledger.asked(ask.transaction_hash, ask.log_index, receipt, head)
        if any(getattr(asked, name) != getattr(ask, name) for name in _SAME):
            raise declined.no("other_event")
        if head.number - asked.block < needs(asked.category):
            raise declined.no("unconfirmed")
        self._require_open(asked, facts)
        known = self._known(asked)
        if known is not None and known.released_at is not None:
            return self._again(known, head)
        return self._open(asked, facts, known, head)

    def _use(self, ask: wire.Fetch, signer: str) -> None:
        """Only who acts for a company has nonces remembered: strangers could fill a memory."""
        with self._lock:
            if self._nonces.has(signer, ask.nonce):
                raise declined.no("replayed")
            until = ask.at + self._window + 1
            self._nonces.use(signer, ask.nonce, until, self._book.clock())

    def _require_open(self, asked: Asked, facts: Facts) -> None:
        if facts.is_erased:
            raise declined.no("erased")
        if not facts.is_allowed or asked.issued_at not in (facts.issued_at, facts.renewed_from):
            raise declined.no("not_allowed")
        with self._book.reading() as connection:
            if connection.execute(select(SPENT).where(*_place(SPENT, asked))).first() is not None:
                raise declined.no("erased")

    def _known(self, asked: Asked) -> Row[Any] | None:
        with self._book.reading() as connection:
            return connection.execute(select(RELEASE).where(*_place(RELEASE, asked))).one_or_none()

    def _again(self, row: Row[Any], head: Head) -> wire.ReleasedAnswer:
        """The same bytes as the first time."""
        if row.expires_at <= head.timestamp:
            raise declined.no("not_allowed")
        with self._book.reading() as connection:
            place = (row.passport_id, row.category, row.version)
            record = connection.execute(
                select(RECORD).where(
                    *(RECORD.c[n] == v for n, v in zip(_PLACE, place, strict=True))
                )
            ).one_or_none()
        envelope = None if record is None else self._records.envelope(record)
        if row.wrap is None or envelope is None:
            raise declined.no("erased")
        return self._answer(row._asdict(), envelope)

    def _answer(self, row: dict[str, Any], envelope: Envelope) -> wire.ReleasedAnswer:
        return wire.ReleasedAnswer(
            record_version=row["version"],
            nonce=envelope.nonce,
            ciphertext=envelope.ciphertext,
            wrap=row["wrap"],
            info=self._info_of(row),
            expires_at=row["expires_at"],
        )

    def _open(
        self, asked: Asked, facts: Facts, known: Row[Any] | None, head: Head
    ) -> wire.ReleasedAnswer | wire.WaitingAnswer:
        move = Move(version=facts.version, is_erased=facts.is_erased)
        record = self._records.current(asked.passport_id, asked.category, move, head)
        row = self._row(asked, facts, record, head)
        envelope = self._records.envelope(record)
        if envelope is None:
            raise declined.no("no_record")
        key = self._records.opened(envelope)
        if key is not None:
            info = self._info_of(row)
            try:
                row["wrap"] = envelopes.hand_over(
                    key, envelope, self._records.binding, info, facts.hpke_key
                )
            except KeyRefused as error:
                raise declined.no("wrong_binding") from error
            row["released_at"] = self._book.now()
        elif known is not None and (known.version, known.hpke_key) == (
            record.version,
            row["hpke_key"],
        ):
            return wire.WaitingAnswer()
        return self._write(asked, row, envelope, head)

    def _write(
        self, asked: Asked, row: dict[str, Any], envelope: Envelope, head: Head
    ) -> wire.ReleasedAnswer | wire.WaitingAnswer:
        """Write it down, unless somebody was quicker; then answer what stands there."""
        try:
            with self._book.writing() as connection:
                _require_record(connection, row)
                waiting = RELEASE.c.released_at.is_(None)
                connection.execute(delete(RELEASE).where(*_place(RELEASE, asked), waiting))
                connection.execute(RELEASE.insert().values(**row))
        except Taken:
            pass
        else:
            kind = "waiting" if row["wrap"] is None else "unattended"
            self._metrics.releases.labels(kind).inc()
            if row["wrap"] is not None:
                return self._answer(row, envelope)
        known = self._known(asked)
        if known is None or known.released_at is None:
            return wire.WaitingAnswer()
        return self._again(known, head)

    def _row(self, asked: Asked, facts: Facts, record: Kept, head: Head) -> dict[str, Any]:
        expires_at = min(facts.until, facts.keep_until, head.timestamp + LONGEST)
        if expires_at <= head.timestamp:
            raise declined.no("not_allowed")
        return {
            "id": self._number(),
            **{name: getattr(asked, name) for name in ("transaction_hash", "log_index", *_SAME)},
            "issued_at": asked.issued_at,
            "version": record.version,
            "expires_at": expires_at,
            "hpke_key": text_of(facts.hpke_key),
            "wrap": None,
            "asked_at": self._book.now(),
            "released_at": None,
            "is_attended": False,
        }

    def _number(self) -> int:
        """Never one of before: an answer on its way is to what its number asked then."""
        with self._book.reading() as connection:
            last = int(connection.execute(select(func.max(RELEASE.c.id))).scalar_one() or 0)
        with self._lock:  # a leap at the start, over those of an earlier process that are gone
            self._last = max(self._last or secrets.randbelow(10_000) + last, last) + 1
            return self._last

    # ---- a member --------------------------------------------------------------------------

    def asks(self, passport_id: int) -> tuple[wire.MemberAsk, ...]:
        """What waits for a member, as it stands now."""
        head = self._ledger.head()
        with self._book.reading() as connection:
            rows = connection.execute(
                select(RELEASE).where(
                    RELEASE.c.passport_id == passport_id, RELEASE.c.released_at.is_(None)
                )
            ).all()
        return tuple(self._told(row) for row in rows if self._is_live(row, head))

    def answer(self, passport_id: int, ask_id: int, wrap: str) -> None:
        """A member's answer: the key, sealed to the company by their browser.

        Raises:
            Declined: `unknown_ask`: nothing of this number waits, or not in this form any more.
        """
        head = self._ledger.head()
        mine = (RELEASE.c.id == ask_id, RELEASE.c.passport_id == passport_id)
        with self._book.reading() as connection:
            row = connection.execute(
                select(RELEASE).where(*mine, RELEASE.c.released_at.is_(None))
            ).one_or_none()
        if row is None or not self._is_live(row, head):
            raise declined.no("unknown_ask")
        with self._book.writing() as connection:
            _require_record(connection, row._asdict())
            done = connection.execute(
                update(RELEASE)
                .where(*mine, RELEASE.c.released_at.is_(None))
                .values(wrap=wrap, released_at=self._book.now(), is_attended=True)
            )
        if done.rowcount != 1:
            raise declined.no("unknown_ask")
        self._metrics.releases.labels("attended").inc()

    def lines(self, passport_id: int) -> tuple[wire.ReleaseLine, ...]:
        """What went out of a member's, the newest first."""
        with self._book.reading() as connection:
            rows = connection.execute(
                select(RELEASE)
                .where(RELEASE.c.passport_id == passport_id, RELEASE.c.released_at.is_not(None))
                .order_by(RELEASE.c.id.desc())
            ).all()
        names = (*_SAME[1:], "transaction_hash", "log_index", "issued_at", "released_at")
        return tuple(
            wire.ReleaseLine(
                **{name: getattr(row, name) for name in (*names, "expires_at", "is_attended")},
                record_version=row.version,
            )
            for row in rows
        )

    def _is_live(self, row: Row[Any], head: Head) -> bool:
        """Whether it could still be answered: the ledger allows it, and it is about this record."""
        facts = self._ledger.facts(row, ZERO_ADDRESS, head)
        return (
            facts.is_allowed
            and not facts.is_erased
            and row.issued_at in (facts.issued_at, facts.renewed_from)
            and row.version == facts.version
            and row.hpke_key == text_of(facts.hpke_key)
            and row.expires_at > head.timestamp
        )

    def _told(self, row: Row[Any]) -> wire.MemberAsk:
        return wire.MemberAsk(
            id=row.id,
            info=self._info(row),
            public_key=row.hpke_key,
            transaction_hash=row.transaction_hash,
            log_index=row.log_index,
            asked_at=row.asked_at,
        )

    def _info(self, row: Row[Any]) -> ReleaseBinding:
        return self._info_of(row._asdict())

    def _info_of(self, row: dict[str, Any]) -> ReleaseBinding:
        names = ("category", "version", "company_id", "purpose", "order_hash")
        told = {name: row[name] for name in (*names, "issued_at", "expires_at")}
        return self._records.binding.release(row["passport_id"], **told)


_SAME = ("passport_id", "company_id", "purpose", "category", "order_hash")
_PLACE = ("passport_id", "category", "version")


def _place(table: Any, asked: Asked) -> tuple[Any, ...]:
    return (
        table.c.transaction_hash == asked.transaction_hash,
        table.c.log_index == asked.log_index,
    )


def _require_record(connection: Connection, row: dict[str, Any]) -> None:
    """Nothing is written of a record that was erased while this was asked."""
    place = (RECORD.c[name] == row[name] for name in _PLACE)
    found = connection.execute(select(RECORD.c.version).where(*place).with_for_update())
    if found.one_or_none() is None:
        raise declined.no("erased")


__all__ = ["LONGEST", "Releases"]
