"""A page that shows what strangers wrote, as every page of ours does."""

import json
from pathlib import Path

import streamlit as st

from cercle.content import escape_markdown

TEXTS = Path(__file__).with_name("hostile_texts.json")

for number, text in enumerate(json.loads(TEXTS.read_text("utf-8"))):
    with st.container(key=f"text-{number}"):
        st.markdown(escape_markdown(text))
