"""The gateway's routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request, Response

from .. import identity
from ..service.body import Door
from ..service.metrics import PlainMetrics
from ..service.problem import FRESH, say_no
from ..service.watch import Watch
from . import declined, openapi, wire
from .callers import Caller, Scope
from .doorkeeper import Doorkeeper
from .gate import Gate
from .gateway import MOST, Gateway
from .logs import LOG, tell
from .openapi import problems
from .settings import Settings
from .subjects import Subject, address

_WALLET = r"^0x[0-9a-fA-F]{40}$"
_HASH = r"^0x[0-9a-fA-F]{64}$"

Wallet = Annotated[
    str, Path(pattern=_WALLET, examples=["0x70997970C51812dc3A010C7d01b50e0d17dc79C8"])
]
Passport = Annotated[str, Path(pattern=r"^[1-9][0-9]{0,17}$", examples=["42"])]
World = Annotated[str, Path(pattern=_HASH, description="its id, in the Profile")]
Reference = Annotated[str, Path(pattern=_HASH, description="what names the avatar there")]
TokenId = Annotated[str, Path(pattern=r"^(0|[1-9][0-9]{0,77})$", examples=["7"])]
ClaimId = Annotated[str, Path(pattern=r"^[1-9][0-9]{0,76}$", description="as an answer gave it")]
Limit = Annotated[int, Query(ge=1, le=200, description="how many at most")]
Before = Annotated[
    str | None,
    Query(pattern=r"^[0-9]{1,18}-[0-9]{1,9}$", description="`older` of the part that was read"),
]
Few = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Below = Annotated[
    str | None,
    Query(pattern=r"^[1-9][0-9]{0,8}$", description="`older` of the part that was read"),
]


def build(gateway: Gateway, doorkeeper: Doorkeeper | None = None) -> FastAPI:
    """The app of a gateway.

    Args:
        gateway: What answers.
        doorkeeper: Who lets callers in; one of the gateway's own, if none is named.
    """
    keeper = doorkeeper or Doorkeeper(
        gateway.settings, gateway.callers, gateway.metrics, gateway.clock
    )

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        tell("started", chain=gateway.chain.chain_id, index=gateway.settings.index_url is not None)
        yield
        tell("ended")

    app = FastAPI(
        title="Cercle gateway",
        version="1",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a signature is for one path alone
    )
    # The last one added is the first to see a request.
    app.add_middleware(Gate, doorkeeper=keeper)
    app.add_middleware(Door, room=Settings.ROOM)
    numbers = gateway.metrics
    app.add_middleware(
        Watch,
        requests=numbers.requests,
        refusals=numbers.refusals,
        seconds=numbers.seconds,
        tell=tell,
    )
    say_no(app, "gateway", LOG)
    _brand(app, gateway)
    for of_whom, scope, more in _SUBJECTS:
        _somebody(app, gateway, of_whom, scope, more)
    _history(app, gateway)
    _till(app, gateway)
    _watch(app, gateway)
    openapi.complete(app)
    return app


def needs(scope: Scope) -> Callable[[Request], Caller]:
    """What a route asks of its caller."""

    def check(request: Request) -> Caller:
        caller: Caller = request.scope["caller"]
        if scope not in caller.scopes:
            raise declined.not_allowed(scope)
        return caller

    return check


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


# ---- whom one may ask about -------------------------------------------------------------


def _by_wallet(wallet: Wallet) -> Subject:
    return Subject(wallet=address(wallet))


def _by_passport(passport_id: Passport) -> Subject:
    return Subject(passport_id=int(passport_id))


def _by_avatar(request: Request, world: World, reference: Reference) -> Subject:
    return _avatar(request, world, reference)


def _by_token(request: Request, world: World, token: Wallet, token_id: TokenId) -> Subject:
    number = int(token_id)
    if number >= 2**256:
        raise declined.nothing("unknown_token", "There is no such token.")
    return _avatar(request, world, identity.token_reference(address(token), number))


def _avatar(request: Request, world: str, reference: str) -> Subject:
    caller: Caller = request.scope["caller"]
    if caller.worlds and world.lower() not in caller.worlds:
        raise declined.other_world()
    return Subject(world=world.lower(), reference=reference.lower())


_SUBJECTS = (
    ("/v1/wallets/{wallet}", Scope.WALLETS, _by_wallet),
    ("/v1/passports/{passport_id}", Scope.WALLETS, _by_passport),
    ("/v1/worlds/{world}/avatars/{reference}", Scope.AVATARS, _by_avatar),
    ("/v1/worlds/{world}/tokens/{token}/{token_id}", Scope.AVATARS, _by_token),
)


def _somebody(
    app: FastAPI, gateway: Gateway, of_whom: str, scope: Scope, subject: Callable[..., Subject]
) -> None:
    kind = subject.__name__.removeprefix("_by_")
    allowed, asked = [Depends(needs(scope))], Annotated[Subject, Depends(subject)]

    def member(who: asked, response: Response) -> wire.MemberAnswer:  # type: ignore[valid-type]
        """Who somebody is to this brand: a member or not, since when, tier, standing, points."""
        response.headers.update(FRESH)
        return gateway.member(who)

    def perks(
        who: asked,  # type: ignore[valid-type]
        response: Response,
        limit: Few = MOST,
        before: Below = None,
    ) -> wire.PerksAnswer:
        """Which perks they could claim now and why not the others; their live claims."""
        response.headers.update(FRESH)
        return gateway.perks(who, limit, _number(before))

    for route in (member, perks):
        route.__annotations__["who"] = asked
        app.get(
            f"{of_whom}/{route.__name__}",
            dependencies=allowed,
            operation_id=f"{route.__name__}_of_{kind}",
            responses=problems(400, 401, 403, 404, 429, 503),
            tags=[scope.value],
        )(route)


# ---- the brand, histories, the till, the operator ----------------------------------------


def _brand(app: FastAPI, gateway: Gateway) -> None:
    routes = APIRouter(
        dependencies=[Depends(needs(Scope.BRAND))],
        responses=problems(400, 401, 403, 429, 503),
        tags=[Scope.BRAND.value],
    )

    @routes.get("/v1/brand", operation_id="brand")
    def brand(response: Response) -> wire.BrandAnswer:
        """The brand: its contracts, its tiers, its points."""
        response.headers.update(FRESH)
        return gateway.brand()

    @routes.get("/v1/perks", operation_id="perks")
    def perks(response: Response, limit: Few = MOST, before: Below = None) -> wire.PerksAnswer:
        """The perks, as anybody sees them."""
        response.headers.update(FRESH)
        return gateway.perks(None, limit, _number(before))

    @routes.get("/v1/polls", operation_id="polls")
    def polls(response: Response, limit: Few = MOST, before: Below = None) -> wire.PollsAnswer:
        """The polls, as they stand."""
        response.headers.update(FRESH)
        return gateway.polls(limit, _number(before))

    app.include_router(routes)


def _history(app: FastAPI, gateway: Gateway) -> None:
    @app.get(
        "/v1/passports/{passport_id}/history",
        operation_id="history_of_passport",
        dependencies=[Depends(needs(Scope.HISTORY))],
        responses=problems(400, 401, 403, 404, 429, 503),
        tags=[Scope.HISTORY.value],
    )
    def history(
        passport_id: Passport, response: Response, limit: Limit = 50, before: Before = None
    ) -> wire.HistoryAnswer:
        """What the chain has written about a person, the newest first."""
        response.headers.update(FRESH)
        return gateway.history(int(passport_id), limit, before)


def _till(app: FastAPI, gateway: Gateway) -> None:
    allowed = [Depends(needs(Scope.REDEEM))]

    @app.post(
        "/v1/redeem",
        operation_id="redeem",
        dependencies=allowed,
        responses=problems(400, 401, 403, 404, 408, 409, 413, 429, 503),
        tags=[Scope.REDEEM.value],
    )
    def redeem(request: wire.RedeemRequest, response: Response) -> wire.RedeemAnswer:
        """Try a member's code, and prepare the call; the till's own signer sends it."""
        response.headers.update(FRESH)
        return gateway.redeem(request)

    @app.get(
        "/v1/claims/{claim_id}",
        operation_id="claim",
        dependencies=allowed,
        responses=problems(400, 401, 403, 404, 429, 503),
        tags=[Scope.REDEEM.value],
    )
    def claim(claim_id: ClaimId, response: Response) -> wire.ClaimAnswer:
        """Where a claim stands."""
        response.headers.update(FRESH)
        return gateway.claim(int(claim_id))


def _watch(app: FastAPI, gateway: Gateway) -> None:
    @app.get(
        "/healthz",
        operation_id="health",
        responses={503: {"model": wire.Health}},
        tags=["operator"],
    )
    def health(response: Response) -> wire.Health:
        """200 while true answers can be given; else which part is ill."""
        found = gateway.health()
        response.status_code = 200 if found.well else 503
        response.headers.update(FRESH)
        return found

    @app.get("/metrics", operation_id="metrics", response_class=PlainMetrics, tags=["operator"])
    def metrics() -> Response:
        """Counts and times, for Prometheus."""
        return PlainMetrics(gateway.metrics.text(), headers=FRESH)


__all__ = ["build"]
