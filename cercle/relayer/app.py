"""The relayer's routes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from anyio import to_thread
from fastapi import FastAPI, Path, Response
from fastapi.responses import JSONResponse

from ..service.body import Door
from ..service.problem import FRESH, Problem, say_no
from .logs import LOG
from .relayer import Relayer
from .settings import Settings
from .wire import AccountRequest, ActRequest, ActStatus, Terms
from .worker import Worker

_Id = Annotated[str, Path(pattern=r"^0x[0-9a-fA-F]{64}$")]


def build(relayer: Relayer, *, works: bool = True) -> FastAPI:
    """The app of a relayer.

    Args:
        relayer: Closed when the app ends.
        works: Whether a thread carries what is accepted; else somebody calls `step`.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        worker = Worker(relayer) if works else None
        if worker is not None:
            worker.start()
        try:
            yield
        finally:
            if worker is not None:
                await to_thread.run_sync(worker.stop)
            relayer.close()

    problems: dict[int | str, dict[str, Any]] = {
        status: {"model": Problem} for status in (400, 403, 404, 408, 409, 413, 422, 429, 503)
    }
    app = FastAPI(
        title="Cercle relayer", lifespan=life, docs_url=None, redoc_url=None, responses=problems
    )
    app.add_middleware(Door, room=Settings.ROOM)
    say_no(app, "relayer", LOG)
    _answer(app, relayer)
    _watch(app, relayer)
    return app


def _answer(app: FastAPI, relayer: Relayer) -> None:
    @app.post("/v1/acts", status_code=202)
    def take(act: ActRequest) -> ActStatus:
        """Hand over what a member signed; the same again is no second act."""
        return relayer.take(act)

    @app.post("/v1/accounts", status_code=202)
    def take_account(account: AccountRequest) -> ActStatus:
        """Ask for a passkey's account, on an invitation."""
        return relayer.take_account(account)

    @app.get("/v1/acts/{id}")
    def status(id: _Id, response: Response) -> ActStatus:
        """What became of an act."""
        response.headers.update(FRESH)
        return relayer.status(id)

    @app.get("/v1/terms")
    def terms() -> Terms:
        """What is carried, and how much a day."""
        return relayer.terms()


def _watch(app: FastAPI, relayer: Relayer) -> None:
    @app.get("/healthz", response_model=None)
    def health() -> JSONResponse:
        """200 while a promise made now can be kept; else which part is ill."""
        conditions = relayer.parts.conditions
        well, queue = conditions.is_well, relayer.parts.book.queue()
        body = {"well": well, "parts": conditions.parts, "queue": queue}
        return JSONResponse(body, 200 if well else 503, FRESH)

    @app.get("/metrics", response_model=None)
    def metrics() -> Response:
        """Counts and sums, for Prometheus."""
        text = relayer.parts.metrics.text()
        return Response(text, media_type="text/plain; version=0.0.4", headers=FRESH)


__all__ = ["build"]
