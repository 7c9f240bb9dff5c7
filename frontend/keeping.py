"""What changed, sealed with a fresh secret: the seal is published, the rest is the member's own."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

from cercle.consent import category_of, commitment
from cercle.content import canonical_bytes
from cercle.values import Frozen, Hash


class Sealed(Frozen):
    """One change: what is published of it, and what is not."""

    category: int
    content: str
    made_at: datetime
    secret: Hash
    commitment: Hash

    def record(self) -> bytes:
        """The bytes that the seal is of."""
        return _record(self.category, self.content, self.made_at)

    def file(self) -> bytes:
        """What the member keeps."""
        told = {
            "record": json.loads(self.record()),
            "secret": self.secret,
            "commitment": self.commitment,
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode()


def seal(category: int, content: str) -> Sealed:
    """Seal what a category is now, under a secret that nobody ever had.

    Args:
        category: Its bit.
        content: What it is now, as the member typed it.
    """
    now, secret = datetime.now(UTC).replace(microsecond=0), secrets.token_bytes(32)
    return Sealed(
        category=category,
        content=content,
        made_at=now,
        secret="0x" + secret.hex(),
        commitment=commitment(_record(category, content, now), secret),
    )


def _record(category: int, content: str, made_at: datetime) -> bytes:
    told = {"category": category_of(category).code, "content": content}
    return canonical_bytes(told | {"made_at": made_at.isoformat()})
