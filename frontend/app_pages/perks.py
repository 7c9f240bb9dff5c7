"""What can I claim, and what waits for me?"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cercle.acts import Act
from cercle.errors import GateClosed
from cercle.flags import ClaimState, PerkKind
from cercle.models import Card, ClaimView, PerkView
from frontend import i18n, present, refusals, services
from frontend.app_pages import _codes, _parcels, _pieces
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import guarded, plain, refused


def page() -> None:
    community = services.community()
    brand = present.brand(community)
    account = services.wallet().account
    card = community.card(account) if account else None
    perks = community.perks(account)
    now = community.head().time
    current = sorted(
        (perk for perk in perks if not perk.is_over(now)),
        # What one can have comes first, then what is nearest, and last what nobody can have.
        key=lambda perk: (
            not perk.can_claim,
            not perk.left,
            sum(not gate.is_open for gate in perk.gates),
        ),
    )
    ended = [perk for perk in perks if perk.closes_at is not None and now >= perk.closes_at]

    answer(card, perks, current)
    if account is not None:
        waiting(community, brand, perks, account, now)
    if current:
        st.header(_("On offer"))
        grid = st.grid(3, min_column_width=260)
        for perk in current:
            with grid.container(border=True, height="stretch", key=f"offer_perks_{perk.id}"):
                _pieces.offer(brand, perk, community.perk_text(perk.content_hash), card, now)
                action(community, perk, card)
    else:
        st.info(
            _("No perk is on offer. New ones appear here as soon as the shop opens them."),
            icon=":material/redeem:",
        )
    settled(community, brand, perks)
    if ended:
        with st.expander(_("Perks that have ended"), icon=":material/history:"):
            for perk in ended:
                name = present.perk_name(perk, community.perk_text(perk.content_hash))
                when, exact = present.window(perk, now)
                show.moment(f"{plain(name)} · {when}", exact)


def answer(card: Card | None, perks: tuple[PerkView, ...], current: list[PerkView]) -> None:
    """The page's question, answered at once."""
    if card is None:
        st.title(_("What membership opens"))
        st.write(_("Connect a wallet to see which of these are open to you."))
        return
    if not card.is_active:
        st.title(_("What membership opens"))
        st.write(_("Perks are for members."))
        st.page_link("app_pages/card.py", label=_("Take your card"), icon=":material/badge:")
        return
    free = sum(perk.can_claim for perk in current)
    due = sum(claim.state == ClaimState.CLAIMED for perk in perks for claim in perk.my_claims)
    if due:
        st.title(
            ngettext("{n} perk waits for you", "{n} perks wait for you", due).format(
                n=i18n.number(due)
            )
        )
    elif free:
        st.title(
            ngettext("{n} perk is open to you", "{n} perks are open to you", free).format(
                n=i18n.number(free)
            )
        )
    else:
        st.title(_("Nothing to claim right now"))
    st.write(
        _("You have **{points}** to spend.").format(points=i18n.points(card.points))
        if card.points
        else _("You have no points to spend; each purchase adds some.")
    )


def action(community: services.Community, perk: PerkView, card: Card | None) -> None:
    """One button, or the reason why there is none."""
    if card is None or not card.is_active:
        return
    if perk.refusal is GateClosed and perk.gates:
        _parcels.consents(perk)  # the gates have said what is missing
        return
    if perk.refusal is not None:
        st.caption(f":material/info: {refusals.sentence(perk.refusal)}")
        return
    text = community.perk_text(perk.content_hash)
    name = present.perk_name(perk, text)
    key = f"perks_claim_{perk.id}"
    free = [place for place, variant in enumerate(perk.variants) if variant.left]
    chosen = free[0] if free else 0
    if len(perk.variants) > 1:
        names = {
            place: _("{variant} ({left})").format(
                variant=present.variant_name(text, place),
                left=present.left(perk.variants[place].left),
            )
            for place in free
        }
        chosen = st.selectbox(
            _("Your choice"),
            free,
            format_func=names.__getitem__,
            key=f"perks_variant_{perk.id}",
        )
    label = claim_label(perk, name)
    st.button(
        _("Claim for {points}").format(points=i18n.points(perk.price))
        if perk.price
        else _("Claim for free"),
        type="primary",
        key=key,
        width="stretch",
        on_click=services.act,
        args=(key, lambda: build(community, perk, chosen, card), label),
    )
    st.caption(what_follows(perk))
    refused(key)


def build(community: services.Community, perk: PerkView, variant: int, card: Card) -> Act:
    """The claim; of what is sent, with an order."""
    if perk.kind == PerkKind.SHIP:
        return _parcels.claim(community, perk, variant, card.account)
    return community.claim(perk, variant)


