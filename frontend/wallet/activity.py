"""Follows what the wallet says it sent, until the chain has said what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

import streamlit as st

from cercle.calls import Call
from cercle.chain import Fate, Followed
from cercle.content import escape_markdown
from cercle.errors import CercleError, ChainError, Refused, RelayerError
from cercle.models import Head

from ..carrying import Carrier
from ..components.wallet import bridge
from ..components.wallet import requests as codes
from ..components.wallet.requests import Orphan, Request, State, Store
from . import words
from .words import Gettext

EVERY = 1.0  # seconds between looks, only while there is something to look for
SHOWN = 3  # rows
SHOWN_FOR = 120.0  # seconds that what is over stays in view

Sentence = Callable[[CercleError], str]


class Follower(Protocol):
    """What is needed of `cercle.chain.Chain`."""

    def follow(
        self, tx_hash: str, sender: str, want: Call | None = None, nonce: int | None = None
    ) -> Followed: ...

    def replay(self, call: Call, sender: str, block: int) -> None: ...

    def nonce(self, account: str) -> int: ...

    def head(self, *, fresh: bool = False) -> Head: ...


def activity(
    chain: Follower,
    *,
    sentence: Sentence = str,
    on_change: Callable[[], None] | None = None,
    carrier: Carrier | None = None,
    alone: Callable[[Request], None] | None = None,
) -> None:
    """Show what is under way and what has just ended; rerun the page once when something ends.

    Args:
        chain: Where to look.
        sentence: Says a refusal in the member's language.
        on_change: Called before the rerun: forget the head that was read before.
        carrier: Who carries what was signed.
        alone: Asks the wallet to send what nobody carried.
    """
    kept = bridge.store()
    gettext = kept.words

    @st.fragment(run_every=EVERY if is_pending(kept) else None)
    def rows() -> None:
        was_pending = is_pending(kept)
        is_answering = True
        try:
            has_changed = look(kept, chain, sentence, carrier)
        except (ChainError, RelayerError):
            has_changed, is_answering = False, False
        if has_changed:
            if on_change is not None:
                on_change()
            st.rerun()
        show(kept, gettext, is_answering=is_answering, alone=alone)
        if was_pending and not is_pending(kept):
            st.rerun()

    rows()


def is_pending(kept: Store) -> bool:
    """Whether the chain has yet to say something."""
    return any(request.is_pending for request in kept.requests.values()) or any(
        orphan.can_be_watched for orphan in kept.orphans.values()
    )


def look(kept: Store, chain: Follower, sentence: Sentence, carrier: Carrier | None = None) -> bool:
    """Ask the chain about everything that is pending; says whether something ended.

    Raises:
        ChainError, RelayerError: Nobody says. A carrier's silence keeps back its own acts only.
    """
    pending = [request for request in kept.requests.values() if request.is_pending]
    watched = [orphan for orphan in kept.orphans.values() if orphan.can_be_watched]
    has_ended, silence = False, None
    for request in pending:
        try:
            has_ended |= (
                _follow_carried(request, chain, sentence, carrier)
                if request.carried is not None
                else _follow(request, chain, sentence)
            )
        except RelayerError as error:
            silence = error
    has_ended |= any([_watch(orphan, chain) for orphan in watched])
    if silence is not None and not has_ended:
        raise silence
    return has_ended


def _follow(request: Request, chain: Follower, sentence: Sentence) -> bool:
    """The hash is only a claim: the chain's sender, target and input are held against the call."""
    followed = chain.follow(request.result, request.sender, request.call, request.nonce)
    request.nonce = followed.nonce if followed.nonce is not None else request.nonce
    if followed.block is not None and chain.head(fresh=True).number < followed.block:
        return False  # the node that pages read from is behind: they would still show the past
    request.fate, request.block = followed.fate, followed.block
    if request.is_pending:
        return False
    request.done_at = time.time()
    if request.fate is Fate.REVERTED and request.call is not None and request.block is not None:
        try:
            chain.replay(request.call, request.sender, request.block)
        except Refused as refusal:
            request.reason = sentence(refusal)
        except CercleError:
            request.reason = ""
    return True


def _follow_carried(
    request: Request, chain: Follower, sentence: Sentence, carrier: Carrier | None
) -> bool:
    """The carrier tells where to look; only the chain's word counts that it is done."""
    if carrier is None or request.carried is None:
        return False
    seen = carrier.look(request.carried, request.meta["signed"])
    if seen.block is not None and chain.head(fresh=True).number < seen.block:
        return False
    request.fate, request.tx_hash, request.block = seen.fate, seen.tx_hash, seen.block
    if request.is_pending:
        return False
    request.done_at = time.time()
    request.reason = sentence(seen.refusal) if seen.refusal is not None else ""
    return True


