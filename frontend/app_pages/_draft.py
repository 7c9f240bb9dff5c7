"""The form in which a member puts a contract together, filled in with what suits."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

import streamlit as st

from cercle.limits import MAX_PERIODS, MAX_START
from cercle.models import Card
from frontend import agreed, choosing, i18n
from frontend.agreed import Words
from frontend.agreeing import Contract, Offered
from frontend.choosing import Draft
from frontend.i18n import _
from frontend.states import plain

PLANS, STOP, PERIODS = "choose_plans", "choose_stop", "choose_periods"
CAP, TOTAL, DEPOSIT, LATER = "choose_cap", "choose_total", "choose_deposit", "choose_later"
MOST = 10**9  # of what people type


def form(offered: Offered, card: Card, most_used: int, live: list[Contract], say: Words) -> Draft:
    """What the member put together. Each default follows from the choices above it.

    Args:
        offered: The list.
        card: The member.
        most_used: The most that a period of theirs used.
        live: Their contracts under this list that still run.
        say: How money and use are said.
    """
    offers = offered.shelf.offers_for(card.passport_id)
    start = choosing.proposed(offers, most_used)
    by_number = {one.plan_id: one for one in choosing.ranked(offers)}
    starts_at = begin(live)
    of = f"{offered.shelf.price_list.list_id}"

    def name(number: int) -> str:
        use = say.use(by_number[number].plan.capacity)
        return _("{plan}, up to {use}").format(plan=say.plan(number), use=use)

    picked = st.multiselect(
        _("Plans that may count"),
        list(by_number),
        default=list(start.plans),
        format_func=name,
        key=f"{PLANS}_{of}",
        help=_("Each period the cheapest of them that covers your use is charged."),
    )
    plans = sorted(picked or start.plans, key=list(by_number).index)
    stop = st.select_slider(
        _("Stop at"),
        options=plans,
        value=start.stop if start.stop in plans else plans[-1],
        format_func=lambda number: say.use(by_number[number].plan.capacity),
        key=f"{STOP}_{of}_{'-'.join(map(str, plans))}",
        help=_("Beyond that nothing is charged unless you say so."),
    ) if len(plans) > 1 else plans[0]  # fmt: skip
    periods = int(
        st.number_input(
            _("For how many periods of {days}").format(
                days=agreed.left(offered.shelf.price_list.period, 0)
            ),
            min_value=1,
            max_value=MAX_PERIODS,
            value=start.periods,
            key=f"{PERIODS}_{of}",
        )
    )
    suits = choosing.capped(offers, plans, int(stop), periods)
    # A default that moves with what is above it needs a widget of its own each time.
    after = f"{of}_{'-'.join(map(str, plans))}_{stop}"
    cap = money(_("At most a period"), suits.period_cap, f"{CAP}_{after}", say)
    total = money(_("At most in all"), cap * periods, f"{TOTAL}_{after}_{cap}_{periods}", say)
    deposit = money(_("Pay in now"), suits.deposit, f"{DEPOSIT}_{after}", say)
    return Draft(
        plans=tuple(plans),
        stop=int(stop),
        period_cap=cap,
        total_cap=total,
        periods=periods,
        deposit=deposit,
        starts_at=starts_at,
    )


def money(label: str, units: int, key: str, say: Words) -> int:
    """An amount that somebody types, in smallest units."""
    purse = say.purse
    typed = st.number_input(
        _("{what}, in {money}").format(what=label, money=plain(purse.symbol or _("units"))),
        min_value=0.0,
        max_value=float(MOST),
        value=min(float(purse.amount(units)), float(MOST)),
        step=1.0,
        key=key,
    )
    exact = Decimal(str(typed)).quantize(Decimal(1).scaleb(-purse.decimals), ROUND_DOWN)
    return purse.units(exact)


def begin(live: list[Contract]) -> int:
    """When it begins: now, or when the contract of today ends; 0: now."""
    if not live:
        return 0
    st.info(
        _(
            "You have a contract for this already. Two at a time both cost: end the other first, "
            "and let this one begin when it ends."
        ),
        icon=":material/content_copy:",
    )
    ends = max(one.view.standing.ends_at for one in live)
    if ends - live[0].view.now > MAX_START:
        return 0
    if not st.toggle(
        _("Begin on {date}, when it ends").format(date=i18n.day(agreed.moment(ends))),
        value=False,
        key=LATER,
    ):
        return 0
    return ends


__all__ = ["form"]
