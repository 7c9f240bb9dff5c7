"""The door of the server: whose requests are answered, and what the answers allow a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

CLOSED_ROUTES = ("/_stcore/metrics",)  # tells a stranger how the server is doing


def content_security_policy(page: str | None = None) -> str:
    """The policy of every answer.

    `blob:` is how Streamlit loads inline components; whoever can make a blob already runs
    scripts. Streamlit's own inline script is allowed by its hash, which is read from the very
    page it serves, so that any other inline script stays blocked. Styles are inline because
    Streamlit's are.

    Args:
        page: The HTML of Streamlit's page; read from the package if not given.
    """
    if page is None:
        page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"
        for body in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {hashes}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def host_of(value: str) -> str | None:
    """The host name of a Host header; None if it is none."""
    try:
        parts = urlsplit(f"//{value}")
        _ = parts.port  # a port out of range is refused here
    except ValueError:
        return None
    if parts.username or parts.password or parts.path or parts.query or parts.fragment:
        return None
    return (parts.hostname or "").lower().rstrip(".") or None


class Guard:
    """Answer only to our own names, only to our own pages, and under a strict policy.

    Streamlit checks the Host of its websocket alone: a page of another name that resolves to
    this machine could otherwise read everything else (DNS rebinding). A foreign Origin is
    refused before Streamlit, which would look its own address up on the internet to decide.
    """

    def __init__(self, app: Asgi, hosts: tuple[str, ...]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.headers = tuple(
            (name.encode(), value.encode())
            for name, value in (
                ("content-security-policy", content_security_policy()),
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                # Wallets that open a window of their own need its answer.
                ("cross-origin-opener-policy", "same-origin-allow-popups"),
                ("cross-origin-resource-policy", "same-origin"),
                ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
            )
        )

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host = given.get(b"host", "")
        if host_of(host) not in self.hosts:
            await self._refuse(scope, receive, send, 421, "This server has another name.")
        elif scope["type"] == "websocket" and self._is_foreign(given.get(b"origin"), host):
            await self._refuse(scope, receive, send, 403, "")
        elif scope["path"].rstrip("/") in CLOSED_ROUTES:
            await self._refuse(scope, receive, send, 404, "Not found.")
        else:
            await self.app(scope, receive, self._with_headers(send))

    @staticmethod
    def _is_foreign(origin: str | None, host: str) -> bool:
        """No Origin is no browser: such a client can write any Origin anyway."""
        return origin is not None and urlsplit(origin).netloc != host

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in self.headers}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                message["headers"] = [*kept, *self.headers]
            await send(message)

        return sending

    async def _refuse(
        self, scope: Message, receive: Receive, send: Send, status: int, why: str
    ) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})  # before accept: HTTP 403
            return
        body = why.encode()
        start = {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
        await self._with_headers(send)(start)
        await send({"type": "http.response.body", "body": body})
