"""How a service says no: a status, a word that never changes, a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from ..errors import CercleError
from ..values import Frozen
from .logs import Log

FRESH = {"Cache-Control": "no-store"}


class Problem(Frozen):
    """Why not."""

    code: str = Field(description="a word that never changes", examples=["malformed"])
    message: str = Field(description="a sentence for a person")


class Declined(CercleError):
    """The service does not do this."""

    code = "declined"

    def __init__(
        self,
        status: int,
        word: str,
        sentence: str,
        *,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.word = word
        self.retry_after = retry_after
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(retry_after)


def problem(
    status: int, code: str, sentence: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A no, as it travels."""
    body = Problem(code=code, message=sentence[:300]).model_dump()
    return JSONResponse(body, status, {**FRESH, **(headers or {})})


def say_no(app: FastAPI, service: str, log: Log) -> None:
    """One form for every no, and no detail of ours in any.

    Args:
        app: Whose.
        service: What it is called in a sentence: "relayer".
        log: Where what nobody foresaw is written down.
    """

    @app.exception_handler(Declined)
    def declined(request: Request, no: Declined) -> JSONResponse:
        request.scope["code"] = no.word
        return problem(no.status, no.word, str(no), no.headers)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        request.scope["code"] = "malformed"
        found = error.errors()[0]
        where = ".".join(str(part) for part in found["loc"])
        return problem(400, "malformed", f"This is not a request of ours: {where}: {found['msg']}.")

    @app.exception_handler(HTTPException)
    def other(request: Request, error: HTTPException) -> JSONResponse:
        word = {404: "unknown_path", 405: "unknown_method"}.get(error.status_code, "malformed")
        request.scope["code"] = word
        headers = {"Allow": _methods(request)} if error.status_code == 405 else None
        return problem(error.status_code, word, "There is nothing of this kind here.", headers)

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> JSONResponse:
        request.scope["code"] = "broken"
        log.broke("request failed")
        return problem(503, "broken", f"The {service} met something that nobody foresaw.")


def _methods(request: Request) -> str:
    """What may be asked at a path, of all its routes: the framework names the first one's alone."""
    found: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(found))


def first_of(error: ValidationError) -> str:
    """What is wrong with a form, in one line."""
    found = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in found["loc"]) or "the body"
    return f"{where}: {found['msg']}"


__all__ = ["FRESH", "Declined", "Problem", "first_of", "problem", "say_no"]
