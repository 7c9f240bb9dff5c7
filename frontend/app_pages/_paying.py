"""Paying in: the wallet first lets the book take so much, then it is taken."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Literal

import streamlit as st

from cercle.acts import Act
from cercle.agreements.models import MONEY
from cercle.agreements.purse import EXACT, Purse
from frontend import agreeing, services
from frontend.agreed import Words
from frontend.i18n import _
from frontend.states import own, plain, refused

FINEST = 8  # decimals of an amount that is not very small


def typed(label: str, units: int, key: str, say: Words) -> int:
    """An amount that somebody types, in smallest units; until then the one that is proposed.

    Args:
        label: What for; raw.
        units: What stands there at first, in smallest units: kept to the unit while it stands.
        key: Of the widget.
        say: Whose money it is.
    """
    purse, units = say.purse, min(units, MONEY)
    amount = purse.amount(units)
    places = max(min(purse.decimals, 2), _places(amount))
    shown = float(amount)
    told = float(
        st.number_input(
            plain(label),
            min_value=0.0,
            max_value=float(purse.amount(MONEY)),
            value=shown,
            step=1.0,
            format=f"%.{places}f",
            key=key,
        )
    )
    if told == shown:
        return units
    finest = Decimal(1).scaleb(-purse.decimals)
    return purse.units(Decimal(str(told)).quantize(finest, ROUND_DOWN, EXACT))


def _places(amount: Decimal) -> int:
    """How many decimals show an amount; of one that is very small, its first figure."""
    exponent = EXACT.normalize(amount).as_tuple().exponent
    finest = max(FINEST, -amount.adjusted())
    return min(max(-int(exponent), 0), finest) if amount else 0


def pay_in(
    key: str,
    subject: int,
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
        subject: The contract or the list: what was refused of one is not said of another.
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
                f"{key}_allow_{subject}",
                lambda: agreeing.agreements().allow(purse.token, amount),
                _("Let your contracts take {amount} of yours, and no more.").format(
                    amount=say.money(amount)
                ),
            ),
        )
        st.caption(
            _("First of two steps. Nothing is paid yet: that is the second step, which comes next.")
        )
        refused(f"{key}_allow_{subject}")
        return
    st.button(
        own(plain(label)),
        type=kind,
        icon=icon,
        key=key,
        on_click=services.act,
        args=(f"{key}_{subject}", build, told),
    )
    refused(f"{key}_{subject}")


__all__ = ["pay_in", "typed"]
