"""The contracts, compiled by Ape as this project's locks say."""

import json
import subprocess
import time

from tools.places import ROOT, STAMPS, environment
from tools.setup import fingerprint

CONTRACTS = ROOT / "contracts"
BOOK = ROOT / ".build" / "__local__.json"  # Ape's, of what is compiled
STAMP = STAMPS / "contracts"
PATIENCE, PAUSE = 15.0, 0.1  # seconds until a book that is being written is there again


def compile_contracts() -> str:
    """Compile what has no build yet; what Ape said if a contract does not compile, else nothing.

    Ape takes its book away and writes it anew whenever it is asked, also where nothing changed, and
    when a suite in the other lane opens the project. Who looks in that second finds nothing: so
    Ape is asked only where something changed, or where the book does not come back.
    """
    mark = _mark()
    if STAMP.is_file() and STAMP.read_text() == mark and _is_whole_soon():
        return ""
    done = subprocess.run(
        ["ape", "compile", "--force"],  # else what imports a changed module keeps its old build
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        return done.stdout
    STAMPS.mkdir(parents=True, exist_ok=True)
    STAMP.write_text(mark)
    return ""


def _mark() -> str:
    """Of all that a build follows from."""
    sources = sorted(path for path in CONTRACTS.rglob("*") if path.suffix in (".vy", ".vyi"))
    named = [part for path in sources for part in (str(path.relative_to(ROOT)), path)]
    return fingerprint(*named, ROOT / "ape-config.yaml", ROOT / "uv.lock")


def _is_whole_soon() -> bool:
    """Whether the book is whole, or is so again in a moment."""
    end = time.monotonic() + PATIENCE
    while not _is_whole():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True


def _is_whole() -> bool:
    """Whether the book has every contract that deploys."""
    try:
        known = json.loads(BOOK.read_text("utf-8"))["contractTypes"]
    except (OSError, ValueError, KeyError):
        return False
    return all(path.stem in known for path in CONTRACTS.rglob("[A-Z]*.vy"))
