"""The Python half: tells the page's vault what is to be done, and takes what it sealed.

What comes back is a claim like all that a browser says: its form is checked here, the service and
the ledger check the rest. Nothing that was typed is ever in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from ..wallet.requests import new_id, plain

HERE = Path(__file__).parent
KEY = "cercle_vault"  # the component, as Streamlit knows it
STORE = "cercle_vault_store"
KEPT = 40  # ids that are remembered as handled
MOST = 64 * 1024  # characters of one answer

_component = st.components.v2.component(
    "cercle_vault",
    html='<section class="vault" role="region"><p class="status quiet" role="status"></p>'
    '<p class="alert" role="alert"></p><div class="body"></div></section>',
    css=(HERE / "vault.css").read_text("utf-8"),
    js="\n".join(
        (HERE / name).read_text("utf-8") for name in ("crypto.js", "forms.js", "vault.js")
    ),
)


@dataclass(frozen=True)
class Made:
    """Something that the page sealed: a ring, an envelope, a wrap, a public key."""

    kind: str
    value: Any
    task: Mapping[str, Any] | None


@dataclass
class Store:
    """What this session asked of the page, and what it has taken."""

    task: dict[str, Any] | None = None
    ack: list[str] = field(default_factory=list)

    def ask(self, kind: str, **told: Any) -> None:
        """Have the page do something; it shows it, and the member presses there."""
        self.task = {"id": new_id(), "kind": kind, **told}

    def drop(self) -> None:
        """Nothing is to be done any more."""
        self.task = None

    def take(self, value: object) -> list[Made]:
        """What the page made since; each thing once, and only for what is still asked."""
        outbox = value.get("outbox") if isinstance(value, dict) else None
        if not isinstance(outbox, dict):
            return []
        taken = []
        for key, entry in list(outbox.items())[:KEPT]:
            if not isinstance(key, str) or key[:64] in self.ack or not isinstance(entry, dict):
                continue
            self.ack = [*self.ack[1 - KEPT :], key[:64]]
            asked, kind = entry.get("task"), entry.get("kind")
            if not isinstance(kind, str) or len(json.dumps(entry.get("value"))) > MOST:
                continue
            if asked is None:
                taken.append(Made(kind, entry.get("value"), None))
            elif self.task is not None and asked == self.task["id"]:
                taken.append(Made(kind, entry.get("value"), self.task))
                self.task = None
        return taken


def store() -> Store:
    """This session's."""
    if STORE not in st.session_state:
        st.session_state[STORE] = Store()
    found: Store = st.session_state[STORE]
    return found


def render(
    *,
    words: Mapping[str, str],
    language: str,
    place: Mapping[str, Any],
    ring: Mapping[str, Any] | None,
    records: Sequence[Mapping[str, Any]],
    asked: bool = False,
    then: Callable[[Made], None],
) -> None:
    """Mount the vault where the page stands, once a run.

    Args:
        words: The component's sentences, in the member's language.
        language: Its code, for the time of day.
        place: `chain_id`, `consent`, `passport_id`: whose vault it is.
        ring: The sealed key as the service has it; None: there is none yet.
        records: What may be read here: `envelope`, and the category's `code` and `label`.
        asked: Whether their contact was asked for the key, and has not answered.
        then: Called with each thing that the page made, before the page runs.
    """
    kept = store()

    def take() -> None:
        for made in kept.take((st.session_state.get(KEY) or {}).get("vault")):
            then(made)

    data = plain(
        {
            "words": words,
            "language": language,
            "place": place,
            "ring": ring,
            "records": records,
            "asked": asked,
            "task": kept.task,
            "ack": kept.ack,
        }
    )
    _component(key=KEY, data=data, on_vault_change=take)
