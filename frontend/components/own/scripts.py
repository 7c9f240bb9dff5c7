"""Serves the modules that a page loads from here, under the policy like any other script."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

SHARED = "/own/own.js"


def script(path: str, file: Path) -> Route:
    """The route of one module."""

    async def serve(request: Request) -> Response:
        headers = {"Cache-Control": "no-cache"}
        return FileResponse(file, media_type="text/javascript", headers=headers)

    return Route(path, serve, methods=["GET"])


def shared() -> Route:
    """The route of what all of them import."""
    return script(SHARED, Path(__file__).with_name("own.js"))
