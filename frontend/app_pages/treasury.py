"""What do the members hold, what may leave, and what would it take to steal it?"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cercle.decision_models import AssetView, AttackView, TreasuryView
from frontend import decided, deciding, i18n, present, services
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import guarded, own, plain

FIRST_CLASS = 1
FIGURES = 3  # assets side by side; more stand in a table


def page() -> None:
    community, decisions = services.community(), deciding.decisions()
    brand = present.brand(community)
    names = decided.Names(community, brand, decisions.chain_id())
    view = decisions.treasury()
    answer(view, names)
    held(view, names)
    if view.spending:
        season(view, decisions.season_end(), names)
    attacks(view, decisions.attacks(), names)
    rules(view)
    proof(community)
    st.page_link(
        "app_pages/proposals.py", label=_("Back to the proposals"), icon=":material/gavel:"
    )


def answer(view: TreasuryView, names: decided.Names) -> None:
    """The page's question, answered at once."""
    full = [one for one in view.assets if one.balance]
    if not full:
        st.title(_("The members hold nothing yet"))
        st.write(
            _(
                "This is the members' common purse. What somebody pays into it can only leave by a "
                "proposal that members accept."
            )
        )
        return
    said = [plain(decided.held(one, one.balance, names.coin)) for one in full[:FIGURES]]
    st.title(_("The members hold {amounts}").format(amounts=i18n.enumeration(said)))
    st.write(_("It leaves only by a proposal that members accept: nobody has the key to it."))


def held(view: TreasuryView, names: decided.Names) -> None:
    """Each asset; many of them in a table."""
    for one in view.assets:
        if one.is_silent:
            st.warning(
                _(
                    "{token} does not say how much of it is held. Until the members take it off "
                    "the list, proposals with a yearly limit cannot pay anything."
                ).format(token=plain(decided.unit(one, names.coin))),
                icon=":material/volume_off:",
            )
    if len(view.assets) <= FIGURES:
        return
    show.table(
        [
            {
                _("What"): plain(decided.unit(one, names.coin)),
                _("How much"): i18n.amount(one.whole(one.balance)),
            }
            for one in view.assets
        ]
    )


# ---- the season's bound ---------------------------------------------------------------


def season(view: TreasuryView, end: datetime | None, names: decided.Names) -> None:
    """What each bounded class may pay this year, what it has paid, what is left."""
    st.header(_("What may leave this year"))
    st.write(
        _(
            "Proposals of these classes can pay only a part of the treasury in a year, all of them "
            "together. The fewer members vote, the smaller that part."
        )
    )
    assets = {one.address: one for one in view.assets}
    for terms in view.classes:
        if terms.season_share is None:
            continue
        mine = [one for one in view.spending if one.class_id == terms.id]
        st.subheader(
            _("Class {n}: up to {share} of the treasury").format(
                n=i18n.number(terms.id), share=decided.share_of(terms.season_share)
            ),
            anchor=False,
        )
        for one in mine:
            asset = assets[one.asset]
            if not one.most and not one.spent:
                continue
            left = max(0, one.most - one.spent)
            st.progress(
                min(1.0, one.spent / one.most) if one.most else 1.0,
                text=_("{spent} of {most} paid; {left} left").format(
                    spent=plain(i18n.amount(asset.whole(one.spent))),
                    most=plain(decided.held(asset, one.most, names.coin)),
                    left=plain(decided.held(asset, left, names.coin)),
                ),
            )
        if not any(one.most or one.spent for one in mine):
            st.caption(_("There is nothing to pay yet."))
    if end is not None:
        show.moment(
            _("The year ends {when}; then it is counted anew.").format(
                when=i18n.relative(end, view.head.time)
            ),
            i18n.exact(end),
        )


# ---- the cost of an attack -------------------------------------------------------------


