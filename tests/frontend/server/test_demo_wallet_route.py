"""The demo's wallet behind its door: whose accounts, on which chain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frontend.components.demo_wallet.explain import explain
from frontend.components.demo_wallet.people import People
from frontend.components.demo_wallet.route import DemoWallet
from frontend.settings import SettingsError
from tests.frontend.server.stub_node import StubNode

MEMBER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
STAFF = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
HASH = "0x" + "ab" * 32


@pytest.fixture
def node(stub_node: StubNode) -> StubNode:
    stub_node.results |= {
        "eth_accounts": [STAFF.lower(), MEMBER.lower()],
        "eth_sendTransaction": HASH,
        "personal_sign": "0x12",
        "eth_signTypedData_v4": "0x34",
    }
    return stub_node


@pytest.fixture
def people_file(tmp_path: Path) -> Path:
    file = tmp_path / "people.json"
    file.write_text(json.dumps({"people": [{"account": MEMBER, "note": {"en": "often here"}}]}))
    return file


@pytest.fixture
def wallet(node: StubNode, people_file: Path) -> DemoWallet:
    return DemoWallet(node.url, None, People(node.url, None, people_file))


def ask(wallet: DemoWallet, method: str, *params: Any) -> dict[str, Any]:
    return wallet.call({"method": method, "params": list(params)})


def test_people__listed__are_those_of_the_file_that_the_node_holds(wallet: DemoWallet) -> None:
    told = ask(wallet, "demo_people")["result"]
    assert told == [{"account": MEMBER, "member": 0, "note": {"en": "often here"}}]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"people": [{}]}', '{"people": [{"account": 1}]}']
)
def test_people__file_malformed__is_refused(node: StubNode, tmp_path: Path, text: str) -> None:
    file = tmp_path / "people.json"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"people\.json does not list the demo's people"):
        People(node.url, None, file)


def test_send__of_a_member__is_passed_on_without_a_key(wallet: DemoWallet, node: StubNode) -> None:
    transaction = {"from": MEMBER, "to": STAFF, "data": "0x12", "chainId": "0x7a69", "gas": "0x9"}
    assert ask(wallet, "eth_sendTransaction", transaction) == {"result": HASH}
    sent = {"from": MEMBER, "to": STAFF, "data": "0x12", "value": "0x0", "gas": "0x9"}
    assert node.asked[-1] == ("eth_sendTransaction", [sent])


def test_sign__of_a_member__is_passed_on(wallet: DemoWallet) -> None:
    typed = json.dumps({"domain": {"chainId": 31_337}})
    assert ask(wallet, "personal_sign", "0x00", MEMBER.lower()) == {"result": "0x12"}
    assert ask(wallet, "eth_signTypedData_v4", MEMBER, typed) == {"result": "0x34"}


def test_sign__chain_changed_meanwhile__is_refused(wallet: DemoWallet, node: StubNode) -> None:
    """Another node has taken the port: its accounts must not sign."""
    node.chain_id = 1
    typed = json.dumps({"domain": {"chainId": 31_337}})
    answers = [
        ask(wallet, "eth_sendTransaction", {"from": MEMBER, "to": STAFF}),
        ask(wallet, "personal_sign", "0x00", MEMBER),
        ask(wallet, "eth_signTypedData_v4", MEMBER, typed),
    ]
    assert [answer["error"]["code"] for answer in answers] == [4901] * 3
    asked = {method for method, _ in node.asked}
    assert asked == {"eth_accounts", "eth_chainId"}


def test_send__node_refuses__its_reason_reaches_the_page(
    wallet: DemoWallet, node: StubNode
) -> None:
    del node.results["eth_sendTransaction"]
    answer = ask(wallet, "eth_sendTransaction", {"from": MEMBER, "to": STAFF})
    assert answer["error"] == {"code": -32601, "message": "unknown"}


def test_explain__unknown_contract__says_nothing() -> None:
    assert explain(None, MEMBER, "0x12") == {}
