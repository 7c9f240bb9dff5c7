"""How a company gets what the ledger wrote down that it may see, and believes no vault."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eth_account.messages import SignableMessage

from ..chain import Chain
from ..deployments import Deployment
from . import looking, talking, wire
from .bindings import Ledger
from .envelopes import Record, open_release
from .looking import Look, ReleaseRefused
from .talking import VaultError, parse

_UNANSWERED = "the person has not answered."
_NOT_YET = {wire.Refusal.UNCONFIRMED, wire.Refusal.TOO_OFTEN}


@dataclass(frozen=True)
class Waiting:
    """How long a company waits for a release, and how."""

    most: float = 600.0  # seconds in all
    between: float = 2.0  # where the vault does not say
    longest: float = 60.0  # whatever the vault says
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time


class StillWaiting(VaultError):
    """The patience ended first; ask again later, and get the same release."""

    def __init__(self, why: str, *, for_person: bool = False) -> None:
        """
        Args:
            why: In a sentence.
            for_person: Whether the person has to answer, and not the ledger to go on.
        """
        super().__init__("still_waiting", f"The vault has not released it yet: {why}")
        self.for_person = for_person


class VaultCompany:
    """A vault, as a company asks it.

    Usage example::

        company = VaultCompany(url, chain, deployment, private, sign)
        record = company.fetch(looks_in(chain, deployment, granted.tx_hash)[0])
    """

    def __init__(
        self,
        url: str,
        chain: Chain,
        deployment: Deployment,
        private: bytes,
        sign: Callable[[SignableMessage], str],
        *,
        waiting: Waiting = Waiting(),
        timeout: float = talking.TIMEOUT,
    ) -> None:
        """
        Args:
            url: Where the vault is.
            chain: Where the ledger is read.
            deployment: Where its books stand.
            private: The company's X25519 key, whose public half is on the ledger.
            sign: Signs typed data with the account that acts for the company; hexadecimal.
            waiting: How patiently.
            timeout: Seconds that one answer may take.
        """
        self.ledger = Ledger.of(deployment)
        self.waiting = waiting
        self._line = talking.Line(url, timeout)
        self._chain, self._deployment = chain, deployment
        self._private, self._sign = private, sign

    def fetch(self, look: Look) -> Record:
        """What a look opens, once it is released.

        Args:
            look: As the ledger has it: `looks_in` or `look_at`.

        Raises:
            ReleaseRefused: What the vault gave is not what the ledger says.
            SealBroken: It is not sealed to this company's key, or was changed.
            StillWaiting: Not released before the patience ended.
            VaultError: The vault says no, or no sense.
            ChainError: No node answers.
        """
        told = self.release(look)
        looking.require_bound(told.info, look, self.ledger, self._chain, self._deployment)
        record = open_release(told, self._private)
        looking.require_published(self._chain, self._deployment, told.info, record.commitment)
        return record

    def release(self, look: Look) -> wire.ReleasedAnswer:
        """The release as the vault gives it, believed in nothing yet.

        Raises:
            StillWaiting, VaultError: As `fetch`.
        """
        end = self.waiting.clock() + self.waiting.most
        while True:
            told, why, wish = self._try(look)
            if told is not None:
                return told
            pause = min(float(wish or self.waiting.between), self.waiting.longest)
            if self.waiting.clock() + pause > end:
                raise StillWaiting(why, for_person=why == _UNANSWERED)
            self.waiting.sleep(pause)

    def _try(self, look: Look) -> tuple[wire.ReleasedAnswer | None, str, int | None]:
        """Ask once: the release, or why not yet and how long to wait."""
        try:
            _, told = self._line.ask("POST", "/v1/releases", self._signed(look))
        except VaultError as error:
            if error.code in _NOT_YET or error.status == 503:
                return None, str(error), error.retry_after
            raise
        if isinstance(told, dict) and told.get("state") == "waiting":
            return None, _UNANSWERED, None
        return parse(wire.ReleasedAnswer, told), "", None

    def _signed(self, look: Look) -> wire.FetchRequest:
        """A request of its own for each try: one nonce serves once."""
        told: dict[str, Any] = look.model_dump(exclude={"issued_at", "block"})
        nonce = "0x" + secrets.token_hex(32)
        ask = wire.Fetch(**told, at=int(self.waiting.clock()), nonce=nonce)
        signature = self._sign(ask.signable(self._deployment))
        return wire.FetchRequest(ask=ask, signature=signature)


__all__ = ["ReleaseRefused", "StillWaiting", "VaultCompany", "Waiting"]
