"""Who looked at my data, by which order, and what did that earn?"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import streamlit as st

from cercle.consent import CATEGORIES, PURPOSES
from cercle.models import Card
from frontend import consented, consents, i18n, services
from frontend.consented import Names
from frontend.holdings import Earnings, Look, Share
from frontend.i18n import N_, _, ngettext
from frontend.look import show
from frontend.states import guarded, own, plain, refused

SHOWN = 20  # looks at first, and more at each wish
MORE = "looked_more"
COLLECT, PRICE, SHARES = "looked_collect", "looked_price", "looked_shares"
WHOLE = 10_000  # basis points
MOST = 8  # co-owners
TROUBLE = "looked_trouble"


def page() -> None:
    account = services.wallet().account
    card = services.community().card(account) if account else None
    if account is None or card is None or not card.has_passport:
        st.title(_("Who looked at your data"))
        st.write(
            _(
                "Each look of a company is written down before it can, with what for and by "
                "which order."
            )
        )
        consented.nobody(card)
        return
    book = consents.consents()
    found = book.earnings(card)
    names = Names(book, book.my_data(card).companies)
    answer(found)
    log(found, names)
    if found.income or found.prices or found.shares or found.next_shares:
        money(book, card, found)
    of_others(book, card, found)
    prices(book, card, found)
    shares(book, card, found)
    proof(found)
    st.page_link("app_pages/data.py", label=_("Back to my data"), icon=":material/shield_person:")


def answer(found: Earnings) -> None:
    """The page's question, answered at once."""
    count = len(found.looks)
    if not count:
        st.title(_("Nobody has looked at your data"))
        st.write(
            _(
                "Each look of a company is written down before it can, with what for and by "
                "which order."
            )
        )
        return
    who = len({one.company_id for one in found.looks})
    st.title(
        ngettext(
            "Your data was looked at {n} time", "Your data was looked at {n} times", count
        ).format(n=i18n.number(count))
    )
    st.write(
        ngettext(
            "By {n} company, as you allowed.", "By {n} companies, as you allowed.", who
        ).format(n=i18n.number(who))
    )


# ---- the log ---------------------------------------------------------------------------


def log(found: Earnings, names: Names) -> None:
    if not found.looks:
        return
    st.header(_("Who looked, the newest first"))
    shown = SHOWN * (1 + int(st.session_state.get(MORE) or 0))
    show.table([row(one, found, names) for one in found.looks[:shown]])
    if len(found.looks) > shown:
        st.button(
            _("Show older ones"), key="looked_older", icon=":material/history:", on_click=older
        )


def older() -> None:
    """One part more; runs before the page is drawn again."""
    st.session_state[MORE] = int(st.session_state.get(MORE) or 0) + 1


def row(one: Look, found: Earnings, names: Names) -> dict[str, str]:
    """A look, in words; in three columns, for a phone has room for no more."""
    order = _("Order {order}").format(order=f"{one.order_hash[2:6]}…{one.order_hash[-4:]}")
    told = [consented.category(one.category), consented.purpose(one.purpose), order]
    if one.price:
        amount = plain(consented.money(one.price, found.symbol))
        told.append(_("Earned {amount}").format(amount=amount))
    return {
        _("When"): f"{i18n.day(one.at)}, {i18n.clock(one.at)}",
        _("Company"): names.company(one.company_id),
        _("What"): " · ".join(told),
    }


# ---- what it earned ----------------------------------------------------------------------


def money(book: consents.Consents, card: Card, found: Earnings) -> None:
    """Due, collected, all in all."""
    st.header(_("What it earned"))
    with st.container(horizontal=True, key="looked_figures"):
        for name, amount in (
            (_("To collect"), found.due),
            (_("Collected"), found.collected),
            (_("In all, with co-owners"), found.income),
        ):
            st.metric(name, plain(consented.money(amount, found.symbol)), border=True)
    if found.due:
        told = plain(consented.money(found.due, found.symbol))
        st.button(
            _("Collect {amount}").format(amount=own(told)),
            type="primary",
            icon=":material/savings:",
            key=COLLECT,
            on_click=services.act,
            args=(
                COLLECT,
                lambda: book.collect(card),
                _("Have {amount} paid to your main wallet.").format(
                    amount=consented.money(found.due, found.symbol)
                ),
            ),
        )
        fee()
        refused(COLLECT)


