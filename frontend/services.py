"""
The only frontend module that talks to the SDK and to the wallet; pages receive
plain values. A test gives `community`, `wallet` and `codes` a plain fake.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import streamlit as st
from pydantic import BaseModel, ConfigDict, ValidationError

from cercle import governance, identity, lens
from cercle.calls import Call
from cercle.chain import Chain
from cercle.content import BrandDocument, ContentStore, PerkDocument, PollDocument
from cercle.deployments import Deployment
from cercle.errors import CercleError, ContentError, DeploymentError
from cercle.loyalty import membership, perks
from cercle.models import BrandView, Card, ClaimView, Head, PerkView, PollView
from cercle.values import Address, Hash

DEPLOYMENT = "CERCLE_DEPLOYMENT"  # the file that says where the brand's contracts stand
NODES = "CERCLE_RPC_URLS"  # one or more nodes, separated by commas
CONTENT = "CERCLE_CONTENT"  # the folder of the texts, if not the deployment's own
NODE_TIMEOUT = 5.0  # seconds

_T = TypeVar("_T", bound=BaseModel)
_D = TypeVar("_D", BrandDocument, PerkDocument, PollDocument)


class Shown(BaseModel, Generic[_T]):
    """A text, or why it cannot be shown."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    document: _T | None = None
    problem: type[CercleError] | None = None


class Invitation(BaseModel):
    """What an invitation link carries; the contract checks it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inviter: Address
    passport_id: int = 0
    nonce: int
    deadline: int
    signature: str

    def as_link(self) -> str:
        """The value of `?invitation=`."""
        raw = json.dumps(self.model_dump(mode="json"), separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    @classmethod
    def from_link(cls, value: str) -> Invitation | None:
        """Read a link; None if it is none of ours."""
        if len(value) > 4_096:
            return None
        try:
            raw = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
            read = cls.model_validate_json(raw)
            bytes.fromhex(read.signature.removeprefix("0x"))
        except (binascii.Error, UnicodeError, ValidationError, ValueError):
            return None
        return read


class Community(Protocol):
    """One brand and its members, as the pages see them."""

    def head(self) -> Head: ...
    def brand(self) -> BrandView: ...
    def card(self, account: str) -> Card: ...
    def perks(self, account: str | None = None) -> tuple[PerkView, ...]: ...
    def polls(self, account: str | None = None) -> tuple[PollView, ...]: ...

    def brand_text(self, name: Hash | None) -> Shown[BrandDocument]: ...
    def perk_text(self, name: Hash) -> Shown[PerkDocument]: ...
    def poll_text(self, name: Hash) -> Shown[PollDocument]: ...

    def register(self) -> Call: ...
    def join_open(self) -> Call: ...
    def join_invited(self, invitation: Invitation) -> Call: ...
    def leave(self) -> Call: ...
    def claim(self, perk_id: int, variant: int) -> Call: ...
    def cancel(self, claim_id: int) -> Call: ...
    def miss(self, claim_id: int) -> Call: ...
    def vote(self, poll_id: int, option: int) -> Call: ...
    def simulate(self, call: Call, sender: str) -> int: ...

    def addresses(self) -> dict[str, str]: ...
    def brand_name(self) -> str: ...


class Wallet(Protocol):
    """The member's wallet: what it is, and what it is asked."""

    @property
    def account(self) -> str | None: ...
    def send(self, call: Call, label: str, gas: int) -> None: ...
    def is_busy(self) -> bool: ...


class Codes(Protocol):
    """The codes of CODE perks, each for the member who claimed it."""

    def is_signed_in(self, account: str) -> bool: ...
    def sign_in(self, account: str) -> None: ...
    def reveal(self, claim: ClaimView, account: str) -> str | None: ...


