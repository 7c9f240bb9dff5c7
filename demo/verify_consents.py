"""Consents as the demo's script has them, beside those on the chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cercle.chain import Chain
from cercle.consent import category_of
from cercle.contracts import Read
from cercle.deployments import Deployment
from cercle.events import Event

from . import independent_consents
from .companies import COMPANIES, OFFERS
from .desk import HOUR
from .history import DAY
from .independent_consents import Sums
from .made import Made
from .node import DemoError

Since = Callable[[str, str], tuple[Event, ...]]
_ADDRESS = category_of("PhysicalAddress").bit
WITH_ADDRESS = tuple(o for o in OFFERS if o.notice.categories >> _ADDRESS & 1)
# What visitors may do that changes a person's board.
_ACTS = {
    "Consent": (
        *("ConsentGiven", "ConsentRefused", "ConsentWithdrawn", "EverythingWithdrawn"),
        *("CompanyDenied", "PurposeDenied", "ConsentRequested"),
    ),
    "Records": ("CategoryMoved", "CategoryErased", "MoveAcknowledged"),
    "Vault": ("AccessRequested", "DeletionAttested", "DeletionOverdue"),
    "Decisions": ("OpeningDemanded", "DecisionOpened"),
}
_MONEY = ("FundsDeposited", "FundsWithdrawn", "IncomeCollected", "AccessRequested")


def compare_consents(
    chain: Chain, deployment: Deployment, made: Made, order: Sequence[int], since: Since
) -> Sums:
    """Compare everybody's board, incomes, moves and decisions, and the companies' money.

    Args:
        chain: Where to read.
        deployment: The demo's brand.
        made: When the stage was set.
        order: The customers in the order of their passports.
        since: The events of what visitors did since.

    Raises:
        DemoError: Something differs; the text says what.
    """
    numbers = list(order)
    told = independent_consents.sums(numbers)
    acted = acted_since(since)
    people = [
        (passport, number) for passport, number in enumerate(numbers, 1) if passport not in acted
    ]
    head = chain.head(fresh=True)
    today = today_of(made, head.timestamp)
    book, vault, records = (deployment.contract(name) for name in ("Consent", "Vault", "Records"))
    asked: list[tuple[str, Read, int]] = []
    for passport, number in people:
        board = told.boards[number]
        for offer in OFFERS:
            place = passport, offer.company_id, offer.number
            what = f"{offer.name} of customer {number}"
            asked.append((what, book.read("status", *place), board.status(offer, today)))
        for offer in WITH_ADDRESS if board.moved_on is not None else ():
            read = records.read(
                "acknowledgement", passport, offer.company_id, offer.number, _ADDRESS
            )
            asked.append((f"move of {number}, {offer.name}", read, board.note(offer, today)))
        income = vault.read("income_of", passport)
        asked.append((f"income of customer {number}", income, board.income))
    _compare(chain, asked)
    _compare_duties(chain, deployment, people, told)
    _compare_decisions(chain, deployment, numbers, since)
    if not any(since("Vault", name) for name in _MONEY):
        _compare_funds(chain, deployment, told)
    return told


def acted_since(since: Since) -> set[int]:
    """Whose boards visitors or companies changed after the stage was set, by passport."""
    return {
        event.args["passport_id"]
        for contract, names in _ACTS.items()
        for name in names
        for event in since(contract, name)
    }


def today_of(made: Made, now: int) -> float:
    """The chain's clock in days before the last purchase's, when the desk acts: below nothing."""
    return (made.last_day * DAY + 14 * HOUR - now) / DAY


def _compare(chain: Chain, asked: Sequence[tuple[str, Read, int]]) -> None:
    for start in range(0, len(asked), 500):
        part = asked[start : start + 500]
        found = chain.read([read for _, read, _ in part], chain.head())
        for (what, _, expected), shown in zip(part, found, strict=True):
            _same(what, expected, shown)


def _compare_duties(
    chain: Chain, deployment: Deployment, people: Sequence[tuple[int, int]], told: Sums
) -> None:
    """What companies hold of whom, and stake on deleting it."""
    vault = deployment.contract("Vault")
    asked = [
        (number, offer, vault.read("duty_of", passport, offer.company_id, offer.number))
        for passport, number in people
        for offer in OFFERS
        if told.boards[number].places[offer.name].given_on is not None
    ]
    for start in range(0, len(asked), 500):
        part = asked[start : start + 500]
        found = chain.read([read for _, _, read in part], chain.head())
        for (number, offer, _), duty in zip(part, found, strict=True):
            place = told.boards[number].places[offer.name]
            what = f"{offer.name} of customer {number}"
            _same(f"stake on {what}", place.stake, duty["bond"])
            _same(f"hold on {what}", place.is_held, duty["read_at"] != 0)


def _compare_decisions(
    chain: Chain, deployment: Deployment, numbers: list[int], since: Since
) -> None:
    moved = {
        event.args["decision_id"]
        for name in ("OpeningDemanded", "DecisionOpened")
        for event in since("Decisions", name)
    }
    book, expected = deployment.contract("Decisions"), independent_consents.decisions(numbers)
    reads = [book.read("state", place) for place in range(1, len(expected) + 1)]
    found: list[Any] = chain.read(reads, chain.head())
    for place, ((number, state), shown) in enumerate(zip(expected, found, strict=True), 1):
        if place not in moved:
            _same(f"decision {place}, of customer {number}", state, shown)


def _compare_funds(chain: Chain, deployment: Deployment, told: Sums) -> None:
    vault = deployment.contract("Vault")
    companies = range(1, len(COMPANIES) + 1)
    found = chain.read([vault.read("funds_of", one) for one in companies], chain.head())
    for number, funds in zip(companies, found, strict=True):
        _same(f"money of company {number}", told.free[number], funds["free"])


def _same(what: str, script: int, shown: int) -> None:
    if script != shown:
        raise DemoError(f"The {what}: {shown} on the chain, the script says {script}.")


__all__ = ["WITH_ADDRESS", "acted_since", "compare_consents", "today_of"]
