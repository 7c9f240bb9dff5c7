"""What was measured, as a table, as JSON, and as one verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, cast

from .server import DEFAULT, OURS
from .visitor import Answer

SESSIONS = 100  # the crowd that the target is about
TARGET = {50: 60.0, 95: 150.0}  # percentile of a page's answer -> milliseconds at most
KINDS = ("first", "click", "live")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` percent of all do not exceed (nearest rank)."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)]


@dataclass(frozen=True)
class Row:
    """One crowd at one server, once."""

    server: str
    sessions: int
    runs: int
    errors: int
    cpu_ms: float  # of the server's process, a run
    memory_mb: float
    kb: float  # that a run sends
    others: float  # the share of the machine that other work took meanwhile
    times: dict[str, dict[str, float]]  # kind of run -> how many, p50, p95, most


def row(
    server: str,
    sessions: int,
    answers: Sequence[Answer],
    cpu_seconds: float,
    memory_mb: float,
    others: float = math.nan,
) -> Row:
    """Sum one crowd up."""
    whole = [answer for answer in answers if answer.kind != "lost"]
    count = max(1, len(whole))
    return Row(
        server=server,
        sessions=sessions,
        runs=len(whole),
        errors=sum(bool(answer.trouble) for answer in answers),
        cpu_ms=1_000 * cpu_seconds / count,
        memory_mb=memory_mb,
        kb=sum(answer.size for answer in whole) / 1_024 / count,
        others=others,
        times={kind: times(a.seconds for a in whole if a.kind == kind) for kind in KINDS},
    )


def times(seconds: Iterable[float]) -> dict[str, float]:
    """Milliseconds: the middle, what one in twenty exceeds, the most."""
    values = [1_000 * value for value in seconds]
    found = {"p50": percentile(values, 50), "p95": percentile(values, 95)}
    return {"count": len(values), **found, "max": max(values, default=math.nan)}


def middle(rows: Sequence[Row]) -> Row:
    """The median of several rounds, figure by figure: one noisy round does not count."""
    first = rows[0]
    return Row(
        server=first.server,
        sessions=first.sessions,
        runs=sum(one.runs for one in rows),
        errors=sum(one.errors for one in rows),
        cpu_ms=median(one.cpu_ms for one in rows),
        memory_mb=max(one.memory_mb for one in rows),
        kb=median(one.kb for one in rows),
        others=median(one.others for one in rows),
        times={
            kind: {
                name: median(one.times[kind][name] for one in rows) for name in first.times[kind]
            }
            for kind in first.times
        },
    )


def medians(rows: Sequence[Row]) -> list[Row]:
    """One row a server and size of crowd, in the order in which they were measured."""
    groups: dict[tuple[int, str], list[Row]] = {}
    for one in rows:
        groups.setdefault((one.sessions, one.server), []).append(one)
    return [middle(group) for group in groups.values()]


def ratios(rows: Sequence[Row]) -> dict[int, dict[str, float]]:
    """How many times as long, and as much, the default settings take."""
    found = {}
    for ours in (one for one in rows if one.server == OURS):
        for other in rows:
            if (other.server, other.sessions) == (DEFAULT, ours.sessions):
                found[ours.sessions] = {
                    "first p50": other.times["first"]["p50"] / ours.times["first"]["p50"],
                    "click p50": other.times["click"]["p50"] / ours.times["click"]["p50"],
                    "click p95": other.times["click"]["p95"] / ours.times["click"]["p95"],
                    "cpu": other.cpu_ms / ours.cpu_ms,
                }
    return found


def faults(rows: Sequence[Row]) -> list[str]:
    """Why the target is missed; nothing if it is met."""
    judged = [one for one in rows if (one.server, one.sessions) == (OURS, SESSIONS)]
    if not judged:
        return [f"{SESSIONS} sessions were not measured"]
    found = [f"{one.errors} errors" for one in judged if one.errors]
    for share, most in TARGET.items():
        for one in judged:
            value = one.times["click"][f"p{share}"]
            if not value <= most:  # nothing measured is a miss too
                found.append(f"click p{share} is {value:.0f} ms, not at most {most:.0f}")
    return found


def table(rows: Sequence[Row]) -> str:
    """The rows for a reader."""
    columns = [
        ("sessions", 8), ("settings", 10), ("first p50/p95", 15), ("click p50/p95", 15),
        ("live p50/p95", 14), ("CPU a run", 11), ("KB", 5), ("memory", 8), ("runs", 6),
        ("errors", 8), ("others", 8),
    ]  # fmt: skip
    lines = ["".join(f"{name:>{width}}" for name, width in columns)]
    for one in rows:
        cells = [
            str(one.sessions),
            one.server,
            *(f"{one.times[kind]['p50']:.0f} / {one.times[kind]['p95']:.0f}" for kind in KINDS),
            f"{one.cpu_ms:.0f} ms",
            f"{one.kb:.0f}",
            f"{one.memory_mb:.0f} MB",
            str(one.runs),
            str(one.errors),
            f"{100 * one.others:.0f} %",
        ]
        pairs = zip(cells, columns, strict=True)
        lines.append("".join(f"{cell:>{width}}" for cell, (_, width) in pairs))
    for sessions, found in ratios(rows).items():
        told = ", ".join(f"{name} {value:.1f}" for name, value in found.items())
        lines.append(f"{sessions:>8}  default / ours: {told}")
    return "\n".join(lines)


def as_json(rows: Sequence[Row], **more: Any) -> dict[str, Any]:
    """All of it, for a machine."""
    summed = medians(rows)
    found = {
        **more,
        "target": {"sessions": SESSIONS, **{f"p{k}_ms": v for k, v in TARGET.items()}},
        "missed": faults(summed),
        "ratios": ratios(summed),
        "medians": [asdict(one) for one in summed],
        "rounds": [asdict(one) for one in rows],
    }
    return cast("dict[str, Any]", _finite(found))


def _finite(value: Any) -> Any:
    """JSON has no word for what was not measured but null."""
    if isinstance(value, dict):
        return {str(key): _finite(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
