"""The contracts that the demo deploys: compiled when they must be, and told apart by one hash."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from .node import DemoError

CONTRACTS = Path("contracts")
LAST_LINES = 20


def compile_contracts() -> None:
    """Let Ape compile what has no build yet.

    Raises:
        DemoError: A contract does not compile.
    """
    ape = Path(sys.executable).with_name("ape")
    done = subprocess.run(
        [str(ape), "compile"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-LAST_LINES:])
        raise DemoError(f"The contracts do not compile:\n{last}")


def fingerprint(plan: Path) -> str:
    """One hash over every contract's source and the plan: a chain made of others is no use."""
    digest = hashlib.sha256(plan.read_bytes())
    for source in sorted(CONTRACTS.rglob("*.vy*")):
        digest.update(str(source).encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()
