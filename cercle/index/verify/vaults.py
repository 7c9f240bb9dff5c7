"""Who looked, what it cost and earned, and what must be deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...contracts import Contract
from ...models import Head
from .books import Books, Question

_DUTIES = ("access_requested", "deletion_attested", "deletion_overdue")
_ABSENT = (0, 0, 0, 0, False)


def questions(books: Books, head: Head) -> Iterator[Question]:
    """Prices, duties and bonds; incomes; what the Vault owes in all."""
    for source, vault in books.contracts("Vault"):
        yield from _prices(books, source, vault)
        yield from _incomes(books, source, vault)
        yield from _duties(books, source, vault)


def _prices(books: Books, source: int, vault: Contract) -> Iterator[Question]:
    found = {
        (row.passport_id, row.purpose, row.category): row.new_price
        for row in books.rows("vault_price_set", source=source)
    }
    for (who, purpose, category), price in found.items():
        yield Question(
            f"price of passport {who} for purpose {purpose} and category {category}",
            vault.read("price_of", who, purpose, category),
            price,
        )


def _incomes(books: Books, source: int, vault: Contract) -> Iterator[Question]:
    """All that came in for each; and what is held: paid in, less what went out."""
    incomes: dict[int, int] = {}
    for row in books.rows("vault_income_credited", source=source):
        incomes[row.account] = incomes.get(row.account, 0) + row.amount
    for account, amount in incomes.items():
        yield Question(f"income of passport {account}", vault.read("income_of", account), amount)
    held = sum(row.amount for row in books.rows("vault_funds_deposited", source=source))
    for table in ("vault_funds_withdrawn", "vault_income_collected"):
        held -= sum(row.amount for row in books.rows(table, source=source))
    yield Question("held by the vault", vault.read("owed"), held)


def _duties(books: Books, source: int, vault: Contract) -> Iterator[Question]:
    found: dict[tuple[int, int, int], tuple[Any, ...]] = {}
    for name, row, time in books.story(source, *(f"vault_{kind}" for kind in _DUTIES)):
        key = row.passport_id, row.company_id, row.purpose
        issued_at, reads, _, _, _ = found.get(key, _ABSENT)
        if name == "vault_access_requested":
            found[key] = (row.issued_at, row.read, time, None, False)
        elif name == "vault_deletion_attested":
            found[key] = (issued_at, reads, 0, 0, False)
        else:
            found[key] = (*found.get(key, _ABSENT)[:3], 0, True)
    for (who, company, purpose), told in found.items():
        bond = told[3]
        yield Question(
            f"duty of company {company} to passport {who} for purpose {purpose}",
            vault.read("duty_of", who, company, purpose),
            told if bond is not None else (*told[:3], told[4]),
            take=_duty if bond is not None else _duty_without_bond,
        )


def _duty(told: dict[str, Any]) -> tuple[Any, ...]:
    names = ("issued_at", "reads", "read_at", "bond", "is_overdue")
    return tuple(told[name] for name in names)


def _duty_without_bond(told: dict[str, Any]) -> tuple[Any, ...]:
    """No event tells what was set aside at the first read."""
    return told["issued_at"], told["reads"], told["read_at"], told["is_overdue"]


__all__ = ["questions"]
