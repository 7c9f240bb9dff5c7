"""What a demo was made of, as one hash: a chain of other contracts is no use."""

from __future__ import annotations

import hashlib
from pathlib import Path

CONTRACTS = Path("contracts")


def fingerprint(plan: Path) -> str:
    """One hash over every contract's source and the plan."""
    digest = hashlib.sha256(plan.read_bytes())
    for source in sorted(CONTRACTS.rglob("*.vy*")):
        digest.update(str(source).encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()