def fee() -> None:
    st.caption(
        _("It goes to your main wallet. Your wallet shows the network's fee; it cannot be undone.")
    )


def of_others(book: consents.Consents, card: Card, found: Earnings) -> None:
    """What the data of people who share with this one has for them."""
    if not found.parts:
        return
    st.header(_("Your part of what others' data earned"))
    for one in found.parts[:SHOWN]:
        amount, key = consented.money(one.due, found.symbol), f"{COLLECT}_{one.owner}"
        st.markdown(
            _("Passport no. {n} shares with you: {amount} to collect.").format(
                n=i18n.number(one.owner), amount=plain(amount)
            )
        )
        st.button(
            _("Collect {amount}").format(amount=own(plain(amount))),
            icon=":material/savings:",
            key=key,
            on_click=services.act,
            args=(
                key,
                partial(book.collect, card, one.owner),
                _("Have {amount} paid to your main wallet.").format(amount=amount),
            ),
        )
        refused(key)
    fee()


# ---- prices ------------------------------------------------------------------------------


def prices(book: consents.Consents, card: Card, found: Earnings) -> None:
    with st.expander(_("What a look costs a company"), icon=":material/sell:"):
        st.write(
            _(
                "Without a price a look is free for what you allow, and nothing is sold: selling "
                "insights needs a price. It holds from now on; what was read is paid."
            )
        )
        if found.prices:
            show.table(
                [
                    {
                        _("What for"): consented.purpose(one.purpose),
                        _("What"): consented.category(one.category),
                        _("A look costs"): plain(consented.money(one.price, found.symbol)),
                    }
                    for one in found.prices
                ]
            )
        if not found.is_main:
            main_only()
            return
        purposes = {one.number: consented.purpose(one.number) for one in PURPOSES}
        kinds = {one.bit: consented.category(one.bit) for one in CATEGORIES}
        st.selectbox(
            _("What for"), list(purposes), format_func=purposes.__getitem__, key="looked_purpose"
        )
        st.selectbox(_("What"), list(kinds), format_func=kinds.__getitem__, key="looked_category")
        st.number_input(
            _("Price of a look, in {money}; 0 for none").format(
                money=plain(found.symbol or _("units"))
            ),
            min_value=0.0,
            max_value=1_000_000.0,
            value=0.0,
            step=0.1,
            key="looked_amount",
        )
        st.button(
            _("Set this price"),
            key=PRICE,
            icon=":material/sell:",
            on_click=set_price,
            args=(book, card, found.symbol, purposes, kinds),
        )
        st.caption(_("You can change it at any time."))
        refused(PRICE)


def main_only() -> None:
    told = _("Only your main wallet decides what your data earns: switch to it.")
    st.caption(f":material/lock: {told}")


def set_price(
    book: consents.Consents,
    card: Card,
    symbol: str,
    purposes: dict[int, str],
    kinds: dict[int, str],
) -> None:
    """Hand the wish to the wallet; runs before the page is drawn again."""
    purpose = int(st.session_state.get("looked_purpose") or 0)
    category = int(st.session_state.get("looked_category") or 0)
    price = Decimal(str(st.session_state.get("looked_amount") or 0))
    told = _(
        "Ask {amount} for each look at “{what}” for “{purpose}”. You can change it at any time."
    )
    if not price:
        told = _(
            "Ask nothing any more for a look at “{what}” for “{purpose}”. You can change it at "
            "any time."
        )
    services.act(
        PRICE,
        lambda: book.set_price(card, purpose, category, price),
        told.format(
            amount=consented.money(price, symbol), what=kinds[category], purpose=purposes[purpose]
        ),
    )


# ---- shares ------------------------------------------------------------------------------


