"""How many blocks to ask for at once: more while it goes well, fewer when it does not."""

from __future__ import annotations

from dataclasses import dataclass

_TRIES = 50  # ranges that go well before more blocks than were refused are tried again


@dataclass
class Pace:
    """Grows and shrinks the ranges."""

    step: int = 1_000
    tail: int = 50  # blocks at once where each header is read
    most: int = 100_000
    most_events: int = 10_000  # in one range: what one answer, and one transaction, should hold
    seconds: float = 3.0  # that one range should take at most

    def __post_init__(self) -> None:
        self._ceiling, self._good = self.most, 0

    def last(self, first: int, limit: int, tail: int) -> int:
        """The last block of the range that begins at `first`."""
        if first >= tail:
            return min(limit, first + min(self.step, self.tail) - 1)
        return min(limit, first + self.step - 1, max(first, tail - 1))

    def learn(self, blocks: int, events: int, seconds: float) -> None:
        """A range of so many blocks went well."""
        self._good += 1
        if self._good % _TRIES == 0:
            self._ceiling = min(self.most, self._ceiling * 2)
        if events > self.most_events or seconds > self.seconds:
            self.step = max(1, blocks // 2)
        elif blocks >= self.step and events * 2 <= self.most_events and seconds * 2 <= self.seconds:
            self.step = min(self._ceiling, self.step * 2)

    def shrink(self, blocks: int) -> bool:
        """A range of so many blocks was refused; whether a smaller one is left to try."""
        if blocks <= 1:
            return False
        self._ceiling, self._good = max(1, blocks - 1), 0
        self.step = max(1, blocks // 4)
        return True


__all__ = ["Pace"]
