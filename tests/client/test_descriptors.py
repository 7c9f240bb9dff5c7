"""What wallets are told to show: every field of every message, said or left out on purpose."""

import json

import pytest

from cercle.deployments import Deployed, Deployment
from cercle.typed_data import STRUCTS, Show
from cercle.typed_data.__main__ import main
from cercle.typed_data.descriptors import SCHEMA, descriptor, write

CONTRACTS = sorted({struct.contract for struct in STRUCTS.values()})
FORMATS = {"raw", "addressName", "date", "tokenAmount", "enum"}  # those of ERC-7730 that we use

# OpenZeppelin's own, which end with the vote on their proposal.
ENDLESS = {"GovernorBallot", "ExtendedBallot"}


@pytest.fixture
def deployment():
    names = sorted({*CONTRACTS, "Points"})
    contracts = {
        name: Deployed(address=f"0x{place:040x}", block=1, codehash="0x" + "00" * 32)
        for place, name in enumerate(names, 0x1001)
    }
    return Deployment(chain_id=10, network="optimism", brand="Delta", contracts=contracts)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_descriptor__contract__is_bound_to_its_place(deployment, contract):
    made = descriptor(deployment, contract, "https://delta.example")
    bound = made["context"]["eip712"]
    assert made["$schema"] == SCHEMA
    assert bound["deployments"] == [{"chainId": 10, "address": deployment.address(contract)}]
    assert bound["domain"]["verifyingContract"] == deployment.address(contract)
    assert bound["domain"]["chainId"] == 10
    assert made["metadata"]["info"] == {"legalName": "Delta", "url": "https://delta.example"}


@pytest.mark.parametrize("contract", CONTRACTS)
def test_descriptor__schemas__are_the_types_that_are_signed(deployment, contract):
    made = descriptor(deployment, contract)
    schemas = {one["primaryType"]: one["types"] for one in made["context"]["eip712"]["schemas"]}
    assert schemas.keys() == made["display"]["formats"].keys()
    for types in schemas.values():
        inside = {name: fields for name, fields in types.items() if name != "EIP712Domain"}
        text = "".join(
            name + "(" + ",".join(f"{one['type']} {one['name']}" for one in fields) + ")"
            for name, fields in inside.items()
        )
        assert text in {one.encoded_type for one in STRUCTS.values() if one.contract == contract}


@pytest.mark.parametrize("struct", STRUCTS.values(), ids=lambda struct: struct.name)
def test_descriptor__each_field__is_shown_or_left_out_once(deployment, struct):
    shape = descriptor(deployment, struct.contract)["display"]["formats"][struct.type_name]
    shown = [one["path"] for one in shape["fields"]]
    paths = [
        one.name + (".[]" if one.type.endswith("[]") else "") + part
        for one in struct.fields
        for part in ([f".{part.name}" for part in one.parts] or [""])
    ]
    assert sorted(shown + shape["excluded"]) == sorted(paths)
    assert shape["required"] == shown
    assert {one["format"] for one in shape["fields"]} <= FORMATS
    assert all(one["label"] for one in shape["fields"])


@pytest.mark.parametrize("struct", STRUCTS.values(), ids=lambda struct: struct.name)
def test_struct__its_actor_and_its_end__are_always_shown(struct):
    shown = {one.name for one in struct.fields if one.show is not Show.HIDDEN}
    if struct.name not in ENDLESS:
        assert "deadline" in shown
    assert struct.actor in shown
    assert struct.actor in {one.name for one in struct.fields}


def test_descriptor__amounts__are_in_the_brands_points(deployment):
    fields = descriptor(deployment, "Perks")["display"]["formats"]["Claim"]["fields"]
    price = next(one for one in fields if one["path"] == "price")
    assert price["params"] == {"token": deployment.address("Points")}


def test_descriptor__vote__is_told_in_words(deployment):
    made = descriptor(deployment, "Governor")
    assert made["metadata"]["enums"] == {
        "support": {"0": "Against", "1": "In favour", "2": "Abstain"}
    }
    fields = made["display"]["formats"]["Ballot"]["fields"]
    support = next(one for one in fields if one["path"] == "support")
    assert support["params"] == {"$ref": "$.metadata.enums.support"}


def test_descriptor__contract_without_messages__is_refused(deployment):
    with pytest.raises(ValueError, match="Rewards takes no messages"):
        descriptor(deployment, "Rewards")


def test_write__deployment__names_files_as_the_registry_does(deployment, tmp_path):
    written = write(deployment, tmp_path / "descriptors")
    assert [path.name for path in written] == [f"eip712-{name.lower()}.json" for name in CONTRACTS]
    assert json.loads(written[0].read_text())["metadata"] == {"owner": "Delta"}


def test_command__deployment_file__writes_and_says_where(deployment, tmp_path, capsys):
    deployment.save(tmp_path / "optimism.json")
    assert main([str(tmp_path / "optimism.json"), str(tmp_path / "out")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(CONTRACTS)


def test_command__no_deployment_or_no_words__says_so(tmp_path, capsys):
    assert main([]) == 2
    assert main([str(tmp_path / "none.json"), str(tmp_path)]) == 1
    assert "does not exist" in capsys.readouterr().err
