"""Answers that are good for one block, made once however many ask at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

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


class in_words:
    """Turns what is wrong with the chain into what a caller is told."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ChainError | DeploymentError):
            raise declined.not_now(word_of(error)) from error


def word_of(error: CercleError) -> str:
    """The word for what is wrong with the chain."""
    return error.code if error.code in declined.NOT_NOW else "chain"


__all__ = ["Answers", "in_words", "word_of"]
