"""The gate: who asks is settled before anybody looks at what is asked."""

from __future__ import annotations

from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from ..service.body import once
from ..service.problem import Declined, problem
from . import declined
from .doorkeeper import Doorkeeper
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


__all__ = ["AT_ONCE", "OPEN", "Gate"]
