"""What a call says in words that its contract's own interface has, for the wallet's question."""

from __future__ import annotations

from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from cercle.contracts import name_values, signature_of, type_of
from cercle.deployments import Deployment
from cercle.errors import DeploymentError


def explain(deployment: Deployment | None, to: str, data: str) -> dict[str, Any]:
    """Name the contract, the function and its arguments; what is unknown is left out."""
    if deployment is None:
        return {}
    name = next((n for n, d in deployment.contracts.items() if d.address.lower() == to.lower()), "")
    if not name:
        return {}
    try:
        raw = bytes.fromhex(data.removeprefix("0x"))
        for entry in deployment.contract(name).abi:
            if entry["type"] == "function" and keccak(text=signature_of(entry))[:4] == raw[:4]:
                values = decode([type_of(item) for item in entry["inputs"]], raw[4:])
                named = name_values(entry["inputs"], values)
                shown = [[key, _show(value)] for key, value in named.items()]
                return {"contract": name, "function": entry["name"], "arguments": shown}
    except (ValueError, DecodingError, OverflowError, DeploymentError):
        pass
    return {"contract": name}


def _show(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_show(part) for part in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_show(part)}" for key, part in value.items()) + "}"
    return str(value)
