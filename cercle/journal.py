"""What a rollout writes down before it acts: the deployment under way, and where it will land."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak


class Journal:
    """One note beside the deployment file; it is there or it is not, never half."""

    def __init__(self, book: Path) -> None:
        self._path = book.with_name(f".{book.name}.pending")

    def read(self) -> dict[str, Any] | None:
        """The note that an earlier run left."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def note(self, pending: dict[str, Any]) -> None:
        """Write down what is about to be sent."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(pending, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def forget(self) -> None:
        """It stands and is recorded."""
        self._path.unlink(missing_ok=True)


def create_address(sender: str, nonce: int) -> str:
    """Where a contract lands that `sender` creates with `nonce` (yellow paper, eq. 88)."""
    body = _rlp_bytes(bytes.fromhex(sender[2:])) + _rlp_bytes(
        nonce.to_bytes((nonce.bit_length() + 7) // 8, "big")
    )
    return str(to_checksum_address(keccak(bytes([0xC0 + len(body)]) + body)[12:]))


def _rlp_bytes(value: bytes) -> bytes:
    """A short byte string in RLP; both fields of a creation are short."""
    if len(value) == 1 and value[0] < 0x80:
        return value
    return bytes([0x80 + len(value)]) + value


__all__ = ["Journal", "create_address"]
