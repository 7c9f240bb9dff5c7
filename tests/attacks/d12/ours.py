"""Our bridge and our way of showing other people's text."""

import os

import streamlit as st

from cercle.calls import Call
from cercle.content import escape_markdown
from frontend.components.wallet import bridge
from frontend.wallet import activity, mount, send

CONTENT = os.environ["HOSTILE_CONTENT"]

wallet = mount(31_337, "Test chain", [], str)
st.markdown(escape_markdown(CONTENT))
if wallet.account is not None and not bridge.store().requests:
    call = Call(to=wallet.account, data="0x", contract="Perks", function="claim")
    send(call, CONTENT, wallet.account, "claim")
    st.rerun()
activity(None)  # nothing is ever pending here
