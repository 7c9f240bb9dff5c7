"""`/passkey`: what a passkey is asked to sign here, and which account is its own.

No key and no secret is here: the device signs, the chain checks, the relayer pays. What a page asks
to have signed must be one of this deployment's own messages, or a text; what the device answered is
checked before it is packed. Mounted where there is a relayer and the deployment has a factory.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eth_account.messages import _hash_eip191_message, encode_defunct
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from cercle import passkeys, typed_data
from cercle.agreements.permit import read_permit
from cercle.chain import Chain
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.errors import CercleError, RelayerUnreachable
from cercle.index.history import History, open_history
from cercle.jsontext import parse_json
from cercle.passkeys.accounts import CODE
from cercle.relayer.client import RelayerClient
from cercle.slips import Invitation
from cercle.typed_data import TypedData
from cercle.values import checksum, hash_text

from ... import refusals
from ...settings import Settings
from ..own.door import Door, Refusal, error_of
from ..own.scripts import script as serve

PATH = "/passkey"
SCRIPT = f"{PATH}/passkey.js"
MAX_TEXT = 4_096  # bytes of a text that is signed
MAX_DEPTH = 8  # of a typed message
NODE_TIMEOUT = 5.0  # seconds
AT_ONCE = 8  # calls that are answered at the same time: pages need threads too

_ACT = re.compile(r"[0-9A-Za-z-]{1,80}")

_mounted = False


def script() -> str | None:
    """Where a page finds the provider; None where passkeys are not offered."""
    return SCRIPT if _mounted else None


def mount(settings: Settings, deployment: Deployment | None) -> list[BaseRoute]:
    """The routes, where a relayer and a factory are there."""
    global _mounted
    _mounted = bool(
        settings.relayer_url
        and settings.rpc_urls
        and deployment is not None
        and passkeys.is_offered(deployment)
    )
    if not _mounted or deployment is None:
        return []
    chain = Chain(settings.rpc_urls, deployment.chain_id, timeout=NODE_TIMEOUT)
    relayer = RelayerClient(settings.relayer_url)
    history = open_history(chain, deployment, settings.index_url or None)
    wallet = PasskeyWallet(settings.site, settings.origin, chain, deployment, relayer, history)
    return [
        Route(PATH, wallet.answer, methods=["POST"]),
        serve(SCRIPT, Path(__file__).with_name("passkey.js")),
    ]


class PasskeyWallet(Door):
    """Answers JSON-RPC from pages of this site, under the one name that passkeys are bound to."""

    at_once = AT_ONCE

    def __init__(
        self,
        site: str,
        origin: str,
        chain: Chain,
        deployment: Deployment,
        relayer: RelayerClient,
        history: History | None = None,
    ) -> None:
        self.site = site
        self.origin = origin
        self.chain = chain
        self.deployment = deployment
        self.relayer = relayer
        self.history = history
        self.methods = {
            "passkey_make": self._make,
            "passkey_state": self._state,
            "passkey_find": self._find,
            "passkey_ask": self._ask,
            "passkey_sign": self._sign,
        }
        self._digests: dict[str, Callable[[str], bytes]] = {
            "eth_signTypedData_v4": self._typed,
            "personal_sign": self._text,
        }

    def is_ours(self, request: Request, origin: str) -> bool:
        """Only pages under the public name: behind a proxy a request does not know its scheme."""
        return origin == self.origin

    def call(self, call: dict[str, Any]) -> dict[str, Any]:
        """Answer one call; what goes wrong is said in the member's language."""
        try:
            return super().call(call)
        except CercleError as error:
            say = refusals.say_newcomer if call.get("method") in NEWCOMERS else refusals.say_signer
            sentence = say(error, str(call.get("language")))
            return error_of(-32000, str(error), {"code": error.code, "sentence": sentence})

    # ---- an account ----

    def _make(self, params: list[Any]) -> dict[str, Any]:
        """Have an account made for a new passkey, on the invitation that led here."""
        made, slip = params
        credential = passkeys.read_credential(made, self.site)
        account = passkeys.account_of(self.deployment, credential)
        if passkeys.is_made(self.chain, account):
            return {"account": account, "state": "made"}
        if not isinstance(slip, str):
            raise Refusal(-32602, "A new account takes an invitation.")
        invitation = Invitation.from_text(slip)
        x, y, site, named = credential.terms
        point = [hash_text(one.to_bytes(32, "big")) for one in (x, y)]
        status = self.relayer.account(
            point[0], point[1], hash_text(site), hash_text(named), invitation
        )
        return {"account": account, "state": "waiting", "number": status.id}

    def _state(self, params: list[Any]) -> dict[str, Any]:
        """Whether an account that was asked for stands by now."""
        account, number = checksum(params[0]), params[1]
        if not isinstance(number, str) or not _ACT.fullmatch(number):
            raise ValueError("no number of an act")
        if passkeys.is_made(self.chain, account):
            return {"account": account, "state": "made"}
        try:
            refusal = self.relayer.status(number).error()
        except RelayerUnreachable:
            refusal = None  # it may be back in a moment; the page asks again, and not for ever
        if refusal is not None:
            raise refusal
        return {"account": account, "state": "waiting", "number": number}

    def _find(self, params: list[Any]) -> dict[str, Any]:
        """Whose account a passkey is that the device chose. The chain knows; we keep no list."""
        raw, challenge = params
        assertion = passkeys.read_assertion(raw)
        passkeys.pack(assertion, unletters(challenge), self.site, [self.origin])
        found = passkeys.find(
            self.chain, self.deployment, assertion.credential_id, self.site, self.history
        )
        return {"account": passkeys.pick(found, assertion).address}

    # ---- a signature ----

    def _ask(self, params: list[Any]) -> dict[str, Any]:
        """What the passkey is to sign."""
        account, method, message = params
        return {"challenge": letters(self._challenge(account, method, message))}

    def _sign(self, params: list[Any]) -> dict[str, Any]:
        """Check what it signed, and pack it as contracts take it."""
        account, method, message, raw = params
        challenge = self._challenge(account, method, message)
        assertion = passkeys.read_assertion(raw)
        asked = Contract(CODE, checksum(account)).read("key")
        told = self.chain.read([asked], self.chain.head(fresh=True))[0]
        key = passkeys.PublicKey(x=told["x"], y=told["y"])
        packed = passkeys.pack(assertion, challenge, self.site, [self.origin], key)
        return {"signature": "0x" + packed.hex()}

    def _challenge(self, account: str, method: str, message: str) -> bytes:
        digest = self._digests[method](message)
        return passkeys.message(checksum(account), self.deployment.chain_id, digest).digest()

    def _typed(self, message: str) -> bytes:
        """The digest of one of our own messages, rebuilt here from its fields."""
        told = parse_json(message.encode(), MAX_DEPTH)
        domain = {**told["domain"], "chainId": int(told["domain"]["chainId"])}
        if told["primaryType"] == "Permit":
            ours = self._permit(domain["verifyingContract"], told["message"])
        else:
            ours = typed_data.message(self.deployment, told["primaryType"], **told["message"])
        if domain != ours.full["domain"]:
            raise Refusal(-32602, "This is none of this community's messages.")
        return ours.digest()

    def _permit(self, token: str, words: dict[str, Any]) -> TypedData:
        """A permit for the book of agreements, in the domain that its token tells."""
        found = read_permit(self.chain, token, checksum(words["owner"]))
        if found is None:
            raise Refusal(-32602, "This token takes no permits.")
        return typed_data.read_token_permit(self.deployment, found.domain, words)

    def _text(self, message: str) -> bytes:
        raw = bytes.fromhex(message.removeprefix("0x"))
        if len(raw) > MAX_TEXT:
            raise Refusal(-32602, "This text is too long to sign.")
        return bytes(_hash_eip191_message(encode_defunct(primitive=raw)))


NEWCOMERS = frozenset({"passkey_make", "passkey_state", "passkey_find"})


def letters(raw: bytes) -> str:
    """base64url, as browsers write it."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def unletters(text: str) -> bytes:
    """Bytes of base64url."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


__all__ = ["PATH", "SCRIPT", "PasskeyWallet", "mount", "script"]
