"""A member's data as the pages see it: who may see what, moves, who looked, and why.

What `services` is for the rest of the app: the pages receive plain values, a test gives
`consents` a plain fake.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

import streamlit as st

from cercle import lens
from cercle.acts import Act
from cercle.chain import Chain
from cercle.consent import ConsentTerms, IncomeView, Language, Proof, acts, calls, record
from cercle.consent import record_hash as hash_of
from cercle.consent.bundle import Told, bundle
from cercle.consent.finding import owners_of
from cercle.content import NoticeDocument
from cercle.deployments import Deployment
from cercle.errors import CercleError, ContentMissing
from cercle.events import Event
from cercle.index.every import every_event
from cercle.index.history import MOST, Entry, History
from cercle.models import Card, Head
from cercle.vault.wire import CertificateLine

from . import holdings, services
from .holdings import Decision, Earnings, Move, MyData, Notice
from .services import LiveCommunity, Shown


class Consents(Protocol):
    """One person's data, as the pages see it."""

    def my_data(self, card: Card, also: int = 0) -> MyData: ...
    def notices_of(self, company_id: int) -> tuple[str, ...]: ...
    def notice_text(self, name: str) -> Shown[NoticeDocument]: ...
    def receipts(self, card: Card) -> bytes: ...
    def moves(self, card: Card) -> tuple[Move, ...]: ...
    def custodians(self, card: Card) -> tuple[str, ...]: ...
    def is_certified(self, line: CertificateLine) -> bool: ...
    def earnings(self, card: Card) -> Earnings: ...
    def decisions(self, card: Card) -> tuple[Decision, ...]: ...
    def has(self, contract: str) -> bool: ...

    def grant(
        self,
        card: Card,
        notice: Notice,
        *,
        categories: int,
        until: datetime,
        keep_until: datetime,
        reads: int,
        language: Language,
    ) -> Act: ...
    def refuse(self, company_id: int, purpose: int) -> Act: ...
    def withdraw(self, company_id: int, purpose: int) -> Act: ...
    def withdraw_all(self) -> Act: ...
    def deny_company(self, company_id: int, is_denied: bool) -> Act: ...
    def deny_purpose(self, purpose: int, is_denied: bool) -> Act: ...
    def mark_overdue(self, card: Card, company_id: int, purpose: int) -> Act: ...
    def move(self, category: int, commitment: str) -> Act: ...
    def erase(self, category: int) -> Act: ...
    def set_custodians(self, custodians: Sequence[str]) -> Act: ...
    def certify(self, line: CertificateLine) -> Act: ...
    def set_price(self, card: Card, purpose: int, category: int, price: Decimal) -> Act: ...
    def set_shares(self, shares: Sequence[tuple[int, int]]) -> Act: ...
    def collect(self, card: Card, owner: int | None = None) -> Act: ...
    def demand(self, decision_id: int) -> Act: ...
    def mark_silence(self, decision_id: int) -> Act: ...


