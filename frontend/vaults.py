# ruff: noqa: E501  (a sentence stays whole)
"""A member's vault as the pages see it: what the service keeps of them, all of it sealed.

What `consents` is for the ledger, this is for the service: pages receive plain values, a test gives
`vaults` a plain fake. Nothing that a member typed is ever here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import streamlit as st
from pydantic import ValidationError

from cercle import lens
from cercle.errors import CercleError
from cercle.values import Frozen
from cercle.vault import looking
from cercle.vault.bindings import Ledger
from cercle.vault.envelopes import Envelope
from cercle.vault.keys import bytes_of, text_of
from cercle.vault.rings import Ring
from cercle.vault.talking import VaultError
from cercle.vault.wire import (
    AskedRecovery,
    CertificateLine,
    KeptRecord,
    MemberAsk,
    RecoveryAnswer,
    Refusal,
    ReleaseLine,
    RingAnswer,
)

from . import consents, refusals, services, settings
from .i18n import N_, _
from .vault_member import PageMember
from .wallet import Request, sign_text

KEY, TROUBLE = "cercle_vault_desk", "vault_trouble"
FRESH = 3.0  # seconds that what was looked at is shown again


class Kept(Frozen):
    """All that a vault keeps of one person."""

    ring: RingAnswer | None
    public_key: str  # the vault's own
    custodian: str  # the account that signs its certificates
    records: tuple[KeptRecord, ...] = ()
    asks: tuple[MemberAsk, ...] = ()
    releases: tuple[ReleaseLine, ...] = ()
    certificates: tuple[CertificateLine, ...] = ()
    recovery: RecoveryAnswer = RecoveryAnswer(state="none")
    asked: tuple[AskedRecovery, ...] = ()

    def record(self, category: int, version: int | None = None) -> Envelope | None:
        """What is kept in a category: its newest, or this version while it is still there."""
        return self._of(category, "kept", version)

    def waiting(self, category: int) -> Envelope | None:
        """What was sealed, and is not written down on the ledger yet."""
        return self._of(category, "waiting")

    def _of(self, category: int, state: str, version: int | None = None) -> Envelope | None:
        found = [
            one.envelope
            for one in self.records
            if (one.state, one.envelope.category) == (state, category)
            and version in (None, one.envelope.record_version)
        ]
        return max(found, key=lambda one: one.record_version, default=None)


class Vaults(Protocol):
    """One member at the service."""

    def place(self, passport_id: int) -> dict[str, Any]: ...
    def is_signed_in(self, account: str) -> bool: ...
    def was_refused(self) -> bool: ...
    def sign_in(self, account: str) -> None: ...
    def sign_out(self) -> None: ...

    def look(self) -> Kept: ...
    def require(self, ask: MemberAsk) -> None: ...
    def key_of(self, passport_id: int) -> str: ...
    def put_ring(self, ring: Ring, before: str | None) -> None: ...
    def put_record(self, envelope: Envelope) -> None: ...
    def leave(self, category: int, wrap: str | None) -> None: ...
    def answer(self, ask_id: int, wrap: str) -> None: ...
    def export(self) -> bytes: ...
    def ask_recovery(self, public_key: str) -> None: ...
    def give_back(self, passport_id: int, sealed: str) -> None: ...


def has_vault() -> bool:
    """Whether this server was told of a vault, and its brand has the books that go with one."""
    return bool(settings.current().vault_url) and consents.has("Consent", "Records", "Vault")


# ---- what to say -------------------------------------------------------------------------

SENTENCES: Mapping[str, str] = {
    Refusal.UNSIGNED: N_("Your sign-in is over. Sign in once more."),
    Refusal.UNKNOWN_NONCE: N_("This signature came too late. Sign in once more."),
    Refusal.BAD_SIGNATURE: N_("This was signed by another wallet. Sign with the one you connected."),
    Refusal.NO_PASSPORT: N_("The vault does not find this wallet among yours on the ledger. Connect one that is linked."),
    Refusal.OTHER_RING: N_("Your key was changed meanwhile, perhaps in another window. Reload the page."),
    Refusal.OTHER_VERSION: N_("The ledger has moved on since you sealed this. Reload the page and seal it once more."),
    Refusal.UNKNOWN_ASK: N_("This question is over: it was answered, or the company may not look any more."),
    Refusal.NO_RING: N_("That person has no key here yet: they have to open their own vault first."),
    Refusal.NO_CONTACT: N_("You left your key with nobody, so nobody can give it back."),
    Refusal.NOT_ASKED: N_("Nobody asks you for a key any more. Reload the page."),
    Refusal.NO_RECORD: N_("Nothing is kept there any more. Reload the page."),
    Refusal.ERASED: N_("This was erased. Nothing of it is left to open."),
    Refusal.NOT_ALLOWED: N_("You do not allow this company any more: nothing goes out."),
    Refusal.WRONG_BINDING: N_("The vault takes this for somebody else's, or for another ledger's. Nothing was kept."),
    Refusal.TOO_LARGE: N_("This is too long for the vault."),
    Refusal.TOO_OFTEN: N_("The vault is busy. Wait a minute, then try again."),
    Refusal.STALE_HEAD: N_("The vault waits for the ledger, which is late. Nothing is lost: try again in a minute."),
    Refusal.NODE_DOWN: N_("The vault cannot read the ledger at the moment. Nothing is lost: try again in a minute."),
    Refusal.STORAGE_DOWN: N_("The vault cannot reach what it keeps at the moment. Nothing is lost: try again in a minute."),
}  # fmt: skip

UNREADABLE = N_("What this page sealed cannot be right. Nothing was kept: reload it and try again.")
UNTRUE = N_("The ledger does not say what this question says. Nothing was opened for it.")
DOWN = N_("The vault does not answer. Nothing is lost: try again in a minute.")


def say(error: CercleError) -> str:
    """What to say of what a vault refused, or of its silence."""
    if isinstance(error, looking.ReleaseRefused):
        return _(UNTRUE)
    if isinstance(error, VaultError):
        return _(SENTENCES.get(str(error.code), DOWN))
    return refusals.say(error)


class Missing(Exception):
    """Something has to be chosen first; the message says what, in the member's language."""


