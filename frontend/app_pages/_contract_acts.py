"""What a customer may do with a service contract: go on, pay in, end it, take money back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cercle.agreements.tariff import quote, reach_for
from cercle.models import Card
from frontend import agreed, agreeing, i18n, services
from frontend.agreed import State, Stop, Words
from frontend.agreeing import Contract
from frontend.app_pages._paying import pay_in, typed
from frontend.i18n import _
from frontend.states import plain, refused

GO_ON, TOP_UP, END, WITHDRAW = (
    "contracts_go_on",
    "contracts_top_up",
    "contracts_end",
    "contracts_withdraw",
)
AMOUNT, LIMIT = "contracts_amount", "contracts_limit"


def acts(contract: Contract, card: Card, say: Words) -> None:
    """What can be done, what is most needed first."""
    if card.account != card.main_wallet:
        lock = _("Only your main wallet acts for this contract: switch to it.")
        st.caption(f":material/lock: {lock}")
        return
    where = agreed.state(contract)
    reason = agreed.why_stopped(contract) if where is State.STOPPED else None
    if reason is Stop.MONEY:
        top_up(contract, say, is_first=True)
    if where in (State.STOPPED, State.NEAR) and reason not in (Stop.MONEY, Stop.TOTAL):
        go_on(contract, say)
    with st.expander(_("Pay in, end it, take money back"), icon=":material/tune:"):
        if where is not State.OVER and reason is not Stop.MONEY:
            top_up(contract, say, is_first=False)
        take_back(contract, card, say)
        if where is not State.OVER:
            end(contract, say)


# ---- go on -------------------------------------------------------------------------------


def go_on(contract: Contract, say: Words) -> None:
    """Beyond the limit or the cap, until this period ends and no longer."""
    view = contract.view
    rungs, found = view.current.rungs, view.standing
    most = rungs[-1].plan.capacity
    if not agreed.is_reading_open(contract):
        return
    st.subheader(_("Go on in this period"), anchor=False)
    if found.limit >= most:
        raise_cap(contract, say, found.limit)
        return
    steps = [rung.plan.capacity for rung in rungs if rung.plan.capacity > found.limit]
    limit = st.select_slider(
        _("Up to"),
        options=[found.limit, *steps],
        value=steps[0],
        format_func=say.use,
        key=f"{LIMIT}_{contract.id}",
    )
    raise_cap(contract, say, int(limit))


def raise_cap(contract: Contract, say: Words, limit: int) -> None:
    """The most that the period may cost then, and the button."""
    view = contract.view
    found = view.standing
    reach = reach_for(view.current.rungs, limit)
    needed = max(quote(view.current.rungs, limit, reach).price, found.cap)
    st.markdown(
        _(
            "This period then costs {most} at most, and only what you really use. It holds until "
            "{date}; after that your contract is as before."
        ).format(
            most=plain(say.money(needed)),
            date=i18n.day(agreed.moment(found.period_ends_at)),
        )
    )
    if (limit, needed) == (found.limit, found.cap):
        st.caption(_("There is nothing beyond in your contract. Choose another plan for more."))
        return
    if needed > min(found.escrow, found.left):
        st.caption(
            _("You have paid in {money}: it serves you as far as that goes. Pay in more.").format(
                money=plain(say.money(found.escrow))
            )
        )
    told = _("Go on up to {limit} until {date}, for {most} at most in this period.").format(
        limit=say.use(limit),
        date=i18n.day(agreed.moment(found.period_ends_at)),
        most=say.money(needed),
    )
    st.button(
        _("Go on"),
        type="primary",
        icon=":material/play_arrow:",
        key=GO_ON,
        on_click=services.act,
        args=(
            f"{GO_ON}_{contract.id}",
            partial(agreeing.agreements().go_on, contract, limit=limit, period_cap=needed),
            told,
        ),
    )
    refused(f"{GO_ON}_{contract.id}")


# ---- money -------------------------------------------------------------------------------


def top_up(contract: Contract, say: Words, *, is_first: bool) -> None:
    """Pay in more."""
    purse = contract.purse
    usual = max(agreed.missing(contract), contract.view.current.lowest, 1)
    label = _("Pay in, in {money}").format(money=purse.symbol or _("units"))
    units = typed(label, usual, f"{AMOUNT}_{contract.id}", say)
    if not units:
        return
    pay_in(
        TOP_UP,
        contract.id,
        units,
        purse,
        say,
        label=_("Pay in {amount}").format(amount=say.money(units)),
        build=partial(agreeing.agreements().top_up, contract, units),
        told=_("Pay {amount} into your contract. It stays yours until it is used.").format(
            amount=say.money(units)
        ),
        is_first=is_first,
    )


def take_back(contract: Contract, card: Card, say: Words) -> None:
    """What no period binds goes back at any time."""
    free = contract.view.withdrawable
    if not free or card.main_wallet is None:
        st.caption(
            _("Nothing can be taken back now: what you paid in is kept for the period that runs.")
            if contract.view.standing.escrow
            else _("There is no money in this contract.")
        )
        return
    amount = say.money(free)
    st.button(
        _("Take {amount} back").format(amount=plain(amount)),
        icon=":material/undo:",
        key=WITHDRAW,
        on_click=services.act,
        args=(
            f"{WITHDRAW}_{contract.id}",
            partial(agreeing.agreements().withdraw, contract, card.main_wallet, free),
            _("Have {amount} paid back to your main wallet.").format(amount=amount),
        ),
    )
    refused(f"{WITHDRAW}_{contract.id}")


# ---- the end -----------------------------------------------------------------------------


def end(contract: Contract, say: Words) -> None:
    """With the period that runs, without a fee; at once where a plan got worse."""
    found = contract.view.standing
    has_begun = contract.view.now >= contract.view.terms.starts_at
    if contract.view.is_worse_now:
        way_out(contract)
    if agreed.is_last(contract) and has_begun:
        ends = i18n.day(agreed.moment(found.ends_at))
        st.caption(
            _("It ends on {date}; what is left is then yours to take back.").format(date=ends)
        )
        return
    when = agreed.moment(found.period_ends_at)
    if has_begun:
        told = _("End this contract on {date}, without a fee. It cannot be undone.").format(
            date=i18n.day(when)
        )
    else:
        told = _("End this contract before it begins. All that you paid in is yours again.")
    st.button(
        _("End it with this period") if has_begun else _("End it before it begins"),
        icon=":material/event_busy:",
        key=END,
        on_click=services.act,
        args=(
            f"{END}_{contract.id}",
            partial(agreeing.agreements().end, contract, is_at_once=False),
            told,
        ),
    )
    st.caption(told)
    refused(f"{END}_{contract.id}")


def way_out(contract: Contract) -> None:
    """A plan got dearer or is gone: nobody has to wait for the end of the period."""
    key = f"{END}_at_once"
    st.info(
        _(
            "The provider made a plan of your contract dearer, or offers it no more. Your prices "
            "stay as you signed them. You may also leave at once and pay only for the part that "
            "is gone."
        ),
        icon=":material/door_open:",
    )
    st.button(
        _("Leave at once"),
        icon=":material/door_open:",
        key=key,
        on_click=services.act,
        args=(
            f"{key}_{contract.id}",
            partial(agreeing.agreements().end, contract, is_at_once=True),
            _("End this contract now and pay for the part of the period that is gone."),
        ),
    )
    refused(f"{key}_{contract.id}")


__all__ = ["acts"]
