"""Who answers for what is kept: the vault, named on the ledger; its signed word of what is gone."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from cercle.limits import MAX_CUSTODIANS
from cercle.vault.wire import CertificateLine
from frontend import i18n, services
from frontend.consents import Consents
from frontend.i18n import _
from frontend.states import refused
from frontend.vaults import Kept

NAME, CERTIFY = "vault_name", "vault_certify"


def custodian(book: Consents, kept: Kept, named: tuple[str, ...]) -> None:
    """Name the vault, so that its signed word counts; or name it no longer."""
    st.header(_("Who answers for it"))
    if kept.custodian in named:
        st.write(
            _(
                "The ledger says that this vault keeps data of yours. When you erase some, it "
                "signs that nothing is left, and anybody can check that."
            )
        )
        act(
            book,
            tuple(one for one in named if one != kept.custodian),
            _("Name it no longer"),
            _("Name this vault no longer. What it signs from now on proves nothing."),
        )
        return
    if len(named) >= MAX_CUSTODIANS:
        full = _("You named {n} keepers already: name one of them no longer, then this vault.")
        st.write(full.format(n=i18n.number(len(named))))
        return
    st.write(
        _(
            "Say on the ledger that this vault keeps data of yours. When you erase some, it signs "
            "that nothing is left, and anybody can check that. It stays public that you named it."
        )
    )
    act(
        book,
        (*named, kept.custodian),
        _("Name this vault"),
        _("Name this vault as the keeper of your records. What it keeps does not change."),
    )


def act(book: Consents, custodians: tuple[str, ...], does: str, said: str) -> None:
    st.button(
        does,
        key=NAME,
        icon=":material/verified_user:",
        on_click=services.act,
        args=(NAME, lambda: book.set_custodians(custodians), said),
    )
    refused(NAME)


# ---- its signed word ------------------------------------------------------------------------


def shredded(book: Consents, kept: Kept, category: int, named: tuple[str, ...]) -> None:
    """The vault's word that it is gone."""
    found = [one for one in kept.certificates if one.category == category]
    if not found:
        st.caption(_("The vault has not signed yet that nothing is left of it."))
        return
    newest = max(found, key=lambda one: one.version)
    signed = _("The vault signed on {date} that nothing is left of it.")
    st.write(signed.format(date=i18n.day(datetime.fromtimestamp(newest.made_at, UTC))))
    with st.expander(_("Proof"), icon=":material/verified:"):
        st.caption(_("Seal of what it did"))
        st.code(newest.certificate_hash, language=None, wrap_lines=True)
        st.caption(_("Its signature"))
        st.code(newest.signature, language=None, wrap_lines=True)
    certify(book, newest, named)


def certify(book: Consents, line: CertificateLine, named: tuple[str, ...]) -> None:
    """Bring what the vault signed to the ledger, where it can be."""
    if book.is_certified(line):
        st.caption(_("The ledger has it, too."))
        return
    if line.custodian not in named:
        st.caption(_("Name this vault, further down: then this can be written on the ledger."))
        return
    key = f"{CERTIFY}_{line.category}"
    st.button(
        _("Write it on the ledger"),
        key=key,
        on_click=services.act,
        args=(
            key,
            lambda: book.certify(line),
            _("Write the vault's signed word on the ledger: nothing is left of what was erased."),
        ),
    )
    refused(key)


__all__ = ["custodian", "shredded"]
