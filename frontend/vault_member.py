"""A member at the vault whose wallet is in a browser: it signs later; no key ever comes here."""

from __future__ import annotations

import time

from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.vault import wire
from cercle.vault.client import VaultMember
from cercle.vault.talking import VaultError


class PageMember(VaultMember):
    """What a page asks of a vault: wraps come sealed out of the browser.

    Usage example::

        challenge = member.challenge()  # ... and when the wallet has signed its text:
        member.enter(challenge, signature)
    """

    def __init__(
        self, url: str, chain: Chain, deployment: Deployment, account: str, site: str
    ) -> None:
        super().__init__(url, chain, deployment, account, _nobody, site=site)

    @property
    def is_inside(self) -> bool:
        """Whether the session still counts."""
        return self._session is not None and time.time() < self._session.until

    def challenge(self) -> wire.ChallengeAnswer:
        """The text to sign: a vault's sign-in to our site, and nothing that opens another door.

        Raises:
            VaultError: It is something else, or the vault does not answer.
        """
        asked = wire.ChallengeRequest(account=self.account)
        found = self._get(wire.ChallengeAnswer, "POST", "/v1/challenges", asked)
        self._require_sign_in(found)
        return found

    def enter(self, challenge: wire.ChallengeAnswer, signature: str) -> None:
        """Begin the session.

        Raises:
            VaultError: The vault says no.
        """
        proof = wire.SessionRequest(nonce=challenge.nonce, signature=signature)
        self._session = self._get(wire.SessionAnswer, "POST", "/v1/sessions", proof)

    def leave(self, category: int, wrap: str | None) -> None:
        """Let the vault release a record alone by a wrap, or with None no longer."""
        path = f"/v1/records/{category}/unattended"
        self._mine(wire.Told, "PUT", path, wire.UnattendedRequest(vault=wrap))

    def hand_over(self, ask_id: int, wrap: str) -> None:
        """Answer a company's question with a wrap."""
        self._mine(wire.Told, "POST", f"/v1/asks/{ask_id}", wire.AskRequest(wrap=wrap))

    def _signed_in(self) -> wire.SessionAnswer:
        if self._session is None or not self.is_inside:
            raise VaultError(wire.Refusal.UNSIGNED, "The sign-in is over.", 401)
        return self._session


def _nobody(text: str) -> str:
    raise VaultError(wire.Refusal.UNSIGNED, "The wallet is in the browser.", 401)
