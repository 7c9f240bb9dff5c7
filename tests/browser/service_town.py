"""A mobile operator in the browser tests' town, and a meter that somebody else reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from eth_account import Account

from cercle.agreements import Plan, Reading, Terms, calls, meters
from cercle.agreements.client import Agreements
from cercle.calls import Call
from cercle.consent import company
from cercle.content import ContentStore, PlanDocument, PriceListDocument, parse_document
from tests.browser.town import DAY, Town

PROVIDER, OPERATOR, ANYBODY, FOUNDER = 15, 16, 17, 0  # seats
METER = Account.from_key((0x3E7E5).to_bytes(32, "big"))
PERIOD, GRACE = 30 * DAY, 2 * DAY
HPKE = "0x" + "09" + "00" * 31
GIVEN = 200_00  # cents that each member has

# Tens of megabytes; cents.
PLANS = (
    ("Petit", "Small", Plan(base_price=5_00, included=200, unit_price=1, capacity=500)),
    ("Moyen", "Medium", Plan(base_price=7_00, included=1_000, unit_price=1, capacity=2_000)),
    ("Grand", "Large", Plan(base_price=15_00, included=6_000, unit_price=1, capacity=8_000)),
)
LIST = {
    "kind": "price_list",
    "provider": "Ondine",
    "name": {"fr": "Données en France", "en": "Data in France"},
    "description": {"fr": "Sans engagement.", "en": "Leave with any period."},
    "unit": {"fr": "dizaines de mégaoctets", "en": "tens of megabytes"},
    "shown_as": {"fr": "Go", "en": "GB"},
    "per_shown": 100,
}


@dataclass
class Mobile:
    """What the operator's staff and its meter do outside the page."""

    town: Town
    sequence: int = 0

    @cached_property
    def book(self) -> Agreements:
        return Agreements(self.town.chain, self.town.deployment)

    def provide(self) -> None:
        """Two companies, a meter, a list with three plans, members with money."""
        town, book = self.town, self.town.deployment
        store = ContentStore(town.content)
        for seat in (PROVIDER, OPERATOR):
            town.act(seat, company.register(book, HPKE, "https://ondine.example/"))
        document = parse_document(LIST)
        assert isinstance(document, PriceListDocument)
        seal = store.put(document)
        message = meters.registration_message(book, METER.address, 2, seal)
        signature = bytes(METER.sign_message(message).signature)
        town.act(OPERATOR, calls.register_meter(book, METER.address, 2, seal, signature))
        opened = calls.open_list(
            book,
            1,
            operator_id=2,
            token=town.euro.address,
            period=PERIOD,
            grace=GRACE,
            outage_factor=10_000,
            content_hash=seal,
        )
        town.act(PROVIDER, opened)
        for fr, en, plan in PLANS:
            text = {"kind": "plan", "name": {"fr": fr, "en": en}, "description": {}}
            named = parse_document(text)
            assert isinstance(named, PlanDocument)
            town.act(PROVIDER, calls.publish_plan(book, 1, plan, store.put(named)))
        for member in town.members:
            town.act(FOUNDER, town.euro.call("mint", member, GIVEN))

    def read(self, agreement_id: int, shown: int, outage: int = 0) -> None:
        """The meter shows this now, and somebody brings it in."""
        self.sequence += 1
        now = self.town.chain.head(fresh=True).timestamp
        reading = Reading(sequence=self.sequence, read_at=now, shown=shown, outage=outage)
        message = meters.reading_message(self.town.deployment, agreement_id, reading)
        signed = meters.signed(reading, bytes(METER.sign_message(message).signature))
        self.act(calls.settle(self.town.deployment, agreement_id, self.terms(agreement_id), signed))

    def poke(self, agreement_id: int) -> None:
        self.act(calls.poke(self.town.deployment, agreement_id, self.terms(agreement_id)))

    def act(self, call: Call) -> None:
        self.town.act(ANYBODY, call)

    def terms(self, agreement_id: int) -> Terms:
        return self.book.terms(agreement_id)

    def wait(self, seconds: int) -> None:
        """Let the chain's time pass."""
        self.town.node.rpc("evm_increaseTime", seconds)
        self.town.node.rpc("evm_mine")


__all__ = ["DAY", "PERIOD", "Mobile"]
