"""Members at the door: a challenge that serves once, a session that the ledger is asked about.

Nothing is kept of a challenge until its account signed it: its nonce says whose it is and until
when, under a key of this process. So strangers cannot fill anything by asking for them.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from hashlib import sha256

from sqlalchemy import delete, select

from .. import sign_in
from ..service.pace import Nonces
from ..values import checksum
from . import declined, wire
from .book import Book
from .ledger import LedgerReader
from .settings import Settings
from .tables import SESSION

_MAC = 12  # hexadecimal digits: 40 are the account's, 12 the time's


class SignIn:
    """Who a member is."""

    def __init__(self, settings: Settings, book: Book, ledger: LedgerReader) -> None:
        self._settings, self._book, self._ledger = settings, book, ledger
        self._secret = secrets.token_bytes(32)
        self._used, self._lock = Nonces(), threading.Lock()

    def challenge(self, account: str) -> wire.ChallengeAnswer:
        """What somebody signs who says that this is their wallet."""
        until = int(self._book.clock() * 1_000) + sign_in.TO_SIGN * 1_000
        stem = f"{account[2:].lower()}{until:012x}"
        nonce = stem + self._mac(stem)
        made = self._written(nonce, checksum(account), until)
        return wire.ChallengeAnswer(nonce=nonce, text=made.text, until=until // 1_000)

    def session(self, nonce: str, signature: str) -> wire.SessionAnswer:
        """Let a member in.

        Raises:
            Declined: `unknown_nonce`, `bad_signature` or `no_passport`.
        """
        now = self._book.clock()
        stem, mac = nonce[:-_MAC], nonce[-_MAC:]
        if len(nonce) != 64 or not hmac.compare_digest(mac, self._mac(stem)):
            raise declined.no("unknown_nonce")
        account, until = checksum("0x" + stem[:40]), int(stem[40:], 16)
        if self._used.has(account, nonce) or now * 1_000 >= until:
            raise declined.no("unknown_nonce")
        challenge = self._written(nonce, account, until)
        if not sign_in.verify(challenge, signature, self._ledger.chain, now):
            raise declined.no("bad_signature")
        with self._lock:  # what was verified twice at once serves once all the same
            if self._used.has(account, nonce):
                raise declined.no("unknown_nonce")
            self._used.use(account, nonce, until / 1_000, now)
        passport_id = self._ledger.passport_of(account)
        if passport_id == 0:
            raise declined.no("no_passport")
        token, ends = secrets.token_urlsafe(32), int(now) + sign_in.OPEN_FOR
        row = {"token_hash": _hash(token), "account": account, "passport_id": passport_id}
        with self._book.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.until <= int(now)))
            connection.execute(SESSION.insert().values(**row, until=ends))
        return wire.SessionAnswer(token=token, passport_id=passport_id, until=ends)

    def member(self, token: str | None) -> int:
        """Whose a token is, at this very block.

        Raises:
            Declined: `unsigned`: nobody's, or its time is over; `no_passport`: the wallet went.
        """
        if not token:
            raise declined.no("unsigned")
        with self._book.reading() as connection:
            found = connection.execute(
                select(SESSION).where(SESSION.c.token_hash == _hash(token))
            ).one_or_none()
        if found is None or self._book.clock() >= found.until:
            raise declined.no("unsigned")
        if self._ledger.passport_of(found.account) != found.passport_id:
            raise declined.no("no_passport")
        return int(found.passport_id)

    def _written(self, nonce: str, account: str, until: int) -> sign_in.Challenge:
        return sign_in.write(
            domain=self._settings.domain,
            uri=self._settings.site,
            account=account,
            chain_id=self._ledger.chain.chain_id,
            statement=wire.STATEMENT,
            nonce=nonce,
            now=until / 1_000 - sign_in.TO_SIGN,
        )

    def _mac(self, stem: str) -> str:
        return hmac.new(self._secret, stem.encode(), sha256).hexdigest()[:_MAC]


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


__all__ = ["SignIn"]
