"""Keys, and what is sealed to them: HPKE (RFC 9180), base mode, one suite, no aad.

The suite is DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. What is sealed travels as
`enc || ciphertext`: 32 bytes of a key made for it, then what it hides with a tag of 16.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from pydantic import AfterValidator, StringConstraints

from ..errors import CercleError

KEY = 32  # bytes of a private key, a public key, a record's key
OVERHEAD = 48  # bytes that sealing adds: the key made for it, and the tag
Private = bytes | X25519PrivateKey  # bytes, or what `load` made of them once
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_TEXT = re.compile(r"[A-Za-z0-9_-]*")


class KeyRefused(CercleError):
    """These bytes are no key that could keep anything."""

    code = "bad_key"


class SealBroken(CercleError):
    """What is sealed opens neither with this key nor for this purpose, or was changed."""

    code = "seal_broken"

    def __init__(
        self, sentence: str = "This does not open: another key, or it was changed."
    ) -> None:
        super().__init__(sentence)


# ---- bytes as text ------------------------------------------------------------------------


def text_of(raw: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Bytes out of base64url without padding, in the one way in which they are written.

    Raises:
        ValueError: It is not that.
    """
    if not _TEXT.fullmatch(text) or len(text) % 4 == 1:
        raise ValueError("this is not base64url without padding")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if text_of(raw) != text:  # the bits that are left over must be zero: one text, one value
        raise ValueError("this is not base64url as it is written")
    return raw


def sized(least: int, most: int | None = None) -> AfterValidator:
    """The check of a field that holds so many bytes as text; without `most` exactly so many."""
    last = least if most is None else most

    def check(text: str) -> str:
        if not least <= len(bytes_of(text)) <= last:
            raise ValueError(f"{least} to {last} bytes are expected, as base64url")
        return text

    return AfterValidator(check)


_Short = StringConstraints(max_length=256)
Bytes12 = Annotated[str, _Short, sized(12)]
Bytes16 = Annotated[str, _Short, sized(16)]
Bytes32 = Annotated[str, _Short, sized(KEY)]
Wrap = Annotated[str, _Short, sized(KEY + OVERHEAD)]  # a key, sealed to somebody


# ---- keys ---------------------------------------------------------------------------------


def new_private() -> bytes:
    """A fresh private key."""
    return X25519PrivateKey.generate().private_bytes_raw()


def load(private: Private) -> X25519PrivateKey:
    """A private key, ready for many openings.

    Raises:
        KeyRefused: It is of another length.
    """
    if isinstance(private, X25519PrivateKey):
        return private
    if len(private) != KEY:
        raise KeyRefused(f"A private key has {KEY} bytes.")
    return X25519PrivateKey.from_private_bytes(private)


def public_of(private: Private) -> bytes:
    """The public half of a private key.

    Raises:
        KeyRefused: It is of another length.
    """
    return load(private).public_key().public_bytes_raw()


def require_public(public: bytes) -> bytes:
    """Refuse a public key to which everybody could open what is sealed.

    Raises:
        KeyRefused: It is of another length, or of small order, as zero is.
    """
    if len(public) != KEY:
        raise KeyRefused(f"A public key has {KEY} bytes, not {len(public)}.")
    try:
        _probe().exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:  # the shared secret would be zero, whoever's key meets it
        raise KeyRefused("This public key is one that anybody could open.") from error
    return public


# ---- sealing ------------------------------------------------------------------------------


def seal(public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Seal something to a public key.

    Args:
        public: Whose.
        plaintext: What.
        info: What it is for: it opens for nothing else.

    Raises:
        KeyRefused: The key keeps nothing.
    """
    if len(public) != KEY:
        raise KeyRefused(f"A public key has {KEY} bytes, not {len(public)}.")
    try:
        return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public), info)
    except ValueError as error:  # of small order: the library refuses the secret that it would be
        raise KeyRefused("This public key is one that anybody could open.") from error


def open(private: Private, sealed: bytes, info: bytes) -> bytes:
    """Open what was sealed to a key.

    Raises:
        KeyRefused: The private key is of another length.
        SealBroken: It was sealed to another key or for something else, or was changed.
    """
    key = load(private)
    if len(sealed) < OVERHEAD:
        raise SealBroken()
    try:
        # The library refuses a key of small order: its maker knew the secret of every reader.
        return _SUITE.decrypt(sealed, key, info)
    except (InvalidTag, ValueError) as error:
        raise SealBroken() from error


@lru_cache(maxsize=1)
def _probe() -> X25519PrivateKey:
    """Some key: which one makes no difference to what it is asked."""
    return X25519PrivateKey.generate()


__all__ = [
    "KEY",
    "OVERHEAD",
    "Bytes12",
    "Bytes16",
    "Bytes32",
    "KeyRefused",
    "Private",
    "SealBroken",
    "Wrap",
    "bytes_of",
    "load",
    "new_private",
    "open",
    "public_of",
    "require_public",
    "seal",
    "sized",
    "text_of",
]
