"""What is published of somebody's data: a seal that says nothing without its secret.

A plain hash of an address is the address, to who can guess it. Under 32 random bytes, fresh
for each seal, nobody can try guesses, and two seals of one content have nothing in common.
"""

from __future__ import annotations

import hmac

SECRET = 32  # bytes
_RECORD = b"cercle record 1"
_DOCUMENT = b"cercle document 1"


def commitment(record: bytes, secret: bytes) -> str:
    """Seal a record: HMAC with SHA-256, which every browser has, keyed by the secret.

    Args:
        record: What is sealed, byte for byte.
        secret: 32 random bytes that seal nothing else.

    Raises:
        ValueError: The secret is of another length.
    """
    return _hmac(_RECORD, secret, record)


def salted_hash(document: bytes, salt: bytes) -> str:
    """The hash that a company publishes of a document it hands over to one person.

    Args:
        document: The document, byte for byte.
        salt: 32 random bytes, handed over beside it.

    Raises:
        ValueError: The salt is of another length.
    """
    return _hmac(_DOCUMENT, salt, document)


def matches(document: bytes, salt: bytes, expected: str) -> bool:
    """Whether a document and its salt are those behind a published hash."""
    return hmac.compare_digest(salted_hash(document, salt), expected.lower())


def _hmac(what: bytes, key: bytes, content: bytes) -> str:
    if len(key) != SECRET:
        raise ValueError(f"a secret has {SECRET} bytes, not {len(key)}")
    return "0x" + hmac.digest(key, what + b"\0" + content, "sha256").hex()


__all__ = ["SECRET", "commitment", "matches", "salted_hash"]
