"""When a person is reminded of what they gave: by how much of its time has passed."""

from __future__ import annotations

LEVELS = (50, 80, 95)  # percent of the time between giving and ending


def reminder(issued_at: int, until: int, now: int) -> int:
    """The highest of `LEVELS` that was passed; 0 before the first, and once it is over.

    Args:
        issued_at: When it was given, in the chain's seconds.
        until: The first second in which it does not count any more.
        now: The chain's time.
    """
    if not issued_at < until or now >= until:
        return 0
    passed = 100 * (now - issued_at)
    return max((level for level in LEVELS if passed >= level * (until - issued_at)), default=0)


def next_reminder(issued_at: int, until: int, now: int) -> int:
    """When the next level is reached, in the chain's seconds; 0 when none is left."""
    if not issued_at < until:
        return 0
    lasts = until - issued_at
    moments = (issued_at + -(-level * lasts // 100) for level in LEVELS)  # rounded up
    return next((moment for moment in moments if now < moment < until), 0)


__all__ = ["LEVELS", "next_reminder", "reminder"]
