"""`/demo-wallet`: the local node signs for a visitor, and for nobody else's accounts.

Mounted only where nothing is at stake: the chain is 31337, the node and the server listen on
this machine alone. The chain is looked at again before each signature, since another node may
have taken the port. What a request may be is counted out below; the rest is refused.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.routing import BaseRoute, Route

from cercle.deployments import Deployment
from cercle.values import checksum

from ...node import NodeError, ask
from ...settings import Settings, SettingsError, is_loopback
from ..own.door import Door, Refusal, error_of
from ..own.scripts import script as serve
from .explain import explain
from .people import People

CHAIN_ID = 31_337
PATH = "/demo-wallet"
SCRIPT = f"{PATH}/provider.js"
TRANSACTION_FIELDS = frozenset({"from", "to", "data", "value", "gas", "chainId"})

_mounted = False


def script() -> str | None:
    """Where a page finds the provider; None where the demo's wallet is not mounted."""
    return SCRIPT if _mounted else None


def mount(settings: Settings, deployment: Deployment | None) -> list[BaseRoute]:
    """Check that nothing is at stake here, and give the routes.

    Raises:
        SettingsError: Something may be.
    """
    global _mounted
    refused = "The demo's wallet is refused: "
    if len(settings.rpc_urls) != 1:
        raise SettingsError(f"{refused}it needs exactly one node in CERCLE_RPC_URLS.")
    url = settings.rpc_urls[0]
    if not is_loopback(urlsplit(url).hostname or ""):
        raise SettingsError(f"{refused}the node is not on this machine.")
    if not is_loopback(settings.address) or not all(is_loopback(name) for name in settings.hosts):
        raise SettingsError(f"{refused}this server can be reached from other machines.")
    try:
        chain_id = int(ask(url, "eth_chainId"), 16)
    except (NodeError, TypeError, ValueError) as error:
        raise SettingsError(f"{refused}the node does not answer.") from error
    if chain_id != CHAIN_ID:
        raise SettingsError(f"{refused}the chain is {chain_id}, not {CHAIN_ID}.")
    wallet = DemoWallet(url, deployment, People(url, deployment, settings.demo_people))
    _mounted = True
    return [
        Route(PATH, wallet.answer, methods=["POST"]),
        serve(SCRIPT, Path(__file__).with_name("provider.js")),
    ]


class DemoWallet(Door):
    """Answers JSON-RPC from pages of this very server."""

    def __init__(self, url: str, deployment: Deployment | None, people: People) -> None:
        self.url = url
        self.deployment = deployment
        self.people = people
        self.allowed = frozenset(account.lower() for account in people.accounts)
        self.methods = {
            "demo_people": self._people,
            "demo_explain": self._explain,
            "eth_getTransactionCount": self._transaction_count,
            "eth_sendTransaction": self._send_transaction,
            "eth_signTypedData_v4": self._sign_typed_data,
            "personal_sign": self._personal_sign,
        }

    def call(self, call: dict[str, Any]) -> dict[str, Any]:
        """Answer one call; what the node says of it reaches the page."""
        try:
            return super().call(call)
        except NodeError as error:
            body = error.body or {}
            return error_of(body.get("code", -32603), str(error), body.get("data"))

    def _require_local_chain(self) -> None:
        if int(ask(self.url, "eth_chainId"), 16) != CHAIN_ID:
            raise Refusal(4901, "The local chain is gone.")

    def _require_member(self, account: object) -> str:
        if not isinstance(account, str) or account.lower() not in self.allowed:
            raise Refusal(4100, "This account is not one of the demo's people.")
        return checksum(account.lower())

    # ---- the methods ----

    def _people(self, params: list[Any]) -> list[dict[str, Any]]:
        return [
            {"account": person.account, "member": person.member, "note": person.note}
            for person in self.people.listed()
        ]

    def _explain(self, params: list[Any]) -> dict[str, Any]:
        return explain(self.deployment, str(params[0]["to"]), str(params[0].get("data", "0x")))

    def _transaction_count(self, params: list[Any]) -> str:
        account = self._require_member(params[0])
        return str(ask(self.url, "eth_getTransactionCount", [account, "latest"]))

    def _send_transaction(self, params: list[Any]) -> str:
        (wanted,) = params
        if not set(wanted) <= TRANSACTION_FIELDS:
            raise Refusal(-32602, "The demo's wallet does not know all of these fields.")
        if int(wanted.get("chainId", hex(CHAIN_ID)), 16) != CHAIN_ID:
            raise Refusal(-32602, "This is meant for another chain.")
        transaction = {
            "from": self._require_member(wanted["from"]),
            "to": checksum(wanted["to"]),
            "data": wanted.get("data", "0x"),
            "value": wanted.get("value", "0x0"),
            **({"gas": wanted["gas"]} if "gas" in wanted else {}),
        }
        self._require_local_chain()
        return str(ask(self.url, "eth_sendTransaction", [transaction], timeout=20))

    def _sign_typed_data(self, params: list[Any]) -> str:
        account, message = params
        signer = self._require_member(account)
        typed = json.loads(message) if isinstance(message, str) else message
        if int(str(typed["domain"].get("chainId", CHAIN_ID)), 0) != CHAIN_ID:
            raise Refusal(-32602, "This is meant for another chain.")
        self._require_local_chain()
        return str(ask(self.url, "eth_signTypedData_v4", [signer, typed]))

    def _personal_sign(self, params: list[Any]) -> str:
        text, account = params[:2]
        signer = self._require_member(account)
        bytes.fromhex(text.removeprefix("0x"))  # a malformed text ends here
        self._require_local_chain()
        return str(ask(self.url, "personal_sign", [text, signer]))
