"""The common modules, opened by their harnesses."""

import pytest
from ape.contracts import ContractContainer
from ethpm_types import ContractType


@pytest.fixture(scope="session")
def signatures(project, admin):
    return admin.deploy(project.SignaturesHarness)


@pytest.fixture
def now(chain):
    return chain.pending_timestamp


@pytest.fixture(scope="session")
def new_wallet(project, admin):
    """A contract wallet that its owners command together."""
    return lambda *owners: admin.deploy(project.FakeWallet, list(owners))


@pytest.fixture(scope="session")
def scripted_wallet(admin):
    """Deploy a contract whose whole code is one answer, given to every question."""

    def deploy(answer: bytes):
        size = bytes([len(answer)])
        # copy `answer` from behind the code to memory, return it
        runtime = b"\x60" + size + b"\x60\x0a\x5f\x39\x60" + size + b"\x5f\xf3" + answer
        # the same for `runtime`, at deployment
        creation = b"\x60" + bytes([len(runtime)]) + b"\x80\x60\x09\x5f\x39\x5f\xf3" + runtime
        code = {"bytecode": "0x" + creation.hex()}
        kind = ContractType(abi=[], contractName="ScriptedWallet", deploymentBytecode=code)
        return admin.deploy(ContractContainer(kind))

    return deploy
