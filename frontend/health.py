"""`/healthz`: is the app up, does its chain answer, how old is what it says."""

from __future__ import annotations

import time
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .node import NodeError, ask
from .settings import Settings

KEPT = 1.0  # seconds: a health check must not become a way to load the node


class Health:
    """Looks at the chain at most once a second, however often it is asked."""

    def __init__(self, settings: Settings, chain_id: int | None) -> None:
        self.settings = settings
        self.chain_id = chain_id
        self._seen: tuple[float, dict[str, Any]] | None = None

    def look(self) -> dict[str, Any]:
        """The state of the chain, as its first node that answers tells it."""
        if self._seen is not None and time.monotonic() - self._seen[0] < KEPT:
            return self._seen[1]
        chain = self._ask()
        self._seen = (time.monotonic(), chain)
        return chain

    def _ask(self) -> dict[str, Any]:
        for url in self.settings.rpc_urls:
            try:
                chain_id = int(ask(url, "eth_chainId"), 16)
                block = ask(url, "eth_getBlockByNumber", ["latest", False])
                number, moment = int(block["number"], 16), int(block["timestamp"], 16)
            except (NodeError, TypeError, ValueError, KeyError):
                continue
            return {
                "reachable": True,
                "chain_id": chain_id,
                "head": number,
                "head_age_seconds": max(0, int(time.time()) - moment),
            }
        return {"reachable": False}

    def is_well(self, chain: dict[str, Any]) -> bool:
        """Whether a load balancer should send people here."""
        if not chain["reachable"]:
            return False
        if self.chain_id is not None and chain["chain_id"] != self.chain_id:
            return False
        limit = self.settings.max_head_age
        return limit is None or chain["head_age_seconds"] <= limit

    async def __call__(self, request: Request) -> JSONResponse:
        chain = await to_thread.run_sync(self.look)
        well = self.is_well(chain)
        body = {"app": "up", "chain": chain, "expected_chain_id": self.chain_id, "well": well}
        return JSONResponse(body, 200 if well else 503, {"Cache-Control": "no-store"})


def route(settings: Settings, chain_id: int | None) -> Route:
    """The route to mount."""
    health = Health(settings, chain_id)

    async def answer(request: Request) -> JSONResponse:
        return await health(request)

    return Route("/healthz", answer, methods=["GET"])
