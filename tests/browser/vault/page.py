"""A page that does nothing but mount the vault: what its own tests press.

A file stands for the service: tests write what the page is told, and read what it made.
"""

import json
from pathlib import Path

import streamlit as st

from frontend.components.vault import bridge
from frontend.components.vault.words import VAULT

st.set_page_config(page_title="Vault", layout="centered")
box = Path(st.query_params["box"])
told = json.loads((box / "told.json").read_text("utf-8"))
kept = bridge.store()
if told.get("task") and told["task"] not in st.session_state.get("asked", []):
    st.session_state["asked"] = [*st.session_state.get("asked", []), told["task"]]
    kept.ask(**told["task"])


def then(made: bridge.Made) -> None:
    with (box / "made.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps({"kind": made.kind, "value": made.value}) + "\n")
    if made.kind == "ring":
        (box / "told.json").write_text(json.dumps(told | {"ring": made.value, "task": None}))


st.title("Vault")
bridge.render(
    words=VAULT,
    language="en",
    place=told["place"],
    ring=told["ring"],
    records=told["records"],
    asked=told.get("asked", False),
    then=then,
)
st.text(f"task: {kept.task['kind'] if kept.task else 'none'}")
st.button("Again")
