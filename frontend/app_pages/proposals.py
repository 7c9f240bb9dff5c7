"""What do members decide to do, and what do I say?"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cercle.decision_models import ProposalsView, ProposalView
from cercle.flags import ProposalState, Support
from cercle.limits import MAX_REASON
from cercle.models import Card
from frontend import decided, deciding, i18n, present, refusals, services
from frontend.app_pages import _proposal
from frontend.i18n import _, ngettext
from frontend.states import guarded, refused

LIVE = 10.0  # seconds between two looks at an open vote
PARTS = "proposals_parts"
SETTLED = (ProposalState.CANCELED, ProposalState.DEFEATED, ProposalState.EXECUTED)
REASON = MAX_REASON // 4  # characters: the longest has four bytes


def page() -> None:
    community, decisions = services.community(), deciding.decisions()
    brand = present.brand(community)
    account = services.wallet().account
    card = community.card(account) if account else None
    view = decisions.proposals(account, parts())
    names = decided.Names(community, brand, decisions.chain_id())
    now = view.head.time

    to_vote = sorted(
        (one for one in view.proposals if one.state == ProposalState.ACTIVE),
        key=lambda one: (not waits(one), one.deadline),
    )
    under_way = [one for one in view.proposals if one not in to_vote and one.state not in SETTLED]
    settled = [one for one in view.proposals if one.state in SETTLED]
    answer(card, to_vote, under_way, now)
    doors(card, account)
    said = my_votes(card, view)

    if to_vote:
        st.header(_("Open for votes"))
    for one in to_vote:
        with st.container(border=True, key=f"proposals_one_{one.id}"):
            open_vote(view, one, card, names, said.get(one.id))
    if under_way:
        st.header(_("On their way"))
    for one in under_way:
        with st.container(border=True, key=f"proposals_one_{one.id}"):
            waiting(view, one, account, names, said.get(one.id))
    if not to_vote and not under_way:
        st.info(
            _(
                "Nothing is proposed at the moment. What a member proposes appears here days "
                "before the vote opens."
            ),
            icon=":material/gavel:",
        )
    if settled:
        st.header(_("Settled"))
    for one in settled:
        with st.container(border=True, key=f"proposals_one_{one.id}"):
            over(view, one, names, said.get(one.id))
    more(decisions, view)


def parts() -> int:
    """How many parts of the past this session wants to see."""
    return int(st.session_state.get(PARTS, 1))


def waits(proposal: ProposalView) -> bool:
    """Whether it waits for this member's vote."""
    is_open = proposal.state == ProposalState.ACTIVE
    return is_open and bool(proposal.my_votes) and not proposal.has_voted


def my_votes(card: Card | None, view: ProposalsView) -> dict[int, Support]:
    """What this member said, on what they voted on."""
    voted = [one.id for one in view.proposals if one.has_voted]
    if card is None or not voted:
        return {}
    return deciding.decisions().my_votes(card, voted)


# ---- the answer ---------------------------------------------------------------------


def answer(
    card: Card | None, to_vote: list[ProposalView], under_way: list[ProposalView], now: datetime
) -> None:
    """The page's question, answered at once."""
    mine = sum(waits(one) for one in to_vote)
    steps = sum(
        one.state == ProposalState.SUCCEEDED or decided.is_due(one, now) for one in under_way
    )
    if mine:
        st.title(
            ngettext(
                "{n} proposal waits for your vote", "{n} proposals wait for your vote", mine
            ).format(n=i18n.number(mine))
        )
    elif card is not None and card.is_active and steps:
        st.title(
            ngettext(
                "{n} decision waits for somebody to carry it on",
                "{n} decisions wait for somebody to carry them on",
                steps,
            ).format(n=i18n.number(steps))
        )
    elif card is not None and card.is_active:
        st.title(_("Nothing waits for your vote"))
    else:
        st.title(_("What members decide to do"))
    st.write(
        _(
            "What is accepted is done, exactly as written: money is paid, rules change. A vote is "
            "public and final."
        )
    )