class LiveCommunity:
    """The brand behind a deployment file, read one page at a time."""

    def __init__(self, chain: Chain, deployment: Deployment, texts: ContentStore | None) -> None:
        self.chain = chain
        self.deployment = deployment
        self.texts = texts

    def head(self) -> Head:
        return _head()

    def brand(self) -> BrandView:
        head = self.head()
        return _brand(head.hash, head)

    def card(self, account: str) -> Card:
        head = self.head()
        return _card(head.hash, account, head)

    def perks(self, account: str | None = None) -> tuple[PerkView, ...]:
        head = self.head()
        return _perks(head.hash, account, head)

    def polls(self, account: str | None = None) -> tuple[PollView, ...]:
        head = self.head()
        return _polls(head.hash, account, head)

    def brand_text(self, name: Hash | None) -> Shown[BrandDocument]:
        return Shown() if name is None else self._text(name, BrandDocument)

    def perk_text(self, name: Hash) -> Shown[PerkDocument]:
        return self._text(name, PerkDocument)

    def poll_text(self, name: Hash) -> Shown[PollDocument]:
        return self._text(name, PollDocument)

    def _text(self, name: Hash, form: type[_D]) -> Shown[_D]:
        if self.texts is None:
            return Shown()
        try:
            return Shown(document=self.texts.get_as(name, form))
        except ContentError as error:
            return Shown(problem=type(error))

    def register(self) -> Call:
        return identity.register(self.deployment)

    def join_open(self) -> Call:
        return membership.join_open(self.deployment)

    def join_invited(self, invitation: Invitation) -> Call:
        signature = bytes.fromhex(invitation.signature.removeprefix("0x"))
        return membership.join(
            self.deployment, invitation.inviter, invitation.nonce, invitation.deadline, signature
        )

    def leave(self) -> Call:
        return membership.leave(self.deployment)

    def claim(self, perk_id: int, variant: int) -> Call:
        return perks.claim(self.deployment, perk_id, variant)

    def cancel(self, claim_id: int) -> Call:
        return perks.cancel(self.deployment, claim_id)

    def miss(self, claim_id: int) -> Call:
        return perks.miss(self.deployment, claim_id)

    def vote(self, poll_id: int, option: int) -> Call:
        return governance.vote(self.deployment, poll_id, option)

    def simulate(self, call: Call, sender: str) -> int:
        return self.chain.simulate(call, sender)

    def addresses(self) -> dict[str, str]:
        return {name: one.address for name, one in sorted(self.deployment.contracts.items())}

    def brand_name(self) -> str:
        return self.deployment.brand


# ---- reads, kept by the hash of the block they were made at ----------------------


@st.cache_resource
def _connection() -> LiveCommunity:
    path = os.environ.get(DEPLOYMENT)
    nodes = [node.strip() for node in os.environ.get(NODES, "").split(",") if node.strip()]
    if not path or not nodes:
        raise DeploymentError(f"Set {DEPLOYMENT} and {NODES} first.")
    deployment = Deployment.load(path)
    folder = os.environ.get(CONTENT) or deployment.content
    return LiveCommunity(
        Chain(nodes, deployment.chain_id, timeout=NODE_TIMEOUT),
        deployment,
        ContentStore(folder) if folder else None,
    )


@st.cache_data(ttl=1, max_entries=1, show_spinner=False)
def _head() -> Head:
    return _connection().chain.head()


@st.cache_data(max_entries=8, show_spinner=False)
def _brand(block: str, _head: Head) -> BrandView:
    live = _connection()
    return lens.brand(live.chain, live.deployment, _head)


@st.cache_data(max_entries=256, show_spinner=False)
def _card(block: str, account: str, _head: Head) -> Card:
    live = _connection()
    return lens.card(live.chain, live.deployment, account, _head)


@st.cache_data(max_entries=256, show_spinner=False)
def _perks(block: str, account: str | None, _head: Head) -> tuple[PerkView, ...]:
    live = _connection()
    return lens.perks(live.chain, live.deployment, account, _head)


@st.cache_data(max_entries=256, show_spinner=False)
def _polls(block: str, account: str | None, _head: Head) -> tuple[PollView, ...]:
    live = _connection()
    return lens.polls(live.chain, live.deployment, account, _head)


# ---- what the pages ask for ------------------------------------------------------


def community() -> Community:
    """The brand this app serves.

    Raises:
        DeploymentError, ChainError: There is none, or no node can be used.
    """
    return _connection()


def wallet() -> Wallet:
    """The member's wallet, connected or not."""
    return NoWallet()


def codes() -> Codes | None:
    """The codes' keeper; None where this app keeps none."""
    return None


def mount_wallet() -> None:
    """Draw the wallet's own corner; once a run, in the entry script."""


class NoWallet:
    """A visitor without a wallet."""

    account: str | None = None

    def send(self, call: Call, label: str, gas: int) -> None:
        raise RuntimeError("connect a wallet first")

    def is_busy(self) -> bool:
        return False


# ---- acts -----------------------------------------------------------------------

_REFUSED = "services_refused"


def act(key: str, build: Callable[[], Call], label: str) -> None:
    """Try a call, and hand it to the wallet if the contract would say yes.

    Made for a button's `on_click`: it draws nothing. What was refused is kept
    under `key`, for the page to say it beside the button.
    """
    refused: dict[str, CercleError] = st.session_state.setdefault(_REFUSED, {})
    refused.pop(key, None)
    mine = wallet()
    if mine.account is None:
        return
    try:
        call = build()
        gas = community().simulate(call, mine.account)
    except CercleError as error:
        refused[key] = error
        return
    mine.send(call, label, gas)


def refused(key: str) -> CercleError | None:
    """Why the last act under `key` was not asked of the wallet."""
    found: dict[str, CercleError] = st.session_state.get(_REFUSED, {})
    return found.get(key)


# ---- codes for the till ----------------------------------------------------------


def ask_redeem(claim: ClaimView, account: str, label: str) -> None:
    """Ask the wallet to sign a claim's code; a button's `on_click`."""


def redeem_code(claim: ClaimView, account: str) -> str | None:
    """The signed code of a claim, if this session has one that is still good."""
    return None
