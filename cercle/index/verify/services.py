"""What providers offer, how each agreement stands, and what is due to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from ...codec import encode
from ...contracts import Contract, packaged_abi, type_of
from ...models import Head
from ...values import checksummed
from .books import Books, Question

_LISTS = ("price_list_opened", "plan_published", "plan_withdrawn")
_AGREEMENTS = (
    *("agreement_opened", "terms_improved", "terms_worsened", "agreement_ended", "went_on"),
    *("escrow_paid", "escrow_withdrawn", "period_closed", "silence_closed", "earnings_collected"),
    *("reading_settled", "reading_uncounted"),
)
_GONE = {"base_price": 0, "included": 0, "unit_price": 0, "capacity": 0}
# What events tell of an account; its price, its warnings and its stops follow from the terms.
_TOLD = (
    *("periods", "period", "use", "escrow", "left", "sequence", "register"),
    *("is_worsened", "has_left", "has_gone_on"),
)
_NOT_GONE_ON = {"period": 0, "limit": 0, "period_cap": 0, "left_at": 0}


def questions(books: Books, head: Head) -> Iterator[Question]:
    """Lists, plans and meters; accounts, terms and goings on; what is due."""
    for source, lists in books.contracts("PriceLists"):
        yield from _lists(books, source, lists)
        yield from _meters(books, source, lists)
    for source, agreements in books.contracts("Agreements"):
        yield from _agreements(books, source, agreements)


# ---- what providers offer -----------------------------------------------------------------


def _lists(books: Books, source: int, lists: Contract) -> Iterator[Question]:
    found: dict[int, dict[str, Any]] = {}
    plans: dict[tuple[int, int], tuple[dict[str, int], int]] = {}
    for name, row, _ in books.story(source, *(f"price_lists_{kind}" for kind in _LISTS)):
        if name.endswith("_list_opened"):
            names = ("company_id", "operator_id", "period", "grace", "outage_factor")
            told = {name: getattr(row, name) for name in names}
            token = checksummed(row.token)
            found[row.list_id] = {**told, "token": token, "revision": 0, "plan_count": 0}
        elif row.list_id in found:  # else its opening is missing: the number of lists tells
            offered = found[row.list_id]
            offered["revision"] = row.revision
            if name.endswith("_withdrawn"):
                _, whose = plans.get((row.list_id, row.plan_id), (_GONE, 0))
                plans[row.list_id, row.plan_id] = (_GONE, whose)
                continue
            offered["plan_count"] = max(offered["plan_count"], row.plan_id)
            plans[row.list_id, row.plan_id] = (json.loads(row.plan), row.passport_id)
    for list_id, one in found.items():
        yield Question(f"list {list_id}", lists.read("list_of", list_id), one)
    for (list_id, plan_id), made in plans.items():
        what = f"plan {plan_id} of list {list_id} (terms, for whom alone)"
        yield Question(what, lists.read("plan_of", list_id, plan_id), made, take=_plan)
    yield Question("price lists", lists.read("list_count"), len(found))


def _plan(told: Any) -> tuple[Any, Any]:
    plan, passport_id = told.values() if isinstance(told, dict) else told
    return plan, passport_id


def _meters(books: Books, source: int, lists: Contract) -> Iterator[Question]:
    found = {
        row.meter: row.company_id
        for row in books.rows("price_lists_meter_registered", source=source)
    }
    for meter, company_id in found.items():
        yield Question(f"operator of meter {meter}", lists.read("operator_of", meter), company_id)


# ---- agreements -----------------------------------------------------------------------------


@dataclass
class _Agreement:
    """One agreement, as what was logged of it leaves it."""

    list_id: int
    terms: Mapping[str, Any]
    periods: int
    left: int
    period: int = 0
    use: int = 0
    escrow: int = 0
    sequence: int = 0
    register: int = 0
    is_worsened: bool = False
    has_left: bool = False
    has_gone_on: bool = False
    going: Mapping[str, int] | None = None

    def close(self, until: int, charge: int) -> None:
        """The periods before this one are closed."""
        self.period, self.use, self.has_gone_on = until, 0, False
        self.escrow -= charge
        self.left -= charge

    def end(self, ends_at: int, is_at_once: bool) -> None:
        lived = ends_at - self.terms["starts_at"]
        self.periods = lived // self.terms["period"]
        if is_at_once and lived >= 0:
            self.periods += 1
            self.going = {**self._kept(), "left_at": ends_at}
            self.has_left = True
        self.periods = max(0, self.periods)

    def go_on(self, row: Any) -> None:
        told = {"period": row.period, "limit": row.limit, "period_cap": row.period_cap}
        self.going = {**self._kept(), **told}
        self.has_gone_on = True

    def _kept(self) -> Mapping[str, int]:
        """What the contract still reads of what was said before."""
        is_kept = self.going is not None and (self.has_left or self.has_gone_on)
        return self.going if is_kept and self.going is not None else _NOT_GONE_ON


def _agreements(books: Books, source: int, book: Contract) -> Iterator[Question]:
    found: dict[int, _Agreement] = {}
    due: dict[int, int] = {}
    opened = 0
    for name, row, _ in books.story(source, *(f"agreements_{kind}" for kind in _AGREEMENTS)):
        kind = name.removeprefix("agreements_")
        if kind == "agreement_opened":
            opened += 1
            terms = json.loads(row.terms)
            made = _Agreement(row.list_id, terms, row.periods, row.total_cap)
            found[row.agreement_id] = made
        elif kind == "earnings_collected":
            due[row.list_id] = due.get(row.list_id, 0) - row.amount
        elif row.agreement_id in found:  # else its opening is missing: the number of them tells
            one = found[row.agreement_id]
            _happen(one, kind, row)
            if kind in ("period_closed", "silence_closed"):
                due[one.list_id] = due.get(one.list_id, 0) + row.charge
    for agreement_id, one in found.items():
        yield from _as_it_stands(book, agreement_id, one)
    for list_id, amount in due.items():
        yield Question(f"due of list {list_id}", book.read("due_of", list_id), amount)
    yield Question("agreements", book.read("agreement_count"), opened)


def _happen(one: _Agreement, kind: str, row: Any) -> None:
    match kind:
        case "terms_improved":
            one.terms = json.loads(row.terms)
        case "terms_worsened":
            one.is_worsened = True
        case "agreement_ended":
            one.end(row.ends_at, row.is_at_once)
        case "went_on":
            one.go_on(row)
        case "escrow_paid":
            one.escrow += row.amount
        case "escrow_withdrawn":
            one.escrow -= row.amount
        case "period_closed":
            one.close(row.period + 1, row.charge)
        case "silence_closed":
            one.close(row.first + row.periods, row.charge)
        case _:
            one.sequence, one.register = row.sequence, row.register
            one.use = row.use if kind == "reading_settled" else one.use


def _as_it_stands(book: Contract, agreement_id: int, one: _Agreement) -> Iterator[Question]:
    yield Question(
        f"agreement {agreement_id} ({', '.join(_TOLD)})",
        book.read("account_of", agreement_id),
        tuple(getattr(one, name) for name in _TOLD),
        take=lambda told: tuple(told[name] for name in _TOLD),
    )
    yield Question(
        f"terms of agreement {agreement_id}",
        book.read("terms_hash_of", agreement_id),
        _terms_hash(one.terms),
    )
    if one.going is not None:
        what = f"going on of agreement {agreement_id}"
        yield Question(what, book.read("going_on_of", agreement_id), dict(one.going))


def _terms_hash(terms: Mapping[str, Any]) -> bytes:
    """What the contract keeps of terms: it is they that whoever acts has to bring along."""
    kind = next(
        type_of(item)
        for entry in packaged_abi("Agreements")
        if entry.get("name") == "AgreementOpened"
        for item in entry["inputs"]
        if item["name"] == "terms"
    )
    return bytes(keccak(encode([kind], [tuple(terms.values())])))


__all__ = ["questions"]
