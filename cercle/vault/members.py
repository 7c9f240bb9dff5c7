"""The vault's routes for members; each asks the ledger again whose the wallet is."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, FastAPI, Header, Path, Request, Response

from ..service.problem import FRESH
from . import wire
from .envelopes import Envelope
from .openapi import problems
from .rings import Ring
from .service import Vault

Number = Annotated[str, Path(pattern=r"^[1-9][0-9]{0,14}$", examples=["42"])]
Whole = Annotated[int, Path(ge=1, lt=10**15)]  # where a word may stand in its place
Bit = Annotated[str, Path(pattern=r"^(0|[1-9]|[1-5][0-9]|6[0-3])$", examples=["1"])]
IfMatch = Annotated[str | None, Header(pattern=r'^"?[0-9a-f]{64}"?$')]
_BEARER = "bearer "
_READS = (401, 403, 429, 503)
_WRITES = (400, 401, 403, 408, 413, 429, 503)


def _who(request: Request) -> int:
    """The passport of who asks, after the ledger was asked again."""
    vault: Vault = request.app.state.vault
    told = request.headers.get("authorization", "")
    token = told[len(_BEARER) :] if told.lower().startswith(_BEARER) else None
    passport_id = vault.sign_in.member(token)
    vault.pace(f"member {passport_id}")
    return passport_id


Member = Annotated[int, Depends(_who)]


def add(app: FastAPI, vault: Vault) -> None:
    """Let an app answer members."""
    _ring(app, vault)
    _records(app, vault)
    _asks(app, vault)
    _recovery(app, vault)


def _ring(app: FastAPI, vault: Vault) -> None:
    @app.get("/v1/ring", operation_id="ring", responses=problems(*_READS, 404), tags=["members"])
    def get(who: Member, response: Response) -> wire.RingAnswer:
        """The sealed key."""
        response.headers.update(FRESH)
        ring = vault.rings.required(who)
        response.headers["ETag"] = f'"{ring.digest}"'
        return wire.RingAnswer(ring=ring, digest=ring.digest)

    @app.put(
        "/v1/ring",
        operation_id="put_ring",
        responses=problems(*_WRITES, 412, 422),
        tags=["members"],
    )
    def put(
        who: Member,
        ring: Ring,
        response: Response,
        if_match: IfMatch = None,
    ) -> wire.RingAnswer:
        """Keep a sealed key; replacing one names the digest of the one before."""
        response.headers.update(FRESH)
        vault.rings.put(who, ring, if_match.strip('"') if if_match else None)
        return wire.RingAnswer(ring=ring, digest=ring.digest)

    @app.get(
        "/v1/ring/{passport_id}/key",
        operation_id="key_of",
        responses=problems(*_READS, 400, 404),
        tags=["members"],
    )
    def key(
        who: Member,
        passport_id: Number,
        response: Response,
    ) -> wire.KeyAnswer:
        """A person's public key, so as to name them a contact."""
        response.headers.update(FRESH)
        ring = vault.rings.required(int(passport_id))
        return wire.KeyAnswer(passport_id=int(passport_id), public_key=ring.public_key)


def _records(app: FastAPI, vault: Vault) -> None:
    @app.put(
        "/v1/records",
        operation_id="put_record",
        responses=problems(*_WRITES, 409, 422),
        tags=["members"],
    )
    def put(who: Member, envelope: Envelope, response: Response) -> wire.DoneAnswer:
        """Keep an envelope; it waits for its move."""
        response.headers.update(FRESH)
        vault.records.put(who, envelope)
        return wire.DoneAnswer()

    @app.get("/v1/records", operation_id="records", responses=problems(*_READS), tags=["members"])
    def get(who: Member, response: Response) -> wire.RecordsAnswer:
        """All that is kept of one, what waits too."""
        response.headers.update(FRESH)
        return wire.RecordsAnswer(records=vault.records.all(who))

    @app.put(
        "/v1/records/{category}/unattended",
        operation_id="set_unattended",
        responses=problems(*_WRITES, 404, 410, 422),
        tags=["members"],
    )
    def unattended(
        who: Member,
        category: Bit,
        asked: wire.UnattendedRequest,
        response: Response,
    ) -> wire.DoneAnswer:
        """Let the service release a record alone, or no longer."""
        response.headers.update(FRESH)
        vault.records.set_unattended(who, int(category), asked.vault)
        return wire.DoneAnswer()


