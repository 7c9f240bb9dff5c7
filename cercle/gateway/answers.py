"""Answers that are good for one block, made once however many ask at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

from ..cache import BoundedCache
from ..chain import Chain
from ..errors import BlockGone, CercleError, ChainError, DeploymentError
from ..models import Head
from . import declined
from .metrics import Metrics

T = TypeVar("T")
_LOCKS = 64


class Answers:
    """What was read at the newest block."""

    def __init__(self, chain: Chain, metrics: Metrics, size: int, check: Callable[[Head], None]):
        self._chain = chain
        self._metrics = metrics
        self._check = check
        self._known: BoundedCache[tuple[Hashable, ...], object] = BoundedCache(size)
        self._newest = ""
        self._locks = [threading.Lock() for _ in range(_LOCKS)]

    def get(self, make: Callable[[Head], T], *question: Hashable) -> T:
        """The answer at the newest block.

        Raises:
            Declined: Nothing true can be said at the moment.
        """
        with in_words():
            try:
                return self._at(self._chain.head(), make, question)
            except BlockGone:  # it was reorganised away just now
                return self._at(self._chain.head(fresh=True), make, question)

    def _at(self, head: Head, make: Callable[[Head], T], question: tuple[Hashable, ...]) -> T:
        self._check(head)
        self._metrics.block.set(head.number)
        if head.hash != self._newest:  # nobody will ask for what was said of another block
            self._newest = head.hash
            self._known.clear()
        key = (head.hash, *question)
        known = self._known.get(key)
        if known is None:
            with self._locks[hash(key) % _LOCKS]:
                known = self._known.get(key)
                if known is None:
                    made = make(head)
                    self._known.put(key, made)
                    self._metrics.answers.labels("nodes").inc()
                    return made
        self._metrics.answers.labels("memory").inc()
        return cast(T, known)


class Glance(Generic[T]):
    """What anybody may ask: looked at by one at a time, and once in so many seconds."""

    def __init__(self, look: Callable[[], T], seconds: float) -> None:
        self._look = look
        self._seconds = seconds
        self._seen: tuple[float, T] | None = None
        self._looking = threading.Lock()

    def get(self) -> T:
        """What was seen the last time, however many ask; who asks first of all looks or waits."""
        seen = self._seen
        if not self._looking.acquire(blocking=seen is None):
            return cast(tuple[float, T], seen)[1]
        try:
            seen = self._seen
            if seen is None or time.monotonic() - seen[0] >= self._seconds:
                found = self._look()
                self._seen = seen = time.monotonic(), found
            return seen[1]
        finally:
            self._looking.release()


class in_words:
    """Turns what is wrong with the chain into what a caller is told."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ChainError | DeploymentError):
            raise declined.not_now(word_of(error)) from error


def word_of(error: CercleError) -> str:
    """The word for what is wrong with the chain."""
    return error.code if error.code in declined.NOT_NOW else "chain"


__all__ = ["Answers", "Glance", "in_words", "word_of"]
