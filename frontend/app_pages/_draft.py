"""The form in which a member puts a contract together, filled in with what suits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cercle.errors import EmptyLadder
from cercle.limits import MAX_PERIODS, MAX_START
from cercle.models import Card
from frontend import agreed, choosing, i18n
from frontend.agreed import Words
from frontend.agreeing import Contract, Offered
from frontend.app_pages._paying import typed
from frontend.choosing import Draft
from frontend.i18n import _

PLANS, STOP, PERIODS = "choose_plans", "choose_stop", "choose_periods"
CAP, TOTAL, DEPOSIT, LATER = "choose_cap", "choose_total", "choose_deposit", "choose_later"


def form(
    offered: Offered, card: Card, uses: Sequence[int], live: list[Contract], say: Words
) -> Draft:
    """What the member put together. Each default follows from the choices above it.

    Args:
        offered: The list.
        card: The member.
        uses: What they used in each of their periods.
        live: Their contracts under this list that still run.
        say: How money and use are said.

    Raises:
        EmptyLadder: They chose no plan.
    """
    offers = offered.shelf.offers_for(card.passport_id)
    start = choosing.proposed(offers, uses)
    by_number = {one.plan_id: one for one in choosing.ranked(offers)}
    starts_at = begin(live)
    of = f"{offered.shelf.price_list.list_id}"
    ends = {number: say.use(one.plan.capacity) for number, one in by_number.items()}
    names = agreed.apart(
        {
            number: _("{plan}, up to {use}").format(plan=say.plan(number), use=use)
            for number, use in ends.items()
        }
    )

    picked = st.multiselect(
        _("Plans that may count"),
        list(by_number),
        default=list(start.plans),
        format_func=names.__getitem__,
        key=f"{PLANS}_{of}",
        help=_("Each period the cheapest of them that covers your use is charged."),
    )
    if not picked:
        raise EmptyLadder()
    plans = sorted(picked, key=list(by_number).index)
    steps = agreed.apart({number: ends[number] for number in plans})
    stop = st.select_slider(
        _("Stop at"),
        options=plans,
        value=start.stop if start.stop in plans else plans[-1],
        format_func=steps.__getitem__,
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
    suits = choosing.capped(offers, plans, int(stop), periods, uses)
    # A default that moves with what is above it needs a widget of its own each time.
    after = f"{of}_{'-'.join(map(str, plans))}_{stop}"
    cap = money(_("At most a period"), suits.period_cap, f"{CAP}_{after}", say)
    in_all = f"{TOTAL}_{after}_{cap}_{periods}"
    total = money(_("At most in all"), cap * periods, in_all, say)
    first = f"{DEPOSIT}_{after}_{suits.deposit}"
    deposit = money(_("Pay in now"), suits.deposit, first, say)
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
    words = _("{what}, in {money}").format(what=label, money=say.purse.symbol or _("units"))
    return typed(words, units, key, say)


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
