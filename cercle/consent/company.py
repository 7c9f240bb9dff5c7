"""What a company does: the calls that it sends, and what it has to do by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from ..calls import Call
from ..chain import Chain
from ..deployments import Deployment
from ..events import decode_logs
from ..index.history import MOST, History
from ..limits import ACKNOWLEDGE_TIME
from ..models import Head
from ..values import Frozen, moment
from . import answers
from .calls import raw
from .views import Acknowledgement, Duty

_PAGES = 500  # of `MOST` events


# ---- calls -------------------------------------------------------------------------------


def register(deployment: Deployment, hpke_key: str, uri: str) -> Call:
    """Register a company, of which the sender is the controller."""
    return deployment.contract("Consent").call("register_company", raw(hpke_key), uri)


def registered(deployment: Deployment, logs: Iterable[Mapping[str, Any]]) -> int:
    """The number of the company that a receipt's logs tell of.

    Raises:
        ValueError: They tell of none.
    """
    for event in decode_logs(deployment, logs):
        if event.name == "CompanyRegistered":
            return int(event.args["company_id"])
    raise ValueError("This receipt registers no company.")


def describe(deployment: Deployment, company_id: int, hpke_key: str, uri: str) -> Call:
    """Change the key for envelopes, or where the company says who it is."""
    return deployment.contract("Consent").call("describe", company_id, raw(hpke_key), uri)


def set_agent(deployment: Deployment, company_id: int, agent: str) -> Call:
    """Let an account ask, read and take note in the company's name; zero for none."""
    return deployment.contract("Consent").call("set_agent", company_id, agent)


def offer_controller(deployment: Deployment, company_id: int, candidate: str) -> Call:
    """Offer the company to another account; zero to withdraw the offer."""
    return deployment.contract("Consent").call("offer_controller", company_id, candidate)


def accept_controller(deployment: Deployment, company_id: int) -> Call:
    """Take a company over that is offered to the sender."""
    return deployment.contract("Consent").call("accept_controller", company_id)


def publish_notice(
    deployment: Deployment, company_id: int, purpose: int, categories: int, content_hash: str
) -> Call:
    """Say what it would do for a purpose; who agreed to an earlier version is asked anew."""
    words = (company_id, purpose, categories, raw(content_hash))
    return deployment.contract("Consent").call("publish_notice", *words)


def end_notice(deployment: Deployment, company_id: int, purpose: int) -> Call:
    """Give a purpose up."""
    return deployment.contract("Consent").call("end_notice", company_id, purpose)


def request_consent(
    deployment: Deployment, company_id: int, passport_id: int, purpose: int, categories: int
) -> Call:
    """Ask a person for consent under the notice of a purpose."""
    words = (passport_id, company_id, purpose, categories)
    return deployment.contract("Consent").call("request_consent", *words)


def acknowledge(
    deployment: Deployment,
    company_id: int,
    passport_id: int,
    purpose: int,
    category: int,
    version: int,
) -> Call:
    """Say that the company took note of a move."""
    words = (company_id, passport_id, purpose, category, version)
    return deployment.contract("Records").call("acknowledge", *words)


def request_access(
    deployment: Deployment,
    company_id: int,
    passport_id: int,
    purpose: int,
    category: int,
    order_hash: str,
    max_price: int = 0,
) -> Call:
    """Have it written down that the company looks, before it can."""
    words = (company_id, passport_id, purpose, category, raw(order_hash), max_price)
    return deployment.contract("Vault").call("request_access", *words)


def attest_deletion(
    deployment: Deployment, company_id: int, passport_id: int, purpose: int, certificate_hash: str
) -> Call:
    """Sign that the company deleted what it had read for a purpose."""
    words = (company_id, passport_id, purpose, raw(certificate_hash))
    return deployment.contract("Vault").call("attest_deletion", *words)


def deposit(deployment: Deployment, company_id: int, amount: int) -> Call:
    """Pay in for a company's reads and bonds; the token must allow the Vault so much before."""
    return deployment.contract("Vault").call("deposit", company_id, amount)


def withdraw_funds(deployment: Deployment, company_id: int, payee: str, amount: int) -> Call:
    """Take out what the company has free."""
    return deployment.contract("Vault").call("withdraw_funds", company_id, payee, amount)


def set_bond(deployment: Deployment, company_id: int, bond: int) -> Call:
    """Say what the company stakes on deleting in time, per person and purpose."""
    return deployment.contract("Vault").call("set_bond", company_id, bond)


def commit(deployment: Deployment, company_id: int, passport_id: int, commitment: str) -> Call:
    """Commit to the reasons of a decision, before the person is told the outcome."""
    words = (company_id, passport_id, raw(commitment))
    return deployment.contract("Decisions").call("commit", *words)


def open_decision(
    deployment: Deployment, decision_id: int, opening: Sequence[str], secret: str
) -> Call:
    """Open what was committed to: rule, inputs, outcome and counterfactual, by salted hash."""
    words = (decision_id, tuple(map(raw, opening)), raw(secret))
    return deployment.contract("Decisions").call("open", *words)


# ---- what is due ----------------------------------------------------------------------------


class Funds(Frozen):
    """What a company has in the Vault, besides bonds that are set aside."""

    free: int
    bond: int = Field(description="set aside for each person and purpose at the first read")
    next_bond: int = Field(description="a lower one, which waits")
    next_from: datetime | None = Field(description="until then; None: none waits")


