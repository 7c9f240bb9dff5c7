"""The chain as a gateway reads it: whoever asks has a share of the nodes' work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

from ..chain import Chain
from ..rpc import Answer, Node, Request
from ..service.pace import Bucket
from . import declined
from .metrics import Metrics

T = TypeVar("T")

# Whose share pays for what is read now; nobody's for the gateway's own questions.
SHARE: ContextVar[Bucket | None] = ContextVar("share", default=None)


class MeteredChain(Chain):
    """A chain that counts what it is asked, and for whom."""

    def __init__(self, *arguments: Any, metrics: Metrics, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._metrics = metrics

    def ask(self, asked: Sequence[Request], check: Callable[[Node, list[Answer]], T]) -> T:
        """As a chain does.

        Raises:
            Declined: The share is used up for now.
        """
        share = SHARE.get()
        if share is not None and (wait := share.take(len(asked))):
            raise declined.too_dear(wait)
        self._metrics.questions.inc(len(asked))
        return super().ask(asked, check)


__all__ = ["SHARE", "MeteredChain"]
