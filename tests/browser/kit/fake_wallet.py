"""A wallet for tests: EIP-1193 and EIP-6963 in the page, keys and popup in Python.

The page's half only announces itself and forwards: as with a real extension, a reload ends the
page's promise and not the open popup.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct, encode_typed_data
from playwright.sync_api import BrowserContext, Page
from web3 import Web3

SCRIPT = Path(__file__).with_name("fake_wallet.js")
ICON = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><circle r='9' fill='teal'/></svg>"
)
PROMPTS = frozenset(
    {
        "eth_requestAccounts",
        "eth_sendTransaction",
        "eth_signTypedData_v4",
        "personal_sign",
        "wallet_addEthereumChain",
        "wallet_requestPermissions",
        "wallet_switchEthereumChain",
    }
)
Policy = str | Callable[[list[Any]], Any]


class ProviderError(Exception):
    """An error as a wallet answers it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class FakeWallet:
    """One wallet for all pages of a context.

    `policy` says what a prompt does: "approve" (as if the person did at once), "reject", "hold"
    (the popup stays open until `approve` or `reject`), or a function that gives the answer.
    """

    def __init__(
        self,
        context: BrowserContext,
        keys: list[str],
        chains: dict[int, str],
        *,
        chain_id: int,
        name: str = "Fake Fox",
        rdns: str = "org.example.fakefox",
        icon: str = ICON,
    ) -> None:
        self.keys = {Account.from_key(key).address: key for key in keys}
        self.order = list(self.keys)
        self.chains, self.chain_id = dict(chains), chain_id
        self.name, self.is_connected = name, False
        self.policy: dict[str, Policy] = {}
        self.log: list[tuple[str, Any]] = []
        self.held: dict[str, tuple[Page, str, Any]] = {}
        self.pages: list[Page] = []
        self.sent: list[str] = []
        config = {"uuid": f"uuid-{rdns}", "name": name, "rdns": rdns, "icon": icon}
        context.expose_binding("__fakeWalletRequest", self._request)
        context.add_init_script(SCRIPT.read_text().replace("__CONFIG__", json.dumps(config)))

    # ---- what the page calls ----

    def _request(self, source: Any, name: str, key: str, method: str, text: str) -> str | None:
        params = json.loads(text)
        self.log.append((method, params))
        if source["page"] not in self.pages:
            self.pages.append(source["page"])
        policy = self.policy.get(method, "approve") if method in PROMPTS else "approve"
        if policy == "hold":
            self.held[key] = (source["page"], method, params)
            return None
        if policy == "reject":
            return _error(4001, "User rejected the request.")
        return self._answer(method, params, policy)

    def _answer(self, method: str, params: Any, policy: Policy = "approve") -> str:
        try:
            result = policy(params) if callable(policy) else self._do(method, params)
        except ProviderError as error:
            return _error(error.code, str(error))
        except Exception as error:
            return _error(-32603, str(error)[:300])
        return json.dumps({"result": result})

    # ---- the popup ----

    def wait_held(self, count: int = 1, seconds: float = 60) -> None:
        """Wait until so many popups are open. Playwright delivers only while it pumps."""
        end = time.monotonic() + seconds
        while len(self.held) < count and time.monotonic() < end:
            self.pages[-1].wait_for_timeout(50)
        assert len(self.held) == count, (count, self.held)

    def approve(self, index: int = 0) -> dict[str, Any]:
        key, page, method, params = self._take(index)
        answer = self._answer(method, params)
        self._settle(page, key, answer)
        return json.loads(answer)

    def reject(self, index: int = 0) -> None:
        key, page, _, _ = self._take(index)
        self._settle(page, key, _error(4001, "User rejected the request."))

    def _take(self, index: int) -> tuple[str, Page, str, Any]:
        key = next(itertools.islice(self.held, index, None))
        return (key, *self.held.pop(key))

    def _settle(self, page: Page, key: str, answer: str) -> None:
        script = "([name, id, answer]) => window.__fakeWallets?.[name]?.settle(id, answer)"
        page.evaluate(script, [self.name, key, answer])

    def _emit(self, event: str, value: Any) -> None:
        script = "([name, event, value]) => window.__fakeWallets?.[name]?.emit(event, value)"
        for page in self.pages:
            if not page.is_closed():
                page.evaluate(script, [self.name, event, value])

    def use_account(self, index: int) -> None:
        self.order = self.order[index:] + self.order[:index]
        self._emit("accountsChanged", [self.account.lower()])

    def use_chain(self, chain_id: int) -> None:
        self.chain_id = chain_id
        self._emit("chainChanged", hex(chain_id))

    def listeners(self, page: Page) -> dict[str, int]:
        return page.evaluate("(name) => window.__fakeWallets[name].listeners()", self.name)

    # ---- the wallet ----

    @property
    def account(self) -> str:
        return self.order[0]

    def count(self, method: str) -> int:
        return sum(1 for name, _ in self.log if name == method)

    def _do(self, method: str, params: Any) -> Any:
        own = getattr(self, f"_do_{method}", None)
        if own is not None:
            return own(params)
        answer = self._web3().provider.make_request(method, params or [])
        if "error" in answer:
            raise ProviderError(answer["error"]["code"], answer["error"]["message"])
        return answer["result"]

    def _web3(self) -> Web3:
        return Web3(Web3.HTTPProvider(self.chains[self.chain_id]))

    def _do_eth_requestAccounts(self, params: Any) -> list[str]:
        self.is_connected = True
        return self._do_eth_accounts(params)

    def _do_eth_accounts(self, params: Any) -> list[str]:
        return [self.account.lower()] if self.is_connected else []

    def _do_eth_chainId(self, params: Any) -> str:
        return hex(self.chain_id)

    def _do_wallet_requestPermissions(self, params: Any) -> list[dict[str, Any]]:
        self.use_account(1)
        return [{"parentCapability": "eth_accounts"}]

    def _do_wallet_switchEthereumChain(self, params: Any) -> None:
        chain_id = int(params[0]["chainId"], 16)
        if chain_id not in self.chains:
            raise ProviderError(4902, "Unrecognized chain ID")
        self.use_chain(chain_id)

    def _do_wallet_addEthereumChain(self, params: Any) -> None:
        chain_id = int(params[0]["chainId"], 16)
        self.chains[chain_id] = params[0]["rpcUrls"][0]
        self.use_chain(chain_id)

    def _do_personal_sign(self, params: Any) -> str:
        return self._sign(params[1], encode_defunct(hexstr=params[0]))

    def _do_eth_signTypedData_v4(self, params: Any) -> str:
        return self._sign(params[0], encode_typed_data(full_message=json.loads(params[1])))

    def _sign(self, account: str, message: Any) -> str:
        key = self.keys[Web3.to_checksum_address(account)]
        return Web3.to_hex(Account.sign_message(message, key).signature)

    def _do_eth_sendTransaction(self, params: Any) -> str:
        wanted, web3 = dict(params[0]), self._web3()
        sender = Web3.to_checksum_address(wanted["from"])
        if int(wanted["chainId"], 16) != self.chain_id:
            raise ProviderError(-32602, "chainId does not match the active chain")
        transaction = {
            "to": wanted["to"],
            "data": wanted["data"],
            "value": int(wanted["value"], 16),
            "gas": int(wanted["gas"], 16),
            "nonce": web3.eth.get_transaction_count(sender, "pending"),
            "chainId": self.chain_id,
            "maxFeePerGas": 10**11,
            "maxPriorityFeePerGas": 10**9,
        }
        signed = Account.sign_transaction(transaction, self.keys[sender])
        self.sent.append(Web3.to_hex(web3.eth.send_raw_transaction(signed.raw_transaction)))
        return self.sent[-1]


def _error(code: int, message: str) -> str:
    return json.dumps({"error": {"code": code, "message": message}})


def refuse(code: int, message: str = "no") -> Policy:
    """A policy: this error."""

    def answer(params: list[Any]) -> Any:
        raise ProviderError(code, message)

    return answer
