"""What a monitor may know: counts and times, and nothing of a person."""

from __future__ import annotations

from ..service.metrics import Numbers

_TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics(Numbers):
    """The numbers of one gateway."""

    def __init__(self) -> None:
        super().__init__("gateway")
        self.requests = self._counter("requests", "answers", "route", "status")
        self.refusals = self._counter("refusals", "why not", "code")
        self.callers = self._counter("caller_requests", "requests that were let in", "caller")
        self.questions = self._counter("node_questions", "single questions to nodes")
        self.answers = self._counter("answers", "made, or known already", "from")
        self.nonces = self._gauge("nonces", "nonces that are remembered")
        self.block = self._gauge("block", "the newest block that was read")
        self.well = self._gauge("well", "1 while the part is well", "part")
        self.seconds = self._histogram(
            "seconds", "how long an answer took", "route", buckets=_TIMES
        )


__all__ = ["Metrics"]
