"""What is being decided, and what do I say?"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cercle.content import PollDocument
from cercle.flags import PollState
from cercle.models import Card, PollView
from frontend import i18n, present, services
from frontend.app_pages import _pieces
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import guarded, plain, refused

LIVE = 10.0  # seconds between two looks at an open poll


def page() -> None:
    community = services.community()
    brand = present.brand(community)
    account = services.wallet().account
    card = community.card(account) if account else None
    polls = [poll for poll in community.polls(account) if poll.state != PollState.WITHDRAWN]
    now = community.head().time
    opened = sorted((poll for poll in polls if poll.is_open), key=lambda poll: poll.closes_at)
    closed = [poll for poll in polls if not poll.is_open]

    answer(card, opened)
    if opened:
        st.header(_("Open now"))
    for poll in opened:
        with st.container(border=True, key=f"votes_poll_{poll.id}"):
            open_poll(community, brand, poll, card, now)
    if not opened:
        st.info(
            _("No question is open. The next one appears here, with its votes as they come."),
            icon=":material/how_to_vote:",
        )
    if closed:
        st.header(_("Decided"))
        for poll in closed:
            with st.container(border=True, key=f"votes_poll_{poll.id}"):
                closed_poll(community, poll, now)


def answer(card: Card | None, opened: list[PollView]) -> None:
    """The page's question, answered at once."""
    to_vote = [poll for poll in opened if poll.has_voice and not poll.has_voted]
    if card is not None and card.is_active and to_vote:
        st.title(
            ngettext(
                "{n} question waits for your vote", "{n} questions wait for your vote", len(to_vote)
            ).format(n=i18n.number(len(to_vote)))
        )
    elif card is not None and card.is_active and opened:
        st.title(_("Nothing waits for you"))
    else:
        st.title(_("What members decide"))
    st.write(
        _("One member, one voice. Votes are public, and you can change yours until a poll closes.")
    )


def open_poll(
    community: services.Community,
    brand: present.Brand,
    poll: PollView,
    card: Card | None,
    now: datetime,
) -> None:
    text = community.poll_text(poll.content_hash)
    heading(poll, text)
    show.moment(
        _("Closes {when}").format(when=i18n.relative(poll.closes_at, now)),
        i18n.exact(poll.closes_at),
    )
    ballot(community, poll, text, card)
    running(poll, text)
    over_time(community, poll, text)
    lately(brand)
    proof(community, poll)


@st.fragment(run_every=LIVE)
def running(poll: PollView, text: services.Shown[PollDocument]) -> None:
    """The votes as they come; only this part is drawn again."""
    with guarded():
        newest = services.community().polls(services.wallet().account)
        now = next((one for one in newest if one.id == poll.id), poll)
        show.poll_result(now, text, _("How the votes lie now"))


def closed_poll(community: services.Community, poll: PollView, now: datetime) -> None:
    text = community.poll_text(poll.content_hash)
    heading(poll, text)
    names = present.options(poll, text)
    first = present.leaders(poll, names)
    if len(first) == 1:
        st.write(_("Members chose **{answer}**").format(answer=plain(first[0])))
    elif first:
        st.write(
            _("A tie: {answers}").format(
                answers=i18n.enumeration([f"**{plain(name)}**" for name in first])
            )
        )
    else:
        st.write(_("Nobody voted."))
    if poll.has_voted:
        st.caption(_("You said: {answer}").format(answer=plain(present.answer(poll, names))))
    show.moment(
        _("Closed {when}").format(when=i18n.relative(poll.closes_at, now)),
        i18n.exact(poll.closes_at),
    )
    show.poll_result(poll, text, _("How the votes fell"))
    over_time(community, poll, text)
    proof(community, poll)


def heading(poll: PollView, text: services.Shown[PollDocument]) -> None:
    st.subheader(plain(present.question(poll, text)), anchor=False)
    show.withheld(text)
    about = present.poll_description(text)
    if about:
        st.write(plain(about))


def ballot(
    community: services.Community,
    poll: PollView,
    text: services.Shown[PollDocument],
    card: Card | None,
) -> None:
    """Cast a vote or change it; or why one cannot."""
    if card is None:
        connect = _("Connect a wallet to vote.")
        st.caption(f":material/account_balance_wallet: {connect}")
        return
    if not poll.has_voice:
        no_voice(poll, card)
        return
    names = present.options(poll, text)
    key = f"votes_vote_{poll.id}"
    picked = f"votes_choice_{poll.id}"
    if poll.has_voted:
        st.write(_("You said **{answer}**").format(answer=plain(present.answer(poll, names))))
    with st.form(f"votes_form_{poll.id}", border=False):
        if poll.is_approval:
            several(poll, names, picked)
        else:
            one(poll, names, picked)
        st.form_submit_button(
            _("Change my vote") if poll.has_voted else _("Vote"),
            type="primary",
            icon=":material/how_to_vote:",
            key=key,
            on_click=cast,
            args=(key, picked, poll, names, present.question(poll, text)),
        )
    st.caption(
        _(
            "A vote costs nothing here. Everyone can see it, and you can change it until the poll "
            "closes."
        )
    )
    if st.session_state.get(f"{key}_none"):
        st.warning(_("Pick an answer first."), icon=":material/touch_app:")
    if st.session_state.get(f"{key}_same"):
        st.info(_("That is your vote already: nothing to change."), icon=":material/check:")
    refused(key)


