"""Passkeys on a chain that cannot check them (prague has nothing at 0x100): refused, in a word."""

import pytest
from web3 import HTTPProvider, Web3
from web3.exceptions import ContractLogicError

from tests.authenticator import Passkey
from tests.client.nodes import place_code, rpc, running_anvil

PASSKEY = Passkey()


@pytest.fixture(scope="module")
def old_node():
    """The URL of a node of the last hard fork without the precompile."""
    with running_anvil("--hardfork", "prague") as url:
        yield url


@pytest.fixture
def old_chain(old_node):
    """That chain, put back afterwards as it was."""
    snapshot = rpc(old_node, "evm_snapshot")
    yield Web3(HTTPProvider(old_node))
    rpc(old_node, "evm_revert", snapshot)


@pytest.fixture
def deployed(old_chain, project):
    """Deploy there."""

    def deploy(name, *arguments):
        kind = project.get_contract(name).contract_type
        code = kind.deployment_bytecode.bytecode
        made = old_chain.eth.contract(abi=[e.model_dump() for e in kind.abi], bytecode=code)
        sent = made.constructor(*arguments).transact({"from": old_chain.eth.accounts[0]})
        address = old_chain.eth.wait_for_transaction_receipt(sent)["contractAddress"]
        return old_chain.eth.contract(address=address, abi=made.abi)

    return deploy


@pytest.fixture
def factory(deployed):
    return deployed("PasskeyFactory", deployed("PasskeyAccount").address)


def test_is_supported__without_the_precompile__is_not(factory):
    assert not factory.functions.is_supported().call()


def test_create__without_the_precompile__reverts(factory):
    with pytest.raises(ContractLogicError, match="passkey_factory: no P-256 here"):
        factory.functions.create(*PASSKEY.terms).call()


def test_is_valid_signature__without_the_precompile__reverts(
    factory, deployed, old_chain, old_node
):
    """An account that was put there all the same takes no signature, not even the right one."""
    account = deployed("PasskeyAccount")
    address = factory.functions.account_of(*PASSKEY.terms).call()
    x, y, rp_id_hash, _ = PASSKEY.terms
    code = f"0x363d3d373d3d3d363d73{account.address[2:]}5af43d82803e903d91602b57fd5bf3"
    code += (x.to_bytes(32, "big") + y.to_bytes(32, "big") + rp_id_hash).hex()
    place_code(old_node, address, code)
    clone = old_chain.eth.contract(address=address, abi=account.abi)

    assert clone.functions.key().call() == (x, y, rp_id_hash)
    answer = PASSKEY.answer(bytes(32)).packed()
    with pytest.raises(ContractLogicError, match="webauthn: not by this passkey"):
        clone.functions.isValidSignature(bytes(32), answer).call()


@pytest.mark.parametrize("answer", ["", "01", "00" * 32, "00" * 31 + "02", "ff" * 32])
def test_is_supported__something_else_at_the_address__is_not(factory, old_node, answer):
    """A contract, or a precompile of another kind, that happens to stand at 0x100."""
    size = len(answer) // 2
    code = f"0x60{size:02x}600a5f3960{size:02x}5ff3{answer}"
    place_code(old_node, "0x" + "100".zfill(40), code)
    assert not factory.functions.is_supported().call()


def test_is_supported__something_that_always_agrees__is_not(factory, old_node):
    yes = "0x60015f5260205ff3"
    place_code(old_node, "0x" + "100".zfill(40), yes)
    assert not factory.functions.is_supported().call()
