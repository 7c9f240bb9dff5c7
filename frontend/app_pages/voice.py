"""Who speaks for me when proposals are decided, and for whom do I?"""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from cercle.decision_models import DelegateView, DelegationView
from cercle.models import Card
from cercle.values import checksum
from frontend import decided, deciding, i18n, present, services
from frontend.i18n import N_, _, ngettext
from frontend.look import show
from frontend.states import guarded, plain, refused

SHOWN = 8  # delegates of the list; the address of any other can be typed
OTHER = "other"
KEY, BACK = "voice_give", "voice_back"
WHO, ADDRESS, UNTIL, TROUBLE = "voice_who", "voice_address", "voice_until", "voice_trouble"
NO_END = 0
SPANS = {  # days: what a member picks
    90: N_("3 months"),
    180: N_("6 months"),
    365: N_("1 year"),
    NO_END: N_("Until I end it"),
}


def page() -> None:
    community, decisions = services.community(), deciding.decisions()
    account = services.wallet().account
    card = community.card(account) if account else None
    if account is None or card is None or not card.is_active:
        st.title(_("Who speaks for you"))
        if card is None:
            st.write(_("Connect a wallet above to see who votes for you on proposals."))
        else:
            st.write(_("Only members have a voice."))
            st.page_link("app_pages/card.py", label=_("Take your card"), icon=":material/badge:")
        back()
        return
    mine = decisions.delegation(account)
    answer(mine, card)
    if mine.is_away:
        take_back(mine, account)
    speaks(mine)
    finder(decisions, mine, account, card)
    back()


def answer(mine: DelegationView, card: Card) -> None:
    """The page's question, answered at once."""
    now = mine.head.time
    if not mine.is_away or mine.delegate is None:
        st.title(_("You speak for yourself"))
        st.write(_("On every proposal your vote is yours to cast."))
        if card.counts_from is not None and card.counts_from > now:
            show.moment(
                _("Your voice counts {when}.").format(when=i18n.relative(card.counts_from, now)),
                i18n.exact(card.counts_from),
            )
        return
    who = decided.member(mine.delegate, mine.delegate_no)
    who = who[0].upper() + who[1:]
    if mine.is_expired and mine.expires_at is not None:
        st.title(_("{member} still speaks for you").format(member=plain(who)))
        st.warning(
            _(
                "You lent your voice until {date}. That day is past, but it does not come back by "
                "itself: take it back below."
            ).format(date=i18n.day(mine.expires_at)),
            icon=":material/event_busy:",
        )
        return
    st.title(_("{member} speaks for you").format(member=plain(who)))
    if mine.expires_at is None:
        st.write(_("They vote with your vote on every proposal, until you end it."))
    else:
        show.moment(
            _("They vote with your vote on every proposal, until {date}.").format(
                date=i18n.day(mine.expires_at)
            ),
            i18n.exact(mine.expires_at),
        )


def take_back(mine: DelegationView, account: str) -> None:
    st.button(
        _("Speak for myself again"),
        type="primary",
        icon=":material/undo:",
        key=BACK,
        on_click=services.act,
        args=(
            BACK,
            lambda: deciding.decisions().delegate(account),
            _("Take your voice back. You vote yourself on proposals whose vote opens after this."),
        ),
    )
    refused(BACK)


def speaks(mine: DelegationView) -> None:
    """For how many this member speaks, and what that means."""
    others = mine.votes - (0 if mine.is_away else mine.own)
    if others > 0:
        st.info(
            ngettext(
                "Others lent you {n} vote: it is cast with yours, the way you vote.",
                "Others lent you {n} votes: they are cast with yours, the way you vote.",
                others,
            ).format(n=i18n.number(others)),
            icon=":material/diversity_3:",
        )
    st.caption(
        _(
            "A proposal counts voices as they stood in the second in which its vote opened: a "
            "change now concerns later ones. In polls you always speak for yourself. Who speaks "
            "for whom is public."
        )
    )


# ---- somebody else ------------------------------------------------------------------


def finder(decisions: deciding.Deciding, mine: DelegationView, account: str, card: Card) -> None:
    """Choose who is to speak for oneself, and until when."""
    st.header(_("Let another member speak for me"))
    st.write(
        _(
            "For who has no time to read every proposal. They vote for you and can do nothing "
            "else in your name. You can end it at any time."
        )
    )
    supply = decisions.treasury().supply
    listed = [
        one
        for one in decisions.delegates()
        if one.account not in (account, card.main_wallet, mine.delegate if mine.is_away else None)
        and (not one.member_no or one.member_no != card.member_no)
    ][:SHOWN]
    named = {one.account: one for one in listed}
    with st.container(border=True, key="voice_finder"):
        st.radio(
            _("Who, those with the most votes first"),
            [*named, OTHER],
            format_func=lambda one: said(named.get(one), supply),
            index=None if named else 0,
            key=WHO,
        )
        if st.session_state.get(WHO, None if named else OTHER) == OTHER:
            st.text_input(_("Their wallet, as they give it to you"), key=ADDRESS, placeholder="0x…")
        st.pills(
            _("For how long"),
            list(SPANS),
            format_func=lambda days: _(SPANS[days]),
            default=180,
            required=True,
            key=UNTIL,
            wrap=True,
        )
        st.button(
            _("Let them speak for me"),
            type="secondary" if mine.is_away else "primary",
            icon=":material/record_voice_over:",
            key=KEY,
            on_click=give,
            args=(mine.head.time, account, {one.account: one.member_no for one in listed}),
        )
        if trouble := st.session_state.get(TROUBLE):
            st.warning(_(trouble), icon=":material/touch_app:")
        refused(KEY)


def said(one: DelegateView | None, supply: int) -> str:
    """Who that is, and how many votes they speak with; ready for Markdown."""
    if one is None:
        return _("Somebody else, by their wallet")
    who = decided.member(one.account, one.member_no)
    told = _("{member} ({wallet}) · {votes}, {share} of all")
    if not one.member_no:
        told = _("{member} · {votes}, {share} of all")
    return plain(
        told.format(
            member=who[0].upper() + who[1:],
            wallet=present.short(one.account),
            votes=decided.votes(one.votes),
            share=i18n.percent(one.votes, supply),
        )
    )


def give(now: datetime, account: str, numbers: dict[str, int]) -> None:
    """Hand the wish to the wallet; runs before the page is drawn again."""
    st.session_state[TROUBLE] = None
    who = st.session_state.get(WHO)
    if who is None:
        st.session_state[TROUBLE] = N_("Pick somebody first.")
        return
    if who == OTHER:
        try:
            who = checksum(str(st.session_state.get(ADDRESS) or "").strip())
        except ValueError:
            st.session_state[TROUBLE] = N_("That is no wallet: copy all of it, from 0x on.")
            return
    if who == account:
        st.session_state[TROUBLE] = N_("That is you. Pick somebody else.")
        return
    days = int(st.session_state.get(UNTIL) or NO_END)
    until = None if days == NO_END else now + timedelta(days=days)
    named = decided.member(who, numbers.get(who, 0))
    if until is None:
        label = _("Let {member} vote for you on proposals, until you end it.").format(member=named)
    else:
        label = _(
            "Let {member} vote for you on proposals, until {date}. You can end it before."
        ).format(member=named, date=i18n.day(until))
    services.act(KEY, lambda: deciding.decisions().delegate(who, until), label)


def back() -> None:
    st.page_link(
        "app_pages/proposals.py", label=_("Back to the proposals"), icon=":material/gavel:"
    )


with guarded():
    page()