class DueDeletion(Frozen):
    """What a company read, whose time to be kept is over or runs."""

    passport_id: int
    purpose: int
    duty: Duty
    kept_until: datetime | None = Field(description="from then on it may not be kept")
    is_due: bool = Field(description="that moment has come")


class DueNote(Frozen):
    """A move of which a company has not taken note."""

    passport_id: int
    purpose: int
    category: int
    version: int
    due_at: datetime | None
    is_late: bool


def funds(chain: Chain, deployment: Deployment, company_id: int) -> Funds:
    """What a company has in the Vault."""
    read = deployment.contract("Vault").read("funds_of", company_id)
    told = chain.read([read], chain.head())[0]
    return Funds(**{**told, "next_from": moment(told["next_from"])})


def deletions(
    chain: Chain, deployment: Deployment, history: History, company_id: int
) -> tuple[DueDeletion, ...]:
    """What a company holds by its own word; what is due first, by the time that is left."""
    if not deployment.has("Vault"):
        return ()
    pairs = _pairs(history, "Vault", "AccessRequested", company_id)
    book, vault, head = deployment.contract("Consent"), deployment.contract("Vault"), chain.head()
    reads = [
        read
        for passport_id, purpose in pairs
        for read in (
            vault.read("duty_of", passport_id, company_id, purpose),
            vault.read("due_at", passport_id, company_id, purpose),
            book.read("kept_until", passport_id, company_id, purpose),
        )
    ]
    told, found = chain.read(reads, head) if reads else [], []
    for place, (passport_id, purpose) in enumerate(pairs):
        duty, due_at, kept = told[3 * place : 3 * place + 3]
        made = answers.duty(duty, due_at)
        if made is not None and made.read_at is not None:
            found.append(
                DueDeletion(
                    passport_id=passport_id,
                    purpose=purpose,
                    duty=made,
                    kept_until=moment(kept),
                    is_due=kept <= head.timestamp,
                )
            )
    return tuple(sorted(found, key=lambda one: (not one.is_due, one.kept_until or head.time)))


def notes(
    chain: Chain, deployment: Deployment, history: History, company_id: int
) -> tuple[DueNote, ...]:
    """The moves of which a company has not taken note, the oldest first."""
    if not deployment.has("Records"):
        return ()
    pairs, head = _pairs(history, "Consent", "ConsentGiven", company_id), chain.head()
    told = _expected(chain, deployment, history, company_id, pairs, head)
    return tuple(sorted(told, key=lambda one: (one.due_at or head.time, one.passport_id)))


def _expected(
    chain: Chain,
    deployment: Deployment,
    history: History,
    company_id: int,
    pairs: Sequence[tuple[int, int]],
    head: Head,
) -> list[DueNote]:
    book = deployment.contract("Records")
    asked = []
    for passport_id in dict.fromkeys(passport for passport, _ in pairs):
        moved = _moved(history, passport_id)
        theirs = [pair for pair in pairs if pair[0] == passport_id]
        asked += [(*pair, category) for pair in theirs for category in moved]
    reads = [
        read
        for passport_id, purpose, category in asked
        for read in (
            book.read("acknowledgement", passport_id, company_id, purpose, category),
            book.read("move_of", passport_id, category),
        )
    ]
    told, found = chain.read(reads, head) if reads else [], []
    for place, (passport_id, purpose, category) in enumerate(asked):
        word, move = Acknowledgement(told[2 * place]), told[2 * place + 1]
        if word in (Acknowledgement.EXPECTED, Acknowledgement.LATE):
            found.append(
                DueNote(
                    passport_id=passport_id,
                    purpose=purpose,
                    category=category,
                    version=move["version"],
                    due_at=moment(move["moved_at"] + ACKNOWLEDGE_TIME),
                    is_late=word == Acknowledgement.LATE,
                )
            )
    return found


def _pairs(history: History, contract: str, event: str, company_id: int) -> list[tuple[int, int]]:
    """Every person and purpose that a kind of event names, once."""
    found: dict[tuple[int, int], None] = {}
    before: str | None = None
    for _ in range(_PAGES):
        page = history.events(
            contract, event, where={"company_id": company_id}, limit=MOST, before=before
        )
        for entry in page.entries:
            found[entry.event.args["passport_id"], entry.event.args["purpose"]] = None
        before = page.older
        if before is None:
            break
    return sorted(found)


def _moved(history: History, passport_id: int) -> list[int]:
    """The categories of which a person ever told a change."""
    found = set()
    for event in ("CategoryMoved", "CategoryErased"):
        page = history.events("Records", event, where={"passport_id": passport_id}, limit=MOST)
        found |= {entry.event.args["category"] for entry in page.entries}
    return sorted(found)


__all__ = [
    "DueDeletion",
    "DueNote",
    "Funds",
    "accept_controller",
    "acknowledge",
    "attest_deletion",
    "commit",
    "deletions",
    "deposit",
    "describe",
    "end_notice",
    "funds",
    "notes",
    "offer_controller",
    "open_decision",
    "publish_notice",
    "register",
    "registered",
    "request_access",
    "request_consent",
    "set_agent",
    "set_bond",
    "withdraw_funds",
]
