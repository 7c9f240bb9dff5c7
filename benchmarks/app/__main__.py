"""Crowds of 20 and 100 at the app, as we serve it and as Streamlit comes; build/bench-app.json.

Exits with 1 when a page's answer at 100 sessions is past its target, or was none.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit

from demo.node import DemoError
from tools.places import BUILD
from tools.say import say

from . import chromium
from .crowd import Pace, gather
from .machine import Watch
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
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended
    try:
        single, rows = measure(given.rounds)
    except DemoError as why:
        say(f"Nothing was measured: {why}")
        return 1
    except KeyboardInterrupt:
        say("Stopped; nothing is written.")
        return 130
    summed = medians(rows)
    say("")
    say(f"Medians of {given.rounds} rounds; others: what else this machine did meanwhile.")
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
        one_person=single,
    )
    OUT.write_text(json.dumps(written, indent=1) + "\n")
    missed = faults(summed)
    say("The target is missed: " + "; ".join(missed) + "." if missed else "The target is met.")
    return 1 if missed else 0


def measure(rounds: int) -> tuple[dict[str, dict[str, float]], list[Row]]:
    """What one person meets at each server, and what crowds meet, round after round."""
    with (
        community() as stage,
        serving(OURS, stage.environment) as ours,
        serving(DEFAULT, stage.environment) as default,
    ):
        return alone((default, ours)), crowds(stage, (default, ours), rounds)


def alone(servers: tuple[Server, ...]) -> dict[str, dict[str, float]]:
    """What one person meets: the very first after the start, then one in a real browser."""
    cold = {one.kind: asyncio.run(_first(one.url)) for one in servers}
    seen = chromium.clicks({one.kind: one.url for one in servers})
    return {
        kind: {
            "first visitor after the start": 1_000 * cold[kind],
            "browser, first load": 1_000 * first,
            "browser, click to page p50": 1_000 * percentile(clicks, 50),
            "browser, click to page p95": 1_000 * percentile(clicks, 95),
        }
        for kind, (first, clicks) in seen.items()
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
        if rounds > 1:
            say(f"Round {turn + 1} of {rounds}")
            say(table(rows[-len(PACES) * len(servers) :]))
    return rows


def crowd(stage: Stage, server: Server, pace: Pace) -> Row:
    """One crowd at one server."""
    before, watch = server.cpu_seconds(), Watch([server.pid, stage.node])
    answers = asyncio.run(gather(server.url, stage.accounts, pace))
    for trouble in sorted({answer.trouble for answer in answers if answer.trouble}):
        say(f"   trouble, {server.kind}: {trouble[:200]}")
    spent = server.cpu_seconds() - before
    return row(
        server.kind, pace.sessions, answers, spent, server.memory_mb(), others=watch.others()
    )


if __name__ == "__main__":
    sys.exit(main())
