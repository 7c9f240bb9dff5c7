"""A contract whose whole code is one answer, given to every question."""

from ape.contracts import ContractContainer
from ethpm_types import ContractType

RETURN, REVERT = b"\xf3", b"\xfd"


def deploy_scripted(sender, answer: bytes, end: bytes = RETURN):
    """Deploy one that returns the answer, or reverts with it."""
    size = bytes([len(answer)])
    # copy `answer` from behind the code to memory, return it
    runtime = b"\x60" + size + b"\x60\x0a\x5f\x39\x60" + size + b"\x5f" + end + answer
    # the same for `runtime`, at deployment
    creation = b"\x60" + bytes([len(runtime)]) + b"\x80\x60\x09\x5f\x39\x5f\xf3" + runtime
    code = {"bytecode": "0x" + creation.hex()}
    kind = ContractType(abi=[], contractName="Scripted", deploymentBytecode=code)
    return sender.deploy(ContractContainer(kind))