def attacks(view: TreasuryView, found: tuple[AttackView, ...], names: decided.Names) -> None:
    """How many it takes, what they could take, who would see it, who could stop it."""
    st.header(_("What it would take to steal the treasury"))
    st.write(
        _(
            "Suppose some members, or one person with many cards, want the money and nobody else "
            "pays attention. These are the figures as they are now."
        )
    )
    if not view.supply:
        st.info(_("Nobody's vote counts yet: no proposal can be accepted."), icon=":material/lock:")
        return
    grid = st.grid(2, min_column_width=300)
    for one in found:
        with grid.container(border=True, height="stretch", key=f"offer_attack_{one.class_id}"):
            attack(view, one, names)
    st.caption(
        _(
            "It is stopped by members who look and vote against it. Whoever has no time can let "
            "somebody who does speak for them."
        )
    )


def attack(view: TreasuryView, one: AttackView, names: decided.Names) -> None:
    st.subheader(
        ngettext("By {n} vote of {supply}", "By {n} votes of {supply}", one.to_pass).format(
            n=i18n.number(one.to_pass), supply=i18n.number(one.supply)
        ),
        anchor=False,
    )
    st.progress(
        min(1.0, one.to_pass / one.supply),
        text=_("{share} of all votes, if nobody else votes").format(
            share=i18n.percent(one.to_pass, one.supply)
        ),
    )
    lines = [
        _("Against everybody else it takes {votes}.").format(votes=decided.votes(one.to_force)),
        takes(view, one, names),
        _("Everybody could see it for {duration} before it acts.").format(
            duration=i18n.duration(one.wait)
        ),
        veto(one),
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    n = i18n.number(one.class_id)
    if one.class_id > FIRST_CLASS:
        st.caption(
            _("Proposals of class {n}, which may do only what the members listed.").format(n=n)
        )
    elif one.is_bounded:
        st.caption(_("Proposals of class {n}, which may do anything else, too.").format(n=n))
    else:
        st.caption(_("Proposals of class {n}, which may also change every rule.").format(n=n))


def takes(view: TreasuryView, one: AttackView, names: decided.Names) -> str:
    """What it could take at most; Markdown."""
    if not one.is_bounded and len(one.takes) == len(view.assets):
        return _("It could take **everything**.")
    assets = {asset.address: asset for asset in view.assets}
    quiet = amounts([(assets[take.asset], take.quiet) for take in one.takes], names)
    full = amounts([(assets[take.asset], take.full) for take in one.takes], names)
    if not full:
        return _("There is nothing left that it could take this year.")
    if not one.is_bounded:
        return _("It could take **{amounts}**.").format(amounts=full)
    return _(
        "It could take **{quiet}** this year, all such proposals together; with everybody voting, "
        "{full}."
    ).format(quiet=quiet or _("nothing"), full=full)


def amounts(several: list[tuple[AssetView, int]], names: decided.Names) -> str:
    said = [plain(decided.held(asset, count, names.coin)) for asset, count in several if count]
    return own(i18n.enumeration(said)) if said else ""


def veto(one: AttackView) -> str:
    if one.veto_until is None:
        return _("Nobody could stop it but the members' own votes.")
    return _("The warden could stop it, until {date}.").format(date=i18n.day(one.veto_until))


def rules(view: TreasuryView) -> None:
    """What every class asks of its proposals."""
    with st.expander(_("The rules of each class of proposals"), icon=":material/rule:"):
        for one in view.classes:
            st.subheader(_("Class {n}").format(n=i18n.number(one.id)), anchor=False)
            show.table(
                [{_("Rule"): name, _("Now"): said} for name, said in decided.terms(one).items()]
            )


def proof(community: services.Community) -> None:
    """Where a stranger can check all this."""
    with st.expander(_("Proof"), icon=":material/verified:"):
        addresses = community.addresses()
        st.caption(_("The treasury: what this contract holds"))
        st.code(addresses.get("Governor", "—"), language=None, wrap_lines=True)
        st.caption(_("The rules of each class, and what was paid this year"))
        st.code(addresses.get("Guard", "—"), language=None, wrap_lines=True)
        st.caption(_("Read at block {block}.").format(block=i18n.number(community.head().number)))


with guarded():
    page()
