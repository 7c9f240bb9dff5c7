"""What a monitor may know: counts and times, and nothing of a person."""

from __future__ import annotations

from ..service.metrics import Numbers

_TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics(Numbers):
    """The numbers of one vault."""

    def __init__(self) -> None:
        super().__init__("vault")
        self.requests = self._counter("requests", "answers", "route", "status")
        self.refusals = self._counter("refusals", "why not", "code")
        self.releases = self._counter("releases", "records that opened", "kind")
        self.erasures = self._counter("erasures", "records that were destroyed")
        self.block = self._gauge("block", "the newest block that was watched")
        self.well = self._gauge("well", "1 while the part is well", "part")
        self.seconds = self._histogram(
            "seconds", "how long an answer took", "route", buckets=_TIMES
        )


__all__ = ["Metrics"]
