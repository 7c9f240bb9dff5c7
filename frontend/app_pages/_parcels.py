"""What is sent: the order behind its claim, which the member keeps, and where it stands."""

from __future__ import annotations

import streamlit as st

from cercle.acts import Act
from cercle.flags import GateQuestion
from cercle.gates import read_consent
from cercle.models import ClaimView, PerkView
from cercle.orders import OrderFile
from frontend import consented, i18n, services
from frontend.i18n import _
from frontend.states import plain

_ORDERS = "perks_orders"  # by claim and variant: the wallet may be asked twice, with one order


def claim(community: services.Community, perk: PerkView, variant: int, account: str) -> Act:
    """Make the order, or take the one that was made for this very claim, and claim with it."""
    orders: dict[tuple[str, str, int], OrderFile] = st.session_state.setdefault(_ORDERS, {})
    made = community.order(perk, variant, account)
    kept = orders.setdefault((made.order.perks, made.order.claim_id, variant), made)
    return community.claim(perk, variant, kept.order_hash)


def what_follows(perk: PerkView) -> str:
    """What can be undone, and what the ledger tells of it."""
    return _(
        "It is sent to you. The ledger shows a seal of your order, and no name, size or address. "
        "Cancel before it is sent and your points come back; they also do if it is not sent "
        "within {duration}."
    ).format(duration=i18n.duration(perk.fulfil_within))


def consents(perk: PerkView) -> None:
    """The way to each company that is still to be allowed something."""
    asked = [gate for gate in perk.gates if gate.question == GateQuestion.CONSENT]
    needs = [read_consent(gate.value) for gate in asked if gate.is_open is False]
    names = consented.names_of(consented.asked_companies(perk))
    for number in dict.fromkeys(one.company_id for one in needs if one is not None):
        name = names.get(number)
        st.page_link(
            "app_pages/data.py",
            label=_("Allow company no. {n} on My data").format(n=i18n.number(number))
            if name is None
            else _("Allow “{company}” on My data").format(company=plain(name)),
            icon=":material/lock_open:",
            query_params={"company": str(number)},
        )


def order(claim: ClaimView) -> None:
    """The file of an order that this session made, to be kept."""
    orders: dict[tuple[str, str, int], OrderFile] = st.session_state.get(_ORDERS, {})
    perks = services.community().addresses().get("Perks", "")
    file = orders.get((perks, str(claim.id), claim.variant))
    if file is None:
        st.caption(_("Your order's file was offered to you when you claimed this."))
        return
    st.download_button(
        _("Keep my order"),
        file.raw,
        file_name=f"order-{claim.perk_id}-{claim.serial}.json",
        mime="application/json",
        icon=":material/download:",
        key=f"perks_order_{claim.id}",
        on_click="ignore",
    )
    st.caption(
        _("With this file you can show what you ordered. It is kept nowhere else: save it now.")
    )
