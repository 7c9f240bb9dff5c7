"""Service contracts as the pages see them: what is offered, what I have, what I may do.

What `services` is for the rest of the app: the pages receive plain values, a test gives
`agreements` a plain fake.
"""

from __future__ import annotations

from typing import Protocol

import streamlit as st
from pydantic import Field

from cercle.acts import Act
from cercle.agreements import Ladder, acts
from cercle.agreements.client import Agreements, AgreementView, PriceLists
from cercle.agreements.findings import Checked
from cercle.agreements.lists import PriceList, Shelf
from cercle.agreements.permit import allow, read_permit
from cercle.agreements.purse import Purse, purse
from cercle.agreements.receipts import verify
from cercle.chain import Chain
from cercle.content import PlanDocument, PriceListDocument
from cercle.deployments import Deployment
from cercle.index.history import History
from cercle.models import Card, Head
from cercle.values import Frozen, Hash

from . import consents, services
from .services import LiveCommunity, Shown

METERS = 8  # of an operator that are asked; the newest
PLANS = 240  # of a list that are read, the newest; a provider publishes as many as it likes


class Wording(Frozen):
    """What a list and its plans are called; a text that is not here says why."""

    price_list: Shown[PriceListDocument] = Shown[PriceListDocument]()
    plans: dict[int, Shown[PlanDocument]] = Field(default={}, description="by the plan's number")


class Contract(Frozen):
    """One of a member's service contracts, all of it read at one block."""

    view: AgreementView
    price_list: PriceList
    wording: Wording
    purse: Purse = Field(description="what the member can pay with")
    book: Hash | None = Field(default=None, description="the terms' hash, for who wants proof")

    @property
    def id(self) -> int:
        return self.view.agreement_id


class Offered(Frozen):
    """A price list that is open to everybody."""

    shelf: Shelf
    wording: Wording
    purse: Purse
    meters: tuple[str, ...] = Field(description="of its operator, the newest first")


class Agreeing(Protocol):
    """Service contracts, as the pages see them."""

    def numbers(self, card: Card) -> tuple[int, ...]: ...
    def contract(self, agreement_id: int, card: Card) -> Contract: ...
    def checked(self, agreement_id: int) -> Checked: ...
    def lists(self) -> tuple[int, ...]: ...
    def heading(self, list_id: int) -> Shown[PriceListDocument]: ...
    def offered(self, list_id: int, card: Card | None) -> Offered: ...

    def allow(self, token: str, amount: int) -> Act: ...
    def open(self, ladder: Ladder) -> Act: ...
    def top_up(self, contract: Contract, amount: int) -> Act: ...
    def go_on(self, contract: Contract, *, limit: int, period_cap: int) -> Act: ...
    def end(self, contract: Contract, is_at_once: bool) -> Act: ...
    def withdraw(self, contract: Contract, payee: str, amount: int) -> Act: ...


