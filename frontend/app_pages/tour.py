"""What is Cercle for me? Answered without a wallet."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import streamlit as st

from cercle.models import PerkView, PollView
from frontend import i18n, present, public_facts, services
from frontend.app_pages import _pieces
from frontend.i18n import _
from frontend.look import show
from frontend.states import guarded, own, plain

OFFERS = 3  # how many perks the tour shows


def page() -> None:
    community = services.community()
    brand = present.brand(community)
    now = community.head().time
    perks = [
        perk
        for perk in community.perks()
        if perk.opens_at <= now and (perk.closes_at is None or now < perk.closes_at)
    ]
    polls = [poll for poll in community.polls() if poll.is_open]

    words, picture = st.columns([6, 5], gap="large", vertical_alignment="center")
    with words:
        st.title(plain(brand.name))
        if brand.motto:
            with st.container(key="tour_motto"):
                st.write(plain(brand.motto))
        st.write(
            _(
                "Your loyalty is yours here: a card of your own, points that keep their value, "
                "and a voice in what comes next, on a public ledger that neither you nor the "
                "shop can quietly rewrite."
            )
            if brand.has_points
            else _(
                "You belong here: a card of your own and a voice in what comes next, on a public "
                "ledger that nobody can quietly rewrite."
            )
        )
        if services.invitation() is not None:
            st.success(
                _("You are invited: open your card to join."), icon=":material/mark_email_read:"
            )
        if st.button(_("Open my card"), type="primary", icon=":material/badge:", key="tour_card"):
            st.switch_page("app_pages/card.py")
    with picture:
        show.card_face(brand, None, "tour_face")

    st.space("small")
    with st.container(key="tour_figures"):
        figures = {
            _("Members"): brand.view.active_count,
            _("Perks open now"): len(perks),
            _("Questions open now"): len(polls),
        }
        if not services.has_perks():
            del figures[_("Perks open now")]
        for place, (label, figure) in zip(st.columns(len(figures)), figures.items(), strict=True):
            place.metric(label, i18n.number(figure), border=True)

    steps(brand)
    if services.has_perks():
        offered(community, brand, perks, now)
    asked(community, polls, now)
    before_you_join(community)


def steps(brand: present.Brand) -> None:
    told = [_take, _earn, _decide] if brand.has_points else [_take, _decide]
    st.header(_("In three steps") if brand.has_points else _("In two steps"))
    for number, (place, tell) in enumerate(zip(st.columns(len(told)), told, strict=True), 1):
        with place.container(border=True, height="stretch"):
            tell(brand, number)


def _take(_brand: present.Brand, number: int) -> None:
    st.subheader(_("{n}. Take your card").format(n=number), anchor=False)
    st.write(
        _(
            "Connect a wallet, create a passport, join. No name and no e-mail is asked; you "
            "can leave whenever you like."
        )
    )


def _earn(brand: present.Brand, number: int) -> None:
    st.subheader(_("{n}. Earn and spend").format(n=number), anchor=False)
    st.write(
        _("Purchases bring points. A point is worth {money}, and that value can only rise.").format(
            money=own(brand.worth(Decimal(1)))
        )
    )
    terms = brand.view.points
    if terms is not None and terms.expiry_period is not None:
        st.caption(
            _("Points live as long as you do something with them at least every {period}.").format(
                period=i18n.duration(terms.expiry_period)
            )
        )


def _decide(brand: present.Brand, number: int) -> None:
    st.subheader(_("{n}. Have a say").format(n=number), anchor=False)
    st.write(
        _(
            "Every member has one voice. It is earned by belonging, never bought with "
            "points, and you can change your vote until a poll closes."
        )
        if brand.has_points
        else _(
            "Every member has one voice. It is earned by belonging, and you can change your vote "
            "until a poll closes."
        )
    )


def offered(
    community: services.Community, brand: present.Brand, perks: list[PerkView], now: datetime
) -> None:
    st.header(_("What members can claim now"))
    if not perks:
        st.info(
            _(
                "No perk is open at the moment. New ones appear here as soon as the shop opens "
                "them."
            ),
            icon=":material/redeem:",
        )
        return
    grid = st.grid(3, min_column_width=260)
    for perk in sorted(perks, key=lambda perk: len(perk.gates))[:OFFERS]:
        with grid.container(border=True, height="stretch", key=f"offer_tour_{perk.id}"):
            _pieces.offer(brand, perk, community.perk_text(perk.content_hash), None, now)
    if len(perks) > OFFERS:
        st.page_link(
            "app_pages/perks.py",
            label=_("See all {n} perks").format(n=i18n.number(len(perks))),
            icon=":material/arrow_forward:",
        )


def asked(community: services.Community, polls: list[PollView], now: datetime) -> None:
    st.header(_("What members are deciding"))
    if not polls:
        st.info(
            _(
                "No question is open at the moment. The next one appears here, with its votes as "
                "they come."
            ),
            icon=":material/how_to_vote:",
        )
        return
    poll = polls[0]
    text = community.poll_text(poll.content_hash)
    st.subheader(plain(present.question(poll, text)), anchor=False)
    show.withheld(text)
    show.moment(
        _("Closes {when}").format(when=i18n.relative(poll.closes_at, now)),
        i18n.exact(poll.closes_at),
    )
    show.poll_result(poll, text, _("How the votes lie now"))


def before_you_join(community: services.Community) -> None:
    st.header(_("Before you join: what becomes public"))
    st.write(_(public_facts.FOR_EVER))
    st.write(present.never_written())
    with st.expander(_("The whole list, fact by fact"), icon=":material/public:"):
        show.table(
            [
                {_("Anyone can read"): _(fact.what), _("Written"): _(fact.when)}
                for fact in present.facts(community.writers())
            ]
        )


with guarded():
    page()
