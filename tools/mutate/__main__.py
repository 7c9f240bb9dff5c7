"""Change the contracts a little, one change at a time, and see their own tests go red.

`python -m tools.mutate [NAME ...]`, or `make mutate ONLY="Polls wing"`. By the environment:
PER_CONTRACT=20 takes a sample, the same every time; SURVIVORS=1 only those that lived the last
time; RECHECK=1 those too that were argued away; LANES=2 judges two at a time.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.build import compile_contracts
from tools.mutate.compiling import Mutant, code_of, mutants_of
from tools.mutate.operators import Change, changes, flags_of
from tools.mutate.reviewed import Reviewed
from tools.mutate.runs import WORK, Lane, NotGreenError, Verdict, judge
from tools.mutate.targets import CONTRACTS, Target, chosen
from tools.say import say, span


@dataclass(frozen=True)
class Wishes:
    """How much is asked for."""

    lanes: int = 1
    sample: int = 0
    survivors: bool = False
    recheck: bool = False

    @classmethod
    def of_the_environment(cls) -> "Wishes":
        asked = {name: os.environ.get(name, "") for name in ("LANES", "PER_CONTRACT")}
        return cls(
            lanes=int(asked["LANES"] or 1),
            sample=int(asked["PER_CONTRACT"] or 0),
            survivors=bool(os.environ.get("SURVIVORS")),
            recheck=bool(os.environ.get("RECHECK")),
        )


@dataclass
class Report:
    """What came out of a target."""

    name: str
    tried: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    argued: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self, seconds: float) -> str:
        count = Counter(verdict.word for verdict in self.verdicts)
        return (
            f"   {self.name}: {len(self.verdicts)} mutants of {self.tried} changes in"
            f" {span(seconds)}: {count['killed']} killed, {count['survived']} alive,"
            f" {self.argued} argued away"
        )


def last_survivors(target: Target) -> set[tuple[str, ...]]:
    """Those of the last run of a target."""
    path = WORK / f"{target.name}.json"
    said = json.loads(path.read_text()) if path.is_file() else []
    return {tuple(map(str, entry["key"])) for entry in said if entry["word"] != "killed"}


def named(source: Path, change: Change) -> tuple[str, ...]:
    """A change among those of all sources."""
    return (source.stem, *map(str, change.key))


def gather(
    target: Target, sources: tuple[Path, ...], wishes: Wishes, report: Report
) -> list[Mutant]:
    """The mutants to judge, less those that were argued away."""
    flags = flags_of(*(path.read_text() for path in CONTRACTS.rglob("*.vy*")))
    before = last_survivors(target)
    wanted: list[tuple[Path, Change]] = []
    for source in sources:
        reviewed = Reviewed(source)
        all_changes = changes(source.read_text(), flags)
        report.tried += len(all_changes)
        report.faults += [
            f"{reviewed.path.name}: no such mutant any more: {gone.line} -> {gone.becomes}"
            for gone in reviewed.stale(all_changes)
        ]
        report.argued += len(reviewed.arguments)
        wanted += [
            (source, change)
            for change in all_changes
            if (wishes.recheck or not reviewed.about(change))
            and (not wishes.survivors or named(source, change) in before)
        ]
    if wishes.sample:
        random.Random(0).shuffle(wanted)
        wanted = wanted[: 2 * wishes.sample]  # some do not compile
    found: list[Mutant] = []
    for source in sources:
        if part := [change for origin, change in wanted if origin == source]:
            found += mutants_of(target.contract_paths, source, part, wishes.lanes)
    if wishes.sample:
        found = random.Random(0).sample(found, min(wishes.sample, len(found)))
    return found


def run(target: Target, sources: tuple[Path, ...], wishes: Wishes) -> Report:
    """Judge a target's mutants by its tests."""
    start = time.monotonic()
    report = Report(target.name)
    mutants = gather(target, sources, wishes, report)
    say(f"   {target.name}: {len(mutants)} to judge, after {span(time.monotonic() - start)}")
    reviewed = {source: Reviewed(source) for source in sources}

    def tell(verdict: Verdict) -> None:
        mutant, change = verdict.mutant, verdict.mutant.change
        argument = reviewed[mutant.source].about(change)
        if verdict.word == "killed" and argument:
            report.faults.append(f"{mutant.name}: argued away, and yet killed by {verdict.by}")
        elif verdict.word != "killed" and not (argument and verdict.word == "survived"):
            text = f"{verdict.word}: {mutant.name}: {change.old}  ->  {change.new} {verdict.by}"
            report.faults.append(text)
            say(f"   {text}")

    if mutants:
        code: dict[str, str] = {}
        for source in sources:
            code |= code_of(target.contract_paths, source, source.read_text())
        count = min(wishes.lanes, len(mutants))
        lanes = [Lane(f"{target.name}{at}", target.tests, code) for at in range(count)]
        report.verdicts = judge(mutants, lanes, tell)
        keep(target, sources, report, wishes)
    say(report.line(time.monotonic() - start))
    return report


def keep(target: Target, sources: tuple[Path, ...], report: Report, wishes: Wishes) -> None:
    """Write the verdicts down; those of a part of the mutants beside those of the others."""
    path = WORK / f"{target.name}.json"
    said = json.loads(path.read_text()) if path.is_file() else []
    fresh: list[dict[str, Any]] = [
        {
            "key": list(named(verdict.mutant.source, verdict.mutant.change)),
            "where": verdict.mutant.name,
            "kind": verdict.mutant.change.kind,
            "word": verdict.word,
            "by": verdict.by,
            "seconds": verdict.seconds,
        }
        for verdict in report.verdicts
    ]
    known = {tuple(entry["key"]) for entry in fresh}
    stems = set() if wishes.sample or wishes.survivors else {source.stem for source in sources}
    kept = [
        entry for entry in said if entry["key"][0] not in stems and tuple(entry["key"]) not in known
    ]
    path.write_text(json.dumps(kept + fresh, indent=1))


def main(arguments: list[str]) -> int:
    """1 unless every mutant is killed or argued away, and every argument is about one."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    wishes = Wishes.of_the_environment()
    try:
        targets = chosen(arguments)
    except ValueError as unknown:
        say(f"   {unknown}")
        return 2
    if trouble := compile_contracts():
        say(trouble)
        return 1
    reports = []
    for target, sources in targets:
        try:
            reports.append(run(target, sources, wishes))
        except NotGreenError as red:
            reports.append(Report(target.name, faults=[f"{target.name}: {red}"]))
    faults = [fault for report in reports for fault in report.faults]
    for fault in faults:
        say(f"   {fault}")
    judged = sum(len(report.verdicts) for report in reports)
    say(f"   {judged} mutants, {len(faults)} to see to")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
