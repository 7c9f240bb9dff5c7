"""What a node's error object says about a call: a refusal, a lost block, or its own trouble."""

from __future__ import annotations

import re
from typing import Any

from eth_abi.exceptions import DecodingError

from .codec import decode
from .errors import (
    BlockGone,
    CallBroken,
    CercleError,
    NodeMisbehaved,
    NotEnoughFunds,
    Refused,
    refusal,
    refusal_by_data,
)

_ERROR_STRING = "08c379a0"  # Error(string)
_IN_TEXT = re.compile(r"revert(?:ed)?(?: with reason string)?:?\s*['\"]?([^'\"]*)['\"]?\s*$", re.I)
# What a machine says of code that does not end as it should: the code's fault, not the node's.
_BROKEN = re.compile(
    r"out ?of ?gas|gas required exceeds|execution aborted|evm error"
    r"|invalid (opcode|jump)|stack (under|over)flow",
    re.I,
)
_LOST = re.compile(
    r"(header|block|state) (not found|is not|does ?n[o']t)|unknown block|block ?not ?found"
    r"|missing trie node|blockoutofrange|not canonical",
    re.I,
)


def explain(error: Any, node: str) -> CercleError:
    """Turn an error object of JSON-RPC into one of ours; never raises it."""
    if not isinstance(error, dict):
        return NodeMisbehaved(f"The node {node} answered an error of no form.")
    message = str(error.get("message", ""))[:500]
    raw = _revert_data(error.get("data"))
    if raw is not None and raw.startswith(_ERROR_STRING):
        reason = _reason(raw[8:])
        if reason is not None:
            return refusal(reason)
    custom = None if raw is None else refusal_by_data(raw)
    if custom is not None:
        return custom
    if "insufficient funds" in message.lower():
        return NotEnoughFunds("This account cannot pay what the network asks for sending this.")
    if "revert" in message.lower() or error.get("code") == 3:
        found = _IN_TEXT.search(message)
        return refusal(found.group(1).strip() if found else "")
    if _BROKEN.search(message):
        return CallBroken("This call runs out of gas, or breaks off without a word.")
    if error.get("code") == -32001 or _LOST.search(message):  # EIP-1898: resource not found
        return BlockGone("The block that was read is gone from the chain: read again.")
    return NodeMisbehaved(f"The node {node} answered: {message[:200]}.")


def is_refusal(error: CercleError) -> bool:
    """Whether a contract, not the node, said no."""
    return isinstance(error, Refused)


def _revert_data(value: Any) -> str | None:
    if isinstance(value, dict):  # some nodes wrap it
        value = value.get("data") or value.get("result")
    if not isinstance(value, str):
        return None
    found = re.search(r"0x([0-9a-fA-F]*)$", value)  # "Reverted 0x..." too
    return found.group(1).lower() if found else None


def _reason(hex_text: str) -> str | None:
    try:
        return str(decode(["string"], bytes.fromhex(hex_text))[0])
    except (DecodingError, ValueError, OverflowError, UnicodeDecodeError):
        return None


__all__ = ["explain", "is_refusal"]
