"""What is counted of every answer: its route, its status, its time, and why not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Tell = Callable[..., Any]


class Watch:
    """Counts and times every answer; writes down what was refused, and to which caller."""

    def __init__(
        self,
        app: ASGIApp,
        requests: Counter,
        refusals: Counter,
        seconds: Histogram,
        tell: Tell | None = None,
    ) -> None:
        """
        Args:
            app: What answers.
            requests: By route and status.
            refusals: By word.
            seconds: By route.
            tell: Where refusals of callers who are known by a name of theirs are written down.
        """
        self._app = app
        self._requests, self._refusals, self._seconds = requests, refusals, seconds
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun = 0, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception:
            if not status:  # the framework answers it, outside of here
                status, scope["code"] = 503, "broken"
            raise
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        # The route as it is written, {wallet} and all: a path would say who was asked about.
        route = getattr(scope.get("route"), "path", "none")
        self._requests.labels(route, status).inc()
        self._seconds.labels(route).observe(seconds)
        if status >= 400:
            code = scope.get("code", "other")
            caller = scope.get("caller")
            self._refusals.labels(code).inc()
            # Strangers are counted: they could fill a disk with lines.
            if caller is not None and self._tell is not None:
                self._tell("refused", route=route, status=status, code=code, caller=caller.id)


__all__ = ["Watch"]
