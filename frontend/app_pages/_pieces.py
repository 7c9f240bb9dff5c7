"""What two pages or more draw alike."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cercle.content import PerkDocument
from cercle.flags import PerkKind
from cercle.models import Card, PerkView
from frontend import present
from frontend.i18n import _
from frontend.look import show
from frontend.services import Shown
from frontend.states import own, plain


def offer(
    brand: present.Brand,
    perk: PerkView,
    text: Shown[PerkDocument],
    card: Card | None,
    now: datetime,
) -> None:
    """A perk as an offer: what it is, what it costs, for whom, until when."""
    st.subheader(plain(present.perk_name(perk, text)), anchor=False)
    show.withheld(text)
    description = present.perk_description(text)
    if description:
        st.write(plain(description))
    st.markdown(f"**{own(present.price(brand, perk))}**")
    when, exact = present.window(perk, now)
    way = _("At the counter") if perk.kind == PerkKind.STORE else _("By code, here")
    st.caption(
        " · ".join((present.left(perk.left), when, way)),
        help=f"{exact}. {present.limit(perk)}.",
    )
    for gate in perk.gates:
        sentence, share = present.gate(brand, gate, card)
        if gate.is_open:
            st.caption(f":material/check_circle: {plain(sentence)}")
        elif card is not None and card.is_active and share:
            st.progress(min(share, 0.99), text=plain(sentence))
        else:
            st.caption(f":material/lock: {plain(sentence)}")
