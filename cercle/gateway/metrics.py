"""What a monitor may know: counts and times, and nothing of a person."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_PREFIX = "cercle_gateway_"
_TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The numbers of one gateway."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = self._counter("requests", "answers", "route", "status")
        self.refusals = self._counter("refusals", "why not", "code")
        self.callers = self._counter("caller_requests", "requests that were let in", "caller")
        self.questions = self._counter("node_questions", "single questions to nodes")
        self.answers = self._counter("answers", "made, or known already", "from")
        self.nonces = self._gauge("nonces", "nonces that are remembered")
        self.block = self._gauge("block", "the newest block that was read")
        self.well = self._gauge("well", "1 while the part is well", "part")
        self.seconds = Histogram(
            _PREFIX + "seconds",
            "how long an answer took",
            ("route",),
            buckets=_TIMES,
            registry=self._registry,
        )

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(_PREFIX + name, says, labels, registry=self._registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(_PREFIX + name, says, labels, registry=self._registry)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)


__all__ = ["Metrics"]