def claim_label(perk: PerkView, name: str) -> str:
    """What the wallet is asked, in a sentence; raw."""
    if perk.price:
        return _("Claim “{perk}” for {points}.").format(perk=name, points=i18n.points(perk.price))
    return _("Claim “{perk}” for free.").format(perk=name)


def what_follows(perk: PerkView) -> str:
    """What can be undone, and what happens if nobody delivers."""
    if perk.kind == PerkKind.SHIP:
        return _parcels.what_follows(perk)
    within = i18n.duration(perk.fulfil_within)
    if perk.kind == PerkKind.STORE:
        return _(
            "Your points are set aside, not spent, until you collect it. Cancel before that and "
            "they come back; they also do if it is not delivered within {duration}."
        ).format(duration=within)
    return _(
        "You see your code at once. A code that may have been read cannot be given back; if none "
        "comes within {duration}, your points do."
    ).format(duration=within)


# ---- my claims -------------------------------------------------------------------


def waiting(
    community: services.Community,
    brand: present.Brand,
    perks: tuple[PerkView, ...],
    account: str,
    now: datetime,
) -> None:
    """What I claimed and do not have yet."""
    mine = [(perk, claim) for perk in perks for claim in perk.my_claims if not claim.is_settled]
    if not mine:
        return
    is_sent = all(perk.kind == PerkKind.SHIP for perk, _claim in mine)
    st.header(_("On its way to you") if is_sent else _("Yours to collect"))
    for perk, claim in sorted(mine, key=lambda pair: pair[1].deadline):
        with st.container(border=True, key=f"perks_mine_{claim.id}"):
            one_claim(community, perk, claim, account, now)


def one_claim(
    community: services.Community, perk: PerkView, claim: ClaimView, account: str, now: datetime
) -> None:
    text = community.perk_text(perk.content_hash)
    st.subheader(plain(present.perk_name(perk, text)), anchor=False)
    if len(perk.variants) > 1:
        st.write(plain(present.variant_name(text, claim.variant)))
    if claim.is_overdue:
        st.write(_("The brand is late. Anyone may now call it missed, and your points come back."))
        key = f"perks_miss_{claim.id}"
        st.button(
            _("Get my points back"),
            type="primary",
            key=key,
            icon=":material/undo:",
            on_click=services.act,
            args=(
                key,
                lambda: community.miss(claim.id),
                _("Call it missed: your points come back."),
            ),
        )
        refused(key)
        return
    show.moment(
        {
            PerkKind.STORE: _("Collect it {when}"),
            PerkKind.CODE: _("Yours; settled {when} at the latest"),
            PerkKind.SHIP: _("The shop has your order; it is sent {when} at the latest"),
        }[perk.kind].format(when=i18n.relative(claim.deadline, now)),
        i18n.exact(claim.deadline),
    )
    with st.container(horizontal=True):
        if perk.kind == PerkKind.STORE:
            _codes.store_button(claim)
        if perk.kind == PerkKind.CODE:
            _codes.code_button(claim, account)
        else:
            cancel_button(community, perk, claim)
    if perk.kind == PerkKind.CODE:
        _codes.code(claim, account)
        return
    if perk.kind == PerkKind.STORE:
        _codes.store_code(claim, account)
    else:
        _parcels.order(claim)
    refused(f"perks_cancel_{claim.id}")
    st.caption(_("Cancel and your points come back at once; somebody else may then take it."))


def cancel_button(community: services.Community, perk: PerkView, claim: ClaimView) -> None:
    """Give it back, while nobody has handed it over."""
    key = f"perks_cancel_{claim.id}"
    st.button(
        _("Cancel"),
        key=key,
        icon=":material/undo:",
        on_click=services.act,
        args=(key, lambda: community.cancel(claim.id), cancel_label(perk)),
    )


def cancel_label(perk: PerkView) -> str:
    """What the wallet is asked, in a sentence."""
    if perk.price:
        return _("Give it back; {points} return to you.").format(points=i18n.points(perk.price))
    return _("Give it back.")


def settled(
    community: services.Community, brand: present.Brand, perks: tuple[PerkView, ...]
) -> None:
    """What became of my other claims."""
    mine = [(perk, claim) for perk in perks for claim in perk.my_claims if claim.is_settled]
    if not mine:
        return
    with st.expander(_("What I had before"), icon=":material/history:"):
        show.table(
            [
                {
                    _("Perk"): plain(
                        present.perk_name(perk, community.perk_text(perk.content_hash))
                    ),
                    _("Claimed"): i18n.day(claim.claimed_at),
                    _("What became of it"): present.claim_state(claim, perk.kind),
                }
                for perk, claim in sorted(mine, key=lambda pair: pair[1].claimed_at, reverse=True)
            ]
        )


with guarded():
    page()
