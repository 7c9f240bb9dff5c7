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

import time
from dataclasses import dataclass

import streamlit as st

from cercle.sign_in import OPEN_FOR, Reader, verify, write

from .. import settings
from ..components.wallet import bridge
from ..components.wallet.requests import Request
from . import sign_text

KEY = "cercle_signed_in"
REFUSED = "cercle_sign_in_refused"


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
