"""The door of a wallet that this server speaks for: JSON-RPC from our own pages, counted out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

MAX_BODY = 64 * 1024

Methods = Mapping[str, Callable[[list[Any]], Any]]


class Refusal(Exception):
    """A JSON-RPC error, as EIP-1193 numbers them."""

    def __init__(self, code: int, message: str, data: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class Door:
    """Checks who asks, then what is asked."""

    methods: Methods
    at_once: int = 40  # calls answered at the same time

    @cached_property
    def _limiter(self) -> CapacityLimiter:
        return CapacityLimiter(self.at_once)

    def is_ours(self, request: Request, origin: str) -> bool:
        """Whether a page of this origin may ask."""
        return origin == f"{request.url.scheme}://{request.headers['host']}"

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        # NOTE: the Host was checked by the guard; a page of any other origin stops here.
        if not self.is_ours(request, request.headers.get("origin", "")):
            return Response(status_code=403)
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return Response(status_code=403)
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            return Response(status_code=415)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                return Response(status_code=413)
        try:
            call = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        if not isinstance(call, dict) or not isinstance(call.get("params", []), list):
            return Response(status_code=400)
        result = await to_thread.run_sync(self.call, call, limiter=self._limiter)
        return JSONResponse(result, headers={"Cache-Control": "no-store"})

    def call(self, call: dict[str, Any]) -> dict[str, Any]:
        """The result of a call, or the error."""
        try:
            method = self.methods.get(str(call.get("method")))
            if method is None:
                raise Refusal(4200, "This wallet does not do this.")
            return {"result": method(call.get("params", []))}
        except Refusal as refusal:
            return error_of(refusal.code, str(refusal), refusal.data)
        except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError):
            return error_of(-32602, "The parameters are not understood.")


def error_of(code: int, message: str, data: Any = None) -> dict[str, Any]:
    """An error as JSON-RPC writes it."""
    more = {} if data is None else {"data": data}
    return {"error": {"code": code, "message": message, **more}}
