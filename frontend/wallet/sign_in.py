"""Sign-in with a wallet (ERC-4361), for the few things that only their owner may see.

The account that a browser reports is a claim; a signature over a text that this server wrote
itself proves it. The text names our own domain from the configuration (never from a request's
Host), the chain, and a nonce that serves once; it must be signed within five minutes and opens
the account for a quarter of an hour, in this session and while the same account is connected.

Usage example::

    if not is_signed_in(wallet.account):
        if st.button(_("Show my code")):
            ask(wallet.account, chain, _("Show the code of my perk."), label=_("Sign in"))
            st.rerun()
        st.stop()
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import streamlit as st
from eth_account import Account
from eth_account.messages import encode_defunct
from eth_utils.address import is_checksum_address
from eth_utils.crypto import keccak

from cercle.contracts import Contract, Read
from cercle.errors import CercleError
from cercle.models import Head

from .. import settings
from ..components.wallet import bridge
from ..components.wallet.requests import Request
from . import sign_text

TO_SIGN = 300  # seconds
OPEN_FOR = 900  # seconds
KEY = "cercle_signed_in"
REFUSED = "cercle_sign_in_refused"

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


@dataclass(frozen=True)
class SignedIn:
    """An account that has proven itself in this session."""

    account: str
    until: float


# ---- for pages ---------------------------------------------------------------------------


def ask(account: str, chain: Reader, statement: str, *, label: str) -> str:
    """Ask the connected account to sign in; gives the request's id.

    Args:
        account: The connected account.
        chain: Where an account that is a contract is asked.
        statement: One line of the text that is signed: what for.
        label: The sentence above the button.
    """
    here = settings.current()
    challenge = write(
        domain=here.domain,
        uri=here.public_url,
        account=account,
        chain_id=bridge.store().chain_id,
        statement=statement,
    )

    def then(request: Request) -> None:
        # Closes over its own challenge: an answer serves the question it was given to, once.
        st.session_state.pop(KEY, None)
        if not isinstance(request.result, str):
            return
        if verify(challenge, request.result, chain):
            st.session_state[KEY] = SignedIn(challenge.account, time.time() + OPEN_FOR)
        else:
            st.session_state[REFUSED] = True

    st.session_state.pop(REFUSED, None)
    return sign_text(challenge.text, label, account, "sign_in", then=then)


def is_signed_in(account: str | None) -> bool:
    """Whether this session has proven the connected account, not long ago."""
    found = st.session_state.get(KEY)
    return isinstance(found, SignedIn) and found.account == account and time.time() < found.until


def was_refused() -> bool:
    """Whether the last signature did not prove the account."""
    return bool(st.session_state.get(REFUSED))


def sign_out() -> None:
    """Forget the proof."""
    st.session_state.pop(KEY, None)


# ---- the text and its proof ------------------------------------------------------------------


def write(
    *,
    domain: str,
    uri: str,
    account: str,
    chain_id: int,
    statement: str,
    now: float | None = None,
) -> Challenge:
    """Write the text of ERC-4361.

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
        f"Nonce: {secrets.token_hex(16)}",
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
