"""What do I have here, and what does the world see of me?"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from cercle.models import Card
from frontend import agreeing, carrying, consents, deciding, i18n, present, public_facts, services
from frontend.app_pages import _appearance
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import guarded, own, plain, refused

OF_DATA = ("consented", "withdrawn", "stopped", "shut_out", "asked", "overdue")
SOON = timedelta(days=30)  # points that lapse within it are worth a warning


def page() -> None:
    community = services.community()
    brand = present.brand(community)
    account = services.wallet().account
    if account is None:
        nobody(brand)
        return
    card = community.card(account)
    if card.is_active:
        services.forget_invitation()
        member(community, brand, card)
    else:
        newcomer(community, brand, card)


# ---- without a wallet, without a membership --------------------------------------


def nobody(brand: present.Brand) -> None:
    picture, words = st.columns([1, 1], gap="large", vertical_alignment="center")
    with picture:
        show.card_face(brand, None, "card_face")
    with words:
        st.title(_("Your card waits for you"))
        st.write(
            _(
                "Connect a wallet above to see your card, or to take one. Reading needs nothing; "
                "only you can act for yourself."
            )
        )
        device()
        st.page_link(
            "app_pages/tour.py", label=_("First tell me what this is"), icon=":material/explore:"
        )


def device() -> None:
    """For somebody without a wallet: this device, where it can be one."""
    if not services.has_device():
        return
    st.write(
        _(
            "No wallet? This device is enough: your fingerprint, your face or your code opens "
            "your account, free of charge."
        )
    )
    st.button(
        _("Use this device"),
        type="primary",
        icon=":material/fingerprint:",
        key="card_device",
        on_click=services.use_device,
    )
    if not services.is_invited():
        st.caption(_("For a new account you need an invitation. Ask in the shop for a link."))


def newcomer(community: services.Community, brand: present.Brand, card: Card) -> None:
    picture, words = st.columns([1, 1], gap="large", vertical_alignment="center")
    with picture:
        show.card_face(brand, None, "card_face")
    with words:
        if not card.has_passport:
            first_step(community)
        else:
            second_step(community, brand, card)
    with st.expander(
        _("What becomes public, before you do this"), icon=":material/public:", expanded=True
    ):
        facts(community, brand, None)


def first_step(community: services.Community) -> None:
    st.title(_("Take your card in two steps"))
    st.progress(0.0, text=_("Step 1 of 2: your passport"))
    st.write(
        _(
            "A passport stands for you, not for this wallet: you can link other wallets to it "
            "later, and it cannot be sold or given away."
        )
    )
    invitation = services.invitation()
    if carrying.is_free(community.carrier(), "Register", invitation is not None):
        st.write(_("It costs you nothing: the brand pays, on your invitation."))
    else:
        st.write(_("It costs nothing here; your wallet shows the network's fee."))
    st.button(
        _("Create my passport"),
        type="primary",
        icon=":material/badge:",
        key="card_register",
        on_click=services.act,
        args=(
            "card_register",
            lambda: community.register(invitation),
            _("Create your passport. It is public and yours for good."),
        ),
    )
    refused("card_register")


def second_step(community: services.Community, brand: present.Brand, card: Card) -> None:
    st.title(_("Welcome back") if card.member_no else _("One more step"))
    st.progress(0.5, text=_("Step 2 of 2: join {brand}").format(brand=plain(brand.name)))
    if card.member_no:
        st.write(
            _("You were member no. {n}, and that number is still yours.").format(n=card.member_no)
        )
    invitation = services.invitation()
    if services.is_invited() and invitation is None:
        st.warning(
            _("This invitation link is damaged. Ask for a new one, or copy the whole link again."),
            icon=":material/link_off:",
        )
    if invitation is not None:
        st.write(_("You come with an invitation: it lets you in at once."))
        label = _("Join by invitation. You can leave whenever you like.")
        build = lambda: community.join_invited(invitation)  # noqa: E731
    elif brand.view.open_door_per_day:
        st.write(
            ngettext(
                "The door is open: it lets in {n} newcomer a day.",
                "The door is open: it lets in {n} newcomers a day.",
                brand.view.open_door_per_day,
            ).format(n=i18n.number(brand.view.open_door_per_day))
        )
        label = _("Join through the open door. You can leave whenever you like.")
        build = community.join_open
    else:
        st.info(
            _(
                "One joins here by invitation. Ask in the shop for a link, and open it with this "
                "wallet."
            ),
            icon=":material/mail:",
        )
        return
    st.button(
        _("Join"),
        type="primary",
        icon=":material/door_open:",
        key="card_join",
        on_click=services.act,
        args=("card_join", build, label),
    )
    refused("card_join")


# ---- a member --------------------------------------------------------------------


def member(community: services.Community, brand: present.Brand, card: Card) -> None:
    picture, words = st.columns([1, 1], gap="large", vertical_alignment="center")
    with picture:
        show.card_face(brand, card, "card_face")
    with words:
        if brand.has_points:
            balance(brand, card)
        else:
            belonging(card)
        st.page_link(
            "app_pages/history.py",
            label=_("See what happened, by date"),
            icon=":material/history:",
        )
        if consents.has_consent():
            st.page_link(
                "app_pages/data.py",
                label=_("Who may see my data"),
                icon=":material/shield_person:",
            )
        if agreeing.has_agreements():
            st.page_link(
                "app_pages/contracts.py",
                label=_("My service contracts"),
                icon=":material/contract:",
            )

    st.space("small")
    parts = st.columns(2, gap="medium") if card.thresholds else [st.container()]
    if card.thresholds:
        with parts[0].container(border=True, height="stretch", key="card_standing"):
            tier(brand, card)
    with parts[-1].container(border=True, height="stretch", key="card_voice"):
        votes(card)

    st.header(_("What the world sees of me"))
    st.write(
        _(
            "Anyone can read this, without your name. Nobody can change it but by your own acts "
            "and awards."
        )
    )
    facts(community, brand, card)
    with st.expander(_("Proof"), icon=":material/verified:", key="card_proof"):
        sources(community)

    linked = st.expander(
        _("My wallets"),
        icon=":material/account_balance_wallet:",
        key="card_wallets",
        on_change="rerun",  # the history is read only for who asks
    )
    if linked.open:
        with linked:
            wallets(community, card)
    appear = st.expander(
        _("How I appear elsewhere"), icon=":material/face:", key="card_appear", on_change="rerun"
    )
    if appear.open:
        with appear:
            _appearance.section(community, brand, card)
    with st.expander(_("Leave"), icon=":material/logout:"):
        leave(community, brand)


def belonging(card: Card) -> None:
    """What there is to say where nothing is earned or spent."""
    st.title(_("You belong here"))
    if card.joined_at is not None:
        show.moment(
            _("A member since {date}").format(date=i18n.day(card.joined_at)),
            i18n.exact(card.joined_at),
        )
    st.page_link(
        "app_pages/votes.py", label=_("See what is being decided"), icon=":material/how_to_vote:"
    )


def balance(brand: present.Brand, card: Card) -> None:
    """The points: how many, what they are worth, until when."""
    now = card.head.time
    st.title(_("You have {points}").format(points=i18n.points(card.points)))
    if card.points:
        st.write(_("They are worth **{money}** here.").format(money=own(brand.worth(card.points))))
    elif card.standing:
        st.write(_("Your next purchase brings new ones: show this card at the counter."))
    else:
        st.write(_("Your next purchase brings the first ones: show this card at the counter."))
    if card.points and card.points_expire_at is not None:
        lapse = _("They expire {when} unless you earn or spend some before.").format(
            when=i18n.relative(card.points_expire_at, now)
        )
        if card.points_expire_at - now < SOON:
            st.warning(
                f"{lapse}  \n{i18n.exact(card.points_expire_at)}", icon=":material/schedule:"
            )
        else:
            show.moment(lapse, i18n.exact(card.points_expire_at))
    elif card.points:
        st.caption(_("They never expire."))
    if card.is_frozen:
        st.warning(
            _("These points are frozen while an account is being recovered; nothing is lost."),
            icon=":material/ac_unit:",
        )
    st.page_link(
        "app_pages/perks.py",
        label=_("See what they open") if card.points else _("See the perks"),
        icon=":material/redeem:",
    )


def tier(brand: present.Brand, card: Card) -> None:
    st.header(_("Tier: {tier}").format(tier=plain(brand.tier(card.tier))), anchor=False)
    if card.next_threshold is None:
        st.progress(1.0, text=_("The highest there is."))
    else:
        st.progress(
            present.tier_share(card),
            text=ngettext(
                "{n} more point of standing to {tier}",
                "{n} more points of standing to {tier}",
                card.to_next_tier,
            ).format(
                n=i18n.number(card.to_next_tier), tier=plain(brand.tier(present.next_tier(card)))
            ),
        )
    st.caption(
        _("Your standing is {n}. It counts all you have earned; spending never lowers it.").format(
            n=i18n.number(card.standing)
        )
    )
    if card.tier_kept_until is not None:
        show.moment(
            _("You keep this tier at least until {date}.").format(
                date=i18n.day(card.tier_kept_until)
            ),
            i18n.exact(card.tier_kept_until),
        )


def votes(card: Card) -> None:
    now = card.head.time
    if counts := card.counts_from is None or card.counts_from <= now:
        st.header(_("Your voice counts"), anchor=False)
        st.write(_("You have a say in every question that opens from now on."))
    else:
        st.header(
            _("Your voice counts {when}").format(when=i18n.relative(card.counts_from, now)),
            anchor=False,
        )
        st.write(_("New members wait a while, so that nobody can fill the room before a vote."))
    if card.counts_from is not None:
        show.moment(
            _("Since {date}").format(date=i18n.day(card.counts_from))
            if counts
            else _("From {date}").format(date=i18n.day(card.counts_from)),
            i18n.exact(card.counts_from),
        )
    if card.votes > 1:
        st.caption(
            _("With those entrusted to you, you carry {n} voices in the brand's decisions.").format(
                n=i18n.number(card.votes)
            )
        )
    elif card.delegate is not None and card.delegate not in (card.account, card.main_wallet):
        st.caption(
            _(
                "You entrusted your voice in the brand's decisions to another member. In polls "
                "you still speak for yourself."
            )
        )
    st.page_link("app_pages/votes.py", label=_("See the questions"), icon=":material/how_to_vote:")
    if deciding.has_governor():
        st.page_link(
            "app_pages/voice.py",
            label=_("See who speaks for you"),
            icon=":material/record_voice_over:",
        )


def facts(community: services.Community, brand: present.Brand, card: Card | None) -> None:
    """Every public fact; with a card, what it says of this member."""
    writers = community.writers()
    if card is None:
        rows = [
            {_("Anyone can read"): _(fact.what), _("Written"): _(fact.when)}
            for fact in present.facts(writers)
        ]
    else:
        mine = own_figures(brand, card)
        rows = [
            {
                _("Anyone can read"): _(fact.what),
                _("Of you"): plain(mine.get(fact.key) or present.where(fact, writers)),
            }
            for fact in present.facts(writers)
        ]
    show.table(rows)
    st.caption(present.never_written())
    st.caption(_(public_facts.FOR_EVER))


def sources(community: services.Community) -> None:
    """Where a stranger reads each public fact."""
    st.write(
        _(
            "Everything above is written by these contracts. Whoever opens one of them in a block "
            "explorer finds each fact in its log, under the name given here."
        )
    )
    writers = community.writers()
    show.table(
        [
            {
                _("Anyone can read"): _(fact.what),
                _("Where"): plain(present.where(fact, writers)),
            }
            for fact in present.facts(writers)
        ]
    )
    named = {name for fact in present.facts(writers) for name in present.contracts(fact, writers)}
    for name, address in community.addresses().items():
        if name in named:
            st.caption(_("Contract {name}").format(name=name))
            st.code(address, language=None, wrap_lines=True)


def own_figures(brand: present.Brand, card: Card) -> dict[str, str]:
    """What the public facts say of this member, as far as the card knows; raw."""
    return {
        "passport": i18n.number(card.passport_id),
        "member": _("No. {n}, since {date}").format(
            n=card.member_no, date=i18n.day(card.joined_at) if card.joined_at else "—"
        ),
        "standing": _("{n}, {tier}").format(
            n=i18n.number(card.standing), tier=brand.tier(card.tier)
        ),
        "points": i18n.points(card.points),
        "frozen": _("Frozen now") if card.is_frozen else _("Not now"),
        "wallets": _("See My wallets below"),
        "claims": _("See Perks"),
        "outcomes": _("See Perks"),
        "ballots": _("See Votes"),
        "decisions": _("See Proposals"),
        **dict.fromkeys(OF_DATA, _("See My data")),
        **dict.fromkeys(("prices", "looks"), _("See Who looked")),
        **dict.fromkeys(("moves", "notes"), _("See I moved")),
        **dict.fromkeys(("sealed", "demands", "reasons", "silence"), _("See Why")),
        "votes": i18n.number(card.votes),
        "delegate": _("Yourself")
        if card.delegate in (None, card.account, card.main_wallet)
        else _("Another member"),
    }


def wallets(community: services.Community, card: Card) -> None:
    st.write(_("Points lie in the wallet that earned them; everything else follows your passport."))
    for wallet in community.wallets(card):
        st.caption(wallet_role(card, wallet))
        st.code(wallet, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            moves(community, card, wallet)
    fee(community)


def moves(community: services.Community, card: Card, wallet: str) -> None:
    """What one may do with a wallet that is not the main one."""
    if wallet == card.main_wallet:
        return
    if card.account == card.main_wallet:
        key = f"card_main_{wallet}"
        st.button(
            _("Make it my main wallet"),
            key=key,
            icon=":material/star:",
            on_click=services.act,
            args=(
                key,
                lambda: community.set_main(wallet),
                _("Make {wallet} your main wallet.").format(wallet=present.short(wallet)),
            ),
        )
        refused(key)
    if card.account in (card.main_wallet, wallet):
        key = f"card_unlink_{wallet}"
        st.button(
            _("Let it go"),
            key=key,
            icon=":material/link_off:",
            on_click=services.act,
            args=(
                key,
                lambda: community.unlink(wallet),
                _("Take {wallet} off your passport. Its points stay in it.").format(
                    wallet=present.short(wallet)
                ),
            ),
        )
        refused(key)


def fee(community: services.Community) -> None:
    """Who pays the network: asked only where somebody else would, and the wallet could."""
    if community.carrier() is None or services.wallet().signs_only:
        return
    st.toggle(
        _("I pay the network's fee myself"),
        value=carrying.is_alone(),
        key="card_fee",
        help=_(
            "Otherwise you only sign, and the brand sends it and pays. It can delay what you sign "
            "or drop it, never change it; then you can still send it yourself."
        ),
        on_change=lambda: carrying.be_alone(bool(st.session_state["card_fee"])),
    )


def wallet_role(card: Card, wallet: str) -> str:
    """What a wallet is to this person."""
    if wallet == card.account == card.main_wallet:
        return _("The wallet you connected, and your main one: refunds of points come here.")
    if wallet == card.account:
        return _("The wallet you connected")
    if wallet == card.main_wallet:
        return _("Your main wallet: refunds of points come here.")
    return _("Linked")


def leave(community: services.Community, brand: present.Brand) -> None:
    st.write(
        _(
            "Leaving ends your voice and your access to perks at once. Your points stay in your "
            "wallet, your member number and standing stay yours should you come back, and what "
            "is on the ledger stays there."
        )
        if brand.has_points
        else _(
            "Leaving ends your voice at once. Your member number stays yours should you come "
            "back, and what is on the ledger stays there."
        )
    )
    st.button(
        _("Leave {brand}").format(brand=plain(brand.name)),
        icon=":material/logout:",
        key="card_leave",
        on_click=services.act,
        args=(
            "card_leave",
            community.leave,
            _("Leave. Your points, number and standing stay yours.")
            if brand.has_points
            else _("Leave. Your number stays yours."),
        ),
    )
    refused("card_leave")


with guarded():
    page()
