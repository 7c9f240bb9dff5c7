"""What a provider offers, in words: a price list, its units, each of its plans; and a meter."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..values import Frozen
from .texts import Line, LongText, Text


class PriceListDocument(Frozen):
    """What is served under a price list, by whom, and what a unit of use is.

    What a meter shows are whole units. Where those are too small to be read, as kilobytes are,
    `shown_as` names a larger one and `per_shown` says how many of them it holds.
    """

    kind: Literal["price_list"] = "price_list"
    provider: Line
    name: Text
    description: LongText
    unit: Text = Field(description="what a meter counts, in the plural: megabytes, minutes")
    shown_as: Text = Field(description="what people read, in short: GB, min")
    per_shown: Annotated[int, Field(strict=True, ge=1, le=10**12)] = Field(
        description="units in one of those"
    )


class PlanDocument(Frozen):
    """What a plan is called, and what it is for. Its prices stand on the chain, never here."""

    kind: Literal["plan"] = "plan"
    name: Text
    description: LongText


class MeterDocument(Frozen):
    """What a meter measures, and how."""

    kind: Literal["meter"] = "meter"
    name: Text
    description: LongText


__all__ = ["MeterDocument", "PlanDocument", "PriceListDocument"]
