"""A provider with a list, a company that meters, and customers: agreements at work."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from eth_account import Account

from cercle.agreements import AtCapacity, Ladder, Plan, Reading, calls, meters
from cercle.agreements.client import Agreements, PriceLists
from cercle.agreements.ladder import Choice, build
from cercle.calls import Call
from cercle.consent import calls as consents
from cercle.consent import company
from cercle.events import Event
from cercle.limits import OPTIMISING

from .data_town import KEY, NOTICE, RECORD, DataTown

DAY = 86_400
PERIOD, GRACE = 30 * DAY, 3 * DAY
WORDS = "0x" + "77" * 32
METER = Account.from_key((0x5E7E5).to_bytes(32, "big"))
SMALL = Plan(base_price=1_000, included=10, unit_price=50, capacity=20)
MEDIUM = Plan(base_price=2_000, included=40, unit_price=40, capacity=60)
LARGE = Plan(base_price=4_000, included=100, unit_price=30, capacity=200)
SWITCH, STOP = AtCapacity.SWITCH, AtCapacity.STOP
CHOICES: tuple[Choice, ...] = ((1, SWITCH), (2, SWITCH), (3, STOP))
PROVIDER, OPERATOR, LIST = 1, 2, 1


class ServiceTown(DataTown):
    """The town, and what a provider, a meter and customers do in it."""

    @property
    def operator(self) -> str:
        return self.people[14]

    @property
    def customer(self) -> str:
        return self.people[9]

    @cached_property
    def lists(self) -> PriceLists:
        return PriceLists(self.chain, self.deployment)

    @cached_property
    def book(self) -> Agreements:
        return Agreements(self.chain, self.deployment)

    def provide(self) -> None:
        """Companies 1 and 2, list 1 with three plans, a meter, a customer with money."""
        for who in (self.controller, self.operator):
            self.send(company.register(self.deployment, KEY, "https://eau.example"), who)
        message = meters.registration_message(self.deployment, METER.address, OPERATOR, WORDS)
        signature = bytes(METER.sign_message(message).signature)
        words = (METER.address, OPERATOR, WORDS, signature)
        self.send(calls.register_meter(self.deployment, *words), self.operator)
        self.send(self.list_call(), self.controller)
        for plan in (SMALL, MEDIUM, LARGE):
            self.send(calls.publish_plan(self.deployment, LIST, plan, WORDS), self.controller)
        self.enrich(self.customer)

    def list_call(self, **changes: Any) -> Call:
        terms: dict[str, Any] = {
            **{"operator_id": OPERATOR, "token": self.token.address, "period": PERIOD},
            **{"grace": GRACE, "outage_factor": 10_000, "content_hash": WORDS},
        }
        return calls.open_list(self.deployment, PROVIDER, **(terms | changes))

    def enrich(self, wallet: str) -> int:
        """Give somebody a passport and money that the book may take."""
        number = self.passport(wallet)
        self.send(self.token.call("mint", wallet, 10**9), wallet)
        self.send(calls.allow(self.deployment, self.token.address, 10**9), wallet)
        return number

    def allow_offers(self, wallet: str) -> None:
        """Let the provider improve things for somebody."""
        notice = company.publish_notice(self.deployment, PROVIDER, OPTIMISING, 1, NOTICE)
        self.send(notice, self.controller)
        terms = self.terms(wallet, PROVIDER, purpose=OPTIMISING, categories=1)
        self.send(consents.grant(self.deployment, terms, RECORD), wallet)

    def shelf(self, wallet: str | None = None) -> Any:
        number = self.passport(wallet or self.customer)
        return self.lists.shelf(LIST, meters=[METER.address], passport_id=number)

    def ladder(self, choices: Sequence[Choice] = CHOICES, **changes: Any) -> Ladder:
        """A ladder that the customer could sign now."""
        wallet = changes.pop("wallet", self.customer)
        words = {
            **{"meter": METER.address, "passport_id": self.passport(wallet), "wallet": wallet},
            **{"periods": 12, "period_cap": 6_000, "total_cap": 60_000, "deposit": 10_000},
        }
        return build(self.shelf(wallet), choices, **(words | changes))

    def open(self, *choices: Choice, **changes: Any) -> int:
        """Open an agreement; tells its number."""
        wallet = changes.get("wallet", self.customer)
        ladder = self.ladder(choices or CHOICES, **changes)
        call = calls.open(self.deployment, ladder)
        return calls.made(self.deployment, call, self.receipt(call, wallet)["logs"])

    def reading(
        self, agreement_id: int, sequence: int, read_at: int, shown: int, outage: int = 0
    ) -> Reading:
        """A signed reading."""
        reading = Reading(sequence=sequence, read_at=read_at, shown=shown, outage=outage)
        message = meters.reading_message(self.deployment, agreement_id, reading)
        return meters.signed(reading, bytes(METER.sign_message(message).signature))

    def settle(
        self, agreement_id: int, sequence: int, shown: int, outage: int = 0
    ) -> tuple[Event, ...]:
        """Have a reading of this second counted."""
        reading = self.reading(agreement_id, sequence, self.now(), shown, outage)
        terms = self.book.terms(agreement_id)
        return self.send(calls.settle(self.deployment, agreement_id, terms, reading), self.outsider)

    def poke(self, agreement_id: int) -> tuple[Event, ...]:
        terms = self.book.terms(agreement_id)
        return self.send(calls.poke(self.deployment, agreement_id, terms), self.outsider)
