"""
The only frontend module that talks to the SDK and to the wallet; pages receive
plain values. A test gives `community`, `wallet` and `codes` a plain fake.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

import streamlit as st
from pydantic import BaseModel, ConfigDict

from cercle import acts, appearance, lens, typed_data
from cercle import codes as code_store
from cercle.acts import Act
from cercle.cache import BoundedCache
from cercle.calls import Call
from cercle.chain import Chain, Fate
from cercle.content import (
    BrandDocument,
    ContentStore,
    NoticeDocument,
    PerkDocument,
    PlanDocument,
    PollDocument,
    PriceListDocument,
    WorldName,
)
from cercle.deployments import Deployment
from cercle.errors import (
    CercleError,
    ContentError,
    DeploymentError,
    PasskeyCannotSend,
    RelayerUnreachable,
)
from cercle.flags import ClaimState
from cercle.index.every import every_event
from cercle.index.history import History, Kinds, Page, PollCourse, mark, open_history
from cercle.models import AvatarView, BrandView, Card, ClaimView, Head, PerkView, PollView
from cercle.orders import OrderFile, make_order
from cercle.slips import Attestation, Invitation, RedeemCode
from cercle.typed_data import SignedMessage, TypedData
from cercle.values import ZERO_HASH, Address, Hash

from . import carrying, i18n, refusals, settings
from . import device as devices
from . import wallet as bridge
from .carrying import Carrier
from .i18n import _
from .wallet import Request, sign_in, words

NODE_TIMEOUT = 5.0  # seconds
TEXT_LIVES = 60.0  # seconds that a text is shown without a look at its folder
CODE_LIVES = 3_600  # seconds that a code for the till is good, at most
REACH = 50_000  # blocks that one page of history looks through where no index serves
ACTS = 20  # events on a page of history
SPARE = 8  # more, so that no page ends in the middle of an act
MOMENTS = 40  # of a poll's course
SCAN_LIVES = 10.0  # seconds that what the chain was searched for is shown again at the same block

_T = TypeVar("_T", bound=BaseModel)
_D = TypeVar(
    "_D",
    BrandDocument,
    NoticeDocument,
    PerkDocument,
    PlanDocument,
    PollDocument,
    PriceListDocument,
)


class Shown(BaseModel, Generic[_T]):
    """A text, or why it cannot be shown."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    document: _T | None = None
    problem: type[CercleError] | None = None


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

    def register(self, invitation: Invitation | None = None) -> Act: ...
    def join_open(self) -> Act: ...
    def join_invited(self, invitation: Invitation) -> Act: ...
    def leave(self) -> Act: ...
    def unlink(self, wallet: str) -> Act: ...
    def set_main(self, wallet: str) -> Act: ...
    def appearance(self, card: Card, worlds: Sequence[WorldName]) -> tuple[AvatarView, ...]: ...
    def set_token_avatar(self, world: str, token: str, token_id: int) -> Act: ...
    def set_attested_avatar(self, attestation: Attestation) -> Act: ...
    def remove_avatar(self, world: str) -> Act: ...
    def order(self, perk: PerkView, variant: int, account: str) -> OrderFile: ...
    def claim(self, perk: PerkView, variant: int, order_hash: str = ZERO_HASH) -> Act: ...
    def cancel(self, claim_id: int) -> Act: ...
    def miss(self, claim_id: int) -> Act: ...
    def vote(self, poll: PollView, options: Sequence[int]) -> Act: ...
    def sign(self, act: Act, account: str) -> TypedData: ...
    def carry(self, signed: SignedMessage) -> Call: ...
    def carrier(self) -> Carrier | None: ...
    def redeem_message(self, wallet: str, claim_id: int, deadline: int) -> TypedData: ...
    def simulate(self, call: Call, sender: str) -> int: ...
    def wallets(self, card: Card) -> tuple[str, ...]: ...
    def history(self, card: Card, kinds: Kinds = None, before: str | None = None) -> Page: ...
    def has_index(self) -> bool: ...
    def course(self, poll: PollView) -> PollCourse: ...

    def addresses(self) -> dict[str, str]: ...
    def writers(self) -> dict[str, tuple[str, ...]]: ...
    def brand_name(self) -> str: ...


