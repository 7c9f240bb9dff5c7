"""A page that does nothing but ask the wallet: what the bridge's own tests press."""

import streamlit as st

from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import Refused
from frontend.components.wallet import bridge
from frontend.settings import current as settings
from frontend.wallet import activity, mount, send, sign_in, sign_text, sign_typed

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
