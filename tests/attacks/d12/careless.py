"""The twin: names become markup, content becomes Markdown, and no policy stands behind."""

import os

import streamlit as st

CONTENT = os.environ["HOSTILE_CONTENT"]

wallet = st.components.v2.component(
    "careless_wallet",
    html="<div class='wallet'></div>",
    js="""export default function ({ parentElement }) {
      const root = parentElement.querySelector(".wallet");
      window.addEventListener("eip6963:announceProvider", ({ detail: { info } }) => {
        root.innerHTML += `<button><img src="${info.icon}">Connect ${info.name}</button>`;
      });
      window.dispatchEvent(new Event("eip6963:requestProvider"));
    }""",
)
wallet(key="careless")
st.markdown(CONTENT, unsafe_allow_html=True)