def doors(card: Card | None, account: str | None) -> None:
    """The two small pages beside this one."""
    with st.container(horizontal=True, key="proposals_doors"):
        if card is not None and card.is_active:
            st.page_link(
                "app_pages/voice.py", label=voice(account), icon=":material/record_voice_over:"
            )
        st.page_link(
            "app_pages/treasury.py",
            label=_("What the members hold"),
            icon=":material/account_balance:",
        )


def voice(account: str | None) -> str:
    """Who speaks for this member, in a word or two."""
    mine = deciding.decisions().delegation(account) if account else None
    if mine is not None and mine.is_away and mine.delegate is not None:
        return _("Your voice is with {member}").format(
            member=decided.member(mine.delegate, mine.delegate_no)
        )
    if mine is not None and mine.votes > 1:
        return _("You speak with {votes}").format(votes=decided.votes(mine.votes))
    return _("You speak for yourself")


# ---- one proposal -------------------------------------------------------------------


def open_vote(
    view: ProposalsView,
    one: ProposalView,
    card: Card | None,
    names: decided.Names,
    said: Support | None,
) -> None:
    _proposal.heading(one, view.head.time)
    words, figures = st.columns([3, 2], gap="medium")
    with words:
        _proposal.text(one)
        _proposal.actions(view, one, names)
        ballot(one, card, said)
    with figures:
        running(one, said, parts())
        _proposal.lately(view.recent)
        _proposal.course(one, view.head.time)
    _proposal.rules(view, one)
    _proposal.proof(one)


@st.fragment(run_every=LIVE)
def running(one: ProposalView, said: Support | None, wanted: int) -> None:
    """The votes as they come; only this part is drawn again."""
    with guarded():
        newest = deciding.decisions().proposals(services.wallet().account, wanted)
        now = next((new for new in newest.proposals if new.id == one.id), one)
        _proposal.count(now, said, _("How the votes lie now"))


def waiting(
    view: ProposalsView,
    one: ProposalView,
    account: str | None,
    names: decided.Names,
    said: Support | None,
) -> None:
    """What is not voted on now, and not settled: before its vote, or after it was won."""
    now = view.head.time
    _proposal.heading(one, now)
    words, figures = st.columns([3, 2], gap="medium")
    with words:
        _proposal.text(one)
        _proposal.actions(view, one, names)
        step(one, account, now)
    with figures:
        if one.state != ProposalState.PENDING:
            _proposal.count(one, said)
        _proposal.course(one, now)
    _proposal.rules(view, one)
    _proposal.proof(one)


def over(
    view: ProposalsView, one: ProposalView, names: decided.Names, said: Support | None
) -> None:
    _proposal.heading(one, view.head.time)
    with st.expander(
        _("What it said, how the votes fell, and the proof"), icon=":material/unfold_more:"
    ):
        _proposal.text(one)
        _proposal.actions(view, one, names)
        _proposal.count(one, said)
        _proposal.course(one, view.head.time)
        _proposal.evidence(one)


# ---- what a member may do -----------------------------------------------------------


def ballot(one: ProposalView, card: Card | None, said: Support | None) -> None:
    """Cast a vote; or why one cannot."""
    if card is None:
        connect = _("Connect a wallet to vote.")
        st.caption(f":material/account_balance_wallet: {connect}")
        return
    if one.has_voted:
        if said is None:
            st.success(_("You have voted. A vote is final."), icon=":material/check:")
        else:
            st.success(
                _("You voted: **{answer}**. A vote is final.").format(
                    answer=_(decided.SUPPORTS[said])
                ),
                icon=":material/check:",
            )
        return
    if not one.my_votes:
        no_voice(one, card)
        return
    key = f"proposals_vote_{one.id}"
    with st.form(f"proposals_form_{one.id}", border=False):
        st.radio(
            _("Your vote"),
            list(decided.SUPPORTS),
            index=None,
            format_func=lambda support: _(decided.SUPPORTS[support]),
            key=f"{key}_choice",
            label_visibility="collapsed",
        )
        st.text_area(
            _("Why, if you like to say it: everybody can read it, for ever"),
            max_chars=REASON,
            height=68,
            key=f"{key}_reason",
        )
        st.form_submit_button(
            _("Vote with {votes}").format(votes=decided.votes(one.my_votes))
            if one.my_votes > 1
            else _("Vote"),
            type="primary",
            icon=":material/how_to_vote:",
            key=key,
            on_click=cast,
            args=(key, one, decided.title(one)),
        )
    st.caption(_("Think first: a vote here is final. You cannot change it or take it back."))
    if st.session_state.get(f"{key}_none"):
        st.warning(_("Pick an answer first."), icon=":material/touch_app:")
    refused(key)


