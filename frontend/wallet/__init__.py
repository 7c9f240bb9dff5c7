"""The pages' door to the wallet in the member's browser.

Usage example::

    wallet = mount(31337, "Cercle demo", ["http://127.0.0.1:8545"], _)
    if wallet.account is None:
        st.stop()
    if st.button(_("Claim")):
        call = perks.claim(deployment, perk_id, variant)
        gas = chain.simulate(call, wallet.account)  # refused here, in words, before any question
        send(call, _("Claim a coffee for 150 points"), wallet.account, "claim", gas=gas)
        st.rerun()
    activity(chain)

What is asked is shown above the page by the bridge, in the sentence given as `label`; the wallet
opens when the member presses the button there. What the browser says is a claim: an account is
proven by `sign_in`, a transaction by the chain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cercle.calls import Call
from cercle.values import checksummed

from ..components.demo_wallet import route as demo_wallet
from ..components.wallet import bridge
from ..components.wallet.requests import Fault, Request, State, new_id
from .activity import activity
from .words import BRIDGE, DEMO, DEVICE, Gettext

Mode = Literal["button", "auto"]
PASSKEY = "cercle.passkey"  # what passkey.js announces itself as
Then = Callable[[Request], None]


@dataclass(frozen=True)
class Wallet:
    """The wallet as the browser tells it: good enough to show and to ask, proof of nothing."""

    account: str | None = None
    chain_id: int | None = None
    name: str | None = None
    found: int = 0
    signs_only: bool = False


@dataclass(frozen=True)
class Device:
    """This device's passkeys as a wallet; without a script, they cannot be one here."""

    script: str | None
    told: Mapping[str, Any]


def mount(
    chain_id: int,
    chain_name: str,
    rpc_for_adding: Sequence[str],
    words: Gettext,
    *,
    language: str = "en",
    currency: tuple[str, str] = ("Ether", "ETH"),
    device: Device | None = None,
) -> Wallet:
    """Show the bridge here, in the main column, once a run and before what needs the wallet.

    Args:
        chain_id: The chain that every request is meant for.
        chain_name: What the member calls it.
        rpc_for_adding: Nodes to give to a wallet that does not know the chain; may be empty.
        words: gettext of the member's language; the sentences are in `frontend.wallet.words`.
        language: The language's code, for the notes of the demo's people.
        currency: Name and symbol of the chain's own currency, of 18 decimals.
        device: Whether and how this device's passkeys are a wallet; None where nobody asks.
    """
    kept = bridge.store()
    kept.words = words
    own = []
    if (script := demo_wallet.script()) is not None:
        own.append({"script": script, "language": language, "words": _said(DEMO, words)})
    if device is not None and device.script is not None:
        told = {"language": language, "words": _said(DEVICE, words), "chain": hex(chain_id)}
        own.append({"script": device.script, **told, **device.told})
    bridge.render(
        chain_id=chain_id,
        chain_name=chain_name,
        add_chain=_add_chain(chain_id, chain_name, rpc_for_adding, currency),
        words=_said(BRIDGE, words),
        own=own,
        device=None if device is None else {"isOffered": device.script is not None, **device.told},
    )
    return current()


def current() -> Wallet:
    """The wallet as last told, without showing the bridge."""
    known = bridge.store().known or {}
    account = known.get("account")
    return Wallet(
        account=checksummed(account) if account else None,
        chain_id=known.get("chainId"),
        name=known.get("name"),
        found=known.get("found", 0),
        signs_only=known.get("signsOnly", False),
    )


def send(
    call: Call,
    label: str,
    sender: str,
    kind: str,
    *,
    gas: int | None = None,
    then: Then | None = None,
    mode: Mode = "button",
    **meta: Any,
) -> str:
    """Ask the member to send a call.

    Args:
        call: What to send.
        label: The sentence above the button: what will happen, what it costs.
        sender: The account it was prepared for; another one is refused.
        kind: A word for what it is, for the page to find it by.
        gas: The estimate of `Chain.simulate`.
        then: Called with the request as soon as the wallet has answered, before the page runs.
        mode: `auto` asks at once, without the button: only for what a press just asked for.
        meta: Anything the page wants to remember with it.

    Returns:
        The request's id.
    """
    chain_id = bridge.store().chain_id
    params = [call.transaction(sender, chain_id, gas)]
    return _ask("eth_sendTransaction", params, label, sender, kind, call, then, mode, meta)


def sign_typed(
    message: Mapping[str, Any],
    label: str,
    sender: str,
    kind: str,
    /,  # so that `meta` may hold a message too
    *,
    then: Then | None = None,
    mode: Mode = "button",
    **meta: Any,
) -> str:
    """Ask the member to sign an EIP-712 message, given whole: types, primaryType, domain, message.

    The signature is in `Request.result`; see `send` for the arguments.
    """
    readable = {**message, "message": _as_text(message["message"])}
    params = [sender, json.dumps(readable)]
    return _ask("eth_signTypedData_v4", params, label, sender, kind, None, then, mode, meta)


def sign_text(
    text: str,
    label: str,
    sender: str,
    kind: str,
    *,
    then: Then | None = None,
    mode: Mode = "button",
    **meta: Any,
) -> str:
    """Ask the member to sign a text that they can read (EIP-191); see `sign_typed`."""
    params = ["0x" + text.encode().hex(), sender]
    return _ask("personal_sign", params, label, sender, kind, None, then, mode, meta)


def wish_device() -> None:
    """Have the page offer this device, as if its button had been pressed."""
    bridge.store().wish = {"id": new_id(), "rdns": PASSKEY}


def is_busy() -> bool:
    """Whether a question is open: shown above the page, or in the wallet."""
    return bridge.store().open() is not None


def latest(kind: str) -> Request | None:
    """The newest request of a kind, whatever became of it."""
    requests = reversed(bridge.store().requests.values())
    return next((request for request in requests if request.kind == kind), None)


def _ask(
    method: str,
    params: list[Any],
    label: str,
    sender: str,
    kind: str,
    call: Call | None,
    then: Then | None,
    mode: Mode,
    meta: dict[str, Any],
) -> str:
    kept = bridge.store()
    if not kept.chain_id:
        raise RuntimeError("mount the wallet before you ask it")
    request = Request(
        id=new_id(),
        method=method,
        params=params,
        label=label,
        sender=sender,
        kind=kind,
        chain_id=kept.chain_id,
        mode=mode,
        call=call,
        meta=meta,
        then=then,
    )
    return kept.ask(request)


def _said(sentences: Mapping[str, str], words: Gettext) -> dict[str, str]:
    return {key: words(sentence) for key, sentence in sentences.items()}


def _add_chain(
    chain_id: int, chain_name: str, urls: Sequence[str], currency: tuple[str, str]
) -> dict[str, Any] | None:
    if not urls:
        return None
    return {
        "chainId": hex(chain_id),
        "chainName": chain_name,
        "rpcUrls": list(urls),
        "nativeCurrency": {"name": currency[0], "symbol": currency[1], "decimals": 18},
    }


def _as_text(value: Any) -> Any:
    """Numbers as decimal text, bytes as hexadecimal: a wallet's JSON rounds what is large."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes | bytearray):
        return "0x" + bytes(value).hex()
    if isinstance(value, Mapping):
        return {key: _as_text(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(part) for part in value]
    return value


__all__ = [
    "Device",
    "Fault",
    "Gettext",
    "Request",
    "State",
    "Wallet",
    "activity",
    "current",
    "is_busy",
    "latest",
    "mount",
    "send",
    "sign_text",
    "sign_typed",
    "wish_device",
]
