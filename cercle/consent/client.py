"""A company's servers: ask, look whether one may, have access written down, take note, delete.

Every act may be called again at any time: what is done already is not done twice.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..chain import Chain
from ..contracts import Read
from ..deployments import Deployment
from ..events import Event, read_events
from ..index.history import MOST, History
from ..values import Frozen, hash_text
from . import company
from .calls import raw
from .company import DueDeletion, DueNote
from .sending import Patience, Sender
from .status import ConsentStatus
from .vocabulary import Category, Purpose, category_of, mask_of, purpose_of


class Done(Frozen):
    """An act, and the transaction that did it just now; None if it was done before."""

    tx_hash: str | None

    @property
    def was_done(self) -> bool:
        """Whether there was nothing left to do."""
        return self.tx_hash is None


class GrantedAccess(Done):
    """A look that is written down: with it the vault opens the record."""

    order_hash: str
    read: int = Field(description="its number under the grant, from 1")
    price: int


class CompanyClient:
    """One company at one deployment, by the key of its agent or its controller.

    Usage example::

        sender = Sender(chain, Account.from_key(os.environ["COMPANY_KEY"]))
        client = CompanyClient(sender, deployment, 3, open_history(chain, deployment, index))
        if client.allowed(passport_id, "DeliveryOfGoods", "PhysicalAddress"):
            client.request_access(passport_id, "DeliveryOfGoods", "PhysicalAddress", order_hash)
    """

    def __init__(
        self, sender: Sender, deployment: Deployment, company_id: int, history: History
    ) -> None:
        """
        Args:
            sender: The key that acts, and how patiently.
            deployment: Where the books stand.
            company_id: The company.
            history: Its events: `open_history(chain, deployment, url_of_the_index)`.
        """
        self.sender = sender
        self.deployment = deployment
        self.company_id = company_id
        self._history = history

    @property
    def chain(self) -> Chain:
        """Where it reads."""
        return self.sender.chain

    # ---- consent --------------------------------------------------------------------------

    def allowed(
        self, passport_id: int, purpose: Purpose | int | str, category: Category | int | str
    ) -> bool:
        """Whether the company may see something of a person, now, for this."""
        words = purpose_of(purpose).number, category_of(category).bit
        return bool(self._read("Consent", "allowed", passport_id, self.company_id, *words))

    def status(self, passport_id: int, purpose: Purpose | int | str) -> ConsentStatus:
        """How things stand with a person."""
        words = passport_id, self.company_id, purpose_of(purpose).number
        return ConsentStatus(self._read("Consent", "status", *words))

    def ask(
        self,
        passport_id: int,
        purpose: Purpose | int | str,
        *categories: Category | int | str,
    ) -> Done:
        """Ask a person for consent, once: while they have not answered, this does nothing.

        Raises:
            RefusedLately, AskedLately: Leave them alone until then.
            Refused: The contract says no otherwise.
            ChainError: No node answers; call again.
        """
        number, mask = purpose_of(purpose).number, mask_of(categories)
        place = passport_id, self.company_id, number

        def is_done() -> bool:
            asked = self._now("Consent", "ask_of", *place)
            is_open = ConsentStatus(self._now("Consent", "status", *place))
            is_unanswered = bool(asked["asked_at"] > asked["refused_at"])
            return is_open == ConsentStatus.REQUESTED and is_unanswered

        call = company.request_consent(self.deployment, self.company_id, passport_id, number, mask)
        return Done(tx_hash=self.sender.send(call, is_done))

    # ---- looking ----------------------------------------------------------------------------

    def request_access(
        self,
        passport_id: int,
        purpose: Purpose | int | str,
        category: Category | int | str,
        order_hash: str,
        max_price: int = 0,
    ) -> GrantedAccess:
        """Have a look written down; the same order again, for the same, is the same look.

        Args:
            passport_id: Whose data.
            purpose: For what.
            category: Which data.
            order_hash: The order for which it is needed, by a salted hash: one an order.
            max_price: The most that the company pays, in the Vault's token.

        Raises:
            AccessNotAllowed, NoReadsLeft, DearerThanAgreed, TooLittlePaidIn: It may not.
            ChainError: No node answers; call again.
        """
        order = hash_text(order_hash)
        words = purpose_of(purpose).number, category_of(category).bit
        call = company.request_access(
            self.deployment, self.company_id, passport_id, *words, order, max_price
        )
        which = passport_id, *words, order
        tx_hash = self.sender.send(call, lambda: self._look(*which) is not None)
        found = self.sender.trying(lambda: self._look(*which))
        told = {} if found is None else found.args
        return GrantedAccess(
            tx_hash=tx_hash,
            order_hash=order,
            read=told.get("read", 0),
            price=told.get("price", 0),
        )

    def look(
        self,
        passport_id: int,
        purpose: Purpose | int | str,
        category: Category | int | str,
        order_hash: str,
    ) -> Event | None:
        """The look of an order as the ledger has it: a vault releases by its place.

        Raises:
            ChainError: No node answers; call again.
        """
        words = purpose_of(purpose).number, category_of(category).bit
        order = hash_text(order_hash)
        return self.sender.trying(lambda: self._look(passport_id, *words, order))

    # ---- moves --------------------------------------------------------------------------------

    def moves(self) -> tuple[DueNote, ...]:
        """The moves of which the company has not taken note, the oldest first."""
        return self.sender.trying(
            lambda: company.notes(self.chain, self.deployment, self._history, self.company_id)
        )

    def acknowledge(
        self,
        passport_id: int,
        purpose: Purpose | int | str,
        category: Category | int | str,
        version: int,
    ) -> Done:
        """Take note of a move, once the company's own systems have.

        Raises:
            OtherVersion: The person has moved again since: look anew.
            RecordsNotAllowed: The company may not see this any more.
            ChainError: No node answers; call again.
        """
        number, bit = purpose_of(purpose).number, category_of(category).bit

        def is_done() -> bool:
            words = passport_id, self.company_id, bit
            return bool(self._now("Records", "acknowledged_version", *words) == version)

        call = company.acknowledge(
            self.deployment, self.company_id, passport_id, number, bit, version
        )
        return Done(tx_hash=self.sender.send(call, is_done))

    # ---- deletion -----------------------------------------------------------------------------

    def deletions(self, *, due: bool = True) -> tuple[DueDeletion, ...]:
        """What is to be deleted; with `due=False` also what may still be kept."""
        found = self.sender.trying(
            lambda: company.deletions(self.chain, self.deployment, self._history, self.company_id)
        )
        return tuple(one for one in found if one.is_due or not due)

    def attest_deletion(
        self, passport_id: int, purpose: Purpose | int | str, certificate_hash: str
    ) -> Done:
        """Sign that the company deleted what it had read for a purpose; its bond is free again.

        Raises:
            Refused: The contract says no.
            ChainError: No node answers; call again.
        """
        number = purpose_of(purpose).number

        def is_done() -> bool:
            duty = self._now("Vault", "duty_of", passport_id, self.company_id, number)
            return bool(duty["issued_at"] != 0 and duty["read_at"] == 0)

        call = company.attest_deletion(
            self.deployment, self.company_id, passport_id, number, certificate_hash
        )
        return Done(tx_hash=self.sender.send(call, is_done))

    # ---- reading ------------------------------------------------------------------------------

    def _read(self, contract: str, function: str, *words: object) -> Any:
        return self.sender.trying(lambda: self._now(contract, function, *words))

    def _now(self, contract: str, function: str, *words: object) -> Any:
        read: Read = self.deployment.contract(contract).read(function, *words)
        return self.chain.read([read], self.chain.head(fresh=True))[0]

    def _look(self, passport_id: int, purpose: int, category: int, order_hash: str) -> Event | None:
        """The look that was written down for an order: by the history, then in newer blocks."""
        self.chain.forget_head()
        where = {"passport_id": passport_id, "company_id": self.company_id}
        kind = "Vault", "AccessRequested"
        page = self._history.events(*kind, where={**where, "order_hash": order_hash}, limit=MOST)
        filters = {**where, "order_hash": raw(order_hash)}
        first = max(page.served.block, self.deployment.contracts["Vault"].block)
        newer = read_events(self.chain, self.deployment, *kind, filters=filters, first=first)
        for found in (*(entry.event for entry in page.entries), *newer):
            if (found.args["purpose"], found.args["category"]) == (purpose, category):
                return found
        return None


__all__ = ["CompanyClient", "Done", "GrantedAccess", "Patience", "Sender"]
