"""How a client talks to a vault: JSON both ways, and one kind of error for every no."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

import requests
from pydantic import BaseModel, ValidationError

from .. import asking
from ..errors import CercleError
from ..jsontext import parse_json

TIMEOUT = 10.0  # seconds
MAX_ANSWER = 8 * 1024 * 1024  # bytes: an export holds 64 categories twice
_MAX_DEPTH = 16
_AWAY = (502, 503, 504)
T = TypeVar("T", bound=BaseModel)


class VaultError(CercleError):
    """A vault says no, or nothing, or what cannot be.

    `code` is the word of the refusal, `unreachable`, or `misbehaved`.
    """

    def __init__(
        self, code: str, sentence: str, status: int = 0, retry_after: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.code = code  # type: ignore[misc]  # a vault's refusals have one class, by many words
        self.status = status
        self.retry_after = retry_after


class Line:
    """A connection to one vault."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self.session = requests.Session()

    def ask(
        self,
        method: str,
        path: str,
        body: BaseModel | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Send one request; the status and what was answered.

        Raises:
            VaultError: It does not answer, or says no.
        """
        sent, raw = dict(headers or {}), None
        if body is not None:
            raw = json.dumps(body.model_dump(mode="json")).encode()
            sent["Content-Type"] = "application/json"
        limits: dict[str, Any] = {"timeout": self.timeout, "most": MAX_ANSWER}
        try:
            answer = asking.ask(
                method, self.url + path, headers=sent, body=raw, session=self.session, **limits
            )
        except (asking.TooMuch, asking.TooSlow) as error:
            raise VaultError("misbehaved", "The vault says too much, too slowly.") from error
        except requests.RequestException as error:
            raise VaultError("unreachable", "The vault does not answer.") from error
        return answer.status, self._read(answer)

    def _read(self, answer: asking.Answer) -> Any:
        status, wait = answer.status, answer.retry_after
        try:
            told = parse_json(answer.raw, _MAX_DEPTH)
        except ValueError as error:
            if status in _AWAY:  # a proxy says so in words of its own
                sentence = "The vault does not answer."
                raise VaultError("unreachable", sentence, status, wait) from error
            raise VaultError("misbehaved", "The vault answers nonsense.", status) from error
        if 200 <= status < 300:
            return told
        if not isinstance(told, dict) or not isinstance(told.get("code"), str):
            raise VaultError("misbehaved", "The vault answers nonsense.", status)
        raise VaultError(told["code"][:40], str(told.get("message", ""))[:300], status, wait)


def parse(form: type[T], told: Any) -> T:
    """Read an answer.

    Raises:
        VaultError: It is not of this form.
    """
    try:
        return form.model_validate(told)
    except ValidationError as error:
        raise VaultError("misbehaved", "The vault answers nonsense.") from error


__all__ = ["MAX_ANSWER", "Line", "VaultError", "parse"]