class LiveConsents:
    """The consents of the brand behind a deployment file."""

    def __init__(
        self, chain: Chain, deployment: Deployment, past: History, community: LiveCommunity
    ) -> None:
        self.chain = chain
        self.deployment = deployment
        self.past = past
        self.community = community
        self.kinds = tuple(kind for kind in holdings.KINDS if deployment.has(kind[0]))

    def has(self, contract: str) -> bool:
        return self.deployment.has(contract)

    # ---- reading -----------------------------------------------------------------------

    def told(self, card: Card) -> tuple[Entry, ...]:
        """All that concerns a person's data, the oldest first."""
        head = self.chain.head()
        return _told(head.hash, card.passport_id, self)

    def find(self, passport_id: int) -> tuple[Entry, ...]:
        found: list[Entry] = []
        before: str | None = None
        while True:
            page = self.past.of_passport(passport_id, limit=MOST, before=before, kinds=self.kinds)
            found += page.entries
            before = page.older
            if before is None:
                return tuple(found[::-1])

    def my_data(self, card: Card, also: int = 0) -> MyData:
        """Who may see what: the brand's company, those of the past, and one more if named."""
        head = self.chain.head()
        return _my_data(head.hash, card.passport_id, also, head, card, self)

    def read_data(self, card: Card, also: int, head: Head) -> MyData:
        told = self.told(card)
        numbers = (*holdings.concerned(told), *((also,) if also else ()))
        board = lens.consents(self.chain, self.deployment, card.passport_id, numbers, head)
        return holdings.my_data(board, told, *holdings.money(self.income(card, head)))

    def income(self, card: Card, head: Head) -> IncomeView:
        told, mine = self.told(card), card.passport_id
        priced, owners = holdings.priced(told), owners_of((one.event for one in told), mine)
        return lens.income(self.chain, self.deployment, mine, priced, head, owners)

    def notices_of(self, company_id: int) -> tuple[str, ...]:
        """The hashes of what a company says, of each purpose that one can agree to."""
        head = self.chain.head()
        return _notices(head.hash, company_id, head, self)

    def notice_text(self, name: str) -> Shown[NoticeDocument]:
        return self.community.text(name, NoticeDocument)

    def moves(self, card: Card) -> tuple[Move, ...]:
        mine = self.my_data(card)
        pairs = [(one.company_id, one.purpose) for one in mine.consents]
        found = lens.moves(self.chain, self.deployment, card.passport_id, pairs, mine.head)
        return holdings.moves(found)

    def custodians(self, card: Card) -> tuple[str, ...]:
        """Who keeps records of a person, by what they named on the ledger."""
        read = self.deployment.contract("Records").read("custodians_of", card.passport_id)
        return tuple(self.chain.read([read], self.chain.head())[0])

    def is_certified(self, line: CertificateLine) -> bool:
        """Whether a certificate was brought to the ledger."""
        place = (line.passport_id, line.category, line.version, line.custodian)
        read = self.deployment.contract("Records").read("is_shredded", *place)
        return bool(self.chain.read([read], self.chain.head())[0])

    def earnings(self, card: Card) -> Earnings:
        own = {"account": card.passport_id, "payee": card.passport_id}
        told = every_event(self.past, self.chain, self.deployment, "Vault", "IncomeCollected", own)
        return holdings.earnings(
            self.income(card, self.chain.head()),
            self.told(card),
            sum(event.args["amount"] for event in told),
            is_main=card.account == card.main_wallet,
        )

    def decisions(self, card: Card) -> tuple[Decision, ...]:
        told = self.told(card)
        found = lens.decisions(self.chain, self.deployment, holdings.decided(told))
        return holdings.decisions(found, told)

    def receipts(self, card: Card) -> bytes:
        """Every record and receipt of a person's, made again from events, as one file."""
        head, mine = self.chain.head(), self.told(card)
        told = [self._proved(one.event, int(one.at.timestamp())) for one in mine]
        notices = [
            self._proved(event, self.chain.block(event.block_hash).timestamp)
            for number in holdings.concerned(mine)
            for name in ("NoticePublished", "NoticeEnded")
            for event in every_event(
                self.past, self.chain, self.deployment, "Consent", name, {"company_id": number}
            )
        ]
        found = bundle(told, notices, self._notice, as_of=head.timestamp)
        return json.dumps(found, ensure_ascii=False, indent=2).encode()

    def _proved(self, event: Event, at: int) -> Told:
        proof = Proof(
            chain_id=self.deployment.chain_id,
            contract=event.address,
            transaction_hash=event.tx_hash,
            log_index=event.index,
            block_number=event.block,
            block_time=at,
        )
        return event.name, event.args, proof

    def _notice(self, name: str) -> NoticeDocument:
        shown = self.notice_text(name)
        if shown.document is None:
            raise (shown.problem or ContentMissing)("The text of the notice is not here.")
        return shown.document

    # ---- acts ------------------------------------------------------------------------------

    def grant(
        self,
        card: Card,
        notice: Notice,
        *,
        categories: int,
        until: datetime,
        keep_until: datetime,
        reads: int,
        language: Language,
    ) -> Act:
        terms = ConsentTerms(
            chain_id=self.deployment.chain_id,
            contract=self.deployment.address("Consent"),
            passport_id=card.passport_id,
            company_id=notice.company_id,
            purpose=notice.purpose,
            categories=categories,
            issued_at=self.chain.head(fresh=True).timestamp,
            until=int(until.timestamp()),
            keep_until=int(keep_until.timestamp()),
            reads=reads,
            notice_version=notice.version,
            notice_hash=notice.content_hash,
        )
        sealed = hash_of(record(terms, self._notice(notice.content_hash), language))
        return acts.grant(self.deployment, terms, sealed)

    def refuse(self, company_id: int, purpose: int) -> Act:
        return acts.refuse(self.deployment, company_id, purpose)

    def withdraw(self, company_id: int, purpose: int) -> Act:
        return acts.withdraw(self.deployment, company_id, purpose)

    def withdraw_all(self) -> Act:
        return acts.withdraw_all(self.deployment)

    def deny_company(self, company_id: int, is_denied: bool) -> Act:
        return acts.deny_company(self.deployment, company_id, is_denied)

    def deny_purpose(self, purpose: int, is_denied: bool) -> Act:
        return acts.deny_purpose(self.deployment, purpose, is_denied)

    def mark_overdue(self, card: Card, company_id: int, purpose: int) -> Act:
        return Act(calls.mark_overdue(self.deployment, company_id, card.passport_id, purpose))

    def move(self, category: int, commitment: str) -> Act:
        return acts.move(self.deployment, category, commitment)

    def erase(self, category: int) -> Act:
        return acts.erase(self.deployment, category)

    def set_custodians(self, custodians: Sequence[str]) -> Act:
        return acts.set_custodians(self.deployment, custodians)

    def certify(self, line: CertificateLine) -> Act:
        place = (line.custodian, line.passport_id, line.category, line.version)
        return Act(
            calls.certify_shred(self.deployment, *place, line.certificate_hash, line.signature)
        )

    def set_price(self, card: Card, purpose: int, category: int, price: Decimal) -> Act:
        decimals = holdings.money(self.income(card, self.chain.head()))[1]
        units = int(price.scaleb(decimals).to_integral_value())
        return acts.set_price(self.deployment, purpose, category, units)

    def set_shares(self, shares: Sequence[tuple[int, int]]) -> Act:
        return acts.set_shares(self.deployment, shares)

    def collect(self, card: Card, owner: int | None = None) -> Act:
        """What one's own data earned; or one's part of what another's did."""
        return acts.collect(self.deployment, owner or card.passport_id, card.passport_id)

    def demand(self, decision_id: int) -> Act:
        return acts.demand(self.deployment, decision_id)

    def mark_silence(self, decision_id: int) -> Act:
        return Act(calls.mark_silence(self.deployment, decision_id))


