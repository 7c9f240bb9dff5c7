"""Every static check, one after the other; each says how long it took, none hides another."""

import subprocess
import sys
import time
from pathlib import Path

from tools.places import ROOT, TOOLS_VENV, environment
from tools.say import say, span

PYTHON_FOLDERS = ("cercle", "scripts", "frontend", "tools", "demo", "benchmarks", "bots")


def commands() -> dict[str, list[str]]:
    """What is checked, in the order of running: the quick ones first."""
    tools = TOOLS_VENV / "bin"
    deployed = [
        str(folder.relative_to(ROOT))
        for folder in sorted((ROOT / "contracts").iterdir())
        if folder.name not in ("testing", "interfaces") and any(folder.glob("*.vy"))
    ]  # natrix has opinions on test doubles that would make them longer
    folders = [folder for folder in PYTHON_FOLDERS if any((ROOT / folder).rglob("*.py"))]
    return {
        "ruff format": ["ruff", "format", "--check", "."],
        "ruff check": ["ruff", "check", "."],
        "mamushi": [str(tools / "mamushi"), "--check", "contracts", "--line-length", "100"],
        "natrix": [
            str(tools / "natrix"), "lint", *deployed, "-c", "ArgNamingConvention.pattern=^[a-z]",
        ],
        "mypy": ["mypy", *folders],
        "checks": [sys.executable, "-m", "tools.checks"],
    }  # fmt: skip


def main() -> int:
    """Run them all; 1 if any found something."""
    found = []
    for name, command in commands().items():
        start = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        word = "found something" if done.returncode else "clean"
        say(f"   {name}: {word} in {span(time.monotonic() - start)}")
        if done.returncode:
            found.append(name)
        if done.returncode or name == "checks":
            say(done.stdout.rstrip())
    if found:
        say(f"   to mend: {', '.join(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    assert Path.cwd() == ROOT, "run it as `make lint`"
    raise SystemExit(main())
