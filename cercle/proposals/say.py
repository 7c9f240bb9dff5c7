"""What a proposal would do, read from its calls alone; nobody's description is asked.

Each call is read by the code that stands behind it: a contract of this brand by its own
functions, and only if its bytes are exactly what packing the same arguments gives. What does not
read so is shown as the bytes that it is.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from eth_abi.exceptions import DecodingError, EncodingError
from eth_utils.crypto import keccak

from ..codec import decode, encode
from ..contracts import Json, name_values, packaged_abi, signature_of, type_of
from ..deployments import Deployment
from ..values import Frozen
from . import kinds
from .draft import Action, Draft
from .said import Shower

_TRANSFER = keccak(text="transfer(address,uint256)")[:4]
_TRANSFER_TYPES = ("address", "uint256")


class Said(Frozen):
    """One action in words.

    `sentence` is a template in English, `parts` what stands in its gaps: a page may translate the
    one and keep the other.
    """

    kind: str  # a contract and a function of the brand, "ether", "token", "bytes" or "nothing"
    sentence: str
    parts: dict[str, str]
    values: dict[str, Any]  # the arguments themselves
    is_known: bool  # whether it is told from the contract's own functions

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.sentence.format(**self.parts)


def say(deployment: Deployment, draft: Draft) -> tuple[Said, ...]:
    """What a proposal would do, an action a sentence, in their order."""
    shower = Shower(deployment)
    return tuple(say_action(shower, one) for one in draft.actions)


def say_action(shower: Shower, action: Action) -> Said:
    """What one action would do."""
    said = _said(shower, action)
    if not action.value or said.kind == "ether":
        return said
    along = {"along": shower.ether(action.value)}
    return said.model_copy(
        update={
            "sentence": said.sentence + kinds.ALONG,
            "parts": said.parts | along,
            "values": said.values | {"along": action.value},
        }
    )


def _said(shower: Shower, action: Action) -> Said:
    raw, target = action.raw, shower.account(action.target)
    if not raw:
        return _bare(shower, action)
    contract = shower.names.get(action.target)
    if contract is None:
        return _strange(shower, action)
    entry = _functions(contract).get(raw[:4])
    values = None if entry is None else _read(entry, raw[4:])
    if entry is None or values is None:
        return _bytes(target, action)
    name, items = str(entry["name"]), entry["inputs"]
    parts = shower.arguments(contract, name, items, values)
    kind = f"{contract}.{name}"
    sentence = kinds.SENTENCES.get((contract, name))
    if sentence is None:
        listed = ", ".join(f"{key} {part}" for key, part in parts.items())
        parts = {"contract": contract, "function": name, "arguments": listed}
        sentence = kinds.CALL if listed else kinds.CALL_BARE
    return Said(kind=kind, sentence=sentence, parts=parts, values=values, is_known=True)


def _bare(shower: Shower, action: Action) -> Said:
    """An action that calls no function."""
    target = shower.account(action.target)
    if not action.value:
        return Said(
            kind="nothing",
            sentence=kinds.NOTHING,
            parts={"target": target},
            values={},
            is_known=True,
        )
    return Said(
        kind="ether",
        sentence=kinds.PAY_ETHER,
        parts={"amount": shower.ether(action.value), "receiver": target},
        values={"receiver": action.target, "amount": action.value},
        is_known=True,
    )


def _strange(shower: Shower, action: Action) -> Said:
    """A call of what is no contract of this brand: only a payment in a token has a known form."""
    raw = action.raw
    words = _unpacked(_TRANSFER_TYPES, raw[4:]) if raw[:4] == _TRANSFER else None
    if words is None:
        return _bytes(action.target, action)
    items: list[Json] = [
        {"name": "receiver", "type": "address"},
        {"name": "amount", "type": "uint256"},
    ]
    values = name_values(items, words)
    return Said(
        kind="token",
        sentence=kinds.PAY_SOME_TOKEN,
        parts={
            "target": action.target,
            "data": action.data,
            "amount": str(values["amount"]),
            "receiver": shower.account(values["receiver"]),
        },
        values=values,
        is_known=False,
    )


def _bytes(target: str, action: Action) -> Said:
    return Said(
        kind="bytes",
        sentence=kinds.RAW,
        parts={"target": target, "data": action.data},
        values={"data": action.data},
        is_known=False,
    )


def _read(entry: Json, body: bytes) -> dict[str, Any] | None:
    # Strings are taken as bytes: their sender chose them, and may have chosen no UTF-8.
    types = tuple(type_of(item).replace("string", "bytes") for item in entry["inputs"])
    values = _unpacked(types, body)
    return None if values is None else name_values(entry["inputs"], values)


def _unpacked(types: tuple[str, ...], body: bytes) -> tuple[Any, ...] | None:
    """The values, if the bytes are just what packing them gives: nothing hides behind them."""
    try:
        values = decode(types, body)
        return values if encode(types, values) == body else None
    except (DecodingError, EncodingError, OverflowError, ValueError):
        return None


@cache
def _functions(contract: str) -> dict[bytes, Json]:
    return {
        keccak(text=signature_of(entry))[:4]: entry
        for entry in packaged_abi(contract)
        if entry["type"] == "function"
    }


__all__ = ["Said", "say", "say_action"]
