"""OpenZeppelin's Governor, compiled from what they publish, by the compiler in the lock."""

import json
import subprocess
import tempfile
from types import SimpleNamespace

from ethpm_types import ContractType

from tools.places import BUILD, NODE_MODULES, ROOT, environment
from tools.setup import fingerprint

SOURCE = ROOT / "tests" / "differential" / "PeerGovernor.sol"
SETTINGS = {
    "optimizer": {"enabled": True, "runs": 200},
    "evmVersion": "prague",
    "outputSelection": {"*": {"PeerGovernor": ["abi", "evm.bytecode.object"]}},
}


def peer_governor() -> SimpleNamespace:
    """What `Ledger.deploy` takes; compiled once for each version of its sources, in build/."""
    versions = [
        NODE_MODULES / package / "package.json" for package in ("@openzeppelin/contracts", "solc")
    ]
    mark = fingerprint(SOURCE, *versions, json.dumps(SETTINGS))
    kept = BUILD / "solidity" / f"PeerGovernor-{mark[:16]}.json"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.write_text(compiled())
        fresh.rename(kept)
    told = json.loads(kept.read_text())
    code = {"bytecode": "0x" + told["evm"]["bytecode"]["object"]}
    kind = ContractType(abi=told["abi"], contractName="PeerGovernor", deploymentBytecode=code)
    return SimpleNamespace(contract_type=kind)


def compiled() -> str:
    """What the compiler makes of it, without a network."""
    sources = {SOURCE.name: {"content": SOURCE.read_text()}}
    asked = {"language": "Solidity", "sources": sources, "settings": SETTINGS}
    paths = ("--base-path", str(SOURCE.parent), "--include-path", str(NODE_MODULES))
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
    assert "contracts" in told, told["errors"]
    return json.dumps(told["contracts"][SOURCE.name]["PeerGovernor"])