class Wallet(Protocol):
    """The member's wallet: what it is, and what it is asked."""

    @property
    def account(self) -> str | None: ...
    @property
    def signs_only(self) -> bool: ...
    def send(self, call: Call, label: str, gas: int) -> None: ...
    def sign(self, message: TypedData, label: str, kind: str) -> None: ...
    def carry(self, act: Act, message: TypedData, label: str) -> None: ...
    def signed(self, kind: str) -> Signed | None: ...


class Signed(BaseModel):
    """A message of ours with the signature that the wallet gave."""

    model_config = ConfigDict(frozen=True)

    message: TypedData
    account: Address
    signature: str


class Codes(Protocol):
    """The codes of CODE perks, each for the member who claimed it."""

    def is_signed_in(self, account: str) -> bool: ...
    def was_refused(self) -> bool: ...
    def sign_in(self, account: str) -> None: ...
    def reveal(self, claim: ClaimView, account: str) -> str | None: ...


class LiveCommunity:
    """The brand behind a deployment file, read one page at a time."""

    def __init__(
        self,
        chain: Chain,
        deployment: Deployment,
        texts: ContentStore | None,
        past: History | None = None,
    ) -> None:
        self.chain = chain
        self.deployment = deployment
        self.texts = texts
        self.past = past or open_history(chain, deployment, reach=REACH)
        self._read: BoundedCache[tuple[object, ...], tuple[float, Page]] = BoundedCache(256)
        self._courses: BoundedCache[tuple[str, int], tuple[float, PollCourse]] = BoundedCache(64)
        self._shown: BoundedCache[tuple[Hash, type], tuple[float, Shown[Any]]] = BoundedCache(1_024)

    def head(self) -> Head:
        return self.chain.head()

    def brand(self) -> BrandView:
        head = self.head()
        return _brand(head.hash, head)

    def card(self, account: str) -> Card:
        head = self.head()
        return _card(head.hash, account, head)

    def perks(self, account: str | None = None) -> tuple[PerkView, ...]:
        if not self.deployment.has("Perks"):
            return ()
        head = self.head()
        return _perks(head.hash, account, head)

    def polls(self, account: str | None = None) -> tuple[PollView, ...]:
        head = self.head()
        return _polls(head.hash, account, head)

    def brand_text(self, name: Hash | None) -> Shown[BrandDocument]:
        return Shown() if name is None else self.text(name, BrandDocument)

    def perk_text(self, name: Hash) -> Shown[PerkDocument]:
        return self.text(name, PerkDocument)

    def poll_text(self, name: Hash) -> Shown[PollDocument]:
        return self.text(name, PollDocument)

    def text(self, name: Hash, form: type[_D]) -> Shown[_D]:
        """A text of this form, or why it cannot be shown."""
        if self.texts is None:
            return Shown()
        kept = self._shown.get((name, form))
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        try:
            shown = Shown(document=self.texts.get_as(name, form))
        except ContentError as error:
            return Shown(problem=type(error))
        self._shown.put((name, form), (time.monotonic() + TEXT_LIVES, shown))
        return shown

    def register(self, invitation: Invitation | None = None) -> Act:
        return acts.register(self.deployment, invitation)

    def join_open(self) -> Act:
        return acts.join_open(self.deployment)

    def join_invited(self, invitation: Invitation) -> Act:
        return acts.join_invited(self.deployment, invitation)

    def leave(self) -> Act:
        return acts.leave(self.deployment)

    def unlink(self, wallet: str) -> Act:
        return acts.unlink(self.deployment, wallet)

    def set_main(self, wallet: str) -> Act:
        return acts.set_main(self.deployment, wallet)

    def appearance(self, card: Card, worlds: Sequence[WorldName]) -> tuple[AvatarView, ...]:
        named = [world.id for world in worlds]
        return lens.profile(
            self.chain, self.deployment, card.passport_id, named, self.head()
        ).avatars

    def set_token_avatar(self, world: str, token: str, token_id: int) -> Act:
        return appearance.set_token_avatar(self.deployment, world, token, token_id)

    def set_attested_avatar(self, attestation: Attestation) -> Act:
        return appearance.set_attested_avatar(self.deployment, attestation)

    def remove_avatar(self, world: str) -> Act:
        return appearance.remove_avatar(self.deployment, world)

    def order(self, perk: PerkView, variant: int, account: str) -> OrderFile:
        return make_order(self.chain, self.deployment, account, perk.id, variant)

    def claim(self, perk: PerkView, variant: int, order_hash: str = ZERO_HASH) -> Act:
        return acts.claim(self.deployment, perk, variant, order_hash)

    def cancel(self, claim_id: int) -> Act:
        return acts.cancel(self.deployment, claim_id)

    def miss(self, claim_id: int) -> Act:
        return acts.miss(self.deployment, claim_id)

    def vote(self, poll: PollView, options: Sequence[int]) -> Act:
        return acts.vote(self.deployment, poll, options)

    def sign(self, act: Act, account: str) -> TypedData:
        if act.sign is None:
            raise DeploymentError("Nobody else can send this.")
        return act.sign(self.chain, account)

    def carry(self, signed: SignedMessage) -> Call:
        return typed_data.carry(self.deployment, signed)

    def carrier(self) -> Carrier | None:
        return carrying.live(self.chain, self.deployment)

    def redeem_message(self, wallet: str, claim_id: int, deadline: int) -> TypedData:
        return typed_data.redeem(self.deployment, wallet, claim_id, deadline)

    def simulate(self, call: Call, sender: str) -> int:
        return self.chain.simulate(call, sender)

    def wallets(self, card: Card) -> tuple[str, ...]:
        """The person's wallets: the main one, then in the order they were linked."""
        told = every_event(
            self.past,
            self.chain,
            self.deployment,
            "Passport",
            "WalletLinked",
            {"passport_id": card.passport_id},
        )
        known = [card.main_wallet, card.account, *(event.args["wallet"] for event in told)]
        held = list(dict.fromkeys(wallet for wallet in known if wallet is not None))
        passport = self.deployment.contract("Passport")
        owners = self.chain.read([passport.read("id_of", one) for one in held], card.head)
        return tuple(
            wallet
            for wallet, owner in zip(held, owners, strict=True)
            if owner == card.passport_id or wallet == card.account
        )

    def history(self, card: Card, kinds: Kinds = None, before: str | None = None) -> Page:
        """What happened to a person, or to a wallet that is nobody's, newest first."""
        key = (self.head().hash, card.passport_id or card.account, kinds, before)
        kept = self._read.get(key)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        asked: dict[str, Any] = {"limit": ACTS + SPARE, "before": before, "kinds": kinds}
        if card.passport_id:
            page = whole_acts(self.past.of_passport(card.passport_id, **asked))
        else:
            page = whole_acts(self.past.of_wallet(card.account, **asked))
        if page.served.source == "chain":  # an index is asked again: it may have read on
            self._read.put(key, (time.monotonic() + SCAN_LIVES, page))
        return page

    def has_index(self) -> bool:
        """Whether this server was told of an index."""
        return bool(settings.current().index_url)

    def course(self, poll: PollView) -> PollCourse:
        """How a poll's votes came in."""
        key = (self.head().hash, poll.id)
        kept = self._courses.get(key)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        course = self.past.poll_course(poll.id, moments=MOMENTS)
        if not course.served.behind:
            self._courses.put(key, (time.monotonic() + SCAN_LIVES, course))
        return course

    def addresses(self) -> dict[str, str]:
        return {name: one.address for name, one in sorted(self.deployment.contracts.items())}

    def writers(self) -> dict[str, tuple[str, ...]]:
        """Which contracts write each event, by their names."""
        return self._writers

    @cached_property
    def _writers(self) -> dict[str, tuple[str, ...]]:
        return writers(self.deployment)

    def brand_name(self) -> str:
        return self.deployment.brand


