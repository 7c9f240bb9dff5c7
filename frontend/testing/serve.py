"""
Serve the app over fakes, for a look at every state: `python -m frontend.testing.serve PORT`.

`?as=` says who looks: member (the default), stranger, person (a passport, no membership)
or nobody; `?state=` picks what they find (`SCENES`); `?vault=` of theirs is named, certified
(its word is on the ledger) or none at all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from cercle.flags import ClaimState
from frontend import agreeing, deciding, services
from frontend import consents as consenting
from frontend import vaults as vaulting
from frontend.testing import agreements as agreed
from frontend.testing import consent as consented
from frontend.testing import decisions as decided
from frontend.testing import fakes
from frontend.testing import vault as vaulted

ACCOUNTS = {"member": fakes.MEMBER, "stranger": fakes.STRANGER, "person": fakes.PERSON}
SCENES: dict[str, Callable[[fakes.FakeCommunity], None]] = {
    "full": lambda _: None,
    **dict.fromkeys((*agreed.SCENES, *consented.SCENES, *vaulted.SCENES), lambda _: None),
    **fakes.SCENES,
}


def community() -> services.Community:
    if "testing_community" not in st.session_state:
        made = fakes.FakeCommunity()
        made.deployment = decided.BOOK
        SCENES[st.query_params.get("state", "full")](made)
        st.session_state.testing_community = made
    kept: services.Community = st.session_state.testing_community
    return kept


def decisions() -> deciding.Deciding:
    if "testing_decisions" not in st.session_state:
        made = decided.FakeDeciding()
        state = st.query_params.get("state", "full")
        if state in decided.SCENES:
            decided.SCENES[state](made)
        st.session_state.testing_decisions = made
    kept: deciding.Deciding = st.session_state.testing_decisions
    return kept


def consents() -> consenting.Consents:
    if "testing_consents" not in st.session_state:
        made = consented.FakeConsents()
        state = st.query_params.get("state", "full")
        if state in consented.SCENES:
            consented.SCENES[state](made)
        if st.query_params.get("vault") in ("named", "certified"):
            made.named = (vaulted.CUSTODIAN,)
        if st.query_params.get("vault") == "certified":
            made.certified = {vaulted.CERTIFICATE.certificate_hash}
        st.session_state.testing_consents = made
    kept: consenting.Consents = st.session_state.testing_consents
    return kept


def agreements() -> agreeing.Agreeing:
    if "testing_agreements" not in st.session_state:
        made = agreed.FakeAgreeing()
        state = st.query_params.get("state", "full")
        if state in agreed.SCENES:
            agreed.SCENES[state](made)
        st.session_state.testing_agreements = made
    kept: agreeing.Agreeing = st.session_state.testing_agreements
    return kept


def vaults() -> vaulting.Vaults:
    if "testing_vault" not in st.session_state:
        made = vaulted.FakeVaults()
        state = st.query_params.get("state", "full")
        if state in vaulted.SCENES:
            vaulted.SCENES[state](made)
        st.session_state.testing_vault = made
    kept: vaulting.Vaults = st.session_state.testing_vault
    return kept


def has_vault() -> bool:
    return st.query_params.get("vault") != "none"


def wallet() -> services.Wallet:
    if "testing_wallet" not in st.session_state:
        who = st.query_params.get("as", "member")
        st.session_state.testing_wallet = fakes.FakeWallet(ACCOUNTS.get(who))
    kept: services.Wallet = st.session_state.testing_wallet
    return kept


def codes() -> services.Codes:
    if "testing_codes" not in st.session_state:
        st.session_state.testing_codes = fakes.FakeCodes()
        st.session_state.testing_codes.codes[fakes.claim(2, ClaimState.CLAIMED, 20).id] = (
            "DELTA-7Q4M"
        )
    kept: services.Codes = st.session_state.testing_codes
    return kept


def main(port: int) -> None:
    services.community = community
    services.wallet = wallet
    services.codes = codes
    deciding.decisions = decisions
    consenting.consents = consents
    agreeing.agreements = agreements
    vaulting.vaults, vaulting.has_vault = vaults, has_vault
    script = Path(__file__).parents[1] / "streamlit_app.py"
    st.App(script).run(
        config={"server.port": port, "server.address": "127.0.0.1", "server.headless": True}
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
