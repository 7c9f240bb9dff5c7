"""What the compiler makes of each contract, compiled once and kept in build/artifacts.

For tools that need bytecode, ABI or layout without Ape. The settings are ape-config.yaml's.
"""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tools.places import BUILD, ROOT, environment
from tools.setup import fingerprint

CONTRACTS = ROOT / "contracts"
FORMATS = "abi,bytecode,bytecode_runtime,layout"
SETTINGS = ("--evm-version", "prague")


@dataclass(frozen=True)
class Artifact:
    """One compiled contract."""

    name: str
    abi: list[dict[str, Any]]
    bytecode: str
    runtime: str
    layout: dict[str, Any]

    @property
    def immutables(self) -> int:
        """Bytes of immutables, which the chain stores after the code."""
        return sum(
            entry["length"] for entry in flatten(self.layout.get("code_layout", {})).values()
        )

    @property
    def deployed_size(self) -> int:
        """Bytes on the chain, as EIP-170 counts them."""
        return (len(self.runtime) - 2) // 2 + self.immutables

    @property
    def init_size(self) -> int:
        """Bytes of the creation code, as EIP-3860 counts them, without arguments."""
        return (len(self.bytecode) - 2) // 2


def flatten(layout: dict[str, Any], prefix: str = "") -> dict[str, dict[str, Any]]:
    """The variables of a layout by their dotted name, modules included."""
    found: dict[str, dict[str, Any]] = {}
    for name, entry in layout.items():
        if "type" in entry and ("slot" in entry or "offset" in entry):
            found[prefix + name] = entry
        else:
            found |= flatten(entry, f"{prefix}{name}.")
    return found


@cache
def sources() -> str:
    """One hash over every source, as any may import any."""
    paths = sorted(path for path in CONTRACTS.rglob("*.vy*") if path.is_file())
    return fingerprint(FORMATS, *SETTINGS, *(str(path.relative_to(ROOT)) for path in paths), *paths)


def deployables() -> list[Path]:
    """The contracts that are deployed: CamelCase, outside testing/."""
    found = (path for path in CONTRACTS.rglob("*.vy") if path.stem[0].isupper())
    return sorted(path for path in found if path.parent.name != "testing")


def artifact(path: Path) -> Artifact:
    """A contract, compiled now or found compiled."""
    kept = BUILD / "artifacts" / f"{path.stem}-{sources()[:16]}.json"
    if not kept.is_file():
        done = subprocess.run(
            ["vyper", "-f", FORMATS, *SETTINGS, str(path.relative_to(ROOT))],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        abi, bytecode, runtime, layout = done.stdout.strip().splitlines()
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob(f"{path.stem}-*.json"):
            old.unlink(missing_ok=True)
        parts = {
            "name": path.stem,
            "abi": json.loads(abi),
            "bytecode": bytecode,
            "runtime": runtime,
            "layout": json.loads(layout),
        }
        kept.write_text(json.dumps(parts))
    return Artifact(**json.loads(kept.read_text()))


def artifacts() -> dict[str, Artifact]:
    """Every deployable by name."""
    with ThreadPoolExecutor(2) as pool:
        return {found.name: found for found in pool.map(artifact, deployables())}