def shares(book: consents.Consents, card: Card, found: Earnings) -> None:
    with st.expander(_("Who has a part of what it earns"), icon=":material/pie_chart:"):
        st.write(
            _(
                "Co-owners earn with you, and decide nothing. A change counts from the next "
                "month on."
            )
        )
        now = _("Now")
        st.markdown(f"**{now}**")
        parts(found.shares)
        if found.next_shares is not None and found.next_from is not None:
            when = i18n.day(found.next_from)
            later = _("From {date} on").format(date=when)
            st.markdown(f"**{later}**")
            parts(found.next_shares)
        if not found.is_main:
            main_only()
            return
        given = found.shares if found.next_shares is None else found.next_shares
        st.text_area(
            _("Co-owners from the next month on, one a line: passport number, percent"),
            value="\n".join(f"{one.passport_id} {one.basis_points / 100:g}" for one in given),
            key="looked_table",
            placeholder="23 10",
            help=_("Eight at most. You keep the rest; nobody named means that all is yours."),
        )
        st.button(
            _("Share it so"),
            key=SHARES,
            icon=":material/pie_chart:",
            on_click=set_shares,
            args=(book, card),
        )
        if trouble := st.session_state.get(TROUBLE):
            st.warning(_(trouble), icon=":material/touch_app:")
        refused(SHARES)


def percent(points: int) -> str:
    """Basis points as people write them, to the last one."""
    return _("{n}%").format(n=i18n.number(Decimal(points) / 100))


def parts(several: tuple[Share, ...]) -> None:
    """Who has how much; the rest is the owner's."""
    rest = WHOLE - sum(one.basis_points for one in several)
    lines = [
        _("Passport no. {n}: {share}").format(
            n=i18n.number(one.passport_id), share=percent(one.basis_points)
        )
        for one in several
    ]
    lines.append(_("You: {share}").format(share=percent(rest)))
    st.markdown("\n".join(f"- {line}" for line in lines))


def read_shares(text: str) -> list[tuple[int, int]] | None:
    """What was typed, as passports and basis points; None where a line cannot be read."""
    found = []
    for line in text.splitlines():
        words = line.replace("%", " ").replace(",", ".").split()
        if not words:
            continue
        try:
            number, percent = words
            points = Decimal(percent) * 100
            if not number.isascii() or not number.isdigit() or points != int(points):
                return None
            found.append((int(number), int(points)))
        except (ValueError, ArithmeticError):
            return None
    if len(found) > MOST or any(not 0 < points <= WHOLE for _passport, points in found):
        return None
    return found


def set_shares(book: consents.Consents, card: Card) -> None:
    """Hand the wish to the wallet; runs before the page is drawn again."""
    st.session_state[TROUBLE] = None
    wanted = read_shares(str(st.session_state.get("looked_table") or ""))
    if wanted is None:
        st.session_state[TROUBLE] = N_("Write one co-owner a line, as in: 23 10")
        return
    if not wanted:
        told = _("Keep all that your data earns, from the next month on. You can change it again.")
    else:
        told = _(
            "From the next month on share what your data earns with {who}. You can change it again "
            "for later months."
        ).format(
            who=i18n.enumeration(
                [
                    _("passport no. {n} ({share})").format(
                        n=i18n.number(number), share=percent(points)
                    )
                    for number, points in wanted
                ]
            )
        )
    services.act(SHARES, lambda: book.set_shares(wanted), told)


def proof(found: Earnings) -> None:
    with st.expander(_("Proof"), icon=":material/verified:"):
        addresses = services.community().addresses()
        st.caption(_("Who looked, and who must delete"))
        st.code(addresses.get("Vault", "—"), language=None, wrap_lines=True)
        for one in found.looks[:SHOWN]:
            st.caption(_("{when}: order and transaction").format(when=i18n.exact(one.at)))
            st.code(f"{one.order_hash}\n{one.tx_hash}", language=None, wrap_lines=True)
        st.caption(_("Read at block {block}.").format(block=i18n.number(found.head.number)))


with guarded():
    page()
