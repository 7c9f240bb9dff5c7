"""Measure the vault: `make bench-vault`.

A real process on loopback, its ledger a local anvil. Five hundred reads are logged, then fetched at
fifty a second, each for the first time: a look at the chain, a re-wrap, a row on the disk. What a
request waited for its turn counts. Then the re-wraps alone. Past a target it fails.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import requests

from benchmarks.app.machine import Watch
from benchmarks.app.report import percentile
from cercle.vault import envelopes, keys
from tools.places import BUILD, ROOT
from tools.say import say

# Packages that others install may be called `tests`, too; ours is meant.
_OURS = ModuleType("tests")
_OURS.__path__ = [str(ROOT / "tests")]
sys.modules["tests"] = _OURS

from tests.client.nodes import running_anvil  # noqa: E402
from tests.vault.process import Process  # noqa: E402
from tests.vault.stage import COMPANY_KEY, VAULT_KEY, Stage, set_up  # noqa: E402

OUT = BUILD / "bench-vault.json"
READS, PER_SECOND, REWRAPS = 500, 50, 1_000
RELEASE_P95 = 50.0  # milliseconds, at most
REWRAPS_TAKE = 0.5  # seconds, at most


def main() -> int:
    """Measure, print, write; 1 past a target."""
    with (
        tempfile.TemporaryDirectory(prefix="cercle-bench-") as folder,
        running_anvil("--hardfork", "osaka", "--auto-impersonate") as url,
    ):
        stage = set_up(url, Path(folder))
        process = Process(stage, Path(folder))
        process.start()
        try:
            looks = _looks(stage, process)
            pid = process.popen.pid if process.popen else 0
            watch = Watch([pid])
            times = _fetch(stage, process, looks)
            others = watch.others()
        finally:
            process.end()
        rewraps = sorted(_rewraps(stage) for _ in range(3))
    told: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "others": None if others != others else round(others, 2),
        "releases": len(times),
        "per_second": PER_SECOND,
        "p50_ms": round(median(times), 1),
        "p95_ms": round(percentile(times, 95), 1),
        "thousand_rewraps_s": round(median(rewraps), 3),
    }
    missed = _missed(told)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({**told, "missed": missed}, indent=1) + "\n")
    say(json.dumps(told))
    say("The target is missed: " + "; ".join(missed) + "." if missed else "The target is met.")
    return 1 if missed else 0


def _missed(told: dict[str, Any]) -> list[str]:
    found = []
    if told["p95_ms"] > RELEASE_P95:
        found.append(f"a release takes {told['p95_ms']} ms (p95), {RELEASE_P95} are allowed")
    if told["thousand_rewraps_s"] > REWRAPS_TAKE:
        took = told["thousand_rewraps_s"]
        found.append(f"a thousand re-wraps take {took} s, {REWRAPS_TAKE} are allowed")
    return found


def _looks(stage: Stage, process: Process) -> list[Any]:
    """A record left to the vault, and reads of it, deep enough."""
    envelope = stage.envelope()
    process.member().put_record(envelope)
    stage.move(envelope)
    stage.grant(reads=READS + 50)
    stage.mine()
    found = [stage.look(wait=0) for _ in range(READS + 20)]
    stage.mine()
    return found


def _fetch(stage: Stage, process: Process, looks: list[Any]) -> list[float]:
    """Milliseconds of each, by a clock that does not wait for slow answers."""
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=32))
    now = int(time.time())
    bodies = [stage.fetch(look, now) for look in looks]
    for body in bodies[READS:]:  # imports and connections are not what is measured
        session.post(f"{process.url}/v1/releases", json=body, timeout=30)
    begun = time.perf_counter() + 0.1

    def one(place: int) -> float:
        due = begun + place / PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = session.post(f"{process.url}/v1/releases", json=bodies[place], timeout=30)
        assert answer.status_code == 200, answer.text
        return (time.perf_counter() - due) * 1_000

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(one, range(READS)))


def _rewraps(stage: Stage) -> float:
    """Seconds for a thousand: the record's key opened, and sealed to a company."""
    envelope = stage.envelope()
    company = keys.public_of(COMPANY_KEY)
    begun = time.perf_counter()
    for number in range(1, REWRAPS + 1):
        info = stage.ledger.release(
            envelope.passport_id,
            category=envelope.category,
            version=envelope.record_version,
            company_id=1,
            purpose=0,
            order_hash="0x" + f"{number:064x}",
            issued_at=number,
            expires_at=number + 1,
        )
        envelopes.release(envelope, stage.ledger, VAULT_KEY, "vault", info, company)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
