"""What two pages or more draw alike."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import streamlit as st

from cercle.content import PerkDocument
from cercle.flags import PerkKind
from cercle.index.history import Served
from cercle.models import Card, PerkView
from frontend import consented, i18n, present
from frontend.i18n import _, ngettext
from frontend.look import show
from frontend.services import Shown
from frontend.states import own, plain

LATE = timedelta(minutes=1)  # an index that is behind by more says how long


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
    way = {
        PerkKind.STORE: _("At the counter"),
        PerkKind.CODE: _("By code, here"),
        PerkKind.SHIP: _("Sent to you"),
    }[perk.kind]
    st.caption(
        " · ".join((present.left(perk.left), when, way)),
        help=f"{exact}. {present.limit(perk)}.",
    )
    companies = consented.names_of(consented.asked_companies(perk))
    for gate in perk.gates:
        sentence, share = present.gate(brand, gate, card, companies)
        if gate.is_open:
            st.caption(f":material/check_circle: {plain(sentence)}")
        elif card is not None and card.is_active and share:
            st.progress(min(share, 0.99), text=plain(sentence))
        else:
            st.caption(f":material/lock: {plain(sentence)}")


def source(served: Served, has_index: bool) -> None:
    """Where this was read, and how far behind that is."""
    if served.source == "index":
        if not served.behind:
            said = _("Read from this shop's index, which is up to date.")
        else:
            said = ngettext(
                "Read from this shop's index, which is {n} block behind the ledger.",
                "Read from this shop's index, which is {n} blocks behind the ledger.",
                served.behind,
            ).format(n=i18n.number(served.behind))
            late = timedelta(seconds=served.seconds)
            if late >= LATE:
                said += " " + _("That is {duration}: what is newer appears later.").format(
                    duration=i18n.duration(late)
                )
        st.caption(f":material/database: {said}")
        return
    count = max(1, served.block - served.first + 1)
    if has_index:
        said = ngettext(
            "This shop's index does not answer at the moment: read from the ledger itself, its "
            "last {n} block.",
            "This shop's index does not answer at the moment: read from the ledger itself, its "
            "last {n} blocks.",
            count,
        )
    else:
        said = ngettext(
            "Read from the ledger itself, its last {n} block.",
            "Read from the ledger itself, its last {n} blocks.",
            count,
        )
    st.caption(f":material/link: {said.format(n=i18n.number(count))}")


def reading() -> AbstractContextManager[None]:
    """What is waited for, where it takes longer than a moment: a ledger is read block by block."""
    return st.spinner(_("Reading what has happened so far…"))


def newer(marks: list[str]) -> None:
    """One part up; the second of two presses may come when there is none above any more."""
    if marks:
        marks.pop()


def older(marks: list[str], mark: str) -> None:
    """One part down; two presses before it is drawn are one step."""
    if mark not in marks:
        marks.append(mark)
