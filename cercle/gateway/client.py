"""How a till, a game or a world asks a gateway: each request signed with the caller's own key."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, TypedDict, TypeVar, Unpack
from urllib.parse import quote, urlencode, urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from .. import asking
from ..errors import CercleError
from ..jsontext import parse_json
from ..slips import RedeemCode
from ..values import checksum, hash_text
from . import signatures, wire

TIMEOUT = 10.0  # seconds
MAX_ANSWER = 4 * 1024 * 1024  # bytes
_MAX_DEPTH = 32
_AWAY = (502, 503, 504)
_PORTS = {"http": ":80", "https": ":443"}
T = TypeVar("T", bound=wire.Told)


class Which(TypedDict, total=False):
    """Which part of a list."""

    limit: int  # how many at most
    before: str | None  # `older` of the part that was read


class InParts(Protocol):
    """An answer that comes in parts."""

    @property
    def older(self) -> str | None: ...


Part = TypeVar("Part", bound=InParts)


class GatewayError(CercleError):
    """The gateway did not answer, or said no: `word` is its code, `status` its HTTP status."""

    code = "gateway"

    def __init__(
        self, word: str, sentence: str, status: int = 0, retry_after: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.word = word
        self.status = status
        self.retry_after = retry_after


class GatewayClient:
    """A gateway at an address, asked as a registered caller.

    Usage example::

        client = GatewayClient("https://gateway.example", "till-1", key)
        answer = client.member_of_wallet("0x…")
        if answer.member.is_member:
            print(answer.member.tier, "at block", answer.read.block)
        for part in client.parts(client.perks_of_wallet, "0x…"):
            print([perk.name for perk in part.perks if perk.can_claim])
    """

    def __init__(
        self,
        url: str,
        caller: str,
        key: Ed25519PrivateKey | str,
        *,
        timeout: float = TIMEOUT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Name the gateway and whoever asks.

        Args:
            url: Where it is.
            caller: The name under which the gateway knows this caller.
            key: The caller's private key, or its 32 bytes as base64.
            timeout: Seconds that an answer may take.
            clock: What time it is.
        """
        self.url = url.rstrip("/")
        self.caller = caller
        self.timeout = timeout
        self._key = read_key(key) if isinstance(key, str) else key
        self._clock = clock
        parts = urlsplit(self.url)
        self._authority = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ""))
        self._base = parts.path
        self._session = requests.Session()

    # ---- questions ----------------------------------------------------------------

    def brand(self) -> wire.BrandAnswer:
        """The brand and its terms."""
        return self._get(wire.BrandAnswer, "/v1/brand")

    def perks(self, **which: Unpack[Which]) -> wire.PerksAnswer:
        """A part of the perks, as anybody sees them."""
        return self._get(wire.PerksAnswer, "/v1/perks", which)

    def polls(self, **which: Unpack[Which]) -> wire.PollsAnswer:
        """A part of the polls."""
        return self._get(wire.PollsAnswer, "/v1/polls", which)

    def member_of_wallet(self, wallet: str) -> wire.MemberAnswer:
        """Who a wallet is."""
        return self._get(wire.MemberAnswer, f"/v1/wallets/{checksum(wallet)}/member")

    def member_of_passport(self, passport_id: int) -> wire.MemberAnswer:
        """Who a passport is."""
        return self._get(wire.MemberAnswer, f"/v1/passports/{passport_id}/member")

    def member_of_avatar(self, world: str, reference: str) -> wire.MemberAnswer:
        """Who an avatar is, by its reference in a world."""
        return self._get(wire.MemberAnswer, f"{_avatar(world, reference)}/member")

    def member_of_token(self, world: str, token: str, token_id: int) -> wire.MemberAnswer:
        """Who an avatar is, by the token that it is."""
        return self._get(wire.MemberAnswer, f"{_token(world, token, token_id)}/member")

    def perks_of_wallet(self, wallet: str, **which: Unpack[Which]) -> wire.PerksAnswer:
        """A part of the perks, as a wallet sees them."""
        return self._get(wire.PerksAnswer, f"/v1/wallets/{checksum(wallet)}/perks", which)

    def perks_of_passport(self, passport_id: int, **which: Unpack[Which]) -> wire.PerksAnswer:
        """A part of the perks, as a person sees them."""
        return self._get(wire.PerksAnswer, f"/v1/passports/{passport_id}/perks", which)

    def perks_of_avatar(
        self, world: str, reference: str, **which: Unpack[Which]
    ) -> wire.PerksAnswer:
        """A part of the perks, as an avatar sees them."""
        return self._get(wire.PerksAnswer, f"{_avatar(world, reference)}/perks", which)

    def perks_of_token(
        self, world: str, token: str, token_id: int, **which: Unpack[Which]
    ) -> wire.PerksAnswer:
        """A part of the perks, as an avatar that is a token sees them."""
        return self._get(wire.PerksAnswer, f"{_token(world, token, token_id)}/perks", which)

    def history(self, passport_id: int, **which: Unpack[Which]) -> wire.HistoryAnswer:
        """A part of a person's public history."""
        path = f"/v1/passports/{passport_id}/history"
        return self._get(wire.HistoryAnswer, path, which)

    def parts(self, ask: Callable[..., Part], *whose: Any, **which: Any) -> Iterator[Part]:
        """Part after part of a list, the newest first, each asked for when it is needed.

        Args:
            ask: `perks`, `polls`, `history` or another question that is answered in parts.
            whose: What it takes.
            which: What it takes by name.
        """
        part = ask(*whose, **which)
        yield part
        while part.older is not None:
            before, part = part.older, ask(*whose, **{**which, "before": part.older})
            if part.older == before:
                raise GatewayError("misbehaved", "The gateway tells the same part for ever.")
            yield part

    def redeem(self, code: str, till: str) -> wire.RedeemAnswer:
        """Try a member's code; the answer holds the call for the till's own signer.

        Raises:
            BadSlip: It is no code; nobody was asked.
            GatewayError: The contract would refuse it (409), or as all others.
        """
        text = RedeemCode.from_text(code).as_text()
        body = wire.RedeemRequest(code=text, till=checksum(till)).model_dump_json().encode()
        return self._parse(wire.RedeemAnswer, self.ask("POST", "/v1/redeem", body=body))

    def claim(self, claim_id: int | str) -> wire.ClaimAnswer:
        """Where a claim stands."""
        return self._get(wire.ClaimAnswer, f"/v1/claims/{int(claim_id)}")

    # ---- asking -------------------------------------------------------------------

    def signed(self, method: str, path: str, query: str, body: bytes) -> dict[str, str]:
        """The headers of one request; another request needs its own."""
        asked = signatures.Asked(
            method=method,
            authority=self._authority,
            path=path,
            query=f"?{query}",
            digest=signatures.content_digest(body),
        )
        return signatures.sign(
            self._key,
            self.caller,
            asked,
            created=int(self._clock()),
            nonce=secrets.token_urlsafe(18),
        )

    def ask(
        self, method: str, path: str, asked: Mapping[str, Any] | None = None, body: bytes = b""
    ) -> Any:
        """Sign and send one request; what was answered, as JSON.

        Raises:
            GatewayError: It does not answer, or says no.
        """
        query, path = urlencode(_said(asked)), self._base + quote(path)
        headers = self.signed(method, path, query, body)
        if body:
            headers["Content-Type"] = "application/json"
        where = urlsplit(self.url)._replace(path=path, query=query).geturl()
        status, raw, wait = self._send(method, where, headers, body)
        try:
            told = parse_json(raw, _MAX_DEPTH)
        except ValueError as error:
            if status in _AWAY:  # a proxy says so in words of its own
                raise GatewayError("unreachable", "The gateway does not answer.", status) from error
            raise GatewayError("misbehaved", "The gateway answers nonsense.", status) from error
        if status < 400:
            return told
        if not isinstance(told, dict) or not isinstance(told.get("code"), str):
            raise GatewayError("misbehaved", "The gateway answers nonsense.", status)
        raise GatewayError(told["code"], str(told.get("message", ""))[:300], status, wait)

    def _send(self, method: str, url: str, headers: dict[str, str], body: bytes) -> asking.Answer:
        """Status, body and seconds to wait."""
        held: dict[str, Any] = {"timeout": self.timeout, "session": self._session}
        try:
            return asking.ask(method, url, headers=headers, body=body, most=MAX_ANSWER, **held)
        except (asking.TooMuch, asking.TooSlow) as error:
            raise GatewayError("misbehaved", "The gateway says too much, too slowly.") from error
        except requests.RequestException as error:
            raise GatewayError("unreachable", "The gateway does not answer.") from error

    def _get(self, form: type[T], path: str, asked: Mapping[str, Any] | None = None) -> T:
        return self._parse(form, self.ask("GET", path, asked))

    @staticmethod
    def _parse(form: type[T], told: Any) -> T:
        try:
            return form.model_validate(told)
        except ValidationError as error:
            raise GatewayError("misbehaved", "The gateway answers nonsense.") from error


def read_key(text: str) -> Ed25519PrivateKey:
    """A private key out of its 32 bytes, as base64.

    Raises:
        GatewayError: It is none; the text does not say what it was.
    """
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text.strip(), validate=True))
    except ValueError:
        raise GatewayError("bad_key", "A key is 32 bytes of Ed25519, as base64.") from None


def new_key() -> tuple[str, str]:
    """A fresh private key, and the public one that the gateway's operator registers."""
    key = Ed25519PrivateKey.generate()
    pair = key.private_bytes_raw(), key.public_key().public_bytes_raw()
    return base64.b64encode(pair[0]).decode(), base64.b64encode(pair[1]).decode()


def _said(asked: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (asked or {}).items() if value is not None}


def _avatar(world: str, reference: str) -> str:
    return f"/v1/worlds/{hash_text(world)}/avatars/{hash_text(reference)}"


def _token(world: str, token: str, token_id: int) -> str:
    return f"/v1/worlds/{hash_text(world)}/tokens/{checksum(token)}/{token_id}"


__all__ = ["GatewayClient", "GatewayError", "new_key", "read_key"]
