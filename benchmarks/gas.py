"""What each act costs, beside its target, OpenZeppelin's Governor and the cheapest peer known.

A table and build/gas.json. OpenZeppelin's is measured in the same run, in the same town.

Of several receipts of an act the dearest counts. Per-item acts give the gas of one item, its share
of the transaction's base cost included. Exits with 1 when an act is past its target.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import peer_acts
from benchmarks.acts import Measured
from benchmarks.all_acts import ACTS
from benchmarks.node import private_node
from benchmarks.town import build
from tools.places import BUILD, ROOT
from tools.say import say, timed

BUDGETS = ROOT / "tests" / "gas" / "budgets.json"
PEERS = Path(__file__).with_name("peers.json")
OUT = BUILD / "gas.json"


@dataclass(frozen=True)
class Row:
    """One act measured."""

    act: str
    gas: int
    target: int
    peer: str
    peer_gas: int | None
    tx: str
    openzeppelin: int | None = None


def measure() -> list[Row]:
    """Run every act once in a fresh town."""
    budgets: dict[str, int] = json.loads(BUDGETS.read_text())
    peers: dict[str, dict[str, Any]] = json.loads(PEERS.read_text())["acts"]
    rows = []
    with private_node() as node:
        with timed("A town of a thousand members"):
            town = build(node)
        for act, perform in ACTS.items():
            gas, tx = dearest(perform(town))
            peer = peers.get(act, {"peer": "", "gas": None})
            rows.append(Row(act, gas, budgets[act], peer["peer"], peer["gas"], tx))
        other = peer_acts.Peer(town)
        beside = {act: dearest(perform(other))[0] for act, perform in peer_acts.ACTS.items()}
    return [replace(row, openzeppelin=beside.get(row.act)) for row in rows]


def dearest(measured: Measured) -> tuple[int, str]:
    """The gas of the dearest receipt, by the item, and its transaction."""
    receipts, items = measured
    worst = max(receipts, key=lambda receipt: receipt.gas)
    return -(-worst.gas // items), worst.tx  # rounded up: never below the truth


def table(rows: list[Row]) -> str:
    """The rows for a reader."""
    lines = [f"{'act':<27}{'gas':>9}{'target':>9}{'spare':>8}{'OpenZeppelin':>14}   cheapest peer"]
    for row in rows:
        beside = f"{row.peer_gas:,} {row.peer}" if row.peer_gas else "nobody has it"
        spare = f"{row.target - row.gas:,}" if row.gas <= row.target else "PAST"
        same_run = f"{row.openzeppelin:,}" if row.openzeppelin else ""
        lines.append(
            f"{row.act:<27}{row.gas:>9,}{row.target:>9,}{spare:>8}{same_run:>14}   {beside}"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure, print, write; 1 past a target."""
    rows = measure()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    say(table(rows))
    past = [row.act for row in rows if row.gas > row.target]
    if past:
        say(f"Past the target: {', '.join(past)}.")
    return 1 if past else 0


if __name__ == "__main__":
    sys.exit(main())
