"""Records of a vault: what is kept in each category, who may open it, what waits, what went out."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from cercle.consent.vocabulary import category_of
from cercle.vault.envelopes import Envelope
from cercle.vault.wire import KeptRecord
from frontend import consented, i18n, services
from frontend.app_pages import _custodian
from frontend.components.vault import bridge
from frontend.consents import Consents
from frontend.holdings import Move, movable
from frontend.i18n import _
from frontend.look import show
from frontend.states import refused
from frontend.vaults import Kept, Vaults, tried, troubled

WHAT, MOVE = "vault_what", "vault_move"


def label(one: KeptRecord) -> str:
    """A record's name in the list that the page can show."""
    name = consented.category(one.envelope.category)
    return name if one.state == "kept" else _("{what}, not written down yet").format(what=name)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# ---- what is kept ----------------------------------------------------------------------------


def records(
    book: Consents,
    desk: Vaults,
    kept: Kept,
    moves: tuple[Move, ...],
    named: tuple[str, ...],
) -> None:
    """Each category with something in it, or something that was."""
    told = {one.category: one for one in moves}
    shown = {one.envelope.category for one in kept.records}
    shown |= {one.category for one in kept.certificates}
    shown |= {category for category, one in told.items() if one.is_erased}
    for category in movable():
        if category in shown:
            with st.container(border=True, key=f"vault_record_{category}"):
                st.subheader(consented.category(category), anchor=False)
                move = told.get(category)
                one_record(book, desk, kept, category, move)
                if move is not None and move.is_erased:
                    _custodian.shredded(book, kept, category, named)
                changes(book, kept, category, move)
    new(kept, told, shown)


def one_record(book: Consents, desk: Vaults, kept: Kept, category: int, move: Move | None) -> None:
    """What the ledger says of it, what is kept, and who opens it."""
    envelope, waiting = kept.record(category), kept.waiting(category)
    now = services.community().head().time
    if move is not None:
        told = _("Kept since {when}.") if is_newest(envelope, move) else _("It changed {when}.")
        told = _("You had it erased {when}.") if move.is_erased else told
        show.moment(told.format(when=i18n.relative(move.moved_at, now)), i18n.exact(move.moved_at))
    is_taken_up = waiting is None or move is None or waiting.record_version > move.version
    if not is_taken_up:
        st.info(_("The ledger has your change; the vault takes it up in a moment."))
    elif move is not None and not move.is_erased and not is_newest(envelope, move):
        st.warning(
            _("The ledger knows of a newer change that is not kept here. Keep what it is now."),
            icon=":material/sync_problem:",
        )
    if waiting is not None and is_taken_up:
        unwritten(book, waiting, is_first=envelope is None)
    if envelope is not None:
        who_opens(desk, kept, envelope)


def changes(book: Consents, kept: Kept, category: int, move: Move | None) -> None:
    """What can be done with it."""
    envelope, waiting = kept.record(category), kept.waiting(category)
    with st.container(horizontal=True):
        if waiting is None:
            st.button(
                _("Replace it") if envelope else _("Keep it anew"),
                key=f"vault_replace_{category}",
                icon=":material/edit:",
                on_click=seal,
                args=(kept, category, move.version + 1 if move else 1),
            )
        if envelope is not None:
            erase(book, category)


def is_behind(kept: Kept, moves: tuple[Move, ...]) -> bool:
    """Whether the vault has not taken up yet what the ledger says: it follows a moment later."""
    told = {one.category: one for one in moves}

    def is_late(one: KeptRecord) -> bool:
        move = told.get(one.envelope.category)
        is_written = move is not None and one.envelope.record_version <= move.version
        return is_written and (one.state == "waiting" or (move is not None and move.is_erased))

    return any(is_late(one) for one in kept.records)


def is_newest(envelope: Envelope | None, move: Move) -> bool:
    return envelope is not None and envelope.record_version == move.version