def one(poll: PollView, names: list[str], picked: str) -> None:
    """Pick one answer."""
    st.radio(
        _("Your answer"),
        range(1, poll.option_count + 1),
        index=poll.my_choice - 1 if poll.my_choice else None,
        format_func=lambda option: plain(names[option - 1]),
        key=picked,
        label_visibility="collapsed",
    )


def several(poll: PollView, names: list[str], picked: str) -> None:
    """Approve of any number of answers, or of none."""
    st.caption(_("Tick all that you approve of; none is an answer too."))
    for option in range(1, poll.option_count + 1):
        st.checkbox(
            plain(names[option - 1]),
            value=option in (poll.my_options or ()),
            key=f"{picked}_{option}",
        )


def chosen(poll: PollView, picked: str) -> tuple[int, ...] | None:
    """What is picked on the page; None where nothing is, and something must be."""
    if poll.is_approval:
        options = range(1, poll.option_count + 1)
        return tuple(one for one in options if st.session_state.get(f"{picked}_{one}"))
    option = st.session_state.get(picked)
    return None if option is None else (option,)


def cast(key: str, picked: str, poll: PollView, names: list[str], question: str) -> None:
    """Hand the vote to the wallet; runs before the page is drawn again."""
    options = chosen(poll, picked)
    st.session_state[f"{key}_none"] = options is None
    st.session_state[f"{key}_same"] = options is not None and options == poll.my_options
    if options is None or options == poll.my_options:
        return
    answer = present.answer(poll.model_copy(update={"my_options": options}), names)
    label = _("Vote “{answer}” on “{question}”. You can change it until the poll closes.").format(
        answer=answer, question=question
    )
    services.act(key, lambda: services.community().vote(poll, options), label)


def no_voice(poll: PollView, card: Card) -> None:
    """Why this person has no say here, and when they will."""
    if not card.is_active:
        st.write(_("Only members vote."))
        st.page_link("app_pages/card.py", label=_("Take your card"), icon=":material/badge:")
        return
    if card.counts_from is not None and card.counts_from > poll.snapshot:
        st.info(
            _(
                "You have no voice in this one: yours counts from {date}, and who votes was "
                "settled when it opened, on {opened}. You will have one in the next."
            ).format(date=i18n.day(card.counts_from), opened=i18n.day(poll.snapshot)),
            icon=":material/schedule:",
        )
        return
    st.info(
        _(
            "You have no voice in this one: you were not a member when it opened, on {opened}."
        ).format(opened=i18n.day(poll.snapshot)),
        icon=":material/schedule:",
    )


def over_time(
    community: services.Community, poll: PollView, text: services.Shown[PollDocument]
) -> None:
    """How the votes came in; read only for who asks."""
    if not poll.ballot_count:
        return
    opened = st.expander(
        _("How the votes came in"),
        icon=":material/timeline:",
        key=f"votes_course_{poll.id}",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        with _pieces.reading():
            course = community.course(poll)
        if course.moments:
            show.poll_course(poll, text, course, _("Which answer led when"))
        _pieces.source(course.served, community.has_index())


def lately(brand: present.Brand) -> None:
    """Who came lately: a poll stuffed with newcomers would show here."""
    recent = brand.view.recent
    if recent is not None and not recent.joined:
        st.caption(_("Nobody has joined since {date}.").format(date=i18n.day(recent.since)))
    elif recent is not None:
        st.caption(
            ngettext(
                "Since {date}, {n} member joined.",
                "Since {date}, {n} members joined.",
                recent.joined,
            ).format(date=i18n.day(recent.since), n=i18n.number(recent.joined))
        )


def proof(community: services.Community, poll: PollView) -> None:
    """Where a stranger can check all this."""
    with st.expander(_("Proof"), icon=":material/verified:"):
        st.write(
            _("The votes are counted by this contract, and the question's text has this seal:")
        )
        st.caption(_("Contract of the polls"))
        st.code(community.addresses().get("Polls", "—"), language=None)
        st.caption(_("Seal of the text"))
        st.code(poll.content_hash, language=None, wrap_lines=True)
        st.caption(
            _("Poll no. {n}; who may vote was settled on {moment}; read at block {block}.").format(
                n=poll.id,
                moment=i18n.exact(poll.snapshot),
                block=i18n.number(community.head().number),
            )
        )


with guarded():
    page()
