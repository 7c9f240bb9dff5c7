"""How the app, a script or a test hands a signed act to a relayer, and asks what became of it."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import requests
from pydantic import ValidationError

from .. import asking
from ..errors import (
    RelayerBudget,
    RelayerMisbehaved,
    RelayerUnreachable,
    refusal_by_code,
)
from ..jsontext import parse_json
from ..slips import Invitation, Slip
from ..typed_data import SignedMessage
from .wire import ActRequest, ActState, ActStatus, Terms, Told, as_text

TIMEOUT = 5.0  # seconds
MAX_ANSWER = 65_536  # bytes
_MAX_DEPTH = 16
T = TypeVar("T", bound=Told)


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
        body = ActRequest.of(signed).model_dump(mode="json", exclude_none=True)
        for name in ("invitation", "attestation", "terms"):
            if (beside := getattr(signed, name)) is not None:
                body[name] = as_text(beside.model_dump(mode="json"))
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
        code, raw, wait = self._request(method, path, body)
        try:
            told = parse_json(raw, _MAX_DEPTH)
        except ValueError as error:
            raise RelayerMisbehaved() from error
        if code < 400:
            return told
        if code == 429:
            raise RelayerBudget(wait)
        if code == 503:
            raise RelayerUnreachable()
        word = told.get("code") if isinstance(told, dict) else None
        raise refusal_by_code(word) if isinstance(word, str) else RelayerMisbehaved()

    def _request(self, method: str, path: str, body: dict[str, Any] | None) -> asking.Answer:
        """Status, body and seconds to wait."""
        raw = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if raw else {}
        limits: dict[str, Any] = {"timeout": self.timeout, "most": MAX_ANSWER}
        try:
            return asking.ask(method, self.url + path, headers=headers, body=raw, **limits)
        except asking.TooMuch as error:
            raise RelayerMisbehaved() from error
        except (asking.TooSlow, requests.RequestException) as error:
            raise RelayerUnreachable() from error

    @staticmethod
    def _parse(form: type[T], told: Any) -> T:
        try:
            return form.model_validate(told)
        except ValidationError as error:
            raise RelayerMisbehaved() from error


def _slip(slip: Slip | None) -> dict[str, Any] | None:
    if slip is None:
        return None
    return {name: as_text(value) for name, value in slip.model_dump(mode="json").items()}


__all__ = ["ActState", "ActStatus", "RelayerClient", "Terms"]
