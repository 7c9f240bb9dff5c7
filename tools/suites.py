"""Run the test suites, two at a time, quick answers first, and count what they say.

A suite's whole output goes to build/tests/<suite>.log; the end of it is shown when it fails. The
last line printed is the sum over all suites.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from xml.etree import ElementTree

from tools.build import compile_contracts
from tools.places import BUILD, ROOT, environment
from tools.ports import free_port
from tools.say import say, span

LOGS = BUILD / "tests"
CHAINS = BUILD / "chains"
TAIL = 60  # lines of a failed suite's log that are shown
ETH_TESTER = ("--network", "ethereum:local:test")


@dataclass(frozen=True)
class Suite:
    """Some folders of tests run by one pytest process."""

    name: str
    paths: tuple[str, ...]
    options: tuple[str, ...] = ()
    has_past: bool = True  # whether it asks its chains for what was long ago

    def present(self) -> list[str]:
        """Those of its folders that hold a test."""
        return [path for path in self.paths if any((ROOT / path).rglob("test_*.py"))]


@dataclass(frozen=True)
class Outcome:
    """What one suite came to."""

    name: str
    passed: int
    failed: int
    seconds: float


NO_APE = ("-p", "no:ape_test")  # a suite without Ape starts eight seconds sooner

RUNNING: list["subprocess.Popen[bytes]"] = []

# In the order of starting: quick answers first, then the long ones.
SUITES = (
    Suite("tools", ("tests/tools",), NO_APE),
    Suite("client", ("tests/client",)),
    Suite("relayer", ("tests/relayer",), NO_APE),
    Suite("index", ("tests/index",), NO_APE),
    Suite("gateway", ("tests/gateway",), NO_APE),
    Suite("vault", ("tests/vault",), NO_APE),
    Suite("bots", ("tests/bots",), NO_APE),
    # Six runs, so that lanes share them evenly; each folder has a chain of its own in any case.
    Suite("unit-votes", ("tests/unit/governance",), has_past=False),
    Suite("unit-perks", ("tests/unit/loyalty/perks",), has_past=False),
    Suite(
        "unit-points", ("tests/unit/loyalty/points", "tests/unit/loyalty/rewards"), has_past=False
    ),
    Suite(
        "unit-member",
        ("tests/unit/loyalty/membership", "tests/unit/loyalty/electorate"),
        has_past=False,
    ),
    Suite(
        "unit-person",
        ("tests/unit/common", "tests/unit/core", "tests/unit/identity"),
        has_past=False,
    ),
    Suite("unit-consent", ("tests/unit/consent",), has_past=False),
    Suite("unit-service", ("tests/unit/service",), has_past=False),
    Suite("money", ("tests/money",), has_past=False),
    Suite("frontend", ("tests/frontend",)),
    Suite("browser", ("tests/browser",)),
    Suite("stories", ("tests/behaviours", "tests/functional", "tests/attacks"), has_past=False),
    Suite("scripts", ("tests/scripts",)),
    Suite("invariant", ("tests/invariant",), has_past=False),
    Suite("differential", ("tests/differential",), has_past=False),
    Suite("demo", ("tests/demo",), NO_APE),
    Suite("gas", ("tests/gas",), NO_APE),
)
# py-evm has no P-256 at 0x100, so passkey accounts are refused there, as they must be.
NO_PASSKEYS = "--ignore=tests/unit/identity/passkeys"
SECOND_NODE = Suite("unit-eth-tester", ("tests/unit",), (*ETH_TESTER, NO_PASSKEYS))


def run_suite(suite: Suite) -> Outcome:
    """Run a suite to its end."""
    log, report = LOGS / f"{suite.name}.log", LOGS / f"{suite.name}.xml"
    report.unlink(missing_ok=True)
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
        f"--junitxml={report}", *suite.options, *suite.present(),
    ]  # fmt: skip
    start = time.monotonic()
    with log.open("w") as output:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment() | apart(suite),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        RUNNING.append(child)
        code = child.wait()
        RUNNING.remove(child)
    shutil.rmtree(CHAINS / suite.name, ignore_errors=True)
    passed, failed = count(report)
    if code and not failed:
        failed = 1  # it broke before or after its tests: no less a failure
    return Outcome(suite.name, passed, failed, time.monotonic() - start)


def apart(suite: Suite) -> dict[str, str]:
    """What keeps two runs of Ape out of each other's way: notes, chains' states, nodes' ports.

    A chain that need not write its older states down is quicker: unit-perks took 45 s, not 74.
    """
    return {
        "CERCLE_CHAINS": str(CHAINS / suite.name),
        "CERCLE_CHAIN_OPTIONS": "" if suite.has_past else "--max-persisted-states 0",
        "APE_DATA_FOLDER": str(BUILD / "ape" / suite.name),
        "APE_FOUNDRY_HOST": f"http://127.0.0.1:{free_port()}",
    }


def count(report: Path) -> tuple[int, int]:
    """How many tests of a JUnit report passed, and how many failed or broke."""
    if not report.is_file():
        return 0, 0
    passed = failed = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        failed += bad
        passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
    return passed, failed


def run_all(suites: list[Suite], lanes: int) -> list[Outcome]:
    """Run suites in so many lanes, each lane taking the next one in order."""
    queue: SimpleQueue[Suite] = SimpleQueue()
    for suite in suites:
        queue.put(suite)
    outcomes: list[Outcome] = []
    lock = threading.Lock()

    def lane() -> None:
        while True:
            try:
                suite = queue.get_nowait()
            except Empty:
                return
            with lock:
                say(f"   {suite.name}: started")
            outcome = run_suite(suite)
            with lock:
                outcomes.append(outcome)
                tell(outcome)

    threads = [threading.Thread(target=lane) for _ in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def tell(outcome: Outcome) -> None:
    """One line a suite; more where it failed."""
    word = "FAILED" if outcome.failed else "passed"
    say(
        f"   {outcome.name}: {word} in {span(outcome.seconds)}"
        f" ({outcome.passed} passed, {outcome.failed} failed)"
    )
    if outcome.failed:
        log = LOGS / f"{outcome.name}.log"
        lines = log.read_text(errors="replace").splitlines()[-TAIL:]
        say("\n".join(f"      {line}" for line in lines))
        say(f"      the whole of it: {log.relative_to(ROOT)}")


def chosen(options: argparse.Namespace) -> list[Suite]:
    """The suites asked for, those that hold a test."""
    suites = list(SUITES)
    if options.fast:
        suites = [suite for suite in SUITES if suite.name.partition("-")[0] in ("tools", "unit")]
    if options.only:
        suites = [suite for suite in SUITES if suite.name in options.only]
    if options.all:
        suites.append(SECOND_NODE)
    return [suite for suite in suites if suite.present()]


def contracts_compile() -> bool:
    """Compile once, so that no two suites do it at the same time."""
    say("   contracts: compiling")
    start = time.monotonic()
    if trouble := compile_contracts():
        say(trouble)
    say(f"   contracts: compiled in {span(time.monotonic() - start)}")
    return not trouble


def main(arguments: list[str]) -> int:
    """Run suites and close with one line that sums them up."""
    parser = argparse.ArgumentParser(prog="tools.suites")
    parser.add_argument("--fast", action="store_true", help="the unit suites only")
    parser.add_argument("--all", action="store_true", help="the slow extras too")
    parser.add_argument("--only", nargs="+", metavar="SUITE", help="these suites only")
    options = parser.parse_args(arguments)
    LOGS.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, stop)
    if not contracts_compile():
        say("0 passed, 1 failed")
        return 1
    # A unit suite waits for its node much of its time; the others keep two cores busy.
    lanes = int(os.environ.get("LANES") or (3 if options.fast else 2))
    outcomes = run_all(chosen(options), lanes)
    extras = run_extras() if options.all else []
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes) + len(extras)
    for name in extras:
        say(f"   {name}: FAILED")
    say(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def stop(number: int, frame: object) -> None:
    """Asked to end: let every suite take down what it started."""
    for child in RUNNING:
        child.send_signal(signal.SIGINT)
    for child in list(RUNNING):
        child.wait()
    os._exit(128 + number)


def run_extras() -> list[str]:
    """The slow extras of `make test-all`; the names of those that failed."""
    modules = {"faults": "tools.faults", "gas": "benchmarks.gas", "audit": "tools.audit"}
    return [
        name
        for name, module in modules.items()
        if subprocess.run([sys.executable, "-m", module], cwd=ROOT, env=environment()).returncode
    ]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
