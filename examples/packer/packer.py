"""What the packing table's page may ask."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cercle import lens
from cercle.consent import category_of, salted_hash
from cercle.consent.client import CompanyClient
from cercle.content import BrandDocument, ContentStore, PerkDocument
from cercle.errors import CercleError, ContentError
from cercle.events import Event
from cercle.executors import Executor
from cercle.flags import ClaimState, PerkKind
from cercle.index.history import MOST, History
from cercle.lens.perk_views import claim_view
from cercle.loyalty import perks
from cercle.models import ClaimView, PerkView
from cercle.vault.client import Look, VaultCompany
from cercle.vault.fetching import StillWaiting
from examples.serving import Question, Said, text_of

MOST_ORDERS = 50  # on one page
# A vault that does not answer, or not as one; on the page the first is its own server's word.
SILENT = ("unreachable", "misbehaved")


@dataclass(frozen=True)
class Need:
    """What an order has to know: which company looks, for what, at what."""

    company: CompanyClient
    vault: VaultCompany
    purpose: str
    category: str


@dataclass(frozen=True)
class Order:
    """A claim that waits to be sent."""

    claim: ClaimView
    perk: PerkView
    passport_id: int
    order_hash: str


class Packer:
    """The table of one shop, and of whoever carries its parcels."""

    def __init__(
        self, store: ContentStore, history: History, needs: Sequence[Need], steward: Executor
    ) -> None:
        """Name its parts.

        Args:
            store: Where the perks' texts are.
            history: Where claims are found.
            needs: What each order has to know.
            steward: Who says on the ledger that a parcel went.
        """
        self._store, self._history = store, history
        self._needs, self._steward = tuple(needs), steward
        self._chain = needs[0].company.chain
        self._deployment = needs[0].company.deployment

    @property
    def questions(self) -> dict[str, Question]:
        """What the page may ask, by name."""
        return {"shop": self.shop, "orders": self.orders, "look": self.look, "sent": self.sent}

    def shop(self, _: dict[str, Any]) -> dict[str, Any]:
        """Whose table this is."""
        seal = lens.brand(self._chain, self._deployment).profile_hash
        try:
            name = self._store.get_as(seal or "", BrandDocument).name
        except ContentError:
            name = self._deployment.brand
        return {"name": name}

    def orders(self, _: dict[str, Any]) -> dict[str, Any]:
        """What waits, the oldest first."""
        waiting = sorted(self._waiting(), key=lambda one: one.claim.claimed_at)
        return {"orders": [self._told(one) for one in waiting[:MOST_ORDERS]]}

    def look(self, told: dict[str, Any]) -> dict[str, Any]:
        """Where an order goes: all looks are written on the ledger, then the vault opens them."""
        order = self._order(told)
        logged = [self._log(need, order) for need in self._needs]
        return {
            "facts": [self._fact(*one) for one in zip(self._needs, logged, strict=True)],
        }

    def sent(self, told: dict[str, Any]) -> dict[str, Any]:
        """It is on its way: the claim is fulfilled, under the hash of what is kept about it."""
        order = self._order(told)
        parcel = text_of(told, "parcel", 80, missing="no_parcel")
        # The salt stays with the shop's own paper: the number of a parcel is easily guessed.
        evidence = salted_hash(parcel.encode(), secrets.token_bytes(32))
        self._steward.send(perks.fulfil(self._deployment, [order.claim.id], evidence))
        return {"block": self._chain.head(fresh=True).number}

    # ---- one order --------------------------------------------------------------------------

    def _log(self, need: Need, order: Order) -> Look | str:
        """Have a look written down; the word of why not."""
        which = order.passport_id, need.purpose, need.category, order.order_hash
        try:
            need.company.request_access(*which)
            found = need.company.look(*which)
        except CercleError as error:
            return error.code
        return "broken" if found is None else Look.of(found)

    def _fact(self, need: Need, look: Look | str) -> dict[str, Any]:
        fact: dict[str, Any] = {"category": category_of(need.category).label.model_dump()}
        if isinstance(look, str):
            return fact | {"refusal": look}
        try:
            return fact | {"content": need.vault.fetch(look).content}
        except StillWaiting as why:
            return fact | {"waits": "person" if why.for_person else "ledger"}
        except CercleError as error:
            return fact | {"refusal": "vault_unreachable" if error.code in SILENT else error.code}

    def _order(self, told: dict[str, Any]) -> Order:
        wanted = text_of(told, "claim_id", 80)
        for one in self._waiting():
            if str(one.claim.id) == wanted:
                return one
        raise Said("claim_settled")

    # ---- all of them ------------------------------------------------------------------------

    def _waiting(self) -> Iterator[Order]:
        for perk in lens.perks(self._chain, self._deployment):
            if perk.kind == PerkKind.SHIP:
                yield from self._waiting_of(perk)

    def _waiting_of(self, perk: PerkView) -> Iterator[Order]:
        told = [entry.event for entry in self._history.claims(perk.id, limit=MOST).entries]
        made = [event for event in told if event.name == "PerkClaimed"]
        head = self._chain.head(fresh=True)
        book = self._deployment.contract("Perks")
        asked = [book.read("claim_of", event.args["claim_id"]) for event in made]
        rows = self._chain.read(asked, head)
        for event, row in zip(made, rows, strict=True):
            claim = claim_view(int(event.args["claim_id"]), row)
            if claim.state == ClaimState.CLAIMED:
                yield Order(claim, perk, self._person(event), _order_hash(event))

    def _person(self, event: Event) -> int:
        membership = self._deployment.contract("Membership")
        read = membership.read("passport_of", event.args["member_no"])
        return int(self._chain.read([read], self._chain.head())[0])

    def _told(self, order: Order) -> dict[str, Any]:
        text, claim = self._text(order.perk), order.claim
        variants = text.variants if text is not None else ()
        return {
            "claim_id": str(claim.id),
            "perk_id": order.perk.id,
            "perk": None if text is None else text.name.model_dump(),
            "variant": variants[claim.variant].model_dump()
            if claim.variant < len(variants)
            else None,
            "claimed_at": claim.claimed_at.isoformat(),
            "deadline": claim.deadline.isoformat(),
            "looks": len(self._needs),
        }

    def _text(self, perk: PerkView) -> PerkDocument | None:
        try:
            return self._store.get_as(perk.content_hash, PerkDocument)
        except ContentError:
            return None


def _order_hash(event: Event) -> str:
    raw = event.args["order_hash"]
    return "0x" + raw.hex() if isinstance(raw, bytes) else str(raw)


__all__ = ["Need", "Packer"]
