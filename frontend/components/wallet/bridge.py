"""The Python half of the bridge: mounts the component, hands it the open question, takes answers.

The store is the session's own (`st.session_state`); nothing of it is shared between sessions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from .requests import LIFETIME, Store, plain

HERE = Path(__file__).parent
KEY = "cercle_wallet"  # the component, as Streamlit knows it
STORE = "cercle_wallet_store"

_component = st.components.v2.component(
    "cercle_wallet",
    html='<section class="wallet"><div class="body"></div>'
    '<p class="status quiet" role="status"></p><p class="alert" role="alert"></p></section>',
    css=(HERE / "wallet.css").read_text("utf-8"),
    js=(HERE / "wallet.js").read_text("utf-8"),
)


def store() -> Store:
    """This session's questions and answers."""
    if STORE not in st.session_state:
        st.session_state[STORE] = Store()
    found: Store = st.session_state[STORE]
    return found


def _take() -> None:
    """Take in what the browser says: before the page runs, and whole (`frontend.whole`)."""
    value = (st.session_state.get(KEY) or {}).get("bridge")
    for request in store().take(value):
        if request.then is not None:
            request.then(request)


def render(
    *,
    chain_id: int,
    chain_name: str,
    add_chain: dict[str, Any] | None,
    words: dict[str, str],
    own: Sequence[Mapping[str, Any]] = (),
    device: Mapping[str, Any] | None = None,
) -> None:
    """Mount the component where the page stands; once a run, before anything that needs it.

    Args:
        chain_id, chain_name, add_chain: The chain that every request is meant for.
        words: The bridge's sentences, in the member's language.
        own: The wallets that this server brings itself: where each one's script is, and what it
            is told.
        device: Whether this device can be one of them; None where that is no question.
    """
    kept = store()
    kept.chain_id = chain_id
    request = kept.open()
    data = plain(
        {
            "chainId": chain_id,
            "chainName": chain_name,
            "addChain": add_chain,
            "known": kept.known,
            "ack": kept.ack,
            "words": words,
            "own": own,
            "device": device,
            "wish": kept.wish,
            "request": request
            and {
                "id": request.id,
                "method": request.method,
                "params": request.params,
                "label": request.label,
                "mode": request.mode,
                "sender": request.sender,
                "chainId": request.chain_id,
                "addChain": add_chain,
                "lifetime": LIFETIME * 1000,
            },
        }
    )
    _component(key=KEY, data=data, on_bridge_change=_take)
