"""The description for machines: every answer, every no, and how a request is signed."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ..service.problem import Problem
from .declined import NOT_NOW, UNSIGNED
from .gate import OPEN
from .signatures import ACCEPT

WORDS: dict[int, tuple[str, ...]] = {
    400: ("malformed",),
    401: tuple(UNSIGNED),
    403: ("not_allowed", "other_world"),
    404: (
        *("nobody", "bad_checksum", "unknown_token", "unknown_claim", "page_unknown", "no_worlds"),
        "unknown_path",
    ),
    408: ("too_slow",),
    409: ("bad_slip", "a reason of the contracts"),
    413: ("too_large",),
    429: ("too_often", "too_dear"),
    503: (*NOT_NOW, "broken"),
}
SAYS = {
    400: "not a request of ours",
    401: "not signed by a registered caller, now and for this",
    403: "not what this caller was registered for",
    404: "there is no such thing",
    408: "it came too slowly",
    409: "the contract would refuse it",
    413: "too long",
    429: "more than this caller's share; Retry-After says when",
    503: "nothing true can be said now",
}
EXAMPLES = {
    400: ("malformed", "This is not a request of ours: path.wallet: String should match pattern."),
    401: ("stale", UNSIGNED["stale"]),
    403: ("not_allowed", "You are not registered to ask about: wallets."),
    404: ("nobody", "There is nobody of this name here."),
    408: ("too_slow", "This request came too slowly."),
    409: ("claim_settled", "The claim is settled: fulfilled, cancelled or missed."),
    413: ("too_large", "This request is too large."),
    429: ("too_often", "You ask more often than agreed."),
    503: ("node_unreachable", NOT_NOW["node_unreachable"]),
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ways in which a route says no."""
    told: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        code, message = EXAMPLES[status]
        words = ", ".join(f"`{word}`" for word in WORDS[status])
        example = {"code": code, "message": message}
        told[status] = {
            "model": Problem,
            "description": f"{SAYS[status]}: {words}",
            "content": {"application/json": {"example": example}},
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
        description="Who is this wallet, passport or avatar to a brand? Public facts alone.",
        routes=app.routes,
    )
    scheme = {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": (
            "RFC 9421 with Content-Digest (RFC 9530), in one form alone. "
            f"Signature-Input as in `{ACCEPT}`; docs/gateway.md has a worked example."
        ),
    }
    made["components"]["securitySchemes"] = {"signature": scheme}
    for path, item in made["paths"].items():
        for operation in item.values():
            operation["responses"].pop("422", None)  # what is malformed is 400 here
            if path not in OPEN:
                operation["security"] = [{"signature": []}]
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    app.openapi = lambda: made  # type: ignore[method-assign]


__all__ = ["EXAMPLES", "SAYS", "WORDS", "complete", "problems"]
