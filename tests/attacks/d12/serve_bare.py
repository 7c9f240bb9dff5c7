"""Serve a page as Streamlit does by itself: no policy, no guard. For the twin only."""

import sys

import streamlit as st

st.App(sys.argv[1]).run(
    config={
        "server.port": int(sys.argv[2]),
        "server.address": "127.0.0.1",
        "server.headless": True,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
    }
)
