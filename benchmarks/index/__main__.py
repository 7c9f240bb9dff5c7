"""Measure the index: `make bench-index`.

Each round reads the same local chain by our index into SQLite, into PostgreSQL where there is one,
and by plain web3.py; then a million events are written and asked about. The medians are judged.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.app.machine import Watch
from benchmarks.app.report import percentile
from cercle.chain import Chain
from cercle.index import Follower, open_store
from tools import postgres
from tools.places import BUILD
from tools.say import say

from .chain import Stage, busy_chain
from .million import ask, fill, size_mb
from .pages import run_pages
from .peer import read_all

OUT = BUILD / "bench-index.json"
ROUNDS, BATCHES, MILLION = 3, 300, 1_000_000
EVENTS_A_SECOND = 5_000  # into SQLite, at least
PAGE_P95 = 0.2  # seconds, at most


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; 1 past a target."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.index", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the medians are of so many")
    parser.add_argument("--batches", type=int, default=BATCHES, help="of 102 events on the chain")
    parser.add_argument("--events", type=int, default=MILLION, help="in the index that is asked")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="cercle-bench-") as folder:
        watch = Watch([])
        rates = reading(Path(folder), given.rounds, given.batches)
        pages, filled = asking(Path(folder), given.events)
        others = watch.others()
    told: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "others": None if others != others else round(others, 2),
        "events_a_second": {name: [round(one) for one in found] for name, found in rates.items()},
        "medians": {name: round(median(found)) for name, found in rates.items()},
        "ratio_to_web3": round(median(rates["SQLite"]) / median(rates["web3.py"]), 1),
        "million": filled,
        "pages_ms": pages,
    }
    missed = faults(told)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({**told, "missed": missed}, indent=1) + "\n")
    say("The target is missed: " + "; ".join(missed) + "." if missed else "The target is met.")
    return 1 if missed else 0


def reading(folder: Path, rounds: int, batches: int) -> dict[str, list[float]]:
    """Events a second, for each way, round after round."""
    with ExitStack() as stack:
        stage = stack.enter_context(busy_chain(batches))
        say(f"A local chain with {stage.events:,} events")
        ways: dict[str, Callable[[int], float]] = {
            "SQLite": lambda turn: ours(stage, str(folder / f"ours-{turn}.sqlite")),
            "web3.py": lambda turn: theirs(stage, folder / f"theirs-{turn}.sqlite"),
        }
        if postgres.find() is not None:
            server = stack.enter_context(postgres.running())
            ways["PostgreSQL"] = lambda turn: ours(stage, fresh(server, f"bench_{turn}"))
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(rounds):
            names = list(ways) if turn % 2 == 0 else list(ways)[::-1]
            for name in names:
                rates[name].append(ways[name](turn))
            told = ", ".join(f"{name} {rates[name][-1]:,.0f}" for name in ways)
            say(f"   round {turn + 1}: {told} events a second")
        return rates


def fresh(server: postgres.Server, name: str) -> str:
    """A new database."""
    import psycopg

    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.url(name)


def ours(stage: Stage, url: str) -> float:
    """Events a second by the index, from an empty database to the head."""
    chain = Chain([stage.url], stage.deployment.chain_id, timeout=60)
    with open_store(url, stage.deployment, chain) as store:
        follower = Follower(store, chain)
        started = time.monotonic()
        count = sum(progress.events for progress in follower.catch_up())
        seconds = time.monotonic() - started
    assert count == stage.events, (count, stage.events)
    return count / seconds


def theirs(stage: Stage, path: Path) -> float:
    """Events a second by plain web3.py."""
    started = time.monotonic()
    count = read_all(stage.url, stage.deployment, path)
    assert count == stage.events, (count, stage.events)
    return count / (time.monotonic() - started)


def asking(folder: Path, count: int) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Milliseconds of each kind of page, over an index of so many events."""
    path = folder / "million.sqlite"
    seconds = fill(str(path), count)
    filled = {"events": count, "seconds": round(seconds, 1), "mb": round(size_mb(path))}
    say(f"{count:,} events written in {seconds:.0f} s, {filled['mb']} MB")
    pages: dict[str, dict[str, float]] = {}
    for name, times in (ask(str(path)) | run_pages(str(path))).items():
        found = {f"p{share}": 1_000 * percentile(times, share) for share in (50, 95)}
        pages[name] = {key: round(value, 2) for key, value in found.items()}
        say(f"   {name}: p50 {found['p50']:.1f} ms, p95 {found['p95']:.1f} ms")
    return pages, filled


def faults(told: Mapping[str, Any]) -> list[str]:
    """Why a target is missed; nothing if all are met."""
    medians, pages = told["medians"], told["pages_ms"]
    found = []
    if medians["SQLite"] < EVENTS_A_SECOND:
        found.append(f"{medians['SQLite']:,} events a second, not {EVENTS_A_SECOND:,}")
    for name, times in pages.items():
        if not times["p95"] <= 1_000 * PAGE_P95:
            found.append(f"{name} p95 is {times['p95']:.0f} ms, not at most {1_000 * PAGE_P95:.0f}")
    return found


if __name__ == "__main__":
    sys.exit(main())
