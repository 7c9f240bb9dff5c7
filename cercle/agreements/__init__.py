"""Agreements in plain Python: plans and ladders, what use costs, how an agreement runs.

Usage example::

    small = Plan(base_price=1_000, included=10, unit_price=50, capacity=20)
    rungs = (Rung(plan_id=1, plan=small, at_capacity=AtCapacity.STOP),)
    quote(rungs, use=15).price  # what the contract charges, to the unit
"""

from .course import standing
from .models import (
    Account,
    Advice,
    GoingOn,
    Ladder,
    Quote,
    Reading,
    Standing,
    Terms,
)
from .plans import AtCapacity, Plan, Rung, packed, packed_rungs, unpacked, unpacked_rungs
from .tariff import advise, price_of_part, price_on, quote

__all__ = [
    "Account",
    "Advice",
    "AtCapacity",
    "GoingOn",
    "Ladder",
    "Plan",
    "Quote",
    "Reading",
    "Rung",
    "Standing",
    "Terms",
    "advise",
    "packed",
    "packed_rungs",
    "price_of_part",
    "price_on",
    "quote",
    "standing",
    "unpacked",
    "unpacked_rungs",
]
