"""Every static check, two at a time; each says how long it took, none hides another."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools.places import ROOT, TOOLS_VENV, environment
from tools.say import say, span

PYTHON_FOLDERS = (
    "cercle",
    "scripts",
    "frontend",
    "tools",
    "demo",
    "benchmarks",
    "bots",
    "examples",
)


def commands() -> dict[str, list[str]]:
    """What is checked, the long ones first."""
    folders = [folder for folder in PYTHON_FOLDERS if any((ROOT / folder).rglob("*.py"))]
    mamushi = str(TOOLS_VENV / "bin" / "mamushi")
    return {
        "natrix": [sys.executable, "-m", "tools.natrix"],
        "mypy": ["mypy", *folders],
        "checks": [sys.executable, "-m", "tools.checks"],
        "mamushi": [mamushi, "--check", "contracts", "--line-length", "100"],
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
    }


def run(name: str, command: list[str]) -> bool:
    """Run one check; tell whether it found nothing."""
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
    lines = [f"   {name}: {word} in {span(time.monotonic() - start)}"]
    if done.returncode or name == "checks":
        lines.append(done.stdout.rstrip())
    say("\n".join(lines))
    return done.returncode == 0


def main() -> int:
    """Run them all; 1 if any found something."""
    named = commands()
    with ThreadPoolExecutor(2) as pool:
        clean = dict(zip(named, pool.map(run, named, named.values()), strict=True))
    if found := [name for name, is_clean in clean.items() if not is_clean]:
        say(f"   to mend: {', '.join(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
