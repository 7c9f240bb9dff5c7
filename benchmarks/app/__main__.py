"""Crowds of 20 and 100 at the app, as we serve it and as Streamlit comes; build/bench-app.json.

Exits with 1 when a page's answer at 100 sessions is past its target, or was none.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit

from tools.places import BUILD
from tools.say import say

from . import chromium
from .crowd import Pace, gather
from .report import Row, as_json, faults, medians, percentile, row, table
from .server import DEFAULT, OURS, Server, serving
from .stage import Stage, community
from .visitor import Visitor

OUT = BUILD / "bench-app.json"
ROUNDS = 3
PACES = (
    Pace(sessions=20, every=3, seconds=20, arriving=2),
    Pace(sessions=100, every=15, seconds=45, arriving=10),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; 1 past the target."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.app", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the medians are of so many")
    given = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    with community() as stage:
        told = stage.environment
        with serving(OURS, told) as ours, serving(DEFAULT, told) as default:
            single = {one.kind: alone(one) for one in (ours, default)}
            rows = crowds(stage, (default, ours), given.rounds)
    summed = medians(rows)
    say("")
    say(
        f"Medians of {given.rounds} rounds, milliseconds; the machine's load was {load:.1f} before."
    )
    say(table(summed))
    for kind, found in single.items():
        told_so = ", ".join(f"{name} {value:.0f} ms" for name, value in found.items())
        say(f"one person, {kind}: {told_so}")
    OUT.parent.mkdir(exist_ok=True)
    written = as_json(
        rows,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        streamlit=streamlit.__version__,
        python=platform.python_version(),
        cores=os.cpu_count(),
        load_before=round(load, 2),
        one_person=single,
    )
    OUT.write_text(json.dumps(written, indent=1) + "\n")
    missed = faults(summed)
    say("The target is missed: " + "; ".join(missed) + "." if missed else "The target is met.")
    return 1 if missed else 0


def alone(server: Server) -> dict[str, float]:
    """What one person meets: the very first after the start, then one in a real browser."""
    cold = asyncio.run(_first(server.url))
    first, clicks = chromium.clicks(server.url)
    return {
        "first visitor after the start": 1_000 * cold,
        "browser, first load": 1_000 * first,
        "browser, click to page p50": 1_000 * percentile(clicks, 50),
        "browser, click to page p95": 1_000 * percentile(clicks, 95),
    }


async def _first(url: str) -> float:
    async with Visitor(url) as visitor:
        return (await visitor.open()).seconds


def crowds(stage: Stage, servers: tuple[Server, ...], rounds: int) -> list[Row]:
    """Every crowd at every server, one after the other, in turns."""
    rows = []
    for turn in range(rounds):
        for pace in PACES:
            for server in servers if turn % 2 == 0 else servers[::-1]:
                rows.append(crowd(stage, server, pace))
        say(f"Round {turn + 1} of {rounds}")
        say(table(rows[-len(PACES) * len(servers) :]))
    return rows


def crowd(stage: Stage, server: Server, pace: Pace) -> Row:
    """One crowd at one server."""
    before = server.cpu_seconds()
    answers = asyncio.run(gather(server.url, stage.accounts, pace))
    for trouble in sorted({answer.trouble for answer in answers if answer.trouble}):
        say(f"   trouble, {server.kind}: {trouble[:200]}")
    spent = server.cpu_seconds() - before
    return row(server.kind, pace.sessions, answers, spent, server.memory_mb())


if __name__ == "__main__":
    sys.exit(main())
