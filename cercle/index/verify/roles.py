"""Who acts for the brand."""

from __future__ import annotations

from collections.abc import Iterator

from ...models import Head
from .books import Books, Question


def questions(books: Books, head: Head) -> Iterator[Question]:
    """The roles of every account that ever held one."""
    for source, charter in books.contracts("Charter"):
        held: dict[str, int] = {}
        given = [(row, True) for row in books.rows("charter_roles_given", source=source)]
        taken = [(row, False) for row in books.rows("charter_roles_taken", source=source)]
        for row, is_given in sorted(given + taken, key=lambda one: (one[0][0], one[0][1])):
            before = held.get(row.account, 0)
            held[row.account] = before | row.roles if is_given else before & ~row.roles
        for account, roles in held.items():
            yield Question(f"roles of {account}", charter.read("roles", account), roles)


__all__ = ["questions"]
