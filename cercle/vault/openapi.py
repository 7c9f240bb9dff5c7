"""The description for machines: every answer, every no."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ..service.problem import Problem
from .declined import NO

_MORE = {
    400: {"malformed": "This is not a request of ours."},
    404: {"unknown_path": "There is nothing of this kind here."},
    408: {"too_slow": "This request came too slowly."},
    503: {"broken": "The vault met something that nobody foresaw."},
}
OPEN = ("/v1/terms", "/v1/challenges", "/v1/sessions", "/v1/releases", "/healthz", "/metrics")


def words(status: int) -> dict[str, str]:
    """The words of a status, each with its sentence."""
    found = {word: sentence for word, (one, sentence) in NO.items() if one == status}
    return {**found, **_MORE.get(status, {})}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ways in which a route says no."""
    told: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        known = words(status)
        code, message = next(iter(known.items()))
        told[status] = {
            "model": Problem,
            "description": ", ".join(f"`{word}`" for word in known),
            "content": {"application/json": {"example": {"code": code, "message": message}}},
        }
        if status in (429, 503):
            told[status]["headers"] = {
                "Retry-After": {"schema": {"type": "string"}, "description": "seconds"}
            }
    return told


def complete(app: FastAPI) -> None:
    """Let the app describe itself whole."""
    made = get_openapi(
        title=app.title,
        version=app.version,
        description="What a person told, kept shut, and opened for whom the ledger lets.",
        routes=app.routes,
    )
    scheme = {"type": "http", "scheme": "bearer"}
    made["components"]["securitySchemes"] = {"session": scheme}
    for path, item in made["paths"].items():
        for operation in item.values():
            for status, told in list(operation["responses"].items()):
                reference = str(told.get("content", {}))
                if status == "422" and "HTTPValidationError" in reference:
                    operation["responses"].pop("422")  # what is malformed is 400 here
            if path not in OPEN:
                operation["security"] = [{"session": []}]
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    app.openapi = lambda: made  # type: ignore[method-assign]


__all__ = ["OPEN", "complete", "problems", "words"]
