"""Charts as plain Vega-Lite: one palette, the options in their own order, whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .colours import PALETTE

BAR = 38  # pixels a bar


def height(bars: int) -> int:
    """How tall a chart of so many bars is, with its title and axis."""
    return BAR * bars + 74


def tally(
    options: Sequence[str],
    votes: Sequence[int],
    *,
    mine: Sequence[int] | None,
    title: str,
    axis: str,
) -> dict[str, Any]:
    """How the votes lie; the reader's own choices (from 1) are the full-coloured ones."""
    rows = [
        {"option": option, "votes": count, "order": place, "mine": place in (mine or ())}
        for place, (option, count) in enumerate(zip(options, votes, strict=True), start=1)
    ]
    most = max([1, *votes])
    own = bool(mine)
    return {
        "title": {"text": title, "anchor": "start"},
        "data": {"values": rows},
        "mark": {"type": "bar", "cornerRadiusEnd": 4, "height": {"band": 0.66}},
        "encoding": {
            "y": {
                "field": "option",
                "type": "nominal",
                "sort": {"field": "order"},
                "title": None,
                "axis": {"labelLimit": 180, "ticks": False, "domain": False, "labelPadding": 8},
            },
            "x": {
                "field": "votes",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, most]},
                "axis": {"format": "d", "tickMinStep": 1, "tickCount": min(most, 5)},
            },
            "color": {"value": PALETTE[0]},
            "opacity": {
                "condition": {"test": "datum.mine", "value": 1.0},
                "value": 0.55 if own else 0.9,
            },
            "tooltip": [
                {"field": "option", "type": "nominal", "title": title},
                {"field": "votes", "type": "quantitative", "title": axis, "format": "d"},
            ],
        },
    }
