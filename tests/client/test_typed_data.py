"""What people sign is what contracts hash: each struct of Python beside its text in the source."""

import re
from pathlib import Path

import pytest

from cercle.typed_data import STRUCTS

CONTRACTS = Path(__file__).parents[2] / "contracts"
_TYPE = re.compile(r'keccak256\(\s*"((\w+)\([^")]+\)(?:\w+\([^")]+\))*)"\s*\)')


def hashed_in_contracts():
    """Every type that a contract hashes, by its name."""
    found = {}
    for path in sorted(CONTRACTS.rglob("*.vy")):
        if "testing" not in path.parts:
            for text, name in _TYPE.findall(path.read_text()):
                found.setdefault(name, set()).add(text)
    return found


HASHED = hashed_in_contracts()


@pytest.mark.parametrize("struct", STRUCTS.values(), ids=lambda struct: struct.name)
def test_struct__against_the_contract__is_the_same_text(struct):
    if struct.is_checked_on_chain:
        assert struct.encoded_type in HASHED[struct.type_name]
        namesakes = {
            one.encoded_type for one in STRUCTS.values() if one.type_name == struct.type_name
        }
        assert HASHED[struct.type_name] == namesakes
    else:
        assert struct.name not in HASHED


@pytest.mark.parametrize("struct", STRUCTS.values(), ids=lambda struct: struct.name)
def test_struct__its_signer__is_one_of_its_fields(struct):
    assert struct.actor in {field.name for field in struct.fields if field.type == "address"}
