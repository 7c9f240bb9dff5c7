"""How a poll went: at which blocks it is looked at, and how its figures are told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

MOST_MOMENTS = 1_000


def moments_of(wanted: int) -> int:
    """So many moments as an answer may have: the first, the last, and what fits between."""
    return max(2, min(wanted, MOST_MOMENTS))


def moments_in(blocks: Sequence[int], wanted: int) -> list[int]:
    """Of these blocks, in order, the last ones before so many places evenly between both ends."""
    if not blocks:
        return []
    first, span, last = blocks[0], blocks[-1] - blocks[0], moments_of(wanted) - 1
    places = {bisect_right(blocks, first + span * step // last) - 1 for step in range(last + 1)}
    return [blocks[place] for place in sorted(places)]


def padded(votes: Sequence[int], options: int) -> tuple[int, ...]:
    """A figure for each option, also for those that nobody chose yet."""
    return tuple(votes[:options]) + (0,) * (options - len(votes))


__all__ = ["moments_in", "moments_of", "padded"]
