"""A provider, who meters, and customers with agreements, in a town where companies can pay."""

from dataclasses import dataclass, field
from typing import Any

from cercle.calls import Call
from cercle.consent import company
from cercle.contracts import Contract
from cercle.events import Event
from tests import agreements as words
from tests.agreements import METER, Ladder, Reading
from tests.signing import sign

from .data_town import KEY, DataTown

PURSE = 10**9


class Domain:
    """What a contract says of its messages, where `tests.signing` asks for it."""

    def __init__(self, name: str, contract: Contract) -> None:
        self._told: tuple[Any, ...] = (b"\x0f", name, "1", 31337, contract.address, b"", [])

    def eip712Domain(self) -> tuple[Any, ...]:
        return self._told


@dataclass
class Market:
    """List 1 of three plans; the terms of each agreement, as it told them last."""

    town: DataTown
    provider: int
    metering: int
    terms: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def lists(self) -> Contract:
        return self.town.deployment.contract("PriceLists")

    @property
    def book(self) -> Contract:
        return self.town.deployment.contract("Agreements")

    @property
    def operator(self) -> str:
        return self.town.people[16]

    def send(self, call: Call, sender: str) -> tuple[Event, ...]:
        events = self.town.send(call, sender)
        for one in events:
            if one.name in ("AgreementOpened", "TermsImproved"):
                self.terms[one.args["agreement_id"]] = tuple(one.args["terms"].values())
        return events

    def provide(self, function: str, *arguments: Any) -> tuple[Event, ...]:
        """An act of the provider's at its price lists."""
        return self.send(self.lists.call(function, *arguments), self.town.controller)

    def pay_for(self, customer: str, purse: int = PURSE) -> None:
        """Give somebody money that the book may take; they have to have a passport."""
        token = self.town.token
        self.town.passport(customer)
        self.send(token.call("mint", customer, purse), customer)
        self.send(token.call("approve", self.book.address, purse), customer)

    def open(self, customer: str, **changes: Any) -> int:
        events = self.send(self.book.call("open", self.ladder(**changes)), customer)
        return int(
            next(one for one in events if one.name == "AgreementOpened").args["agreement_id"]
        )

    def ladder(self, **changes: Any) -> Ladder:
        return words.ladder(**({"list_id": 1} | changes))

    def act(self, function: str, number: int, *arguments: Any, sender: str) -> tuple[Event, ...]:
        """Something at an agreement, with its terms."""
        call = self.book.call(function, number, self.terms[number], *arguments)
        return self.send(call, sender)

    def reading(self, number: int, sequence: int, register: int, outage: int = 0) -> Reading:
        """What the meter shows now."""
        domain = Domain("Cercle Agreements", self.book)
        return words.reading(domain, number, sequence, self.town.now(), register, outage)

    def read(self, number: int, *shown: int) -> tuple[Event, ...]:
        reading = self.reading(number, *shown)
        return self.act("settle", number, reading, sender=self.town.outsider)


def found_market(town: DataTown) -> Market:
    """Two companies, a meter of the second's, a list of the first's with three plans."""
    provider = town.found_company()
    register = company.register(town.deployment, KEY, "https://meters.example")
    made = town.send(register, town.people[16])
    market = Market(town, provider, int(made[0].args["company_id"]))
    told = {"meter": METER.address, "company_id": market.metering}
    told |= {"content_hash": words.METER_WORDS}
    domain = Domain("Cercle Price Lists", market.lists)
    word = sign(METER, domain, words.REGISTER_METER, **told)
    market.send(market.lists.call("register_meter", *told.values(), word), market.operator)
    terms = (words.PERIOD, words.GRACE, words.FACTOR, words.LIST_WORDS)
    token = town.token.address
    market.provide("open_list", provider, market.metering, token, *terms)
    for plan in (words.SMALL, words.MEDIUM, words.LARGE):
        market.provide("publish_plan", 1, plan, words.PLAN_WORDS)
    return market
