"""Contracts of others, compiled from what they publish in the npm lock, by the compiler in it.

Ours are Vyper: these stand beside them in tests and benchmarks.
"""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tools.artifacts import Artifact
from tools.places import BUILD, NODE_MODULES, environment
from tools.setup import fingerprint

PACKAGES = ("@openzeppelin/contracts", "solc")


def compiled(source: Path) -> dict[str, Artifact]:
    """The contracts of one file, by name; compiled once for each version of it, in build/."""
    settings = {
        "optimizer": {"enabled": True, "runs": 200},
        "evmVersion": "prague",
        "outputSelection": {source.name: {"*": ["abi", "evm.bytecode.object"]}},
    }
    versions = [NODE_MODULES / package / "package.json" for package in PACKAGES]
    mark = fingerprint(source, *versions, json.dumps(settings))
    kept = BUILD / "solidity" / f"{source.stem}-{mark[:16]}.json"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.write_text(json.dumps(_compile(source, settings)))
        fresh.rename(kept)
    return {
        name: Artifact(name, told["abi"], "0x" + told["evm"]["bytecode"]["object"], "0x", {})
        for name, told in json.loads(kept.read_text()).items()
        if told["evm"]["bytecode"]["object"]
    }


def _compile(source: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """What the compiler makes of it, without a network."""
    sources = {source.name: {"content": source.read_text()}}
    asked = {"language": "Solidity", "sources": sources, "settings": settings}
    paths = ("--base-path", str(source.parent), "--include-path", str(NODE_MODULES))
    # Into a file: it ends before a pipe has taken more than the first 64 KB.
    with tempfile.TemporaryFile() as told_to:
        subprocess.run(
            ["node", str(NODE_MODULES / "solc" / "solc.js"), "--standard-json", *paths],
            input=json.dumps(asked).encode(),
            env=environment(),
            stdout=told_to,
            check=True,
        )
        told_to.seek(0)
        answer = told_to.read().decode()
    told = json.loads(answer[answer.index("{") :])
    if "contracts" not in told:
        raise RuntimeError(f"{source.name} does not compile: {told['errors']}")
    found: dict[str, Any] = told["contracts"][source.name]
    return found
