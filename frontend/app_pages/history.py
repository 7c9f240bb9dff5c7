"""What happened with my card, when, and where is it proven?"""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from cercle.errors import PageUnknown
from cercle.index.history import Page
from cercle.models import Card
from frontend import i18n, present, services, telling
from frontend.app_pages import _pieces
from frontend.i18n import N_, _
from frontend.states import guarded, plain

KIND, PROOF, MARKS = "history_kind", "history_proof", "history_marks"
EVERYTHING = "all"
NAMES = {
    EVERYTHING: N_("Everything"),
    "points": N_("Points"),
    "perks": N_("Perks"),
    "votes": N_("Votes"),
    "data": N_("My data"),
    "service": N_("Service contracts"),
    "card": N_("Card and wallets"),
}


def page() -> None:
    community = services.community()
    account = services.wallet().account
    if account is None:
        st.title(_("What happened with your card"))
        st.write(_("Connect a wallet above to see all that happened to you here, by date."))
        back()
        return
    card = community.card(account)
    kind = chosen()
    marks = places(account, kind)
    st.title(_("What happened with your card"))
    with _pieces.reading():
        past = read(community, card, kind, marks)

    _pieces.source(past.served, community.has_index())
    with st.container(horizontal=True, horizontal_alignment="distribute", key="history_choice"):
        st.pills(
            _("Show"),
            list(NAMES),
            format_func=lambda name: _(NAMES[name]),
            default=EVERYTHING,
            required=True,
            key=KIND,
            label_visibility="collapsed",
            wrap=True,
        )
        st.toggle(_("With proof"), key=PROOF)
    if past.entries:
        reader = telling.Reader(community, present.brand(community), card, past.wallets)
        acts = telling.acts(past.entries, reader)
        days(acts)
        if not all(act.is_final for act in acts):
            st.caption(
                _("Not final yet: the network may still undo it until more is written after it.")
            )
    else:
        nothing(past, kind)
    turn(past, marks)
    back()


# ---- which part ------------------------------------------------------------------


def chosen() -> str:
    """Which kind of events is asked for."""
    return str(st.session_state.get(KIND) or EVERYTHING)


def places(account: str, kind: str) -> list[str]:
    """Where the pages begin that led here; another account or kind begins anew."""
    whose = (account, kind)
    kept = st.session_state.get(MARKS)
    if kept is None or kept[0] != whose:
        st.session_state[MARKS] = kept = (whose, [])
    marks: list[str] = kept[1]
    return marks


def read(community: services.Community, card: Card, kind: str, marks: list[str]) -> Page:
    kinds = next((telling.events_of(one) for one in telling.KINDS if one == kind), None)
    try:
        return community.history(card, kinds, marks[-1] if marks else None)
    except PageUnknown:
        marks.clear()
        return community.history(card, kinds)


def turn(past: Page, marks: list[str]) -> None:
    """Older and newer; a press changes the place before the page is drawn again."""
    if not marks and past.older is None:
        return
    with st.container(horizontal=True, key="history_turn"):
        if marks:
            st.button(
                _("Newer"),
                icon=":material/arrow_upward:",
                key="history_newer",
                on_click=_pieces.newer,
                args=(marks,),
            )
        if past.older is not None:
            st.button(
                _("Older"),
                icon=":material/arrow_downward:",
                key="history_older",
                on_click=_pieces.older,
                args=(marks, past.older),
            )


# ---- what is shown ---------------------------------------------------------------


def days(acts: list[telling.Act]) -> None:
    """The acts under their days, in the reader's time zone."""
    zone = i18n.zone()
    found = groupby(acts, key=lambda act: act.at.astimezone(zone).date())
    for place, (_moment, together) in enumerate(found):  # a day may come twice: who knows a clock
        several = list(together)
        with st.container(border=True, key=f"history_day_{place}"):
            st.subheader(i18n.day(several[0].at), anchor=False)
            for act in several:
                one_act(act)


def one_act(act: telling.Act) -> None:
    small = [*act.rest, i18n.clock(act.at)]
    if not act.is_final:
        small.append(_("not final yet"))
    st.markdown(f"{act.icon} {act.headline}  \n:small[{' · '.join(small)}]")
    if st.session_state.get(PROOF):
        proof(act)


def proof(act: telling.Act) -> None:
    """Where a stranger finds it."""
    written = list(
        dict.fromkeys(f"{t.entry.event.contract}.{t.entry.event.name}" for t in act.told)
    )
    st.caption(
        _("Block {block}, {moment}, written as {names}. Transaction:").format(
            block=i18n.number(act.block),
            moment=i18n.exact(act.at),
            names=plain(i18n.enumeration(written)),
        )
    )
    st.code(act.tx_hash, language=None, wrap_lines=True)


def nothing(past: Page, kind: str) -> None:
    if past.older is not None:
        said = _("Nothing of yours is in this part. Look at what is older.")
    elif kind == EVERYTHING:
        said = _("Nothing has happened yet. Your first purchase, perk or vote appears here.")
    else:
        said = _("Nothing of this kind has happened yet.")
    st.info(said, icon=":material/history:")


def back() -> None:
    st.page_link("app_pages/card.py", label=_("Back to my card"), icon=":material/badge:")


with guarded():
    page()
