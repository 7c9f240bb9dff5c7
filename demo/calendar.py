"""What happens when, in the demo's past: from whatever part of the script, in one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(order=True)
class Happening:
    """Something that happens at a second."""

    at: int
    act: Callable[[int], None] = field(compare=False)


class Calendar:
    """Lets things happen between the purchases, each at its time."""

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self._waiting = sorted(happenings)

    def until(self, moment: int) -> None:
        """Let happen what is due before a second."""
        while self._waiting and self._waiting[0].at < moment:
            happening = self._waiting.pop(0)
            happening.act(happening.at)


__all__ = ["Calendar", "Happening"]
