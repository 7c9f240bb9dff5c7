"""A page that does nothing but ask the wallet: what the bridge's own tests press."""

import threading

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import Refused
from frontend import whole
from frontend.components.wallet import bridge
from frontend.settings import current as settings
from frontend.wallet import activity, mount, send, sign_in, sign_text, sign_typed

whole.install()
st.set_page_config(page_title="Bridge", layout="centered")


@st.cache_resource
def deployment() -> Deployment:
    return Deployment.load(settings().deployment)


@st.cache_resource
def chain() -> Chain:
    return Chain(settings().rpc_urls, deployment().chain_id)


def say(sentence: str) -> str:
    """French by its mark, so that a test sees whether the language reached the browser."""
    return f"[fr] {sentence}" if st.query_params.get("lang") == "fr" else sentence


if st.query_params.get("break"):
    raise RuntimeError("a secret of the server")

passport = deployment().contract("Passport")
label = st.query_params.get("label", "Register")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1

wallet = mount(deployment().chain_id, "Test chain", settings().rpc_urls, say)
kept = bridge.store()
head = chain().head()
passport_id = (
    chain().read([passport.read("id_of", wallet.account)], head)[0] if wallet.account else 0
)
st.title("Bridge")
st.text(f"account: {wallet.account or 'none'}")
st.text(f"passport: {passport_id or 'none'}")


def register(mode: str) -> None:
    call = passport.call("register")
    try:
        gas = chain().simulate(call, wallet.account)
    except Refused as refusal:
        st.session_state["refused"] = str(refusal)
        return
    send(call, label, wallet.account, "register", gas=gas, mode=mode)


def link() -> None:
    domain = {
        "name": "Cercle Passport",
        "version": "1",
        "chainId": deployment().chain_id,
        "verifyingContract": passport.address,
    }
    types = {
        "EIP712Domain": [
            {"name": "name", "type": "string"},
            {"name": "version", "type": "string"},
            {"name": "chainId", "type": "uint256"},
            {"name": "verifyingContract", "type": "address"},
        ],
        "Link": [
            {"name": "passport_id", "type": "uint256"},
            {"name": "wallet", "type": "address"},
            {"name": "nonce", "type": "uint256"},
            {"name": "deadline", "type": "uint256"},
        ],
    }
    message = {"passport_id": 1, "wallet": wallet.account, "nonce": 0, "deadline": 2**60}
    typed = {"types": types, "primaryType": "Link", "domain": domain, "message": message}
    sign_typed(typed, "Link this wallet", wallet.account, "link", then=remember)


def remember(request) -> None:
    st.session_state["signature"] = request.result


def remember_late(request) -> None:
    """Be busy until the browser has sent something else, and a run beside this one is over."""
    requests, runs = get_script_run_ctx().script_requests, st.session_state["runs"]
    settings().deployment.with_suffix(".busy").touch()
    pause = threading.Event()
    while requests._state is ScriptRequestType.CONTINUE:
        pause.wait(0.01)
    while requests._state is ScriptRequestType.STOP and st.session_state["runs"] == runs:
        pause.wait(0.01)
    remember(request)


def show_code() -> None:
    sign_in.ask(wallet.account, chain(), "Show the code.", label="Sign in")


off = wallet.account is None
st.button("Register", on_click=register, args=("button",), disabled=off)
st.button("Register now", on_click=register, args=("auto",), disabled=off)
st.button("Link", on_click=link, disabled=off)
st.button(
    "Text",
    on_click=lambda: sign_text("Hello", "Say hello", wallet.account, "text", then=remember),
    disabled=off,
)
st.button(
    "Late text",
    on_click=lambda: sign_text("Late", "Say late", wallet.account, "late", then=remember_late),
    disabled=off,
)
st.button("Show code", on_click=show_code, disabled=off)

if refused := st.session_state.pop("refused", None):
    st.text(f"refused: {refused}")
if signature := st.session_state.get("signature"):
    st.text(f"signature: {signature}")
if sign_in.is_signed_in(wallet.account):
    st.text("code: DANCE-42")
elif sign_in.was_refused():
    st.text("sign-in refused")

activity(chain(), on_change=chain().forget_head)
st.text(
    f"runs {st.session_state['runs']} · asked {len(kept.requests)} · handled {kept.handled} · "
    f"deliveries {kept.deliveries} · queue {len(kept.queue)}"
)
