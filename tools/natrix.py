"""natrix over the contracts, against a reviewed list of what it may say.

A finding that the list does not hold fails, and so does a line of the list that natrix no longer
says: the list shrinks with the code. The linter takes its time, so its word on a tree that has not
changed is kept in build/lint.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.places import BUILD, ROOT, TOOLS_VENV, environment
from tools.say import say
from tools.setup import fingerprint

ACCEPTED = ROOT / "tools" / "lint" / "natrix.json"
PATTERN = "ArgNamingConvention.pattern=^[a-z]"


@dataclass(frozen=True, order=True)
class Remark:
    """What natrix says, wherever in the file it stands."""

    file: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.code} {self.message}"


def contracts() -> list[Path]:
    """What is linted: all but the test doubles, which its opinions would only make longer.

    And but the modules that leave an import to their host to initialise: natrix compiles each file
    by itself, which those do not.
    """
    found = (ROOT / "contracts").rglob("*.vy")
    return sorted(
        path
        for path in found
        if path.parent.name != "testing" and "\nuses: " not in path.read_text()
    )


def remarks(paths: list[Path]) -> set[Remark]:
    """What natrix says of some contracts."""
    interfaces = sorted((ROOT / "contracts").rglob("*.vyi"))
    mark = fingerprint(PATTERN, *(str(path) for path in paths), *paths, *interfaces)
    kept = BUILD / "lint" / f"natrix-{paths[0].stem}-{mark[:16]}.json"
    if not kept.is_file():
        names = [str(path.relative_to(ROOT)) for path in paths]
        done = subprocess.run(
            [str(TOOLS_VENV / "bin" / "natrix"), "lint", *names, "--json", "-c", PATTERN],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in (0, 1) or not done.stdout.startswith("["):
            raise SystemExit(f"natrix did not finish: {done.stderr or done.stdout}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(done.stdout)
    said = json.loads(kept.read_text())
    return {
        # A frame's exact size would make every edit a new remark.
        Remark(entry["file"], entry["code"], re.sub(r" of \d+ bytes", "", entry["message"]))
        for entry in said
    }


def accepted() -> set[Remark]:
    """The reviewed list: groups with a reason, each naming what is accepted for it."""
    groups = json.loads(ACCEPTED.read_text())
    return {
        Remark(file, code, message)
        for group in groups
        for file, said in group["accepted"].items()
        for code, message in (line.split(" ", 1) for line in said)
    }


def main() -> int:
    """1 if natrix and the list disagree."""
    said, known = remarks(contracts()), accepted()
    for remark in sorted(said - known):
        say(f"      {remark}")
    for remark in sorted(known - said):
        say(f"      accepted in {ACCEPTED.name} but no longer said: {remark}")
    return 1 if said != known else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
