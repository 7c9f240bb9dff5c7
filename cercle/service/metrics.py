"""What a monitor may know of a service: counts, sums and times, and nothing of a person."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Numbers:
    """The numbers of one process, each under the service's own prefix.

    Args:
        service: The word between `cercle_` and a number's name.
    """

    def __init__(self, service: str) -> None:
        self._prefix = f"cercle_{service}_"
        self._registry = CollectorRegistry()

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(self._prefix + name, says, labels, registry=self._registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(self._prefix + name, says, labels, registry=self._registry)

    def _histogram(self, name: str, says: str, *labels: str, buckets: Sequence[float]) -> Histogram:
        return Histogram(
            self._prefix + name, says, labels, buckets=buckets, registry=self._registry
        )

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)


class PlainMetrics(Response):
    """What Prometheus reads."""

    media_type = "text/plain; version=0.0.4"


__all__ = ["Numbers", "PlainMetrics"]
