"""Who asks: the caller whose key signed this very request, now and not before."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from ..service.pace import Bucket, Nonces
from ..service.problem import Declined
from . import declined, signatures
from .callers import Caller, Callers
from .metrics import Metrics
from .settings import HOST, Settings

Headers = Sequence[tuple[bytes, bytes]]


class Doorkeeper:
    """Lets registered callers in. Called from one thread: the event loop's."""

    def __init__(
        self,
        settings: Settings,
        callers: Callers,
        metrics: Metrics,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.callers = callers
        self._settings = settings
        self._metrics = metrics
        self._clock = clock
        # Nonces of an earlier process are forgotten, so nothing from before is taken.
        self._since = int(clock())
        self._nonces = Nonces()
        self._rates: dict[str, Bucket] = {}
        self._shares: dict[str, Bucket] = {}

    def admit(
        self, method: str, raw_path: bytes, query: bytes, headers: Headers, body: bytes
    ) -> tuple[Caller, Bucket]:
        """Who asks, and their share of the nodes' work.

        Raises:
            Declined: Nobody is let in on this.
        """
        given = self._headers(headers)
        try:
            signed = signatures.read(given)
        except signatures.BadSignature as error:
            raise declined.unsigned("not_the_profile", str(error)) from error
        asked = signatures.Asked(
            method=method,
            authority=given["host"],
            path=raw_path.decode("latin-1") or "/",
            query="?" + query.decode("latin-1"),
            digest=given["content-digest"],
        )
        caller = self._caller(signed, asked)
        if asked.digest != signatures.content_digest(body):
            raise declined.unsigned("other_content")
        self._require_now(signed)
        if self._nonces.has(signed.keyid, signed.nonce):  # whoever replays spends nobody's share
            raise declined.unsigned("replayed")
        if wait := self._bucket(self._rates, caller.id, caller.per_minute).take():
            raise declined.too_often(wait)
        self._remember(signed)
        self._metrics.callers.labels(caller.id).inc()
        calls = caller.calls_per_minute or self._settings.calls_per_minute
        return caller, self._bucket(self._shares, caller.id, calls)

    def _headers(self, headers: Headers) -> dict[str, str]:
        """Those that matter, each there once."""
        found: dict[str, str] = {}
        for raw, value in headers:
            name = raw.decode("latin-1").lower()
            if name not in (*signatures.HEADERS, "host"):
                continue
            if name in found:
                raise declined.unsigned("not_the_profile", f"{name} stands there twice")
            found[name] = value.decode("latin-1").strip()
        missing = [name for name in signatures.HEADERS if name not in found]
        if missing:
            raise declined.unsigned("unsigned")
        host = found.get("host", "")
        if not HOST.fullmatch(host):
            raise declined.unsigned("other_authority")
        found["host"] = host.lower()
        return found

    def _caller(self, signed: signatures.Signed, asked: signatures.Asked) -> Caller:
        caller = self.callers.get(signed.keyid)
        if caller is None:
            raise declined.unsigned("unknown_caller")
        if not signatures.is_signed(caller.public_key, signed, asked):
            raise declined.unsigned("forged")
        known = self._settings.authorities
        if known and asked.authority not in known:
            raise declined.unsigned("other_authority")
        return caller

    def _require_now(self, signed: signatures.Signed) -> None:
        now, settings = self._clock(), self._settings
        if signed.created < max(now - settings.window, self._since):
            raise declined.unsigned("stale")
        if signed.created > now + settings.skew:
            raise declined.unsigned("early")

    def _remember(self, signed: signatures.Signed) -> None:
        # As long as its time may still be looked at, and a second for its fraction.
        until = signed.created + self._settings.window + 1
        self._nonces.use(signed.keyid, signed.nonce, until, self._clock())
        self._metrics.nonces.set(len(self._nonces))

    def _bucket(self, buckets: dict[str, Bucket], id: str, per_minute: int) -> Bucket:
        known = buckets.get(id)
        if known is None or known.per_minute != per_minute:
            known = buckets[id] = Bucket(per_minute)
        return known


__all__ = ["Declined", "Doorkeeper"]
