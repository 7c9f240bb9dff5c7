"""One text, one sequence of bytes, one name: RFC 8785 and keccak256."""

from __future__ import annotations

from typing import Any

import rfc8785
from eth_utils.crypto import keccak

from ..errors import ContentRefused
from ..jsontext import parse_json

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_STRING = 8_192
MAX_ITEMS = 256


def canonical_bytes(value: Any) -> bytes:
    """Write a JSON value in its one canonical form.

    Raises:
        ContentRefused: It is too big, too deep, or holds what JSON does not.
    """
    require_bounded(value)
    try:
        raw = bytes(rfc8785.dumps(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise ContentRefused(f"This text cannot be written as JSON: {error}.") from error
    if len(raw) > MAX_BYTES:
        raise ContentRefused(f"This text takes {len(raw)} bytes; {MAX_BYTES} are allowed.")
    return raw


def content_hash(value: Any) -> str:
    """Name a JSON value, or its canonical bytes, by its keccak256."""
    raw = value if isinstance(value, bytes) else canonical_bytes(value)
    return "0x" + keccak(raw).hex()


def parse_canonical(raw: bytes) -> Any:
    """Read bytes that must be JSON in canonical form, within the bounds.

    Raises:
        ContentRefused: They are not, or they are too many.
    """
    if len(raw) > MAX_BYTES:
        raise ContentRefused(f"This text takes more than the {MAX_BYTES} bytes allowed.")
    try:
        value = parse_json(raw, MAX_DEPTH)
    except ValueError as error:
        raise ContentRefused("These bytes are not JSON.") from error
    if canonical_bytes(value) != raw:
        raise ContentRefused("This JSON is not in its canonical form.")
    return value


def require_bounded(value: Any, depth: int = 0) -> None:
    """Refuse what is deeper, longer or wider than any honest document."""
    if depth > MAX_DEPTH:
        raise ContentRefused(f"This text is nested deeper than {MAX_DEPTH} levels.")
    if isinstance(value, str):
        if len(value) > MAX_STRING:
            raise ContentRefused(f"A string is longer than {MAX_STRING} characters.")
    elif isinstance(value, dict):
        if len(value) > MAX_ITEMS:
            raise ContentRefused(f"An object has more than {MAX_ITEMS} members.")
        for key, item in value.items():
            require_bounded(key, depth + 1)
            require_bounded(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        if len(value) > MAX_ITEMS:
            raise ContentRefused(f"A list has more than {MAX_ITEMS} members.")
        for item in value:
            require_bounded(item, depth + 1)


__all__ = ["MAX_BYTES", "canonical_bytes", "content_hash", "parse_canonical"]