def _watch(orphan: Orphan, chain: Follower) -> bool:
    """A question of before a reload: has its account sent anything since?"""
    orphan.has_moved = orphan.nonce is not None and chain.nonce(orphan.sender) > orphan.nonce
    return orphan.has_moved


# ---- words -----------------------------------------------------------------------------


def sentence_of(request: Request) -> str:
    """What became of a request: a sentence of the source, with its reason filled in later."""
    if request.carried is not None and request.fate is not None:
        return {
            Fate.PENDING: words.CARRIED,
            Fate.MINED: words.MINED,
        }.get(request.fate, words.NOT_CARRIED)
    if request.fault is not None and request.fault.stage == "carrier":
        return words.NOT_CARRIED
    if request.state is State.ANSWERED:
        if request.fate is None:
            return words.SIGNED
        return {
            Fate.PENDING: words.PENDING,
            Fate.MINED: words.MINED,
            Fate.REVERTED: words.REVERTED,
            Fate.REPLACED: words.REPLACED,
            Fate.FOREIGN: words.FOREIGN,
        }[request.fate]
    if request.fault is None:
        return words.WAITING
    if request.fault.code == codes.REJECTED:
        if request.fault.stage == "page":
            return words.CANCELLED
        return words.SWITCH_DECLINED if request.fault.stage == "switch" else words.REJECTED
    return {
        codes.EXPIRED: words.EXPIRED,
        codes.OVERTAKEN: words.CANCELLED,
        codes.OTHER_ACCOUNT: words.OTHER_ACCOUNT,
        codes.OTHER_CHAIN: words.OTHER_CHAIN,
        codes.ALREADY_OPEN: words.ALREADY_OPEN,
        codes.DISCONNECTED: words.DISCONNECTED,
        codes.UNSUPPORTED: words.UNSUPPORTED,
    }.get(request.fault.code, words.FAILED)


ICONS = {
    words.PENDING: ":material/hourglass_top:",
    words.CARRIED: ":material/hourglass_top:",
    words.MINED: ":material/check_circle:",
    words.SIGNED: ":material/check_circle:",
}


def show(
    kept: Store,
    gettext: Gettext,
    *,
    is_answering: bool,
    alone: Callable[[Request], None] | None = None,
) -> None:
    """The rows: newest first, in words; hashes only under "Proof"."""
    for orphan in kept.orphans.values():
        told = words.ORPHAN_MOVED if orphan.has_moved else words.ORPHAN_OPEN
        _row(":material/history:", orphan.label, gettext(told), orphan.tx_hash, gettext)
    for request in shown(kept):
        told = sentence_of(request)
        text = gettext(told).format(reason=request.reason).strip()
        is_lost = request.is_pending and not is_answering
        if is_lost:
            text = gettext(words.UNREACHABLE)
        icon = ICONS.get(told, ":material/info:")
        _row(icon, _done(request), text, request.proof, gettext)
        may_go_alone = told is words.NOT_CARRIED or (is_lost and request.carried is not None)
        if (
            may_go_alone
            and alone is not None
            and st.button(gettext(words.SEND_ALONE), key=f"activity_alone_{request.id}")
        ):
            alone(request)
            st.rerun()  # the whole page: the wallet's card is above, outside of this fragment
        if request.fate is Fate.MINED and not request.is_told:
            request.is_told = True
            # A longer one would be cut by Streamlit, with a button in its own language.
            what = escape_markdown(_done(request).partition(". ")[0].removesuffix("."))
            st.toast(f"{what}.  \n{text}", icon=":material/check_circle:")


def _done(request: Request) -> str:
    """What was asked; what it would cost is of no interest any more."""
    return str(request.meta.get("alone") or request.label)


def shown(kept: Store) -> list[Request]:
    """What is worth a row: under way, or over for a short while."""
    now = time.time()
    return [
        request
        for request in reversed(kept.requests.values())
        if request.is_pending
        or (
            request.done_at > now - SHOWN_FOR
            and (request.fate is not None or request.state is not State.ANSWERED)
        )
    ][:SHOWN]


def _row(icon: str, label: str, text: str, proof: str | None, gettext: Gettext) -> None:
    with st.container(border=True):
        st.markdown(f"{icon} **{escape_markdown(label)}**  \n{text}")
        if proof is not None:
            with st.expander(gettext(words.PROOF), icon=":material/link:"):
                st.code(proof, language=None, wrap_lines=True)
