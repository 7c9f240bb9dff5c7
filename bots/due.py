"""What is due now, by what an agreement's terms, its book and the clock say.

The same words as in `contracts/service/course.vy`: two periods are open for readings at most, the
one that runs and the one before while its grace lasts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Words = Mapping[str, Any]  # `Terms` or `Account`, as the contract names what they hold


def due_at(terms: Words, period: int) -> int:
    """The first second in which a period counts no reading any more: it may be closed."""
    ends_at = terms["starts_at"] + (period + 1) * terms["period"]
    return int(ends_at + terms["grace"])


def next_due_at(terms: Words, account: Words) -> int | None:
    """When the open period may be closed; None once all are, for then nothing is ever due."""
    if account["period"] >= account["periods"]:
        return None
    return due_at(terms, account["period"])


def is_due(terms: Words, account: Words, now: int) -> bool:
    """Whether a poke at this second closes a period."""
    at = next_due_at(terms, account)
    return at is not None and at <= now


__all__ = ["Words", "due_at", "is_due", "next_due_at"]