def tried(act: Callable[[], None], place: str = "") -> None:
    """Do it; what is refused is kept in words, for `troubled` at the same place."""
    st.session_state[TROUBLE] = None
    try:
        act()
    except Missing as error:
        st.session_state[TROUBLE] = (place, str(error))
    except CercleError as error:
        st.session_state[TROUBLE] = (place, say(error))
    except (ValidationError, TypeError, ValueError):
        st.session_state[TROUBLE] = (place, _(UNREADABLE))


def troubled(place: str = "") -> bool:
    """Say what was refused here, where it was pressed; whether anything was."""
    where, sentence = st.session_state.get(TROUBLE) or (None, "")
    if where != place:
        return False
    st.warning(sentence, icon=":material/block:")
    return True


# ---- the service ---------------------------------------------------------------------------


class LiveVaults:
    """A session's desk at the vault that this server was told of."""

    def __init__(self, url: str) -> None:
        found = services.connection()
        self.url, self.chain, self.deployment = url, found.chain, found.deployment
        self.member: PageMember | None = None
        self.refused = False
        self._seen: tuple[float, Kept] | None = None

    def place(self, passport_id: int) -> dict[str, Any]:
        """Whose vault, on which ledger: by our own deployment, not by what the service says."""
        return Ledger.of(self.deployment).ring(passport_id).model_dump(exclude={"what"})

    # ---- signing in

    def is_signed_in(self, account: str) -> bool:
        return self.member is not None and self.member.account == account and self.member.is_inside

    def was_refused(self) -> bool:
        return self.refused

    def sign_in(self, account: str) -> None:
        """Put the vault's own text to the wallet; what it signs opens this session alone."""
        site = settings.current().domain
        member = PageMember(self.url, self.chain, self.deployment, account, site)
        challenge = member.challenge()

        def then(request: Request) -> None:
            self.sign_out()
            if not isinstance(request.result, str):
                return
            try:
                member.enter(challenge, request.result)
                self.member = member
            except CercleError:
                self.refused = True

        self.refused = False
        label = _("Sign in to your vault. It costs nothing and sends nothing.")
        sign_text(challenge.text, label, account, "vault_sign_in", then=then)

    def sign_out(self) -> None:
        self.member, self._seen = None, None

    def _mine(self) -> PageMember:
        if self.member is None:
            raise VaultError(Refusal.UNSIGNED, "Nobody is signed in.", 401)
        return self.member

    def _writing(self) -> PageMember:
        self._seen = None
        return self._mine()

    # ---- reading

    def look(self) -> Kept:
        """All that is kept; shown again for a moment, and at once anew after any change."""
        if self._seen is None or time.monotonic() >= self._seen[0] + FRESH:
            self._seen = (time.monotonic(), self._look(self._mine()))
        return self._seen[1]

    def _look(self, mine: PageMember) -> Kept:
        return Kept(
            ring=mine.ring(),
            public_key=(terms := mine.terms()).public_key,
            custodian=terms.custodian,
            records=mine.records(),
            asks=mine.asks(),
            releases=mine.releases(),
            certificates=mine.certificates(),
            recovery=mine.recovery(),
            asked=mine.asked_recoveries(),
        )

    def require(self, ask: MemberAsk) -> None:
        """Refuse a question that the ledger does not bear out, or that names another's key."""
        chain, book = self.chain, self.deployment
        look = looking.look_at(chain, book, ask.transaction_hash, ask.log_index)
        looking.require_bound(ask.info, look, self._mine().ledger, chain, book)
        company = lens.company(chain, book, look.company_id)
        if company is None or bytes.fromhex(company.hpke_key[2:]) != bytes_of(ask.public_key):
            raise looking.ReleaseRefused("The company has another key than the vault says.")

    def key_of(self, passport_id: int) -> str:
        return text_of(self._mine().public_key_of(passport_id))

    def export(self) -> bytes:
        return self._mine().export().model_dump_json(indent=2).encode()

    # ---- keeping

    def put_ring(self, ring: Ring, before: str | None) -> None:
        self._writing().put_ring(ring, before)

    def put_record(self, envelope: Envelope) -> None:
        self._writing().put_record(envelope)

    def leave(self, category: int, wrap: str | None) -> None:
        self._writing().leave(category, wrap)

    def answer(self, ask_id: int, wrap: str) -> None:
        self._writing().hand_over(ask_id, wrap)

    def ask_recovery(self, public_key: str) -> None:
        self._writing().recover(bytes_of(public_key))

    def give_back(self, passport_id: int, sealed: str) -> None:
        self._writing().give_back(passport_id, sealed)


def vaults() -> Vaults:
    """This session's desk at the vault.

    Raises:
        DeploymentError, ChainError: There is no ledger to go with it.
    """
    if KEY not in st.session_state:
        st.session_state[KEY] = LiveVaults(settings.current().vault_url)
    found: Vaults = st.session_state[KEY]
    return found


__all__ = [
    "Kept",
    "LiveVaults",
    "Missing",
    "Vaults",
    "has_vault",
    "say",
    "tried",
    "troubled",
    "vaults",
]
