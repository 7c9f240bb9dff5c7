"""How much one caller may ask, and the nonces that were used."""

from __future__ import annotations

import heapq
import math
import threading
import time
from collections.abc import Callable


class Bucket:
    """So many units a minute; a quarter of a minute's may come at once. Threads may share it."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._most = max(per_minute / 4, 1.0)
        self._left = self._most
        self._seen = clock()
        self._lock = threading.Lock()

    def take(self, units: int = 1) -> int:
        """Take some; else the seconds to wait. What is dearer than what is left makes a debt."""
        with self._lock:
            now = self._clock()
            rate = self.per_minute / 60
            self._left = min(self._most, self._left + (now - self._seen) * rate)
            self._seen = now
            if self._left < min(1, self._most):
                return max(1, math.ceil((1 - self._left) / rate))
            self._left -= units
            return 0


class Nonces:
    """Which nonces were used by whom, for as long as one could be used again."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()
        self._ends: list[tuple[float, tuple[str, str]]] = []

    def __len__(self) -> int:
        return len(self._known)

    def has(self, caller: str, nonce: str) -> bool:
        """Whether it was used."""
        return (caller, nonce) in self._known

    def use(self, caller: str, nonce: str, until: float, now: float) -> None:
        """Remember it until then."""
        while self._ends and self._ends[0][0] < now:
            self._known.discard(heapq.heappop(self._ends)[1])
        self._known.add((caller, nonce))
        heapq.heappush(self._ends, (until, (caller, nonce)))


__all__ = ["Bucket", "Nonces"]
