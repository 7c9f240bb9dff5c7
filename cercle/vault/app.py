"""The vault's routes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.cors import CORSMiddleware

from ..errors import ChainError, DeploymentError
from ..service.body import Door
from ..service.metrics import PlainMetrics
from ..service.problem import FRESH, problem, say_no
from ..service.watch import Watch
from . import declined, members, openapi, wire
from .blobs import StorageDown
from .logs import LOG, tell
from .openapi import problems
from .service import WELL, Vault, Worker
from .settings import Settings


def build(vault: Vault, *, works: bool = True) -> FastAPI:
    """The app of a vault.

    Args:
        vault: What answers.
        works: Whether it follows the ledger by itself.
    """
    worker = Worker(vault)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        tell("started", chain=vault.deployment.chain_id)
        if works:
            worker.start()
        yield
        if works:
            worker.stop()
        vault.close()
        tell("ended")

    app = FastAPI(
        title="Cercle vault",
        version="1",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.vault = vault
    # The last one added is the first to see a request.
    app.add_middleware(Door, room=Settings.ROOM)
    if vault.settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(vault.settings.origins),
            allow_methods=["GET", "POST", "PUT"],
            allow_headers=["Authorization", "Content-Type", "If-Match"],
        )
    numbers = vault.metrics
    app.add_middleware(
        Watch, requests=numbers.requests, refusals=numbers.refusals, seconds=numbers.seconds
    )
    say_no(app, "vault", LOG)
    _say_down(app)
    _anybody(app, vault)
    members.add(app, vault)
    _companies(app, vault)
    _watch(app, vault)
    openapi.complete(app)
    return app


def _say_down(app: FastAPI) -> None:
    def down(word: str, request: Request) -> JSONResponse:
        request.scope["code"] = word
        no = declined.no(word)
        return problem(no.status, no.word, str(no), no.headers)

    @app.exception_handler(ChainError)
    def node_down(request: Request, error: ChainError) -> JSONResponse:
        return down("node_down", request)

    @app.exception_handler(DeploymentError)
    def no_contract(request: Request, error: DeploymentError) -> JSONResponse:
        return down("node_down", request)

    @app.exception_handler(StorageDown)
    def storage_down(request: Request, error: StorageDown) -> JSONResponse:
        return down("storage_down", request)


# ---- anybody, and signing in -------------------------------------------------------------------


def _anybody(app: FastAPI, vault: Vault) -> None:
    @app.get("/v1/terms", operation_id="terms", tags=["anybody"])
    def terms(response: Response) -> wire.TermsAnswer:
        """Which vault this is, and its public key."""
        response.headers.update(FRESH)
        return vault.terms()

    @app.post(
        "/v1/challenges",
        operation_id="challenge",
        responses=problems(400, 408, 413, 429),
        tags=["anybody"],
    )
    def challenge(asked: wire.ChallengeRequest, response: Response) -> wire.ChallengeAnswer:
        """What to sign, so as to be let in."""
        vault.pace(f"challenge {asked.account}", vault.settings.sign_ins_per_minute)
        response.headers.update(FRESH)
        return vault.sign_in.challenge(asked.account)

    @app.post(
        "/v1/sessions",
        operation_id="session",
        responses=problems(400, 401, 403, 408, 413, 429, 503),
        tags=["anybody"],
    )
    def session(asked: wire.SessionRequest, response: Response) -> wire.SessionAnswer:
        """A challenge, signed; what it opens lasts a quarter of an hour."""
        vault.pace(f"session {asked.nonce[:40]}", vault.settings.sign_ins_per_minute)
        response.headers.update(FRESH)
        return vault.sign_in.session(asked.nonce, asked.signature)


# ---- companies, the operator -------------------------------------------------------------------


def _companies(app: FastAPI, vault: Vault) -> None:
    @app.post(
        "/v1/releases",
        operation_id="fetch",
        response_model=wire.ReleasedAnswer,
        responses={
            202: {"model": wire.WaitingAnswer, "description": "the member has to answer first"},
            **problems(400, 401, 403, 404, 408, 409, 410, 413, 422, 429, 503),
        },
        tags=["companies"],
    )
    def fetch(asked: wire.FetchRequest) -> Response:
        """Open a record: what the ledger logged that one may see."""
        signer = vault.releases.signer(asked)
        vault.pace(f"company {signer}")
        told = vault.releases.fetch(asked.ask, signer)
        status = 202 if isinstance(told, wire.WaitingAnswer) else 200
        return JSONResponse(told.model_dump(mode="json"), status, FRESH)


def _watch(app: FastAPI, vault: Vault) -> None:
    @app.get(
        "/healthz",
        operation_id="health",
        response_model=dict[str, str],
        responses={503: {"model": dict[str, str], "description": "some part is ill"}},
        tags=["operator"],
    )
    def health() -> Response:
        """200 while all parts are well; else which is ill."""
        found = vault.health()
        is_well = all(word == WELL for word in found.values())
        return JSONResponse(found, 200 if is_well else 503, FRESH)

    @app.get("/metrics", operation_id="metrics", response_class=PlainMetrics, tags=["operator"])
    def metrics() -> Response:
        """Counts and times, for Prometheus."""
        return PlainMetrics(vault.metrics.text(), headers=FRESH)


__all__ = ["build"]
