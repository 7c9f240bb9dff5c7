"""Which plans are there, what would they cost me, and what do I sign?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from cercle.agreements.advice import PlanAdvice
from cercle.agreements.findings import ClosedPeriod
from cercle.agreements.lists import Offer
from cercle.errors import AgreementError, Refused
from cercle.models import Card
from frontend import agreed, agreeing, choosing, consented, i18n, refusals, services
from frontend.agreed import State, Words
from frontend.agreeing import Agreeing, Contract, Offered
from frontend.app_pages import _draft
from frontend.app_pages._contract_acts import top_up
from frontend.app_pages._paying import pay_in
from frontend.choosing import Row
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.states import guarded, plain

WHICH, USE, OPEN = "choose_list", "choose_use", "choose_open"
READ = 24  # own contracts that are looked at for a past
LISTS = 400  # price lists to choose from, the newest
FEW = 6  # that stand beside each other
MOST = 12  # plans side by side, the cheapest; the others are a click away
WIDE = 13  # characters of a price that stand on one line on a phone


def page() -> None:
    account = services.wallet().account
    card = services.community().card(account) if account else None
    if card is not None and not card.has_passport:
        card = None
    book = agreeing.agreements()
    numbers = book.lists()
    if not numbers:
        st.title(_("There are no plans to choose from yet"))
        st.write(_("As soon as a provider publishes a price list, its plans stand here."))
        back()
        return
    offered = chosen(book, numbers, card)
    say = Words(offered.wording, offered.purse)
    offers = offered.shelf.offers_for(card.passport_id if card else 0)
    mine = own(book, card, offered) if card else []
    past, is_own = own_past(book, mine)
    if not offers:
        st.title(_("“{name}” offers nothing at the moment").format(name=plain(say.name)))
        back()
        return
    if not is_own:
        past = choosing.imagined(wanted(offers, offered, say))
    found, rows = choosing.compared(past, offers)
    names = agreed.apart({one.offer.plan_id: say.plan(one.offer.plan_id) for one in rows})
    answer(rows, found if is_own else None, names, say)
    about(offered, say)
    plans(rows, len(found.uses), names, say)
    if card is None:
        consented.nobody(services.community().card(account) if account else None)
    else:
        sign(book, card, offered, mine, found.uses, say)
    proof(offered)
    back()


def back() -> None:
    st.page_link("app_pages/contracts.py", label=_("My contracts"), icon=":material/contract:")


def chosen(book: Agreeing, numbers: Sequence[int], card: Card | None) -> Offered:
    """The list that is looked at; of the others only the names are read."""
    if len(numbers) == 1:
        return book.offered(numbers[0], card)
    names = agreed.apart({n: agreed.heading(book.heading(n)) for n in numbers[-LISTS:]})
    picked: int | None
    if len(names) <= FEW:
        picked = st.pills(
            _("Price list"),
            list(names),
            default=next(iter(names)),
            format_func=lambda number: plain(names[number]),
            key=WHICH,
            label_visibility="collapsed",
            required=True,
        )
    else:
        picked = st.selectbox(
            _("Price list"), list(names), format_func=names.__getitem__, key=WHICH
        )
    number = int(picked or 0)
    return book.offered(number if number in names else next(iter(names)), card)


def own(book: Agreeing, card: Card, offered: Offered) -> list[Contract]:
    """The member's own contracts under this list, the newest first."""
    found = [book.contract(number, card) for number in book.numbers(card)[:READ]]
    return [one for one in found if one.price_list.list_id == offered.shelf.price_list.list_id]


def own_past(book: Agreeing, mine: list[Contract]) -> tuple[Sequence[ClosedPeriod], bool]:
    """The periods that are over, oldest first, and whether there are any."""
    found = [period for one in reversed(mine) for period in book.checked(one.id).periods]
    return found, bool(found)


def wanted(offers: Sequence[Offer], offered: Offered, say: Words) -> int:
    """How much somebody thinks that they will use, who has no past here."""
    most = max(one.plan.capacity for one in offers)
    usual = min(one.plan.capacity for one in offers) / 2
    amount = st.number_input(
        _("I would use, in {unit} a period").format(unit=plain(say.shown_as)),
        min_value=0.0,
        max_value=most / say.per_shown,
        value=usual / say.per_shown,
        key=f"{USE}_{offered.shelf.price_list.list_id}",
    )
    return min(round(float(amount) * say.per_shown), most)


# ---- the answer --------------------------------------------------------------------------


def answer(
    rows: Sequence[Row], past: PlanAdvice | None, names: Mapping[int, str], say: Words
) -> None:
    """The page's question, answered at once; beside what was paid, if there is a past."""
    best = next((one for one in rows if one.is_best), None)
    if best is None or best.total is None:
        st.title(_("No plan alone covers all that you used"))
        st.write(_("A contract of several plans may: it moves to the larger one by itself."))
        return
    name = plain(names[best.offer.plan_id])
    if past is not None and past.price <= best.total:
        st.title(_("No plan alone costs less than what you have"))
    else:
        st.title(_("“{plan}” would cost you least").format(plan=name))
    amount = plain(say.money(best.total))
    if past is not None:
        count = len(past.uses)
        told = ngettext(
            "Over {n} period it would have cost {amount} at today's prices.",
            "Over your last {n} periods it would have cost {amount} at today's prices.",
            count,
        ).format(n=i18n.number(count), amount=amount)
        paid = _("You paid {price}, before anything was taken off.")
        told += " " + paid.format(price=plain(say.money(past.price)))
    else:
        told = _("A period would cost {amount} on it.").format(amount=amount)
    st.write(told)


