"""The two ways a claim is delivered: a code the member signs for the till, a code the shop kept."""

from __future__ import annotations

import segno
import streamlit as st

from cercle.models import ClaimView
from frontend import i18n, services
from frontend.i18n import _
from frontend.look import show
from frontend.states import refused

# ---- at the counter --------------------------------------------------------------


def store_button(claim: ClaimView) -> None:
    """Ask the wallet to sign the code for the till."""
    st.button(
        _("Show my code"),
        type="primary",
        key=f"perks_code_{claim.id}",
        icon=":material/qr_code_2:",
        on_click=services.ask_redeem,
        args=(claim, _("Sign your code for the till. It works once, and for this only.")),
    )


def store_code(claim: ClaimView, account: str) -> None:
    """The signed code, for the till to scan or to type."""
    refused(f"redeem_{claim.id}")
    found = services.redeem_code(claim, account)
    if found is None:
        return
    shown, until = found
    picture, words = st.columns(2, gap="medium", vertical_alignment="center")
    with picture, st.container(key="perks_qr"):
        st.image(
            # Capitals and digits, the least redundancy, the full quiet zone: the largest squares.
            segno.make(shown, error="l", boost_error=False).svg_data_uri(
                scale=8, border=4, dark="black", light="white"
            ),
            width="stretch",
            alt=_("Your code for the till, as a QR code"),
        )
    with words:
        st.write(_("Show this at the counter. The till scans it, or takes this text:"))
        with show.keyed("perks_qr_text"):
            st.code(shown, language=None, wrap_lines=True)
        show.moment(
            _("Good until {time}.").format(time=i18n.clock(until)),
            i18n.exact(until),
        )
        st.caption(
            _("Whoever holds this code can collect in your place: show it at the till only.")
        )


# ---- by code ---------------------------------------------------------------------


def code_button(claim: ClaimView, account: str) -> None:
    """Sign in, then see the code."""
    keeper = services.codes()
    if keeper is None or keeper.is_signed_in(account):
        return
    st.button(
        _("Show my code"),
        type="primary",
        key=f"perks_code_{claim.id}",
        icon=":material/key:",
        on_click=keeper.sign_in,
        args=(account,),
    )


def code(claim: ClaimView, account: str) -> None:
    """The shop's code, for who signed in with the wallet that claimed it."""
    keeper = services.codes()
    if keeper is None:
        st.caption(_("The shop sends codes by itself here; ask at the counter if yours is late."))
        return
    if not keeper.is_signed_in(account):
        if keeper.was_refused():
            st.warning(
                _("That signature was not of the wallet you connected. Try again."),
                icon=":material/block:",
            )
        st.caption(_("Your wallet signs a short text to show that it is you. It costs nothing."))
        return
    found = keeper.reveal(claim, account)
    if found is None:
        st.info(
            _("Your code is not here yet. The shop adds it before the date above."),
            icon=":material/hourglass_empty:",
        )
        return
    st.write(_("Here is your code. Copy it, and keep it to yourself:"))
    with show.keyed("perks_revealed"):
        st.code(found, language=None)