class LiveAgreeing:
    """The service contracts of the brand behind a deployment file."""

    def __init__(
        self, chain: Chain, deployment: Deployment, past: History, community: LiveCommunity
    ) -> None:
        self.chain = chain
        self.deployment = deployment
        self.community = community
        self.book = Agreements(chain, deployment, past)
        self.price_lists = PriceLists(chain, deployment, past)

    # ---- reading -----------------------------------------------------------------------

    def numbers(self, card: Card) -> tuple[int, ...]:
        """A person's contracts, the newest first."""
        return _numbers(self.chain.head().hash, card.passport_id, self)[::-1]

    def contract(self, agreement_id: int, card: Card) -> Contract:
        head = self.chain.head()
        return _contract(head.hash, agreement_id, card.account, head, self)

    def read_contract(self, agreement_id: int, account: str, head: Head) -> Contract:
        view = self.book.view(agreement_id)
        price_list = self.price_lists.price_list(view.terms.list_id, head)
        return Contract(
            view=view,
            price_list=price_list,
            wording=self.wording(price_list, view.terms.passport_id),
            purse=purse(self.chain, self.deployment, price_list.token, account, head),
            book=view.terms.hash,
        )

    def checked(self, agreement_id: int) -> Checked:
        """All that happened to a contract, reckoned again from its ladder."""
        return _checked(self.chain.head().hash, agreement_id, self)

    def lists(self) -> tuple[int, ...]:
        return _lists(self.chain.head().hash, self)

    def heading(self, list_id: int) -> Shown[PriceListDocument]:
        """What a list is called, without its plans."""
        own = _heading(list_id, self)
        return self.community.text(own, PriceListDocument) if own else Shown[PriceListDocument]()

    def offered(self, list_id: int, card: Card | None) -> Offered:
        head = self.chain.head()
        passport_id = card.passport_id if card else 0
        account = card.account if card else None
        return _offered(head.hash, list_id, passport_id, account, head, self)

    def read_offered(
        self, list_id: int, passport_id: int, account: str | None, head: Head
    ) -> Offered:
        price_list = self.price_lists.price_list(list_id, head)
        meters = self.price_lists.meters_of(price_list.operator_id)[:METERS]
        wording = self.wording(price_list, passport_id)
        return Offered(
            shelf=self.price_lists.shelf(
                list_id,
                meters=meters,
                passport_id=passport_id,
                plans=tuple(wording.plans),
                head=head,
            ),
            wording=wording,
            purse=purse(self.chain, self.deployment, price_list.token, account, head),
            meters=meters,
        )

    def wording(self, price_list: PriceList, passport_id: int) -> Wording:
        """Texts of a list; one that is missing or forged is not shown, its numbers are."""
        block, list_id = self.chain.head().hash, price_list.list_id
        known = dict(_hashes(block, list_id, passport_id, self))
        known.pop(0, None)
        newest = sorted(known)[-PLANS:]
        text = self.community.text
        return Wording(
            price_list=self.heading(list_id),
            plans={plan_id: text(known[plan_id], PlanDocument) for plan_id in newest},
        )

    # ---- acts ------------------------------------------------------------------------------

    def allow(self, token: str, amount: int) -> Act:
        book = self.deployment.address("Agreements")  # as well as any account: whose is not asked
        found = read_permit(self.chain, token, book)
        return allow(self.deployment, found.domain if found else None, token, amount)

    def open(self, ladder: Ladder) -> Act:
        return acts.open(self.deployment, ladder)

    def top_up(self, contract: Contract, amount: int) -> Act:
        return acts.top_up(self.deployment, contract.id, contract.view.terms, amount)

    def go_on(self, contract: Contract, *, limit: int, period_cap: int) -> Act:
        view = contract.view
        words = {"period": view.standing.open_period, "limit": limit, "period_cap": period_cap}
        return acts.go_on(self.deployment, contract.id, view.terms, **words)

    def end(self, contract: Contract, is_at_once: bool) -> Act:
        return acts.end(self.deployment, contract.id, contract.view.terms, is_at_once)

    def withdraw(self, contract: Contract, payee: str, amount: int) -> Act:
        return acts.withdraw(self.deployment, contract.id, contract.view.terms, payee, amount)


# ---- reads, kept by the hash of the block they were made at ----------------------


@st.cache_resource(show_spinner=False)
def _live() -> LiveAgreeing:
    found = services.connection()
    return LiveAgreeing(found.chain, found.deployment, found.past, found)


@st.cache_resource(max_entries=256, show_spinner=False)
def _numbers(block: str, passport_id: int, _of: LiveAgreeing) -> tuple[int, ...]:
    return _of.book.of(passport_id)


@st.cache_resource(max_entries=256, show_spinner=False)
def _contract(
    block: str, agreement_id: int, account: str, _head: Head, _of: LiveAgreeing
) -> Contract:
    return _of.read_contract(agreement_id, account, _head)


@st.cache_resource(max_entries=256, show_spinner=False)
def _checked(block: str, agreement_id: int, _of: LiveAgreeing) -> Checked:
    return verify(_of.book.history(agreement_id))


@st.cache_resource(max_entries=8, show_spinner=False)
def _lists(block: str, _of: LiveAgreeing) -> tuple[int, ...]:
    return _of.price_lists.numbers()


@st.cache_resource(max_entries=64, show_spinner=False)
def _offered(
    block: str, list_id: int, passport_id: int, account: str | None, _head: Head, _of: LiveAgreeing
) -> Offered:
    return _of.read_offered(list_id, passport_id, account, _head)


@st.cache_resource(max_entries=256, show_spinner=False)
def _hashes(
    block: str, list_id: int, passport_id: int, _of: LiveAgreeing
) -> tuple[tuple[int, Hash], ...]:
    return tuple(_of.price_lists.words(list_id, passport_id).items())


@st.cache_resource(max_entries=512, show_spinner=False)
def _heading(list_id: int, _of: LiveAgreeing) -> Hash | None:
    return _of.price_lists.heading(list_id)


# ---- what the pages ask for ------------------------------------------------------


def agreements() -> Agreeing:
    """The service contracts of the brand this app serves.

    Raises:
        DeploymentError, ChainError: There is none, or no node can be used.
    """
    return _live()


def has_agreements() -> bool:
    """Whether service contracts can be signed here."""
    return consents.has("Agreements", "PriceLists")


__all__ = [
    "Agreeing",
    "Contract",
    "LiveAgreeing",
    "Offered",
    "Wording",
    "agreements",
    "has_agreements",
]