def _asks(app: FastAPI, vault: Vault) -> None:
    @app.get("/v1/asks", operation_id="asks", responses=problems(*_READS), tags=["members"])
    def asks(who: Member, response: Response) -> wire.AsksAnswer:
        """Reads logged on the ledger that wait for one's answer."""
        response.headers.update(FRESH)
        return wire.AsksAnswer(asks=vault.releases.asks(who))

    @app.post(
        "/v1/asks/{ask_id}",
        operation_id="answer",
        responses=problems(*_WRITES, 404, 410),
        tags=["members"],
    )
    def answer(
        who: Member,
        ask_id: Number,
        asked: wire.AskRequest,
        response: Response,
    ) -> wire.DoneAnswer:
        """The key of a record, sealed to the company by one's browser."""
        response.headers.update(FRESH)
        vault.releases.answer(who, int(ask_id), asked.wrap)
        return wire.DoneAnswer()

    @app.get("/v1/releases", operation_id="releases", responses=problems(*_READS), tags=["members"])
    def releases(who: Member, response: Response) -> wire.ReleasesAnswer:
        """What went out."""
        response.headers.update(FRESH)
        return wire.ReleasesAnswer(releases=vault.releases.lines(who))

    @app.get(
        "/v1/certificates",
        operation_id="certificates",
        responses=problems(*_READS),
        tags=["members"],
    )
    def certificates(who: Member, response: Response) -> wire.CertificatesAnswer:
        """What was shredded, signed for `Records.certify_shred`."""
        response.headers.update(FRESH)
        return wire.CertificatesAnswer(certificates=vault.erasures.certificates(who))

    @app.get("/v1/export", operation_id="export", responses=problems(*_READS), tags=["members"])
    def export(who: Member, response: Response) -> wire.Export:
        """Everything in one file."""
        response.headers.update(FRESH)
        return vault.export(who)


def _recovery(app: FastAPI, vault: Vault) -> None:
    @app.post(
        "/v1/recovery",
        operation_id="recover",
        responses=problems(*_WRITES, 404, 409, 422),
        tags=["members"],
    )
    def ask(who: Member, asked: wire.RecoveryRequest, response: Response) -> wire.RecoveryAnswer:
        """Ask one's contact for the key."""
        response.headers.update(FRESH)
        return vault.rings.ask(who, asked.public_key)

    @app.get("/v1/recovery", operation_id="recovery", responses=problems(*_READS), tags=["members"])
    def look(who: Member, response: Response) -> wire.RecoveryAnswer:
        """What came of asking."""
        response.headers.update(FRESH)
        return vault.rings.asked_for(who)

    @app.get(
        "/v1/recovery/asked",
        operation_id="recovery_asked",
        responses=problems(*_READS),
        tags=["members"],
    )
    def who_asks(who: Member, response: Response) -> wire.AskedRecoveriesAnswer:
        """For a contact: who asks, with their sealed key."""
        response.headers.update(FRESH)
        return wire.AskedRecoveriesAnswer(asked=vault.rings.who_asks(who))

    @app.post(
        "/v1/recovery/{passport_id:int}",
        operation_id="give_back",
        responses=problems(*_WRITES, 404),
        tags=["members"],
    )
    def give(
        who: Member,
        passport_id: Whole,
        asked: wire.GiveBackRequest,
        response: Response,
    ) -> wire.DoneAnswer:
        """For a contact: the answer, sealed to the key that the person showed."""
        response.headers.update(FRESH)
        vault.rings.give_back(who, passport_id, asked.sealed)
        return wire.DoneAnswer()


__all__ = ["add"]
