"""Clients whose requests reach the routes under test, and whose answers a test may bend."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import BaseAdapter

from cercle.vault.client import VaultCompany, VaultMember, Waiting

from .stage import COMPANY_KEY, SITE, Stage, sign_text

URL = "http://testserver"


class Wire(BaseAdapter):
    """Carries requests to the routes; what comes back goes through `bend` first."""

    def __init__(self, http: Any) -> None:
        super().__init__()
        self.http = http
        self.bend: Callable[[str, int, Any], tuple[int, Any]] = lambda path, status, told: (
            status,
            told,
        )
        self.seen: list[str] = []

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        path = str(request.path_url)
        self.seen.append(f"{request.method} {path}")
        told = self.http.request(
            request.method, path, content=request.body, headers=dict(request.headers)
        )
        status, body = self.bend(path, told.status_code, told.json())
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = requests.Response()
        answer.status_code, answer.request = status, request
        answer.headers.update(told.headers)
        answer.raw = type("Raw", (), {"stream": lambda self, *_, **__: iter([raw])})()
        answer.raw.release_conn = answer.raw.close = lambda: None
        return answer

    def close(self) -> None:
        """Nothing is held open."""


def member_of(stage: Stage, wire: Wire, who: Any, clock: Any, *, site: str = SITE) -> VaultMember:
    """A member's client."""
    town = stage.town
    made = VaultMember(
        URL,
        town.chain,
        town.deployment,
        who.address,
        lambda text: sign_text(who, text),
        site=site,
        clock=clock,
    )
    made._line.session.mount("http://", wire)
    return made


def company_of(
    stage: Stage, wire: Wire, clock: Any, *, private: bytes = COMPANY_KEY, meanwhile: Any = None
) -> VaultCompany:
    """The shop's client; `meanwhile` is what happens while it waits."""

    def sleep(seconds: float) -> None:
        clock.wait(seconds)
        if meanwhile is not None:
            meanwhile()

    def sign(message: Any) -> str:
        return "0x" + bytes(stage.shop.sign_message(message).signature).hex()

    town = stage.town
    made = VaultCompany(
        URL,
        town.chain,
        town.deployment,
        private,
        sign,
        waiting=Waiting(most=30.0, sleep=sleep, clock=clock),
    )
    made._line.session.mount("http://", wire)
    return made
