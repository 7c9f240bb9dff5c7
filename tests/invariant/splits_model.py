"""What a shared income should be, in plain Python: all its credits, table by table, kept for ever.

Nothing is settled here and nothing forgotten: what is due is worked out anew each time.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

WHOLE = 10_000
MOST = 2**128 - 1
Shares = tuple[tuple[int, int], ...]


@dataclass
class Income:
    """One account's."""

    owner: int
    tables: dict[int, Shares] = field(default_factory=lambda: {0: ()})  # by their first month
    credited: dict[int, int] = field(default_factory=dict)  # by their table
    collected: dict[int, int] = field(default_factory=dict)  # by payee

    @property
    def total(self) -> int:
        return sum(self.credited.values())

    def counting(self, month: int) -> int:
        """The first month of the table that counts in this month."""
        return max(first for first in self.tables if first <= month)

    def waiting(self, month: int) -> int:
        """The first month of the table that waits, 0 if none does."""
        return max((first for first in self.tables if first > month), default=0)

    # ---- acts: the reason of a refusal, or None ----

    def credit(self, month: int, amount: int) -> str | None:
        if self.total + amount > MOST:
            return "splits: income too large"
        table = self.counting(month)
        self.credited[table] = self.credited.get(table, 0) + amount
        return None

    def set_shares(self, month: int, shares: Shares) -> str | None:
        for place, (payee, points) in enumerate(shares):
            before = shares[:place]
            if not 0 < payee < 2**240:
                return "splits: unknown payee"
            if payee == self.owner:
                return "splits: owner has the rest"
            if points == 0:
                return "splits: empty share"
            if points + sum(other for _, other in before) > WHOLE:
                return "splits: more than all"
            if payee in [other for other, _ in before]:
                return "splits: named twice"
        self.tables[month + 1] = shares
        return None

    def collect(self, payee: int) -> str | None:
        amount = self.due(payee)
        if amount == 0:
            return "splits: nothing due"
        self.collected[payee] = self.collected.get(payee, 0) + amount
        return None

    # ---- what follows ----

    def due(self, payee: int) -> int:
        parts = (
            divide(income, self.tables[table], self.owner).get(payee, 0)
            for table, income in self.credited.items()
        )
        return sum(parts) - self.collected.get(payee, 0)


def divide(income: int, shares: Shares, owner: int) -> dict[int, int]:
    """Each one's part: in turn, rounded down, of what is left; the rest is the owner's."""
    parts, left, whole = {}, income, WHOLE
    for payee, points in shares:
        parts[payee] = floor(Fraction(left * points, whole))
        left -= parts[payee]
        whole -= points
    return parts | {owner: left}
