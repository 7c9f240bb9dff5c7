"""A tiny contract for the tests of the mutation tool, and a test of it that needs no Ape."""

BOX = """\
# pragma version ~=0.4.3

LOWEST: constant(uint256) = 18

event Asked:
    age: uint256
    lowest: uint256

asked: public(uint256)


@external
def ask(age: uint256) -> bool:
    assert age <= 150, "box: not an age"
    self.asked += 1
    log Asked(age=age, lowest=LOWEST)
    return self._is_adult(age)


@internal
@pure
def _is_adult(age: uint256) -> bool:
    return age >= LOWEST
"""
# Asks at the boundary of age; never looks at the count, the event or the bound of 150.
TEST = """\
import pytest
from eth_abi import encode
from pyrevm import EVM
from tools.mutate.bench import planted

SOMEBODY = "0x" + "99" * 20


@pytest.mark.parametrize(("age", "answer"), [(17, 0), (18, 1)])
def test_ask__about_18__tells(age, answer):
    evm = EVM()
    box = evm.deploy(deployer=SOMEBODY, code=bytes.fromhex(planted["Box"]))
    data = bytes.fromhex("SELECTOR") + encode(["uint256"], [age])
    said = evm.message_call(caller=SOMEBODY, to=box, calldata=data)
    assert int.from_bytes(bytes(said)) == answer


def test_nothing__of_the_box__is_green():
    assert True
"""
SETTINGS = "[pytest]\naddopts = -p no:ape_test -p no:boa_test --import-mode=importlib\n"