def whole_acts(page: Page) -> Page:
    """A part of a history that ends with an act, not within one."""
    entries, end = page.entries, ACTS
    while end < len(entries) and entries[end].event.tx_hash == entries[end - 1].event.tx_hash:
        end += 1
    if end >= len(entries):  # it ends here, or nobody knows yet where
        return page
    last = entries[end - 1].event
    older = mark((last.block, last.index))
    return page.model_copy(update={"entries": entries[:end], "older": older})


def writers(deployment: Deployment) -> dict[str, tuple[str, ...]]:
    """Which of a brand's contracts write each event."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(deployment.contracts):
        for entry in deployment.contract(name).events().values():
            found[entry["name"]] = (*found.get(entry["name"], ()), name)
    return found


# ---- reads, kept by the hash of the block they were made at ----------------------
# What is kept is frozen all through, so sessions may share it without a copy each.


@st.cache_resource(show_spinner=False)
def _connection() -> LiveCommunity:
    told = settings.current()
    if told.deployment is None or not told.rpc_urls:
        raise DeploymentError("Set CERCLE_DEPLOYMENT and CERCLE_RPC_URLS first.")
    deployment = Deployment.load(told.deployment)
    folder = told.content or deployment.content
    chain = Chain(told.rpc_urls, deployment.chain_id, timeout=NODE_TIMEOUT)
    return LiveCommunity(
        chain,
        deployment,
        ContentStore(folder) if folder else None,
        open_history(chain, deployment, told.index_url or None, reach=REACH),
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _brand(block: str, _head: Head) -> BrandView:
    live = _connection()
    return lens.brand(live.chain, live.deployment, _head)


@st.cache_resource(max_entries=256, show_spinner=False)
def _card(block: str, account: str, _head: Head) -> Card:
    live = _connection()
    return lens.card(live.chain, live.deployment, account, _head)


@st.cache_resource(max_entries=256, show_spinner=False)
def _perks(block: str, account: str | None, _head: Head) -> tuple[PerkView, ...]:
    live = _connection()
    return lens.perks(live.chain, live.deployment, account, _head)


@st.cache_resource(max_entries=256, show_spinner=False)
def _polls(block: str, account: str | None, _head: Head) -> tuple[PollView, ...]:
    live = _connection()
    return lens.polls(live.chain, live.deployment, account, _head)


# ---- what the pages ask for ------------------------------------------------------


def connection() -> LiveCommunity:
    """The one connection of this server, for what else reads the brand."""
    return _connection()


def community() -> Community:
    """The brand this app serves.

    Raises:
        DeploymentError, ChainError: There is none, or no node can be used.
    """
    return _connection()


def has_perks() -> bool:
    """Whether this brand has anything to claim; what cannot be told yet is shown."""
    try:
        return "Perks" in community().addresses()
    except CercleError:
        return True


def wallet() -> Wallet:
    """The member's wallet, connected or not."""
    return LiveWallet()


