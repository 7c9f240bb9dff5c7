"""How a member keeps, reads and takes out what is theirs, and how a company gets what it may see.

Neither believes the vault: what it asks to be signed, to be sealed or to be used is compared with
what the client expects, and with the ledger.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from .. import lens
from ..chain import Chain
from ..deployments import Deployment
from ..values import checksum
from . import envelopes, looking, talking, wire
from .bindings import Ledger
from .envelopes import Envelope
from .fetching import StillWaiting, VaultCompany, Waiting
from .keys import bytes_of, text_of
from .looking import Look, ReleaseRefused, look_at, looks_in
from .rings import Ring
from .talking import VaultError, parse

T = TypeVar("T", bound=BaseModel)
_LINES = 11  # of the text of a sign-in: nothing more is signed


class VaultMember:
    """A vault, as one of its members asks it: signed in when needed, by text that a wallet signs.

    Usage example::

        member = VaultMember(url, chain, deployment, account.address, sign, site="club.example")
        private = open_ring(member.ring().ring, passphrase, member.ledger, member.passport_id)
        for kept in member.records():
            print(open_record(kept.envelope, member.ledger, private).content)
    """

    def __init__(
        self,
        url: str,
        chain: Chain,
        deployment: Deployment,
        account: str,
        sign: Callable[[str], str],
        *,
        site: str,
        timeout: float = talking.TIMEOUT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """
        Args:
            url: Where the vault is.
            chain: Where the ledger is read.
            deployment: Where its books stand.
            account: The member's wallet.
            sign: Signs a text as wallets do (EIP-191), and gives the signature as hexadecimal.
            site: The host that the text has to name, as the member knows it: no other is signed.
            timeout: Seconds that an answer may take.
            clock: What time it is.
        """
        self.ledger = Ledger.of(deployment)
        self.account, self.site = checksum(account), site
        self._line = talking.Line(url, timeout)
        self._chain, self._deployment = chain, deployment
        self._sign, self._clock = sign, clock
        self._session: wire.SessionAnswer | None = None

    # ---- signing in -----------------------------------------------------------------------

    @property
    def passport_id(self) -> int:
        """Who the member is."""
        return self._signed_in().passport_id

    def sign_in(self) -> wire.SessionAnswer:
        """Sign in anew.

        Raises:
            VaultError: The vault wants something else signed, does not answer, or says no.
        """
        asked = wire.ChallengeRequest(account=self.account)
        challenge = self._get(wire.ChallengeAnswer, "POST", "/v1/challenges", asked)
        self._require_sign_in(challenge)
        proof = wire.SessionRequest(nonce=challenge.nonce, signature=self._sign(challenge.text))
        self._session = self._get(wire.SessionAnswer, "POST", "/v1/sessions", proof)
        return self._session

    def _require_sign_in(self, challenge: wire.ChallengeAnswer) -> None:
        """Sign nothing but a sign-in of this account to this site, on this chain."""
        lines = challenge.text.split("\n")
        wanted = [f"{self.site} wants you to sign in with your Ethereum account:", self.account]
        wanted += ["", wire.STATEMENT, ""]
        told = ["Version: 1", f"Chain ID: {self.ledger.chain_id}", f"Nonce: {challenge.nonce}"]
        is_ours = lines[:5] == wanted and lines[6:9] == told and len(lines) == _LINES
        if not is_ours or lines[5] not in (f"URI: https://{self.site}", f"URI: http://{self.site}"):
            raise VaultError("misbehaved", "The vault asks to sign something else than a sign-in.")

    def _signed_in(self) -> wire.SessionAnswer:
        if self._session is None or self._session.until <= self._clock():
            return self.sign_in()
        return self._session

    # ---- the key --------------------------------------------------------------------------

    def terms(self) -> wire.TermsAnswer:
        """Which vault this is.

        Raises:
            VaultError: It obeys another ledger.
        """
        told = self._get(wire.TermsAnswer, "GET", "/v1/terms")
        if (told.chain_id, told.consent) != (self.ledger.chain_id, self.ledger.consent):
            raise VaultError("misbehaved", "This vault obeys another ledger.")
        return told

    def ring(self) -> wire.RingAnswer | None:
        """The member's sealed key; None: there is none yet."""
        try:
            return self._mine(wire.RingAnswer, "GET", "/v1/ring")
        except VaultError as error:
            if error.code == wire.Refusal.NO_RING:
                return None
            raise

    def put_ring(self, ring: Ring, replaces: str | None = None) -> None:
        """Keep a sealed key.

        Args:
            ring: What is kept.
            replaces: The digest of the one before; None: there was none.
        """
        headers = {} if replaces is None else {"If-Match": f'"{replaces}"'}
        self._mine(wire.Told, "PUT", "/v1/ring", ring, headers)

    def public_key_of(self, passport_id: int) -> bytes:
        """A person's public key, so as to name them a contact."""
        told = self._mine(wire.KeyAnswer, "GET", f"/v1/ring/{passport_id}/key")
        return bytes_of(told.public_key)

    # ---- records --------------------------------------------------------------------------

    def put_record(self, envelope: Envelope) -> None:
        """Keep a sealed record; it counts once its move is on the ledger."""
        self._mine(wire.Told, "PUT", "/v1/records", envelope)

    def records(self) -> tuple[wire.KeptRecord, ...]:
        """All that is kept, the waiting ones too."""
        return self._mine(wire.RecordsAnswer, "GET", "/v1/records").records

    def leave_to_vault(self, category: int, private: bytes | None) -> None:
        """Let the vault release a record alone; with None for the key, no longer.

        Raises:
            SealBroken: The record does not open with this key.
        """
        wrap = None
        if private is not None:
            envelope = self._kept(category)
            public = bytes_of(self.terms().public_key)
            wrap = envelopes.leave_to_vault(envelope, self.ledger, private, public)
        path = f"/v1/records/{category}/unattended"
        self._mine(wire.Told, "PUT", path, wire.UnattendedRequest(vault=wrap))

    def _kept(self, category: int, version: int | None = None) -> Envelope:
        for one in self.records():
            found = one.envelope
            is_asked = version is None or found.record_version == version
            if one.state == "kept" and found.category == category and is_asked:
                return found
        raise VaultError(wire.Refusal.NO_RECORD, "The vault keeps no such record.")

    # ---- what companies ask -----------------------------------------------------------------

    def asks(self) -> tuple[wire.MemberAsk, ...]:
        """The looks that wait for the member."""
        return self._mine(wire.AsksAnswer, "GET", "/v1/asks").asks

    def answer(self, ask: wire.MemberAsk, private: bytes) -> None:
        """Let a company see a record, as it had it written down.

        Args:
            ask: One of `asks`.
            private: The member's key.

        Raises:
            ReleaseRefused: The ledger does not say what the ask says, or the company has another
                key: nothing was sealed.
            SealBroken: The record does not open with this key.
        """
        look = looking.look_at(self._chain, self._deployment, ask.transaction_hash, ask.log_index)
        looking.require_bound(ask.info, look, self.ledger, self._chain, self._deployment)
        company = lens.company(self._chain, self._deployment, look.company_id)
        if company is None or bytes.fromhex(company.hpke_key[2:]) != bytes_of(ask.public_key):
            raise ReleaseRefused("The company has another key than the vault says.")
        envelope = self._kept(look.category, ask.info.version)
        public = bytes_of(ask.public_key)
        wrap = envelopes.release(envelope, self.ledger, private, "member", ask.info, public)
        self._mine(wire.Told, "POST", f"/v1/asks/{ask.id}", wire.AskRequest(wrap=wrap))

    def releases(self) -> tuple[wire.ReleaseLine, ...]:
        """What went out."""
        return self._mine(wire.ReleasesAnswer, "GET", "/v1/releases").releases

    def certificates(self) -> tuple[wire.CertificateLine, ...]:
        """That what was erased is gone, signed for the ledger."""
        return self._mine(wire.CertificatesAnswer, "GET", "/v1/certificates").certificates

    def export(self) -> wire.Export:
        """Everything, to keep elsewhere: `python -m cercle.vault open` reads it."""
        return self._mine(wire.Export, "GET", "/v1/export")

    # ---- a lost key -------------------------------------------------------------------------

    def recover(self, public_key: bytes) -> wire.RecoveryAnswer:
        """Ask one's contact for the key; show them the public key by another way too."""
        asked = wire.RecoveryRequest(public_key=text_of(public_key))
        return self._mine(wire.RecoveryAnswer, "POST", "/v1/recovery", asked)

    def recovery(self) -> wire.RecoveryAnswer:
        """What came of it."""
        return self._mine(wire.RecoveryAnswer, "GET", "/v1/recovery")

    def asked_recoveries(self) -> tuple[wire.AskedRecovery, ...]:
        """Who asks the member, as their contact."""
        return self._mine(wire.AskedRecoveriesAnswer, "GET", "/v1/recovery/asked").asked

    def give_back(self, passport_id: int, sealed: str) -> None:
        """Answer somebody who asks, with what `rings.give_back` made."""
        answer = wire.GiveBackRequest(sealed=sealed)
        self._mine(wire.Told, "POST", f"/v1/recovery/{passport_id}", answer)

    # ---- asking -----------------------------------------------------------------------------

    def _get(self, form: type[T], method: str, path: str, body: BaseModel | None = None) -> T:
        return parse(form, self._line.ask(method, path, body)[1])

    def _mine(
        self,
        form: type[T],
        method: str,
        path: str,
        body: BaseModel | None = None,
        headers: dict[str, str] | None = None,
    ) -> T:
        """Ask in the member's name; a session that ended early is begun again, once."""
        for is_last in (False, True):
            bearer = {"Authorization": f"Bearer {self._signed_in().token}"}
            try:
                told = self._line.ask(method, path, body, {**bearer, **(headers or {})})[1]
                return parse(form, told)
            except VaultError as error:
                self._session = None if error.status == 401 else self._session
                if is_last or error.status != 401:
                    raise
        raise AssertionError("no try at all")  # dev: the loop returns or raises


__all__ = [
    "Look",
    "ReleaseRefused",
    "StillWaiting",
    "VaultCompany",
    "VaultError",
    "VaultMember",
    "Waiting",
    "look_at",
    "looks_in",
]
