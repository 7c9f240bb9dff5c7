"""Callers with keys of their own, and how they sign by hand."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi.testclient import TestClient

from cercle.gateway import signatures
from cercle.gateway.callers import Scope

_numbers = itertools.count(1)
WORLD = "0x" + "77" * 32
ALL = [scope.value for scope in Scope]
CALLERS: dict[str, dict[str, Any]] = {
    "till": {"scopes": ALL, "per_minute": 60_000, "calls_per_minute": 1_000_000},
    "other": {"scopes": ALL},
    "world": {"scopes": ["avatars", "brand"], "worlds": [WORLD]},
    "slow": {"scopes": ALL, "per_minute": 8},
    "dear": {"scopes": ALL, "calls_per_minute": 80},
}


def key_of(name: str) -> Ed25519PrivateKey:
    """A key that is the same in every run."""
    return Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"."))


def public_of(name: str) -> str:
    return base64.b64encode(key_of(name).public_key().public_bytes_raw()).decode()


def write_callers(path: Path, **changes: dict[str, Any]) -> Path:
    """The file, as an operator writes it."""
    told = {**CALLERS, **changes}
    rows = [{"id": name, "key": public_of(name), **more} for name, more in told.items()]
    path.write_text(json.dumps({"callers": rows}))
    return path


def next_nonce() -> str:
    return f"nonce-{next(_numbers):016d}"


class Asker:
    """One caller of the routes under test."""

    def __init__(
        self, http: TestClient, clock: Callable[[], float], caller: str = "till", key: str = ""
    ) -> None:
        self.http = http
        self.clock = clock
        self.caller = caller
        self.key = key_of(key or caller)

    def as_(self, caller: str, key: str = "") -> Asker:
        """Another caller of the same gateway."""
        return Asker(self.http, self.clock, caller, key)

    def headers(
        self, method: str, path: str, query: str = "", body: bytes = b"", **changes: Any
    ) -> dict[str, str]:
        """As the client makes them; `changes` are `authority`, `created` and `nonce`."""
        asked = signatures.Asked(
            method=method,
            authority=changes.get("authority", "testserver"),
            path=path,
            query=f"?{query}",
            digest=signatures.content_digest(body),
        )
        return signatures.sign(
            self.key,
            self.caller,
            asked,
            created=changes.get("created", int(self.clock())),
            nonce=changes.get("nonce", next_nonce()),
        )

    def get(self, path: str, query: str = "") -> httpx.Response:
        where = f"{path}?{query}" if query else path
        return self.http.get(where, headers=self.headers("GET", path, query))

    def post(self, path: str, body: Any) -> httpx.Response:
        raw = json.dumps(body).encode()
        told = {**self.headers("POST", path, body=raw), "Content-Type": "application/json"}
        return self.http.post(path, content=raw, headers=told)


def no(answer: httpx.Response) -> tuple[int, str]:
    """A refusal: its status and its word."""
    return answer.status_code, answer.json()["code"]
