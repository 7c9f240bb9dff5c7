"""The purchase log as a community's history: who bought when, shifted to end yesterday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

LOG = Path(__file__).parent / "data" / "cdnow_sample.txt"

POINTS_PER_DOLLAR = 5
NOON = 12 * 3_600
DAY = 86_400


class BadLog(ValueError):
    """The purchase log does not read as one; names the line."""


@dataclass(frozen=True)
class Purchase:
    """One purchase of one customer, on a day counted from the epoch."""

    customer: int
    day: int
    cents: int

    @property
    def points(self) -> int:
        """Award points: five a dollar, cents rounded down."""
        return self.cents * POINTS_PER_DOLLAR // 100

    @property
    def standing(self) -> int:
        """Qualifying points: one a whole dollar of this purchase."""
        return self.cents // 100


def read(path: Path = LOG) -> list[Purchase]:
    """Every purchase of the log, in its own dates.

    Raises:
        BadLog: A line has not five columns, or a value does not read.
    """
    purchases = []
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            _, customer, date, _, dollars = line.split()
            day = datetime.strptime(date, "%Y%m%d").replace(tzinfo=UTC)
            whole, _, fraction = dollars.partition(".")
            cents = int(whole) * 100 + int((fraction + "00")[:2])
        except ValueError as why:
            raise BadLog(f"{path.name}, line {number}: {why}") from why
        purchases.append(Purchase(int(customer), int(day.timestamp()) // DAY, cents))
    return purchases


def choose(purchases: Sequence[Purchase], members: int) -> list[Purchase]:
    """The purchases of `members` customers spread evenly over the log.

    Customers are numbered by their first purchase, so the first few hundred would all
    have joined in the same week.
    """
    customers = sorted({p.customer for p in purchases})
    count = max(1, min(members, len(customers)))
    chosen = {customers[i * len(customers) // count] for i in range(count)}
    return [p for p in purchases if p.customer in chosen]


def shift(purchases: Sequence[Purchase], now: datetime) -> list[Purchase]:
    """The same purchases moved by one constant, the last one to the day before `now`."""
    yesterday = int((now - timedelta(days=1)).timestamp()) // DAY
    by = yesterday - max(p.day for p in purchases)
    return [Purchase(p.customer, p.day + by, p.cents) for p in purchases]


def by_day(purchases: Sequence[Purchase]) -> Iterator[tuple[int, list[Purchase]]]:
    """Days with their purchases, oldest first; within a day by customer."""
    ordered = sorted(purchases, key=lambda p: (p.day, p.customer))
    for day, group in groupby(ordered, key=lambda p: p.day):
        yield day, list(group)


def noon(day: int) -> int:
    """The unix second at which the shop reports the purchases of a day."""
    return day * DAY + NOON
