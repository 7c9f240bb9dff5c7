"""OpenZeppelin's Governor, compiled from what they publish, by the compiler in the lock."""

from types import SimpleNamespace

from ethpm_types import ContractType

from tools.places import ROOT
from tools.solidity import compiled

SOURCE = ROOT / "tests" / "differential" / "PeerGovernor.sol"


def peer_governor() -> SimpleNamespace:
    """What `Ledger.deploy` takes."""
    told = compiled(SOURCE)["PeerGovernor"]
    code = {"bytecode": told.bytecode}
    kind = ContractType(abi=told.abi, contractName=told.name, deploymentBytecode=code)
    return SimpleNamespace(contract_type=kind)
