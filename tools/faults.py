"""Plant every fault of tests/faults in a copy of the tree, and see its suite go red.

A fault is a unified diff preceded by two comment lines::

    # why: what the fault lets somebody do
    # red: the pytest path that must fail

The suites must be green without a fault, the faulted contracts must still compile, and each fault
must turn its suite red: a suite that stays green would not have noticed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tools.places import NODE_MODULES, ROOT, VENV, environment
from tools.say import say, span

FAULTS = ROOT / "tests" / "faults"
LANES = int(os.environ.get("LANES", "2"))
FAILED = 1  # pytest's code for tests that failed, and for nothing else
TIMEOUT = 900
IMPORTED = re.compile(r"^from ([.\w]+) import (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """One planted fault."""

    path: Path
    why: str
    red: str

    @property
    def name(self) -> str:
        """Its path under tests/faults, without the suffix."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def is_in_a_contract(self) -> bool:
        """Whether it touches what the compiler reads."""
        lines = self.path.read_text().splitlines()
        return any(
            line.startswith("+++ ") and line.rstrip().endswith((".vy", ".vyi")) for line in lines
        )


@dataclass(frozen=True)
class Verdict:
    """What became of a fault."""

    fault: Fault
    is_caught: bool
    word: str
    seconds: float


def read(path: Path) -> Fault:
    """A fault from its file.

    Raises:
        ValueError: A comment line is missing.
    """
    said = {}
    for line in path.read_text().splitlines():
        if not line.startswith("# "):
            break
        key, _, text = line[2:].partition(":")
        said[key.strip()] = text.strip()
    if missing := [key for key in ("why", "red") if not said.get(key)]:
        raise ValueError(f"{path}: no '# {missing[0]}:' line")
    return Fault(path, said["why"], said["red"])


def copy_tree(target: Path) -> None:
    """The tree's own files, with the environments linked and what is compiled at hand."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        source = ROOT / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    for linked in (VENV, NODE_MODULES):
        if linked.exists():
            (target / linked.name).symlink_to(linked.resolve())
    compiled = ROOT / ".build"
    if compiled.is_dir():
        shutil.copytree(compiled, target / ".build")


def forget(tree: Path, fault: Fault) -> None:
    """Have every contract built anew that reads a touched file.

    Ape builds a contract again when its own file changes, and not when a module of it does.
    """
    build = tree / ".build" / "__local__.json"
    if not build.is_file():
        return
    sources = {path: path.read_text() for path in (tree / "contracts").rglob("*.vy*")}
    touched = {
        Path(line.split()[1]).stem
        for line in fault.path.read_text().splitlines()
        if line.startswith("+++ ")
    }
    stale: set[Path] = set()
    while found := {
        path
        for path, text in sources.items()
        if path not in stale
        and touched & {path.stem, *(named for _, named in IMPORTED.findall(text))}
    }:
        stale |= found
        touched |= {path.stem for path in found}
    names = {str(path.relative_to(tree)) for path in stale}
    manifest = json.loads(build.read_text())
    manifest["sources"] = {
        name: source for name, source in manifest["sources"].items() if name not in names
    }
    manifest["contractTypes"] = {
        name: kind
        for name, kind in manifest["contractTypes"].items()
        if kind["sourceId"] not in names
    }
    build.write_text(json.dumps(manifest))


def run(tree: Path, *command: str) -> tuple[int, str]:
    """Run something in a copy; its code and what it said."""
    env = environment() | {"PYTHONPATH": str(tree)}
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, "took too long"
    return done.returncode, done.stdout


def run_tests(tree: Path, paths: Sequence[str]) -> tuple[int, str]:
    """Run some tests in a copy."""
    quiet = ("-q", "-x", "--tb=line", "-p", "no:cacheprovider")
    return run(tree, sys.executable, "-m", "pytest", *quiet, *paths)


def judge(tree: Path, fault: Fault) -> Verdict:
    """Plant a fault in a copy, see what its suite says, and take it out again."""
    start = time.monotonic()

    def verdict(is_caught: bool, word: str) -> Verdict:
        return Verdict(fault, is_caught, word, time.monotonic() - start)

    code, said = run(tree, "git", "apply", str(fault.path))
    if code:
        return verdict(False, f"does not apply: {said.strip().splitlines()[0]}")
    try:
        if fault.is_in_a_contract:
            forget(tree, fault)
            code, said = run(tree, "ape", "compile")
            if code:
                return verdict(False, "does not compile")
        code, said = run_tests(tree, [fault.red])
    finally:
        run(tree, "git", "apply", "--reverse", str(fault.path))
        forget(tree, fault)
    if code == FAILED:
        return verdict(True, "caught")
    return verdict(False, "NOT NOTICED" if code == 0 else f"its suite did not run ({code})")


def judge_all(faults: Sequence[Fault], scratch: Path) -> list[Verdict]:
    """Judge every fault, a copy of the tree a lane; green first, then each fault."""
    trees: SimpleQueue[Path] = SimpleQueue()
    for lane in range(LANES):
        tree = scratch / f"lane{lane}"
        copy_tree(tree)
        trees.put(tree)

    def in_a_lane(fault: Fault) -> Verdict:
        tree = trees.get()
        try:
            found = judge(tree, fault)
        finally:
            trees.put(tree)
        say(f"   {found.word:<14} {span(found.seconds):>9}  {fault.name}: {fault.why}")
        return found

    with ThreadPoolExecutor(LANES) as pool:
        return list(pool.map(in_a_lane, faults))


def _name(path: Path) -> str:
    """Where it lies under tests/faults: a word in the tree's own place means nothing."""
    return str(path.relative_to(FAULTS))


def main(arguments: Sequence[str] = ()) -> int:
    """1 unless every fault is caught and the unfaulted suites are green."""
    wanted = [path for path in sorted(FAULTS.rglob("*.patch"))]
    if arguments:
        wanted = [path for path in wanted if any(word in _name(path) for word in arguments)]
    faults = [read(path) for path in wanted]
    if not faults:
        say("   no fault is planted anywhere")
        return 1
    suites = sorted({fault.red for fault in faults})
    with tempfile.TemporaryDirectory(prefix="cercle-faults-") as folder:
        scratch = Path(folder)
        say(f"   without a fault: {len(suites)} suites")
        plain = scratch / "plain"
        copy_tree(plain)
        code, said = run_tests(plain, suites)
        if code:
            say(said)
            say("   the suites are not green without a fault")
            return 1
        verdicts = judge_all(faults, scratch)
    caught = sum(verdict.is_caught for verdict in verdicts)
    say(f"   {len(faults)} faults, {caught} caught, {len(faults) - caught} not")
    return 0 if caught == len(faults) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