def codes() -> Codes | None:
    """The codes' keeper; None where this app keeps none."""
    live = _connection()
    if not live.deployment.has("Perks"):
        return None
    store = code_store.from_environment(live.deployment.chain_id, live.deployment.address("Perks"))
    return None if store is None else LiveCodes(store, live.chain)


class LiveWallet:
    """The wallet in the member's browser. What it says of itself is a claim."""

    @property
    def account(self) -> str | None:
        return bridge.current().account

    @property
    def signs_only(self) -> bool:
        """Whether it sends nothing by itself: this device's passkey."""
        return bridge.current().signs_only

    def send(self, call: Call, label: str, gas: int) -> None:
        if self.account is not None:
            bridge.send(call, label, self.account, call.function, gas=gas)

    def sign(self, message: TypedData, label: str, kind: str) -> None:
        if self.account is not None:
            bridge.sign_typed(message.full, label, self.account, kind, message_signed=message)

    def carry(self, act: Act, message: TypedData, label: str) -> None:
        """Have a message signed, and handed over as soon as it is."""
        if self.account is None:
            return
        kind = f"carry_{act.call.function}"
        free = _(words.FREE).format(label=label)
        meta: dict[str, Any] = {"act": act, "message": message, "alone": label}
        bridge.sign_typed(message.full, free, self.account, kind, then=hand_over, **meta)

    def signed(self, kind: str) -> Signed | None:
        found = bridge.latest(kind)
        if found is None or found.state is not bridge.State.ANSWERED:
            return None
        return Signed(
            message=found.meta["message_signed"],
            account=found.sender,
            signature=found.result.lower(),
        )


