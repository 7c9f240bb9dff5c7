"""A phone's own keeper of passkeys, as Chromium's protocol offers one to tests."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Page

from tests.authenticator import Passkey

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Phone:
    """The authenticator of one page; `finger` says whether its person answers as they should."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
        self.own = {"authenticatorId": made["authenticatorId"]}

    def finger(self, *, is_right: bool) -> None:
        self.session.send("WebAuthn.setUserVerified", {**self.own, "isUserVerified": is_right})

    def presence(self, *, is_automatic: bool) -> None:
        """Whether questions are answered at once, or stay open."""
        told = {**self.own, "enabled": is_automatic}
        self.session.send("WebAuthn.setAutomaticPresenceSimulation", told)

    @property
    def passkeys(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.session.send("WebAuthn.getCredentials", self.own)[
            "credentials"
        ]
        return found

    def keep(self, passkey: Passkey) -> None:
        """Have a passkey that was made elsewhere, as platforms copy them."""
        key = passkey.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        credential = {
            "credentialId": b64encode(passkey.credential_id).decode(),
            "isResidentCredential": True,
            "rpId": passkey.site,
            "privateKey": b64encode(key).decode(),
            "userHandle": b64encode(passkey.credential_id).decode(),
            "signCount": 0,
        }
        self.session.send("WebAuthn.addCredential", {**self.own, "credential": credential})
