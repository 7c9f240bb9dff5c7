"""Charts as plain Vega-Lite: one palette, the options in their own order, whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .colours import PALETTE

BAR = 38  # pixels a bar
STEPS = 110  # pixels of a bar along a ladder


def height(bars: int) -> int:
    """How tall a chart of so many bars is, with its title and axis."""
    return BAR * bars + 74


def course_height(options: int) -> int:
    """How tall a chart of lines is, with the names of so many options under it."""
    return 260 + 26 * options


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


def course(
    options: Sequence[str],
    moments: Sequence[tuple[str, Sequence[int]]],
    *,
    title: str,
    axis: str,
) -> dict[str, Any]:
    """How the votes came in: a line an option, in the palette's order; times are ISO 8601."""
    rows = [
        {"at": at, "option": option, "votes": votes, "order": place}
        for at, votes_of in moments
        for place, (option, votes) in enumerate(zip(options, votes_of, strict=True))
    ]
    most = max([1, *(votes for _, votes_of in moments for votes in votes_of)])
    return {
        "title": {"text": title, "anchor": "start"},
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5, "point": True},
        "encoding": {
            "x": {
                "field": "at",
                "type": "temporal",
                "title": None,
                "axis": {"tickCount": 3, "format": _days_or_hours(moments), "labelOverlap": True},
            },
            "y": {
                "field": "votes",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, most]},
                "axis": {"format": "d", "tickMinStep": 1, "tickCount": min(most, 5)},
            },
            "color": {
                "field": "option",
                "type": "nominal",
                "sort": {"field": "order"},
                "scale": {"domain": list(options), "range": list(PALETTE[: len(options)])},
                "legend": {"orient": "bottom", "columns": 1, "title": None, "labelLimit": 280},
            },
            "tooltip": [
                {"field": "at", "type": "temporal", "title": "", "format": "%d/%m %H:%M"},
                {"field": "option", "type": "nominal", "title": title},
                {"field": "votes", "type": "quantitative", "title": axis, "format": "d"},
            ],
        },
    }


def _days_or_hours(moments: Sequence[tuple[str, Sequence[int]]]) -> str:
    """In figures alone, for a chart speaks no language; hours only where days are few."""
    days = {at[:10] for at, _ in moments}
    return "%d/%m" if len(days) > 3 else "%d/%m %H:%M"


def steps(
    plans: Sequence[tuple[str, float]],
    *,
    used: float,
    stop: float,
    title: str,
    names: tuple[str, str],
) -> dict[str, Any]:
    """How far use has come along a ladder: a bar, a line at each plan's end, the stop's thick."""
    most = max([1.0, used, *(end for _, end in plans)])
    ends = [{"plan": name, "at": end, "stops": end == stop} for name, end in plans]
    at = {"field": "at", "type": "quantitative", "title": None}
    scale = {"scale": {"domain": [0, most]}, "axis": {"tickCount": 5, "grid": False}}
    return {
        "title": {"text": title, "anchor": "start"},
        "layer": [
            {
                "data": {"values": [{"at": used, "what": names[0]}]},
                "mark": {"type": "bar", "height": 18, "cornerRadiusEnd": 4},
                "encoding": {
                    "x": at | scale,
                    "color": {"value": PALETTE[0]},
                    "tooltip": [{"field": "at", "type": "quantitative", "title": names[0]}],
                },
            },
            {
                "data": {"values": ends},
                "mark": {"type": "rule"},
                "encoding": {
                    "x": at,
                    "size": {"condition": {"test": "datum.stops", "value": 4}, "value": 1.5},
                    "color": {
                        "condition": {"test": "datum.stops", "value": PALETTE[1]},
                        "value": PALETTE[0],
                    },
                    "tooltip": [
                        {"field": "plan", "type": "nominal", "title": names[1]},
                        {"field": "at", "type": "quantitative", "title": title},
                    ],
                },
            },
        ],
    }


def amounts(
    options: Sequence[str],
    values: Sequence[float],
    *,
    best: int | None,
    title: str,
    axis: str,
) -> dict[str, Any]:
    """What each costs, a bar each in the order that was given; the best is full-coloured."""
    rows = [
        {"option": option, "amount": value, "order": place, "best": place == best}
        for place, (option, value) in enumerate(zip(options, values, strict=True))
    ]
    found = tally(options, [0] * len(rows), mine=None, title=title, axis=axis)
    found["data"] = {"values": rows}
    encoding = found["encoding"]
    encoding["x"] = encoding["x"] | {
        "field": "amount",
        "scale": {"domain": [0, max([*values, 0.01])]},
        "axis": {"tickCount": 5},
    }
    encoding["opacity"] = {"condition": {"test": "datum.best", "value": 1.0}, "value": 0.55}
    encoding["tooltip"] = [
        {"field": "option", "type": "nominal", "title": title},
        {"field": "amount", "type": "quantitative", "title": axis},
    ]
    return found
