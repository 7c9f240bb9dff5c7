"""What companies ask of a vault, answered by the member; what went out."""

from __future__ import annotations

import streamlit as st

from cercle.vault.wire import MemberAsk, ReleaseLine
from frontend import consented, i18n
from frontend.app_pages._record import moment
from frontend.components.vault import bridge
from frontend.consented import Names
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.vaults import Kept, Vaults, tried, troubled

LINES = 20  # of what went out, at once


def asks(desk: Vaults, kept: Kept, names: Names) -> None:
    """Looks that the ledger has, and that wait for the member."""
    for one in kept.asks:
        with st.container(border=True, key=f"vault_ask_{one.id}"):
            st.write(sentence(one, names))
            st.caption(_("Good until {date}.").format(date=i18n.day(moment(one.info.expires_at))))
            if (bridge.store().task or {}).get("ask_id") == one.id:
                continue  # it is being answered below
            st.button(
                _("Answer it"),
                type="primary",
                key=f"vault_answer_{one.id}",
                on_click=tried,
                args=(lambda one=one: answer(desk, kept, one, names), f"vault_answer_{one.id}"),
            )
            troubled(f"vault_answer_{one.id}")


def sentence(one: MemberAsk, names: Names) -> str:
    return _("**{company}** asks to open **{what}**, for “{purpose}”.").format(
        company=names.company(one.info.company_id),
        what=consented.category(one.info.category),
        purpose=consented.purpose(one.info.purpose),
    )


def answer(desk: Vaults, kept: Kept, one: MemberAsk, names: Names) -> None:
    """Have the record's key sealed to the company, once the ledger bears the question out."""
    desk.require(one)
    envelope = kept.record(one.info.category, one.info.version)
    if envelope is None:
        raise ValueError("nothing is kept there")
    bridge.store().ask(
        "ask",
        ask_id=one.id,
        envelope=envelope.model_dump(mode="json"),
        ask=one.info.model_dump(mode="json") | {"public_key": one.public_key},
        said=_(
            "{company} gets “{what}” for “{purpose}”, for this one order. It cannot be called back."
        ).format(
            company=names.raw(one.info.company_id),
            what=consented.category(one.info.category),
            purpose=consented.purpose(one.info.purpose),
        ),
        does=_("Open it for them"),
    )


def went(one: ReleaseLine) -> str:
    """What went out, what for, and who opened it."""
    told = (
        _("{what}, for “{purpose}”. You opened it.")
        if one.is_attended
        else _("{what}, for “{purpose}”. The vault opened it.")
    )
    return told.format(
        what=consented.category(one.category), purpose=consented.purpose(one.purpose)
    )


def releases(kept: Kept, names: Names) -> None:
    """What went out."""
    if not kept.releases:
        return
    st.header(_("What went out"))
    show.table(
        [
            {
                _("When"): i18n.day(moment(one.released_at)),
                _("Company"): names.company(one.company_id),
                _("What"): went(one),
            }
            for one in kept.releases[:LINES]
        ]
    )
    if len(kept.releases) > LINES:
        more = len(kept.releases) - LINES
        st.caption(
            ngettext("{n} more is in your file.", "{n} more are in your file.", more).format(
                n=i18n.number(more)
            )
        )