def about(offered: Offered, say: Words) -> None:
    """Who serves, and what."""
    show.withheld(offered.wording.price_list)
    if say.provider:
        told = _("By {company}").format(company=plain(say.provider))
        st.caption(f"{told} · {plain(say.description)}" if say.description else told)


def plans(rows: Sequence[Row], count: int, names: Mapping[int, str], say: Words) -> None:
    """The plans side by side, and what the same use costs on each."""
    several = sorted(rows, key=lambda one: (one.total is None, one.total or 0))[:MOST]
    shown = [one for one in rows if one in several]
    covered = [one for one in shown if one.total is not None]
    title = ngettext(
        "What {n} period costs on each plan", "What those {n} periods cost on each plan", count
    ).format(n=i18n.number(count))
    if len(covered) > 1:
        show.amounts(
            [names[one.offer.plan_id] for one in covered],
            [say.purse.amount(one.total or 0) for one in covered],
            best=next((i for i, one in enumerate(covered) if one.is_best), None),
            title=title,
            axis=say.purse.symbol or _("units"),
        )
    show.table([row(one, names[one.offer.plan_id], say) for one in shown])
    if len(shown) < len(rows):
        told = _("All {n} plans").format(n=i18n.number(len(rows)))
        with st.expander(told, icon=":material/list:"):
            show.table([row(one, names[one.offer.plan_id], say) for one in rows])


def row(one: Row, called: str, say: Words) -> dict[str, str]:
    """A plan, in three columns: a phone has room for no more."""
    plan = one.offer.plan
    name = plain(called)
    if one.is_best:
        name = f":material/star: **{name}**"
    if one.offer.passport_id:
        name = f"{name} · " + _("for you alone")
    says = [_("{base} a period").format(base=say.money(plan.base_price))]
    if plan.included:
        says.append(_("{use} included").format(use=say.use(plan.included)))
    if plan.unit_price:
        says.append(
            _("{price} for each {unit} more").format(
                price=say.money(plan.unit_price * say.per_shown), unit=say.shown_as
            )
        )
    says.append(_("up to {use}").format(use=say.use(plan.capacity)))
    cost = _("not covered") if one.total is None else say.money(one.total)
    if len(cost) > WIDE:
        cost = " ".join(cost.rsplit("\u00a0", 1))
    return {
        _("Plan"): name,
        _("What it is"): plain(" · ".join(says)),
        _("It would cost"): plain(cost),
    }


# ---- signing -----------------------------------------------------------------------------


def sign(
    book: Agreeing,
    card: Card,
    offered: Offered,
    mine: list[Contract],
    uses: Sequence[int],
    say: Words,
) -> None:
    """Put the contract together, read it in words, sign it once."""
    st.header(_("Your contract"), anchor=False)
    if card.account != card.main_wallet:
        lock = _("Only your main wallet signs contracts: switch to it.")
        st.caption(f":material/lock: {lock}")
        return
    if not offered.meters:
        st.info(_("Nobody reads meters for this list yet, so it cannot be signed."))
        return
    live = [one for one in mine if agreed.state(one) is not State.OVER]
    if live:
        with st.expander(_("Pay into the contract that you have"), icon=":material/savings:"):
            top_up(live[0], agreed.words(live[0]), is_first=False)
    try:
        draft = _draft.form(offered, card, uses, live, say)
        ladder, terms = choosing.made(draft, offered, card)
    except (AgreementError, Refused) as error:
        st.warning(refusals.say(error), icon=":material/edit:")
        return
    with st.container(border=True, key="choose_summary"):
        for sentence in choosing.summary(ladder, terms, say):
            st.markdown(plain(sentence))
    told = _("Sign “{name}”: {most} at most a period, {total} at most in all.").format(
        name=say.name, most=say.money(ladder.period_cap), total=say.money(ladder.total_cap)
    )
    pay_in(
        OPEN,
        ladder.list_id,
        ladder.deposit,
        offered.purse,
        say,
        label=_("Sign, and pay in {amount}").format(amount=say.money(ladder.deposit)),
        build=partial(book.open, ladder),
        told=told,
        icon=":material/draw:",
    )


# ---- proof -------------------------------------------------------------------------------


def proof(offered: Offered) -> None:
    """Who it is about, by their numbers and keys: names are what a provider says of itself."""
    told = offered.shelf.price_list
    with st.expander(_("Proof"), icon=":material/verified:"):
        st.caption(
            _("Price list no. {n}, of company no. {company}; company no. {other} reads.").format(
                n=i18n.number(told.list_id),
                company=i18n.number(told.company_id),
                other=i18n.number(told.operator_id),
            )
        )
        st.caption(_("What it is paid in"))
        st.code(told.token, language=None, wrap_lines=True)
        if offered.meters:
            st.caption(_("Who reads the meter"))
            st.code(offered.meters[0], language=None, wrap_lines=True)


with guarded():
    page()
