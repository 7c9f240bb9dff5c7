"""What a demo was made of, as one hash: a chain of other contracts, or acts, is no use."""

from __future__ import annotations

import hashlib
from pathlib import Path

CONTRACTS = Path("contracts")
SCRIPT = (
    *("script", "decisions", "council", "stage", "companies", "consents", "desk"),
    *("mobile", "network"),
)
ACTS = [Path("demo") / f"{name}.py" for name in SCRIPT]


def fingerprint(plan: Path) -> str:
    """One hash over every contract's source, the plan, and what the demo's people do."""
    digest = hashlib.sha256(plan.read_bytes())
    for source in [*sorted(CONTRACTS.rglob("*.vy*")), *ACTS]:
        digest.update(str(source).encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()
