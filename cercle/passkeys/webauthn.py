"""What a browser answers to `navigator.credentials.get`, checked and packed for the chain.

The chain looks at everything that is signed but the page's origin and whether it was framed; those
the browser vouches for, and they are looked at here. See contracts/identity/webauthn.vy.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Collection

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from ..errors import (
    PasskeyNotVerified,
    PasskeyOtherChallenge,
    PasskeyOtherKey,
    PasskeyOtherKind,
    PasskeyOtherOrigin,
    PasskeyTooLong,
    PasskeyUnreadable,
)
from ..jsontext import parse_json
from ..limits import MAX_SIGNATURE
from ..values import Frozen
from .keys import PublicKey, rp_id_hash

_HEAD = b'{"type":"webauthn.get","challenge":"'  # as every browser writes it (5.8.1.1)
_LETTERS = 43  # of a challenge of 32 bytes
_MAX_PART = 4_096
_MAX_DEPTH = 4  # browsers write one level; a later one may nest
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_PRESENT, _VERIFIED, _IS_COPIED = 0x01, 0x04, 0x10
_FLAGS = 32  # where they stand in authenticatorData
_LEAST_DATA = 37


class Assertion(Frozen):
    """The parts of an answer, as bytes: `rawId` and what stands in `response`."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        """What the passkey's key signed."""
        return self.authenticator_data + hashlib.sha256(self.client_data).digest()


def pack(
    assertion: Assertion,
    challenge: bytes,
    site: str,
    origins: Collection[str],
    key: PublicKey | None = None,
) -> bytes:
    """Check an answer and pack it as an account takes it.

    Args:
        assertion: What the browser gave.
        challenge: The 32 bytes that were asked.
        site: The domain name that the passkey is bound to.
        origins: The pages that may ask: "https://cercle.example".
        key: The account's key, if known: then the signature is checked too.

    Raises:
        PasskeySignature: It cannot be used; its class says why.
    """
    _require_words(assertion.client_data, challenge, origins)
    require_data(assertion.authenticator_data, site)
    if key is not None and not key.has_signed(assertion.signed, assertion.signature):
        raise PasskeyOtherKey("Another passkey answered than the one that was asked.")
    if len(assertion.authenticator_data) > 255:  # its length is packed in one byte
        raise PasskeyTooLong("The passkey's authenticator data is too long.")
    r, s = _numbers(assertion.signature)
    packed = (
        *(r.to_bytes(32, "big"), min(s, _ORDER - s).to_bytes(32, "big")),
        bytes([len(assertion.authenticator_data)]),
        assertion.authenticator_data,
        assertion.client_data[len(_HEAD) + _LETTERS :],
    )
    signature = b"".join(packed)
    if len(signature) > MAX_SIGNATURE:
        raise PasskeyTooLong(f"The passkey's answer has {len(signature)} bytes: too many.")
    return signature


def is_synced(authenticator_data: bytes) -> bool:
    """Whether the platform keeps copies of this passkey, on a person's other devices say."""
    return len(authenticator_data) > _FLAGS and bool(authenticator_data[_FLAGS] & _IS_COPIED)


def _require_words(client_data: bytes, challenge: bytes, origins: Collection[str]) -> None:
    if len(client_data) > _MAX_PART:
        raise PasskeyTooLong("The passkey's client data is too long.")
    if not client_data.startswith(_HEAD):
        raise PasskeyOtherKind("The passkey's answer does not begin as an answer does.")
    asked = urlsafe_b64encode(challenge).rstrip(b"=") + b'"'
    if len(challenge) != 32 or not client_data[len(_HEAD) :].startswith(asked):
        raise PasskeyOtherChallenge("The passkey signed something else than it was asked to.")
    try:
        words = parse_json(client_data, _MAX_DEPTH)
    except ValueError as error:
        raise PasskeyUnreadable("The passkey's client data cannot be read.") from error
    if not isinstance(words, dict) or words.get("origin") not in origins:
        raise PasskeyOtherOrigin("The passkey was asked by another page than ours.")
    if words.get("crossOrigin") not in (None, False) or "topOrigin" in words:
        raise PasskeyOtherOrigin("The passkey was asked inside another site's page.")


def require_data(data: bytes, site: str) -> None:
    """Refuse what an authenticator says unless it was for this site, its person there and verified.

    Raises:
        PasskeySignature: It was not.
    """
    if len(data) < _LEAST_DATA:
        raise PasskeyUnreadable("The passkey's authenticator data is cut off.")
    if data[:_FLAGS] != rp_id_hash(site):
        raise PasskeyOtherOrigin("The passkey is bound to another site.")
    if data[_FLAGS] & (_PRESENT | _VERIFIED) != _PRESENT | _VERIFIED:
        raise PasskeyNotVerified("The device did not check who touched it.")


def _numbers(signature: bytes) -> tuple[int, int]:
    """(r, s) of a signature in DER; both must be what a right signature has."""
    try:
        r, s = decode_dss_signature(signature) if len(signature) <= _MAX_PART else (0, 0)
    except ValueError as error:
        raise PasskeyUnreadable("The passkey's signature cannot be read.") from error
    if not (0 < r < _ORDER and 0 < s < _ORDER):
        raise PasskeyUnreadable("The passkey's signature is none.")
    return r, s


__all__ = ["Assertion", "is_synced", "pack", "require_data"]
