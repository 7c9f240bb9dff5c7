"""One request to a service: no more is read of an answer than makes sense, and no longer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import requests


class TooMuch(Exception):
    """The answer is longer than any honest one."""


class TooSlow(Exception):
    """The answer did not end in time."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    raw: bytes
    retry_after: int | None  # seconds to wait, where it says so in seconds


def ask(
    method: str,
    url: str,
    *,
    timeout: float,
    most: int,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    session: requests.Session | None = None,
) -> Answer:
    """Send one request, follow no redirection, and read its answer.

    Args:
        method: GET, POST or PUT.
        url: Where.
        timeout: Seconds for all of it.
        most: Bytes that an answer may have.
        headers: What goes with it.
        body: What is sent.
        session: A connection that is held open, if there is one.

    Raises:
        TooMuch, TooSlow: The answer makes no sense.
        requests.RequestException: There is none.
    """
    end = time.monotonic() + timeout
    options: dict[str, Any] = {"timeout": timeout, "allow_redirects": False, "stream": True}
    send = requests.request if session is None else session.request
    with send(method, url, data=body or None, headers=dict(headers or {}), **options) as answer:
        raw = bytearray()
        for part in answer.iter_content(65_536):
            raw += part
            if len(raw) > most:
                raise TooMuch
            if time.monotonic() > end:
                raise TooSlow
        return Answer(answer.status_code, bytes(raw), _seconds(answer.headers.get("Retry-After")))


def _seconds(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


__all__ = ["Answer", "TooMuch", "TooSlow", "ask"]
