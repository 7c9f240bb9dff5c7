"""What a page sends of a passkey: the JSON of WebAuthn level 3 (`PublicKeyCredential.toJSON()`)."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from typing import Any

from ..errors import PasskeyKey, PasskeyUnreadable
from .keys import ES256, Credential
from .webauthn import Assertion, require_data

_LONGEST = 8_192  # letters of one field
_LETTERS = re.compile(r"[A-Za-z0-9_-]+")


def read_assertion(raw: Any) -> Assertion:
    """Read what `navigator.credentials.get` answered.

    Raises:
        PasskeyUnreadable: A part is missing, or is no base64url.
    """
    return Assertion(
        credential_id=_bytes(raw, "rawId"),
        client_data=_bytes(raw, "response", "clientDataJSON"),
        authenticator_data=_bytes(raw, "response", "authenticatorData"),
        signature=_bytes(raw, "response", "signature"),
    )


def read_credential(raw: Any, site: str) -> Credential:
    """Read what `navigator.credentials.create` made.

    An authenticator that does not verify its person, or that bound the key to another site, made a
    key whose account nobody could ever use: it is refused here, before anybody pays for one.

    Raises:
        PasskeyKey: The chain could never check this key.
        PasskeySignature: A part is missing, or says that the passkey is of no use here.
    """
    require_data(_bytes(raw, "response", "authenticatorData"), site)
    algorithm = _field(raw, "response", "publicKeyAlgorithm")
    if algorithm != ES256:
        raise PasskeyKey("The passkey's algorithm is not one that the chain can check.")
    return Credential.from_browser(
        site, _bytes(raw, "rawId"), _bytes(raw, "response", "publicKey"), ES256
    )


def _field(raw: Any, *path: str) -> Any:
    for name in path:
        raw = raw.get(name) if isinstance(raw, dict) else None
    return raw


def _bytes(raw: Any, *path: str) -> bytes:
    text = _field(raw, *path)
    if not isinstance(text, str) or len(text) > _LONGEST or not _LETTERS.fullmatch(text):
        raise PasskeyUnreadable(f"The passkey's {path[-1]} is missing or cannot be read.")
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise PasskeyUnreadable(f"The passkey's {path[-1]} cannot be read.") from error


__all__ = ["read_assertion", "read_credential"]