def is_unsigned(kept: Kept, moves: tuple[Move, ...]) -> bool:
    """Whether something was sealed that only the member can bring to the ledger."""
    versions = {one.category: one.version for one in moves}
    return any(
        one.state == "waiting"
        and one.envelope.record_version > versions.get(one.envelope.category, 0)
        for one in kept.records
    )


def unwritten(book: Consents, waiting: Envelope, *, is_first: bool) -> None:
    """Sealed, and still to be said on the ledger."""
    st.info(
        _(
            "Sealed, but not on the ledger yet: until you sign, nobody can open it. After a day "
            "the vault forgets it."
        )
        if is_first
        else _(
            "Sealed, but not on the ledger yet: until you sign that it changed, companies get what "
            "was kept before. After a day the vault forgets it."
        ),
        icon=":material/draw:",
    )
    st.button(
        _("Say that it is here") if is_first else _("Say that it changed"),
        type="primary",
        key=f"vault_write_{waiting.category}",
        on_click=write_down,
        args=(book, waiting),
    )
    refused(MOVE)


def write_down(book: Consents, envelope: Envelope) -> None:
    """Publish the seal of what waits; the same signature tells every company."""
    services.act(
        MOVE,
        lambda: book.move(envelope.category, envelope.commitment),
        _(
            "Tell every company that may see it that this changed: {what}. Only a seal is "
            "published. It stays public that it changed."
        ).format(what=consented.category(envelope.category)),
    )


def who_opens(desk: Vaults, kept: Kept, envelope: Envelope) -> None:
    """With me or without me; the words say what each costs."""
    category = envelope.category
    if envelope.vault is None:
        st.write(_("It opens only with you: a company that may see it waits for your answer."))
        st.button(
            _("Let it open without me"),
            key=f"vault_leave_{category}",
            on_click=bridge.store().ask,
            args=("leave",),
            kwargs={
                "envelope": envelope.model_dump(mode="json"),
                "vault_key": kept.public_key,
                "said": _(
                    "The vault then opens it at once for a company that you allow, and the ledger "
                    "keeps each look. Whoever runs the vault could read it too."
                ),
                "does": _("Let it open without me"),
            },
        )
        return
    st.write(
        _(
            "It opens without you for companies that you allow. Whoever runs the vault could read "
            "it."
        )
    )
    st.button(
        _("Only with me again"),
        key=f"vault_alone_{category}",
        on_click=tried,
        args=(lambda: desk.leave(category, None), f"vault_alone_{category}"),
    )
    troubled(f"vault_alone_{category}")


def erase(book: Consents, category: int) -> None:
    key = f"vault_erase_{category}"
    st.button(
        _("Erase it"),
        key=key,
        icon=":material/delete_forever:",
        on_click=services.act,
        args=(
            key,
            lambda: book.erase(category),
            _(
                "Have this erased for good: {what}. The vault destroys it and signs that it did. "
                "What companies read before, they must delete themselves."
            ).format(what=consented.category(category)),
        ),
    )
    refused(key)


def new(kept: Kept, told: dict[int, Move], shown: set[int]) -> None:
    """Something that no card above speaks of."""
    free = {bit: consented.category(bit) for bit in movable() if bit not in shown}
    if kept.ring is None or not free:
        return
    st.header(_("Keep something new"))
    st.selectbox(_("What it is"), list(free), format_func=free.__getitem__, key=WHAT)

    def ask() -> None:
        chosen = int(st.session_state[WHAT])
        move = told.get(chosen)
        seal(kept, chosen, move.version + 1 if move else 1)

    st.button(
        _("Type it in"), type="primary", icon=":material/lock:", key="vault_keep", on_click=ask
    )


def seal(kept: Kept, category: int, version: int) -> None:
    """Have it typed and sealed in the page; who may open it stays as it was."""
    before = kept.record(category)
    is_left = before is not None and before.vault is not None
    bridge.store().ask(
        "record",
        category=category,
        code=category_of(category).code,
        version=version,
        vault_key=kept.public_key if is_left else None,
        said=consented.category(category),
        does=_("Seal it"),
    )
