"""The door: a request is measured before anybody parses it."""

from __future__ import annotations

import json
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..jsontext import depth_of
from .problem import Problem

MAX_DEPTH = 8


class Door:
    """Refuses bodies that are too long, or nested too deep for a recursive parser."""

    def __init__(self, app: ASGIApp, room: int) -> None:
        self._app = app
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or int(told) > self._room:
            await _answer(send, 413, "too_large", "This request is too large.")
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return  # it went away
            body += message.get("body", b"")
            if len(body) > self._room:
                await _answer(send, 413, "too_large", "This request is too large.")
                return
            if not message.get("more_body"):
                break
        if depth_of(body) > MAX_DEPTH:
            await _answer(send, 400, "malformed", "This is nested too deep.")
            return
        await self._app(scope, once(bytes(body), receive), send)


def once(body: bytes, receive: Receive) -> Receive:
    """The body that was read, then whatever comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return left.pop() if left else await receive()

    return give


async def _answer(send: Send, status: int, code: str, sentence: str) -> None:
    raw = json.dumps(Problem(code=code, message=sentence).model_dump()).encode()
    headers: list[Any] = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(raw)).encode()),
        (b"connection", b"close"),  # what is left of the body is not read
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": raw})


__all__ = ["MAX_DEPTH", "Door", "once"]
