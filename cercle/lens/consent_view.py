"""A person's consents: whom they allow what, who asks, what is left, and when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..chain import Chain
from ..consent import PURPOSES, ConsentStatus, answers
from ..consent.views import CompanyBoard, CompanyView, ConsentBoard, ConsentLine, NoticeView
from ..contracts import Contract, Read
from ..deployments import Deployment
from ..models import Head
from ..values import moment
from .rounds import Reader, ask, at_newest

_EMPTY = {
    "version": 0,
    "since": 0,
    "categories": 0,
    "is_ended": False,
    "content_hash": bytes(32),
}


def consents(
    chain: Chain,
    deployment: Deployment,
    passport_id: int,
    companies: Sequence[int] = (),
    block: Head | None = None,
) -> ConsentBoard:
    """A person's whole board, at one block; a stranger's is empty but for the brand's company.

    Args:
        chain: Where to read.
        deployment: The brand, whose own company is always there.
        passport_id: The person.
        companies: The others that matter to them: `cercle.consent.companies_of` says which.
        block: The block to read at; the newest if none is named.
    """
    asked = tuple(dict.fromkeys(companies))
    view = ("consents", deployment.address("Charter"), passport_id, asked)
    return at_newest(
        chain,
        block,
        lambda reader, head: _board(reader, deployment, passport_id, asked, head),
        *view,
    )


def company(
    chain: Chain, deployment: Deployment, company_id: int, block: Head | None = None
) -> CompanyView | None:
    """A company in its own words; None for a number that nobody has."""
    read = deployment.contract("Consent").read("company_of", company_id)
    found = at_newest(chain, block, lambda reader, head: ask(reader, head, {"": read})[""])
    return answers.company(company_id, found)


def notices(
    chain: Chain, deployment: Deployment, company_id: int, block: Head | None = None
) -> tuple[NoticeView, ...]:
    """What a company says of each purpose, or said."""
    book = deployment.contract("Consent")
    reads = {str(one.number): book.read("notice_of", company_id, one.number) for one in PURPOSES}
    told = at_newest(chain, block, lambda reader, head: ask(reader, head, reads))
    made = (answers.notice(company_id, one.number, told[str(one.number)]) for one in PURPOSES)
    return tuple(one for one in made if one.version)


def _board(
    chain: Reader,
    deployment: Deployment,
    passport_id: int,
    companies: tuple[int, ...],
    head: Head,
) -> ConsentBoard:
    if not deployment.has("Consent"):
        return ConsentBoard(
            head=head, passport_id=passport_id, withdrawn_at=None, denied_purposes=(), companies=()
        )
    book = deployment.contract("Consent")
    first = ask(
        chain,
        head,
        {
            "own": deployment.contract("Charter").read("company_id"),
            "person": book.read("person_of", passport_id),
        },
    )
    own = int(first["own"] or 0)
    numbers = tuple(dict.fromkeys([*([own] if own else []), *companies]))
    known = ask(chain, head, _of_companies(book, passport_id, numbers))
    pairs = [
        (number, one.number)
        for number in numbers
        for one in PURPOSES
        if _is_there(known, number, one.number)
    ]
    known |= ask(chain, head, _of_pairs(deployment, passport_id, pairs))
    boards = []
    for number in numbers:
        found = answers.company(number, known[f"company {number}"])
        if found is not None:
            boards.append(
                CompanyBoard(
                    company=found,
                    is_denied=bool(known[f"denied {number}"]),
                    is_brands=number == own,
                    lines=tuple(_line(known, *pair, head) for pair in pairs if pair[0] == number),
                )
            )
    person = first["person"] or {"withdrawn_at": 0, "denied_purposes": 0}
    mask = int(person["denied_purposes"])
    return ConsentBoard(
        head=head,
        passport_id=passport_id,
        withdrawn_at=moment(person["withdrawn_at"]),
        denied_purposes=tuple(bit for bit in range(64) if mask >> bit & 1),
        companies=tuple(boards),
    )


def _of_companies(book: Contract, passport_id: int, numbers: Sequence[int]) -> dict[str, Read]:
    """Who each company is, and where each of its purposes stands with the person."""
    questions: dict[str, Read] = {}
    for number in numbers:
        questions[f"company {number}"] = book.read("company_of", number)
        questions[f"denied {number}"] = book.read("is_company_denied", passport_id, number)
        for one in PURPOSES:
            pair = f"{number} {one.number}"
            questions[f"notice {pair}"] = book.read("notice_of", number, one.number)
            questions[f"status {pair}"] = book.read("status", passport_id, number, one.number)
    return questions


def _is_there(known: dict[str, Any], number: int, purpose: int) -> bool:
    """Whether a company speaks of a purpose, or something was said of it once."""
    notice = known[f"notice {number} {purpose}"]
    status = known[f"status {number} {purpose}"] or 0
    return bool(notice and notice["version"]) or status not in (
        ConsentStatus.NONE,
        ConsentStatus.REFUSED,  # of what nobody asked: a purpose or a company shut out
    )


def _of_pairs(
    deployment: Deployment, passport_id: int, pairs: Sequence[tuple[int, int]]
) -> dict[str, Read]:
    """What was given and asked, and what was read under it."""
    book, questions = deployment.contract("Consent"), {}
    vault = deployment.contract("Vault") if deployment.has("Vault") else None
    for number, purpose in pairs:
        place = passport_id, number, purpose
        name = f"{number} {purpose}"
        questions[f"grant {name}"] = book.read("grant_of", *place)
        questions[f"ask {name}"] = book.read("ask_of", *place)
        questions[f"kept {name}"] = book.read("kept_until", *place)
        if vault is not None:
            questions[f"duty {name}"] = vault.read("duty_of", *place)
            questions[f"due {name}"] = vault.read("due_at", *place)
    return questions


def _line(known: dict[str, Any], number: int, purpose: int, head: Head) -> ConsentLine:
    name = f"{number} {purpose}"
    asked = known[f"ask {name}"] or {"asked_at": 0, "refused_at": 0}
    return ConsentLine(
        company_id=number,
        purpose=purpose,
        status=ConsentStatus(known[f"status {name}"] or 0),
        notice=answers.notice(number, purpose, known[f"notice {name}"] or _EMPTY),
        grant=answers.grant(known[f"grant {name}"]),
        kept_until=moment(known[f"kept {name}"] or 0),
        asked_at=moment(asked["asked_at"]),
        refused_at=moment(asked["refused_at"]),
        duty=answers.duty(known.get(f"duty {name}"), known.get(f"due {name}")),
        now=head.timestamp,
    )


__all__ = ["company", "consents", "notices"]
