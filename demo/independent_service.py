"""The demo's service contracts, added up by themselves: no chain, nothing of ours but the script.

A period costs the least, over the plans up to the first stop that cover what was used, of the base
price and each unit beyond those included; less the part of the time that was lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import mobile
from .mobile import CHEAPER, CHEAPER_BASE, CHEAPER_PLAN, CONTRACTS, HOME, LISTS, STOP, Signed

_DAY = 24 * 60  # minutes


@dataclass(frozen=True)
class Book:
    """A contract as its book must say, after its last reading."""

    charges: tuple[int, ...]  # of each period that is closed, in cents
    escrow: int
    use: int  # of the period that is open

    @property
    def period(self) -> int:
        """The one that is open, from 0."""
        return len(self.charges)


def books() -> tuple[Book, ...]:
    """Every contract of the script, in its order."""
    return tuple(_book(one) for one in CONTRACTS)


def due() -> dict[int, int]:
    """What the operator earned under each list, in cents."""
    found = dict.fromkeys(range(1, len(LISTS) + 1), 0)
    for one, book in zip(CONTRACTS, books(), strict=True):
        found[one.list_id] += sum(book.charges)
    return found


def _book(one: Signed) -> Book:
    charges = tuple(_charge(one, period) for period in range(len(one.uses) - 1))
    return Book(charges, one.deposit - sum(charges), one.uses[-1])


def _charge(one: Signed, period: int) -> int:
    """Of a period that a reading of the next one closed."""
    prices, use = [], one.uses[period]
    limit = _limit(one)
    for number, at_capacity in one.ladder:
        base, included, unit_price, capacity = _plan(one, number, period)
        if capacity >= min(use, limit):
            prices.append(base + max(0, min(use, limit) - included) * unit_price)
        if at_capacity is STOP:
            break
    price = min(min(prices), one.period_cap)
    return price - price * one.outage(period) // (mobile.PERIOD * _DAY)


def _limit(one: Signed) -> int:
    """Units at the ladder's first stop."""
    stop = next(number for number, at_capacity in one.ladder if at_capacity is STOP)
    return LISTS[one.list_id - 1].plans[stop - 1].plan.capacity


def _plan(one: Signed, number: int, period: int) -> tuple[int, int, int, int]:
    """A plan's figures as they counted when a period was closed."""
    plan = LISTS[one.list_id - 1].plans[number - 1].plan
    closed = one.days_ago - (period + 1) * mobile.PERIOD - mobile.READ_ON[0]  # days ago
    is_cheaper = (one.list_id, number) == (HOME, CHEAPER_PLAN) and closed <= CHEAPER
    base = CHEAPER_BASE if is_cheaper else plan.base_price
    return base, plan.included, plan.unit_price, plan.capacity


__all__ = ["Book", "books", "due"]