class LiveCodes:
    """The codes that this server keeps, for who signed in with the wallet that claimed."""

    def __init__(self, store: code_store.CodeStore, chain: Chain) -> None:
        self.store = store
        self.chain = chain

    def is_signed_in(self, account: str) -> bool:
        return sign_in.is_signed_in(account)

    def was_refused(self) -> bool:
        return sign_in.was_refused()

    def sign_in(self, account: str) -> None:
        sign_in.ask(
            account,
            self.chain,
            "Show me the code of my perk.",
            label=_("Sign in to see your code. It costs nothing and sends nothing."),
        )

    def reveal(self, claim: ClaimView, account: str) -> str | None:
        """The code of a live claim of this very account, asked of the chain once more."""
        if not self.is_signed_in(account):
            return None
        mine = community().perks(account)
        held = [one for perk in mine for one in perk.my_claims if one.id == claim.id]
        if not held or held[0].state not in (ClaimState.CLAIMED, ClaimState.FULFILLED):
            return None
        return self.store.reveal(held[0], account)


CHAINS = {1: "Ethereum", 10: "OP Mainnet", 100: "Gnosis", 8453: "Base", 42161: "Arbitrum One"}


def mount_wallet() -> None:
    """Draw the wallet's own corner and what is under way; once a run, in the entry script."""
    try:
        live = _connection()
    except CercleError:
        return  # the page says why
    number = live.deployment.chain_id
    nodes = settings.current().rpc_urls
    bridge.mount(
        number,
        CHAINS.get(number) or _("Network no. {n}").format(n=number),
        # A node on this machine is for whoever sits at it; any other may hold the brand's key.
        [url for url in nodes if settings.is_loopback(urlsplit(url).hostname or "")],
        _,
        language=i18n.language(),
        device=_device(live),
    )


def _device(live: LiveCommunity) -> bridge.Device | None:
    return devices.device(live.chain, live.deployment, _shown_name(live), invitation())


def _shown_name(live: LiveCommunity) -> str:
    """What the brand calls itself: the name under which a phone keeps its passkeys."""
    try:
        document = live.brand_text(live.brand().profile_hash).document
    except CercleError:
        document = None
    return live.brand_name() if document is None else document.name


def has_device() -> bool:
    """Whether somebody without a wallet can use this device instead."""
    try:
        found = _device(_connection())
    except CercleError:
        return False
    return found is not None and found.script is not None


def use_device() -> None:
    """Have the page offer this device; a button's `on_click`."""
    bridge.wish_device()


def show_activity() -> None:
    """Draw what the wallet was asked lately, and what became of it."""
    try:
        live = _connection()
    except CercleError:
        return
    bridge.activity(
        live.chain,
        sentence=_say,
        on_change=live.chain.forget_head,
        carrier=live.carrier(),
        alone=None if wallet().signs_only else send_alone,
    )


def _say(error: CercleError) -> str:
    """What to say of an error, with a way out that this wallet has."""
    return refusals.say_signer(error) if wallet().signs_only else refusals.say(error)


# ---- acts -----------------------------------------------------------------------

_REFUSED = "services_refused"
_INVITED = "services_invited"
_QUERY = "invitation"  # in the address bar


def act(key: str, build: Callable[[], Act], label: str) -> None:
    """Try an act, and hand it to the wallet if the contract would say yes.

    Where somebody carries it, the wallet only signs and the member pays nothing; else it sends.
    Made for a button's `on_click`: it draws nothing. What was refused is kept
    under `key`, for the page to say it beside the button.
    """
    refused: dict[str, CercleError] = st.session_state.setdefault(_REFUSED, {})
    refused.pop(key, None)
    brand, mine = community(), wallet()
    if mine.account is None:
        return
    try:
        what = build()
        gas = brand.simulate(what.call, mine.account)
        if carrying.will_carry(brand.carrier(), what, signs_only=mine.signs_only):
            mine.carry(what, brand.sign(what, mine.account), label)
        elif mine.signs_only:
            raise PasskeyCannotSend()
        else:
            mine.send(what.call, label, gas)
    except CercleError as error:
        refused[key] = error


