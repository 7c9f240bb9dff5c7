"""Who allowed whom what, word for word; moves, and the reasons of decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...contracts import Contract
from ...models import Head
from ...values import ZERO_ADDRESS, checksummed
from .books import Books, Question

_GRANT = (("categories", 64), ("issued_at", 40), ("until", 40), ("keep_until", 40))
_REST = (("renewed_from", 40), ("reads", 16), ("notice_version", 16))
_COMPANIES = ("company_registered", "agent_set", "controller_changed")
_NOTICES = ("notice_published", "notice_ended")
_GRANTS = ("consent_given", "consent_withdrawn", "end_noted")
_ASKS = ("consent_requested", "consent_refused")
_PERSONS = ("everything_withdrawn", "company_denied", "purpose_denied")


def questions(books: Books, head: Head) -> Iterator[Question]:
    """Companies and notices; grants, asks and denials; records; decisions."""
    for source, consent in books.contracts("Consent"):
        yield from _companies(books, source, consent)
        yield from _notices(books, source, consent)
        yield from _grants(books, source, consent)
        yield from _asks(books, source, consent)
        yield from _persons(books, source, consent)
    for source, records in books.contracts("Records"):
        yield from _records(books, source, records)
    for source, decisions in books.contracts("Decisions"):
        yield from _decisions(books, source, decisions)


def _of(books: Books, source: int, kinds: tuple[str, ...]) -> Iterator[tuple[str, Any, int]]:
    start = "consent_"
    for name, row, time in books.story(source, *(start + kind for kind in kinds)):
        yield name.removeprefix(start), row, time


def _companies(books: Books, source: int, consent: Contract) -> Iterator[Question]:
    controllers: dict[int, str] = {}
    agents: dict[int, str] = {}
    for kind, row, _ in _of(books, source, _COMPANIES):
        if kind == "agent_set":
            agents[row.company_id] = row.new_agent
            continue
        is_new = kind == "company_registered"
        controllers[row.company_id] = row.controller if is_new else row.new_controller
    for number, controller in controllers.items():
        told = tuple(map(checksummed, (controller, agents.get(number, ZERO_ADDRESS))))
        yield Question(
            f"company {number} (controller, agent)",
            consent.read("company_of", number),
            told,
            take=lambda answer: (answer["controller"], answer["agent"]),
        )
    yield Question("companies", consent.read("company_count"), len(controllers))


def _notices(books: Books, source: int, consent: Contract) -> Iterator[Question]:
    found: dict[tuple[int, int], tuple[Any, ...]] = {}
    for kind, row, _ in _of(books, source, _NOTICES):
        key = row.company_id, row.purpose
        if kind == "notice_published":
            found[key] = (row.version, row.categories, row.content_hash, False)
        elif key in found:
            found[key] = (*found[key][:3], True)
    for (company, purpose), told in found.items():
        yield Question(
            f"notice of company {company} for purpose {purpose} (version, data, hash, ended)",
            consent.read("notice_of", company, purpose),
            told,
            take=_notice,
        )


def _notice(told: dict[str, Any]) -> tuple[Any, ...]:
    content = "0x" + told["content_hash"].hex()
    return told["version"], told["categories"], content, told["is_ended"]


def _grants(books: Books, source: int, consent: Contract) -> Iterator[Question]:
    found: dict[tuple[int, int, int], dict[str, int]] = {}
    for kind, row, time in _of(books, source, _GRANTS):
        key = row.passport_id, row.company_id, row.purpose
        if kind == "consent_given":
            found[key] = _unpacked(row.grant)
            continue
        before = found.get(key, dict.fromkeys((name for name, _ in (*_GRANT, *_REST)), 0))
        at = time if kind == "consent_withdrawn" else row.ended_at
        ended = at if before["categories"] else before["until"]
        given_at = before["issued_at"] if before["categories"] else before["renewed_from"]
        gone = {"categories": 0, "renewed_from": given_at, "reads": 0}
        found[key] = {**before, **gone, "issued_at": at, "until": ended}
    for (passport_id, company, purpose), grant in found.items():
        yield Question(
            f"grant of passport {passport_id} to company {company} for purpose {purpose}",
            consent.read("grant_of", passport_id, company, purpose),
            grant,
        )


def _unpacked(word: int) -> dict[str, int]:
    found = {}
    for name, width in (*_GRANT, *_REST):
        found[name] = word & ((1 << width) - 1)
        word >>= width
    return found


def _asks(books: Books, source: int, consent: Contract) -> Iterator[Question]:
    found: dict[tuple[int, int, int], dict[str, int]] = {}
    for kind, row, time in _of(books, source, _ASKS):
        key = row.passport_id, row.company_id, row.purpose
        ask = found.setdefault(key, {"asked_at": 0, "refused_at": 0})
        ask["asked_at" if kind == "consent_requested" else "refused_at"] = time
    for (passport_id, company, purpose), ask in found.items():
        yield Question(
            f"asking of passport {passport_id} by company {company} for purpose {purpose}",
            consent.read("ask_of", passport_id, company, purpose),
            ask,
        )


def _persons(books: Books, source: int, consent: Contract) -> Iterator[Question]:
    ends: dict[int, int] = {}
    purposes: dict[int, int] = {}
    companies: dict[int, set[int]] = {}
    for kind, row, time in _of(books, source, _PERSONS):
        who = row.passport_id
        if kind == "everything_withdrawn":
            ends[who] = time
        elif kind == "purpose_denied":
            bit, before = 1 << row.purpose, purposes.get(who, 0)
            purposes[who] = before | bit if row.is_denied else before & ~bit
        elif row.is_denied:
            companies.setdefault(who, set()).add(row.company_id)
        else:
            companies.setdefault(who, set()).discard(row.company_id)
    for who in sorted({*ends, *purposes, *companies}):
        yield Question(
            f"denials of passport {who}",
            consent.read("person_of", who),
            {
                "withdrawn_at": ends.get(who, 0),
                "denied_purposes": purposes.get(who, 0),
                "denied_companies": len(companies.get(who, ())),
            },
        )


def _records(books: Books, source: int, records: Contract) -> Iterator[Question]:
    moves: dict[tuple[int, int], dict[str, Any]] = {}
    notes: dict[tuple[int, int, int], int] = {}
    custodians: dict[int, list[str]] = {}
    kinds = ("category_moved", "category_erased", "move_acknowledged", "custodians_set")
    for name, row, time in books.story(source, *(f"records_{kind}" for kind in kinds)):
        kind = name.removeprefix("records_")
        if kind == "move_acknowledged":
            notes[row.passport_id, row.company_id, row.category] = row.version
        elif kind == "custodians_set":
            told = json.loads(row.custodians)
            custodians[row.passport_id] = [checksummed(one) for one in told]
        else:
            moves[row.passport_id, row.category] = {
                "version": row.version,
                "moved_at": time,
                "is_erased": kind == "category_erased",
            }
    for (who, category), move in moves.items():
        what = f"category {category} of passport {who}"
        yield Question(what, records.read("move_of", who, category), move)
    for (who, company, category), version in notes.items():
        yield Question(
            f"note of company {company} on category {category} of passport {who}",
            records.read("acknowledged_version", who, company, category),
            version,
        )
    for who, keys in custodians.items():
        yield Question(f"custodians of passport {who}", records.read("custodians_of", who), keys)


def _decisions(books: Books, source: int, decisions: Contract) -> Iterator[Question]:
    found: dict[int, list[Any]] = {}
    kinds = ("decision_committed", "opening_demanded", "decision_opened")
    for name, row, time in books.story(source, *(f"decisions_{kind}" for kind in kinds)):
        if name == "decisions_decision_committed":
            facts = (row.company_id, row.passport_id, row.commitment)
            found[row.decision_id] = [*facts, time, 0, 0]
        elif row.decision_id in found:
            found[row.decision_id][4 if name == "decisions_opening_demanded" else 5] = time
    for number, told in found.items():
        yield Question(
            f"decision {number} (company, passport, seal, committed, demanded, opened)",
            decisions.read("decision_of", number),
            tuple(told),
            take=_decision,
        )
    yield Question("decisions", decisions.read("decision_count"), len(found))


def _decision(told: dict[str, Any]) -> tuple[Any, ...]:
    seal = "0x" + told["commitment"].hex()
    times = (told[f"{word}_at"] for word in ("committed", "demanded", "opened"))
    return told["company_id"], told["passport_id"], seal, *times


__all__ = ["questions"]
