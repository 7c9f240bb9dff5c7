"""Paying in: the wallet first lets the book take so much, then it is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from cercle.acts import Act
from cercle.agreements.purse import Purse
from frontend import agreeing, services
from frontend.agreed import Words
from frontend.i18n import _
from frontend.states import own, plain, refused


def pay_in(
    key: str,
    amount: int,
    purse: Purse,
    say: Words,
    *,
    label: str,
    build: Callable[[], Act],
    told: str,
    icon: str = ":material/savings:",
    is_first: bool = True,
) -> None:
    """Draw one button: to allow the amount where it is not, else to do what takes it.

    Args:
        key: Of the button; what was refused is said under it.
        amount: In smallest units; 0 takes nothing and needs no allowance.
        purse: What the member has, and what the book may take of it.
        say: How money is said.
        label: On the button, of what takes the money.
        build: Makes the act that takes it.
        told: What the wallet is told of that act.
        icon: Beside the label.
        is_first: Whether this is what the page is about; it has one such button.
    """
    kind: Literal["primary", "secondary"] = "primary" if is_first else "secondary"
    if amount > purse.balance:
        short = _("Your wallet holds {balance}: {short} are missing.").format(
            balance=say.money(purse.balance), short=say.money(amount - purse.balance)
        )
        st.caption(f":material/account_balance_wallet: {plain(short)}")
    if amount > purse.allowed:
        allow = _("Allow {amount} to be paid in").format(amount=say.money(amount))
        st.button(
            own(plain(allow)),
            type=kind,
            icon=":material/lock_open:",
            key=f"{key}_allow",
            disabled=amount > purse.balance,
            on_click=services.act,
            args=(
                f"{key}_allow",
                lambda: agreeing.agreements().allow(purse.token, amount),
                _("Let your contracts take {amount} of yours, and no more.").format(
                    amount=say.money(amount)
                ),
            ),
        )
        st.caption(
            _("First of two steps. Nothing is paid yet: that is the second step, which comes next.")
        )
        refused(f"{key}_allow")
        return
    st.button(
        own(plain(label)),
        type=kind,
        icon=icon,
        key=key,
        on_click=services.act,
        args=(key, build, told),
    )
    refused(key)


__all__ = ["pay_in"]
