"""How the app, a script or a test hands a signed act to a relayer, and asks what became of it."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import requests
from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import (
    CercleError,
    RelayerBudget,
    RelayerMisbehaved,
    RelayerRefused,
    RelayerUnreachable,
    refusal_by_code,
)
from ..slips import Invitation, Slip
from ..typed_data import SignedMessage
from ..values import Address

TIMEOUT = 5.0  # seconds
MAX_ANSWER = 65_536  # bytes
State = Literal["accepted", "sent", "mined", "refused", "failed"]
T = TypeVar("T", bound="Told")


class Told(BaseModel):
    """What a relayer says; fields that this version does not know are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Terms(Told):
    """What a relayer offers."""

    chain_id: int
    relayer: Address
    structs: tuple[str, ...]
    batch_seconds: float = 0
    passkeys: bool = False


class ActStatus(Told):
    """Where an act stands with the relayer: a claim, until the chain says so."""

    id: str
    state: State
    tx: str | None = None
    block: int | None = None
    refusal: str | None = None

    def error(self) -> CercleError | None:
        """Why it came to nothing, if it did."""
        if self.state not in ("refused", "failed"):
            return None
        return RelayerRefused() if self.refusal is None else refusal_by_code(self.refusal)


class RelayerClient:
    """A relayer at an address.

    Usage example::

        client = RelayerClient("http://127.0.0.1:8600")
        status = client.send(SignedMessage(message=message, signature=signature))
        while client.status(status.id).state == "accepted":
            ...
    """

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout

    def terms(self) -> Terms:
        """What it offers.

        Raises:
            RelayerUnreachable, RelayerMisbehaved: It does not answer, or no sense.
        """
        return self._parse(Terms, self._ask("GET", "/v1/terms"))

    def send(self, signed: SignedMessage) -> ActStatus:
        """Hand over a signed act; the same one again is the same act.

        Raises:
            Refused: The contract would refuse it.
            RelayerBudget: It has carried enough for this person, or in all, for now.
            RelayerRefused: It does not carry this.
            RelayerUnreachable, RelayerMisbehaved: It does not answer, or no sense.
        """
        message = {name: _plain(value) for name, value in signed.message.message.items()}
        body: dict[str, Any] = {
            "struct": signed.struct,
            "message": message,
            "signature": signed.signature,
            "invitation": _slip(signed.invitation),
            "link_signature": signed.link_signature,
        }
        if signed.attestation is not None:
            body["attestation"] = _slip(signed.attestation)
        return self._parse(ActStatus, self._ask("POST", "/v1/acts", body))

    def status(self, number: str) -> ActStatus:
        """Ask what became of an act."""
        return self._parse(ActStatus, self._ask("GET", f"/v1/acts/{number}"))

    def account(
        self, x: str, y: str, rp_id_hash: str, credential_hash: str, invitation: Invitation
    ) -> ActStatus:
        """Have an account made for a passkey of somebody who was invited.

        Raises:
            As `send`.
        """
        body = {
            "x": x,
            "y": y,
            "rp_id_hash": rp_id_hash,
            "credential_hash": credential_hash,
            "invitation": _slip(invitation),
        }
        return self._parse(ActStatus, self._ask("POST", "/v1/accounts", body))

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            answer = requests.request(
                method, self.url + path, json=body, timeout=self.timeout, allow_redirects=False
            )
        except requests.RequestException as error:
            raise RelayerUnreachable() from error
        if len(answer.content) > MAX_ANSWER:
            raise RelayerMisbehaved()
        try:
            told = answer.json()
        except ValueError as error:
            raise RelayerMisbehaved() from error
        if answer.ok:
            return told
        if answer.status_code == 429:
            raise RelayerBudget()
        if answer.status_code == 503:
            raise RelayerUnreachable()
        code = told.get("code") if isinstance(told, dict) else None
        raise refusal_by_code(code) if isinstance(code, str) else RelayerMisbehaved()

    @staticmethod
    def _parse(form: type[T], told: Any) -> T:
        try:
            return form.model_validate(told)
        except ValidationError as error:
            raise RelayerMisbehaved() from error


def _plain(value: Any) -> Any:
    """Numbers as text: JSON rounds large ones."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, int) else value


def _slip(slip: Slip | None) -> dict[str, Any] | None:
    if slip is None:
        return None
    return {name: _plain(value) for name, value in slip.model_dump(mode="json").items()}


__all__ = ["ActStatus", "RelayerClient", "Terms"]