def hand_over(request: Request) -> None:
    """Give what the wallet has signed to whoever carries it; runs as soon as it is signed."""
    if request.state is not bridge.State.ANSWERED:
        return
    what: Act = request.meta["act"]
    try:
        signed = what.signed(request.meta["message"], request.result)
        carrier = community().carrier()
        request.meta["signed"] = signed
        if carrier is None:
            raise RelayerUnreachable()
        request.carried, request.fate = carrier.hand_over(signed), Fate.PENDING
    except (CercleError, ValueError) as error:
        request.state, request.fault = bridge.State.FAILED, bridge.Fault(-5, "carrier")
        request.reason = _say(error) if isinstance(error, CercleError) else ""


def send_alone(request: Request) -> None:
    """Have the wallet send what nobody carried.

    As long as what was signed is good, that is what is sent: whoever said that it was not carried
    may be wrong, and a contract takes it once.
    """
    what: Act = request.meta["act"]
    signed: SignedMessage | None = request.meta.get("signed")
    brand, mine = community(), wallet()
    try:
        end = signed.message.message.get("deadline") if signed else None  # some have none
        is_good = signed and (end is None or brand.head().timestamp <= end)
        call = brand.carry(signed) if signed and is_good else what.call
        mine.send(call, request.meta["alone"], brand.simulate(call, request.sender))
    except CercleError as error:
        request.reason = refusals.say_alone(error)


def refused(key: str) -> CercleError | None:
    """Why the last act under `key` was not asked of the wallet."""
    found: dict[str, CercleError] = st.session_state.get(_REFUSED, {})
    return found.get(key)


# ---- codes for the till ----------------------------------------------------------


def ask_redeem(claim: ClaimView, label: str) -> None:
    """Ask the wallet to sign a claim's code; a button's `on_click`."""
    refused: dict[str, CercleError] = st.session_state.setdefault(_REFUSED, {})
    refused.pop(f"redeem_{claim.id}", None)
    try:
        brand, mine = community(), wallet()
        if mine.account is None:
            return
        last = int(claim.deadline.timestamp())
        deadline = min(last, brand.head().timestamp + CODE_LIVES)
        message = brand.redeem_message(mine.account, claim.id, deadline)
        mine.sign(message, label, f"redeem_{claim.id}")
    except CercleError as error:
        refused[f"redeem_{claim.id}"] = error


def redeem_code(claim: ClaimView, account: str) -> tuple[str, datetime] | None:
    """The signed code of a claim and its end, if this session has one that is still good."""
    signed = wallet().signed(f"redeem_{claim.id}")
    if signed is None or signed.account != account:
        return None
    deadline = signed.message.message["deadline"]
    if community().head().timestamp >= deadline:
        return None
    slip = RedeemCode(
        claim_id=claim.id, wallet=account, deadline=deadline, signature=signed.signature
    )
    return slip.as_text(), datetime.fromtimestamp(deadline, UTC)


def keep_invitation() -> None:
    """Remember the invitation of the link that led here, and keep it in the address.

    A page switch empties the address and a reload the session: a newcomer who goes to fetch a
    wallet must not lose what they came with.
    """
    if _QUERY in st.query_params:
        st.session_state[_INVITED] = st.query_params[_QUERY]
    elif is_invited():
        st.query_params[_QUERY] = st.session_state[_INVITED]


def forget_invitation() -> None:
    """Let go of an invitation that has served."""
    st.session_state.pop(_INVITED, None)
    if _QUERY in st.query_params:
        del st.query_params[_QUERY]


def is_invited() -> bool:
    """Whether a link with an invitation, good or not, led here."""
    return _INVITED in st.session_state


def invitation() -> Invitation | None:
    """The invitation that led here; None without one, or if it is damaged."""
    text = st.session_state.get(_INVITED)
    if text is None:
        return None
    try:
        return Invitation.from_text(text)
    except CercleError:
        return None