def cast(key: str, one: ProposalView, title: str) -> None:
    """Hand the vote to the wallet; runs before the page is drawn again."""
    support = st.session_state.get(f"{key}_choice")
    st.session_state[f"{key}_none"] = support is None
    account = services.wallet().account
    if support is None or account is None:
        return
    reason = str(st.session_state.get(f"{key}_reason") or "").strip()
    label = _("Vote “{answer}” on “{title}”. It is final and public.").format(
        answer=_(decided.SUPPORTS[support]), title=title
    )
    services.act(
        key, lambda: deciding.decisions().vote(one, Support(support), reason, account), label
    )


def no_voice(one: ProposalView, card: Card) -> None:
    """Why this person has no say here, and when they will."""
    opened = i18n.day(one.snapshot)
    if not card.is_active:
        st.write(_("Only members vote."))
        st.page_link("app_pages/card.py", label=_("Take your card"), icon=":material/badge:")
    elif card.counts_from is not None and card.counts_from > one.snapshot:
        st.info(
            _(
                "You have no voice in this one: yours counts from {date}, and who votes was "
                "settled when its vote opened, on {opened}."
            ).format(date=i18n.day(card.counts_from), opened=opened),
            icon=":material/schedule:",
        )
    else:
        st.info(
            _(
                "You have no voice in this one: when its vote opened, on {opened}, somebody else "
                "spoke for you, or you were not a member yet."
            ).format(opened=opened),
            icon=":material/record_voice_over:",
        )


def step(one: ProposalView, account: str | None, now: datetime) -> None:
    """The next step of what waits for one: anybody may take it."""
    if account is None:
        return
    decisions, title = deciding.decisions(), decided.title(one)
    if one.state == ProposalState.PENDING and one.proposer == account:
        key, name = f"proposals_cancel_{one.id}", _("Take it back")
        label = _("Take “{title}” back. This cannot be undone.").format(title=title)
        act, sign = (lambda: decisions.cancel(one.draft)), ":material/undo:"
    elif one.state == ProposalState.SUCCEEDED:
        key, name = f"proposals_queue_{one.id}", _("Put it in the queue")
        label = _("Put “{title}” in the queue, as the members decided.").format(title=title)
        act, sign = (lambda: decisions.queue(one.draft)), ":material/playlist_add:"
    elif decided.is_due(one, now):
        key, name = f"proposals_execute_{one.id}", _("Carry it out")
        label = _("Carry out “{title}”, as the members decided.").format(title=title)
        act, sign = (lambda: decisions.execute(one.draft)), ":material/play_arrow:"
    else:
        return
    if services.wallet().signs_only:
        st.caption(_("Anybody may, with a wallet that pays the network's fee; yours only signs."))
        return
    st.button(
        name, type="primary", icon=sign, key=key, on_click=services.act, args=(key, act, label)
    )
    if one.state == ProposalState.PENDING:
        st.caption(_("Only you can, and only until its vote opens."))
    else:
        st.caption(_("Anybody may. You only pay the network's fee; the decision is the members'."))
    refused(key, refusals.say_execution)


def more(decisions: deciding.Deciding, view: ProposalsView) -> None:
    """Older ones, for who asks."""
    left = decisions.count() - len(view.proposals)
    if left <= 0:
        return
    st.button(
        ngettext("Show {n} older one", "Show {n} older ones", min(left, deciding.PART)).format(
            n=i18n.number(min(left, deciding.PART))
        ),
        icon=":material/history:",
        key="proposals_older",
        on_click=lambda: st.session_state.update({PARTS: parts() + 1}),
    )


with guarded():
    page()
