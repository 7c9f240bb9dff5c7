"""Runs of pytest that judge mutants, a lane each; see `bench` for what happens in one."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.mutate.bench import JOB
from tools.mutate.compiling import Mutant
from tools.places import BUILD, ROOT, environment

WORK = BUILD / "mutate"
QUIET = ("-q", "-s", "-p", "no:cacheprovider", "-p", "tools.mutate.bench", "--hypothesis-seed=0")
CONTROLS = ("plain", "shuffled", "again")  # runs without a mutant, which must stay green


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant."""

    mutant: Mutant
    word: str  # killed | survived | broken
    by: str
    seconds: float


class NotGreenError(Exception):
    """The tests fail without any mutant, or did not run."""


class Lane:
    """One warm pytest at work."""

    def __init__(self, name: str, tests: Sequence[str], code: dict[str, str], root: Path = ROOT):
        self.name, self.tests, self.code, self.root = name, tests, code, root
        self.log = WORK / f"{name}.log"
        self.mutants: dict[str, Mutant] = {}
        self.controls: dict[str, dict[str, Any]] = {}
        self.child: subprocess.Popen[bytes] | None = None
        self.told = 0

    @property
    def verdicts(self) -> Path:
        return WORK / f"{self.name}.verdicts"

    def start(self) -> None:
        """Write the job down and set pytest to it."""
        WORK.mkdir(parents=True, exist_ok=True)
        self.verdicts.unlink(missing_ok=True)
        job = WORK / f"{self.name}.job"
        mutants = [
            {
                "id": name,
                "code": mutant.code,
                "function": mutant.change.function,
                "line": mutant.change.old,
            }
            for name, mutant in self.mutants.items()
        ]
        job.write_text(json.dumps({"code": self.code, "mutants": mutants}))
        env = environment() | {JOB: str(job), "APE_DATA_FOLDER": str(WORK / f"{self.name}.ape")}
        with self.log.open("w") as output:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "pytest", *QUIET, *self.tests],
                cwd=self.root,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def news(self) -> list[Verdict]:
        """The verdicts since the last question."""
        lines = self.verdicts.read_text().splitlines() if self.verdicts.is_file() else []
        fresh = [json.loads(line) for line in lines[self.told :]]
        self.told = len(lines)
        self.controls |= {said["id"]: said for said in fresh if said["id"] in CONTROLS}
        return [
            Verdict(self.mutants[said["id"]], said["word"], said["by"], said["seconds"])
            for said in fresh
            if said["id"] not in CONTROLS
        ]

    def check(self) -> None:
        """Raise unless the tests were green whenever there was no mutant."""
        for control in CONTROLS:
            said = self.controls.get(control)
            if said is None:
                raise NotGreenError(f"the tests did not run to the end: {self.log}")
            if said["word"] != "survived":
                raise NotGreenError(f"{said['by']} is red without a mutant: {said.get('why')}")

    def stop(self) -> None:
        """Let pytest take down what it started."""
        if self.child and self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            self.child.wait()


def judge(
    mutants: Sequence[Mutant], lanes: Sequence[Lane], tell: Callable[[Verdict], None]
) -> list[Verdict]:
    """Deal the mutants out among lanes, and tell each verdict as it comes.

    Raises:
        NotGreenError: The tests fail by themselves.
    """
    for at, mutant in enumerate(mutants):
        lanes[at % len(lanes)].mutants[str(at)] = mutant
    found = []
    try:
        for lane in lanes:
            lane.start()
        running = True
        while running:
            running = any(lane.child and lane.child.poll() is None for lane in lanes)
            if running:
                time.sleep(0.2)
            for lane in lanes:
                for verdict in lane.news():
                    found.append(verdict)
                    tell(verdict)
    finally:
        for lane in lanes:
            lane.stop()
    for lane in lanes:
        lane.check()
    return found
