"""What is kept of me, who may open it, and what waits for me?"""

from __future__ import annotations

import streamlit as st

from cercle.errors import CercleError
from frontend import consented, consents, i18n, services, vaults
from frontend.app_pages import _asked, _custodian, _key, _record
from frontend.consented import Names
from frontend.holdings import Move
from frontend.i18n import _, ngettext
from frontend.states import guarded
from frontend.vaults import Kept, Vaults

EXPORT = "vault_export"
SOON, LATER = 2.0, 15.0  # seconds between two looks: while something is under way, and else


def page() -> None:
    account = services.wallet().account
    card = services.community().card(account) if account else None
    if account is None or card is None or not card.has_passport:
        what_it_is()
        consented.nobody(card)
        return
    if not vaults.has_vault():
        what_it_is()
        st.info(_("This site was not told of a vault: nothing can be kept here yet."))
        return
    try:
        desk = vaults.vaults()
        if not desk.is_signed_in(account):
            sign_in(desk, account)
            return
        kept = desk.look()
    except CercleError as error:
        what_it_is()
        st.warning(vaults.say(error), icon=":material/cloud_off:")
        st.button(_("Try again"), key="vault_again", icon=":material/refresh:")
        return
    book = consents.consents()
    moves, mine, named = book.moves(card), book.my_data(card), book.custodians(card)
    names = Names(book, mine.companies)
    answer(kept, moves)
    with st.container():  # one place, whoever waits: what is typed below stays where it is
        _asked.asks(desk, kept, names)
        _key.help_others(desk, kept, card.passport_id)
        _key.given_back(kept)
    _key.mount(desk, book, kept, card.passport_id)
    _record.records(book, desk, kept, moves, named)
    _asked.releases(kept, names)
    if kept.ring is not None:
        _key.contact(desk, kept, card.passport_id)
        _custodian.custodian(book, kept, named)
        take_out(desk)
    st.button(_("Sign out"), key="vault_out", icon=":material/logout:", on_click=desk.sign_out)
    follow(desk, kept, SOON if _record.is_behind(kept, moves) else LATER)


def follow(desk: Vaults, seen: Kept, every: float) -> None:
    """Draw all anew once there is something new: a question, or what the ledger had first."""

    @st.fragment(run_every=every)
    def look_again() -> None:
        try:
            is_same = desk.look() == seen
        except CercleError:
            is_same = False
        if not is_same:
            st.rerun()

    look_again()


def what_it_is() -> None:
    st.title(_("What is kept of you stays shut"))
    st.write(
        _(
            "Your address, your size: sealed in your browser before it leaves. The vault keeps "
            "what it cannot read, and a company opens only what you allow, after the ledger says "
            "that it looked."
        )
    )


def sign_in(desk: Vaults, account: str) -> None:
    what_it_is()
    st.button(
        _("Sign in"),
        type="primary",
        icon=":material/key:",
        key="vault_in",
        on_click=vaults.tried,
        args=(lambda: desk.sign_in(account),),
    )
    st.caption(_("Your wallet signs a text. That costs nothing, and opens it for 15 minutes."))
    if not vaults.troubled() and desk.was_refused():
        st.warning(
            _("This was not signed by the wallet that is connected. Sign in again."),
            icon=":material/block:",
        )


def answer(kept: Kept, moves: tuple[Move, ...]) -> None:
    """The page's question, answered at once: who waits for me, else what is kept."""
    companies = len({one.info.company_id for one in kept.asks})
    people = len(kept.asked)
    held = len([one for one in kept.records if one.state == "kept"])
    if companies:
        told = ngettext("{n} company waits for you", "{n} companies wait for you", companies)
        st.title(told.format(n=i18n.number(companies)))
    elif people:
        told = ngettext("{n} person waits for you", "{n} people wait for you", people)
        st.title(told.format(n=i18n.number(people)))
    elif _record.is_unsigned(kept, moves):
        st.title(_("Your signature is missing"))
    elif held:
        told = ngettext("Your vault keeps {n} thing", "Your vault keeps {n} things", held)
        st.title(told.format(n=i18n.number(held)))
    else:
        st.title(_("Your vault is empty"))
    st.write(
        _(
            "What is typed here is sealed in your browser. Nobody else can open it unless you say "
            "so."
        )
    )


def take_out(desk: Vaults) -> None:
    """Everything in one file, on a press: it is made only then."""
    st.header(_("Take everything out"))
    st.write(
        _(
            "One file with all that the vault keeps of you, still sealed. Your passphrase opens "
            "it, without the vault."
        )
    )
    made = st.session_state.pop(EXPORT, None)
    if made is None:
        st.button(
            _("Make my file"),
            key="vault_file",
            icon=":material/folder_zip:",
            on_click=vaults.tried,
            args=(lambda: make(desk), EXPORT),
        )
        vaults.troubled(EXPORT)
        return
    st.download_button(
        _("Keep your file"),
        made,
        file_name="vault.json",
        mime="application/json",
        icon=":material/download:",
        type="primary",
        key="vault_download",
        on_click="ignore",
    )


def make(desk: Vaults) -> None:
    st.session_state[EXPORT] = desk.export()


with guarded():
    page()
