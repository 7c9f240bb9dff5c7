"""Entry point: the look, the language, the wallet, the menu; nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from frontend import agreeing, consents, deciding, i18n, services, vaults, whole
from frontend.i18n import _
from frontend.look import show

# A file of ours: Streamlit would fetch a Material icon from another company's server.
ICON = Path(__file__).parent / "static" / "icon.svg"
whole.install()
st.set_page_config(page_title="Cercle", page_icon=ICON, layout="wide")
show.style()
i18n.choose()
services.keep_invitation()

PAGES = "app_pages"
menu = [
    st.Page(f"{PAGES}/tour.py", title=_("Discover"), icon=":material/explore:", default=True),
    st.Page(f"{PAGES}/card.py", title=_("My card"), icon=":material/badge:", url_path="card"),
    st.Page(f"{PAGES}/perks.py", title=_("Perks"), icon=":material/redeem:", url_path="perks"),
    st.Page(f"{PAGES}/votes.py", title=_("Votes"), icon=":material/how_to_vote:", url_path="votes"),
]
if not services.has_perks():
    del menu[2]
inside = [  # reached from another page: a phone's bar holds five
    st.Page(
        f"{PAGES}/history.py",
        title=_("History"),
        icon=":material/history:",
        url_path="history",
        visibility="hidden",
    ),
]
if deciding.has_governor():
    menu.append(
        st.Page(
            f"{PAGES}/proposals.py",
            title=_("Proposals"),
            icon=":material/gavel:",
            url_path="proposals",
        )
    )
    inside += [
        st.Page(
            f"{PAGES}/voice.py",
            title=_("My voice"),
            icon=":material/record_voice_over:",
            url_path="voice",
            visibility="hidden",
        ),
        st.Page(
            f"{PAGES}/treasury.py",
            title=_("Treasury"),
            icon=":material/account_balance:",
            url_path="treasury",
            visibility="hidden",
        ),
    ]
wide = []  # a phone's bar has no place for it: My card leads there
if consents.has_consent():
    wide.append(
        st.Page(
            f"{PAGES}/data.py", title=_("My data"), icon=":material/shield_person:", url_path="data"
        )
    )
if consents.has("Consent", "Records", "Vault"):
    wide.append(
        st.Page(
            f"{PAGES}/vault.py",
            title=_("My vault"),
            icon=":material/lock:",
            url_path="vault",
            visibility="visible" if vaults.has_vault() else "hidden",
        )
    )
if agreeing.has_agreements():
    wide.append(
        st.Page(
            f"{PAGES}/contracts.py",
            title=_("My contracts"),
            icon=":material/contract:",
            url_path="contracts",
        )
    )
    inside.append(
        st.Page(
            f"{PAGES}/choose.py",
            title=_("Choose"),
            icon=":material/rule:",
            url_path="choose",
            visibility="hidden",
        )
    )
for name, title, icon, contract in (
    ("moved", _("I moved"), ":material/local_shipping:", "Records"),
    ("looked", _("Who looked"), ":material/visibility:", "Vault"),
    ("why", _("Why"), ":material/contact_support:", "Decisions"),
):
    if consents.has("Consent", contract):
        inside.append(
            st.Page(
                f"{PAGES}/{name}.py",
                title=title,
                icon=icon,
                url_path=name,
                visibility="hidden",
            )
        )
page = st.navigation([*menu, *wide, *inside], position="top")

with st.container(
    horizontal=True,
    horizontal_alignment="distribute",
    vertical_alignment="center",
    key="app_top",
):
    services.mount_wallet()
    i18n.switch()

services.show_activity()

with st.container(horizontal=True, gap="small", key="app_phone_menu"):
    for entry in menu:
        st.page_link(entry)

page.run()
