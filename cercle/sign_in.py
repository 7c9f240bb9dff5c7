"""The text of a sign-in with a wallet (ERC-4361), and whether an account signed it.

The text names a domain of our own (never a request's Host), the chain, and a nonce that serves
once; it must be signed within five minutes. Whoever asks decides what a proof opens, and for how
long: `OPEN_FOR` at most.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from eth_account import Account
from eth_account.messages import encode_defunct
from eth_utils.address import is_checksum_address
from eth_utils.crypto import keccak

from .contracts import Contract, Read
from .errors import CercleError
from .models import Head

TO_SIGN = 300  # seconds
OPEN_FOR = 900  # seconds

_MAGIC = bytes.fromhex("1626ba7e")
_ERC1271: list[dict[str, Any]] = [
    {
        "type": "function",
        "name": "isValidSignature",
        "stateMutability": "view",
        "inputs": [{"name": "hash", "type": "bytes32"}, {"name": "signature", "type": "bytes"}],
        "outputs": [{"name": "", "type": "bytes4"}],
    }
]


class Reader(Protocol):
    """What is needed of `cercle.chain.Chain`, for accounts that are contracts."""

    def head(self) -> Head: ...

    def read(self, reads: list[Read], head: Head) -> list[Any]: ...


@dataclass(frozen=True)
class Challenge:
    """A text that one account may sign once, for a while."""

    text: str
    account: str
    expires_at: float


def write(
    *,
    domain: str,
    uri: str,
    account: str,
    chain_id: int,
    statement: str,
    nonce: str | None = None,
    now: float | None = None,
) -> Challenge:
    """Write the text of ERC-4361.

    Args:
        domain: Who asks, as people know them.
        uri: Where.
        account: Who is to sign, in checksum form.
        chain_id: The chain whose accounts are meant.
        statement: One line: what for.
        nonce: What serves once; a random one if none is given.
        now: Seconds since the epoch.

    Raises:
        ValueError: A part would break out of its line.
    """
    now = time.time() if now is None else now
    if not is_checksum_address(account):
        raise ValueError("the account needs its checksum form")
    if not domain or any(mark in domain for mark in "/\n ") or not statement.isprintable():
        raise ValueError("a sign-in names one domain and says one line")
    lines = (
        f"{domain} wants you to sign in with your Ethereum account:",
        account,
        "",
        statement,
        "",
        f"URI: {uri}",
        "Version: 1",
        f"Chain ID: {chain_id}",
        f"Nonce: {nonce or secrets.token_hex(16)}",
        f"Issued At: {_iso(now)}",
        f"Expiration Time: {_iso(now + TO_SIGN)}",
    )
    return Challenge("\n".join(lines), account, now + TO_SIGN)


def verify(
    challenge: Challenge, signature: str, chain: Reader | None, now: float | None = None
) -> bool:
    """Whether the account signed this very text in time. Never raises."""
    if (time.time() if now is None else now) >= challenge.expires_at:
        return False
    try:
        raw = bytes.fromhex(signature.removeprefix("0x"))
    except ValueError:
        return False
    message = encode_defunct(text=challenge.text)
    try:
        if Account.recover_message(message, signature=raw) == challenge.account:
            return True
    except Exception:  # whatever a malformed signature makes the library say
        pass
    if chain is None:
        return False
    # ERC-1271: an account that is a contract answers for itself.
    digest = keccak(b"\x19" + message.version + message.header + message.body)
    asked = Contract("Account", challenge.account, _ERC1271)
    try:
        answers = chain.read([asked.read("isValidSignature", digest, raw)], chain.head())
    except CercleError:
        return False
    return answers == [_MAGIC]


def _iso(moment: float) -> str:
    text = datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")


__all__ = ["OPEN_FOR", "TO_SIGN", "Challenge", "Reader", "verify", "write"]