# ---- reads, kept by the hash of the block they were made at ----------------------


@st.cache_resource(show_spinner=False)
def _live() -> LiveConsents:
    found = services.connection()
    return LiveConsents(found.chain, found.deployment, found.past, found)


@st.cache_resource(max_entries=256, show_spinner=False)
def _told(block: str, passport_id: int, _of: LiveConsents) -> tuple[Entry, ...]:
    return _of.find(passport_id)


@st.cache_resource(max_entries=256, show_spinner=False)
def _my_data(
    block: str, passport_id: int, also: int, _head: Head, _card: Card, _of: LiveConsents
) -> MyData:
    return _of.read_data(_card, also, _head)


@st.cache_resource(max_entries=256, show_spinner=False)
def _notices(block: str, company_id: int, _head: Head, _of: LiveConsents) -> tuple[str, ...]:
    told = lens.notices(_of.chain, _of.deployment, company_id, _head)
    return tuple(one.content_hash for one in told if one.counts)


# ---- what the pages ask for ------------------------------------------------------


def consents() -> Consents:
    """The consents of the brand this app serves.

    Raises:
        DeploymentError, ChainError: There is none, or no node can be used.
    """
    return _live()


def has_consent() -> bool:
    """Whether this brand's members decide here who may see their data."""
    return has("Consent")


def has(*contracts: str) -> bool:
    """Whether this brand has these contracts."""
    try:
        known = services.community().addresses()
        return all(name in known for name in contracts)
    except CercleError:
        return False
