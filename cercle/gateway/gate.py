"""The gate: who asks is settled before anybody looks at what is asked."""

from __future__ import annotations

import time
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..service.body import once
from ..service.problem import Declined, problem
from . import declined
from .doorkeeper import Doorkeeper
from .logs import tell
from .metrics import Metrics
from .reading import SHARE

OPEN = ("/healthz", "/metrics", "/openapi.json")
AT_ONCE = 16  # of one caller: there are forty threads, and others ask too


class Gate:
    """Refuses what no registered caller signed."""

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self._app = app
        self._doorkeeper = doorkeeper
        self._busy: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        message = await receive()  # the door has gathered the body
        body = message.get("body", b"")
        try:
            caller, share = self._doorkeeper.admit(
                scope["method"], scope["raw_path"], scope["query_string"], scope["headers"], body
            )
            scope["caller"] = caller
            if self._busy[caller.id] >= AT_ONCE:
                raise declined.too_often(1)
        except Declined as no:
            answer = problem(no.status, no.word, str(no), no.headers)
            scope["code"] = no.word
            await answer(scope, receive, send)
            return
        SHARE.set(share)
        self._busy[caller.id] += 1
        try:
            await self._app(scope, once(body, receive), send)
        finally:
            self._busy[caller.id] -= 1


class Watch:
    """Counts and times every answer; writes down what was refused, and to which caller."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

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
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        # The route as it is written, {wallet} and all: a path would say who was asked about.
        route = getattr(scope.get("route"), "path", "none")
        self._metrics.requests.labels(route, status).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        if status >= 400:
            code = scope.get("code", "other")
            caller = scope.get("caller")
            self._metrics.refusals.labels(code).inc()
            if caller is not None:  # strangers are counted: they could fill a disk with lines
                tell("refused", route=route, status=status, code=code, caller=caller.id)


__all__ = ["AT_ONCE", "OPEN", "Gate", "Watch"]
