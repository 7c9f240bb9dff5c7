"""The door: a request is measured before anybody parses it."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..jsontext import depth_of
from .problem import Problem

MAX_DEPTH = 8
PATIENCE = 10.0  # seconds in which all of a body has to come
_LENGTH = re.compile(rb"[0-9]{1,9}")


class Door:
    """Refuses bodies that are too long, too slow, or nested too deep for a recursive parser."""

    def __init__(self, app: ASGIApp, room: int, patience: float = PATIENCE) -> None:
        self._app = app
        self._room = room
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not _LENGTH.fullmatch(told) or int(told) > self._room:
            await _refuse(scope, send, 413, "too_large", "This request is too large.")
            return
        try:
            async with asyncio.timeout(self._patience):
                body = await self._gathered(receive)
        except TimeoutError:
            await _refuse(scope, send, 408, "too_slow", "This request came too slowly.")
            return
        if body is None:
            return
        if len(body) > self._room:
            await _refuse(scope, send, 413, "too_large", "This request is too large.")
            return
        if depth_of(body) > MAX_DEPTH:
            await _refuse(scope, send, 400, "malformed", "This is nested too deep.")
            return
        await self._app(scope, once(body, receive), send)

    async def _gathered(self, receive: Receive) -> bytes | None:
        """The body, or as much of it as shows that it is too long; None if whoever sends left."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if len(body) > self._room or not message.get("more_body"):
                return bytes(body)


def once(body: bytes, receive: Receive) -> Receive:
    """The body that was read, then whatever comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return left.pop() if left else await receive()

    return give


async def _refuse(scope: Scope, send: Send, status: int, code: str, sentence: str) -> None:
    scope["code"] = code
    raw = json.dumps(Problem(code=code, message=sentence).model_dump()).encode()
    headers: list[Any] = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(raw)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),  # what is left of the body is not read
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": raw})


__all__ = ["MAX_DEPTH", "PATIENCE", "Door", "once"]
