"""When the health route says that people may be sent here."""

from __future__ import annotations

import time

import pytest

from frontend import health
from frontend.health import Health
from frontend.settings import Settings
from tests.frontend.server.stub_node import StubNode


@pytest.fixture
def node(stub_node: StubNode, monkeypatch: pytest.MonkeyPatch) -> StubNode:
    monkeypatch.setattr(health, "KEPT", 0.0)
    block = {"number": "0x10", "timestamp": hex(int(time.time()) - 60)}
    stub_node.results["eth_getBlockByNumber"] = block
    return stub_node


def look(chain_id: int | None = 31_337, **env: str) -> tuple[dict, bool]:
    route = Health(Settings.read(env), chain_id)
    chain = route.look()
    return chain, route.is_well(chain)


def test_look__all_well(node: StubNode) -> None:
    chain, is_well = look(CERCLE_RPC_URLS=node.url)
    assert is_well
    assert (chain["chain_id"], chain["head"]) == (31_337, 16)
    assert 60 <= chain["head_age_seconds"] < 70


def test_look__first_node_down__asks_the_next(node: StubNode) -> None:
    assert look(CERCLE_RPC_URLS=f"http://127.0.0.1:1,{node.url}")[1]


def test_look__no_node__is_not_well() -> None:
    assert look(CERCLE_RPC_URLS="http://127.0.0.1:1") == ({"reachable": False}, False)
    assert look() == ({"reachable": False}, False)


def test_look__another_chain__is_not_well(node: StubNode) -> None:
    assert not look(1, CERCLE_RPC_URLS=node.url)[1]


def test_look__head_too_old__is_not_well(node: StubNode) -> None:
    assert look(CERCLE_RPC_URLS=node.url, CERCLE_MAX_HEAD_AGE="90")[1]
    assert not look(CERCLE_RPC_URLS=node.url, CERCLE_MAX_HEAD_AGE="59")[1]


@pytest.mark.parametrize("answer", [None, 3, {}, {"number": "x", "timestamp": "0x1"}])
def test_look__nonsense__is_not_well(node: StubNode, answer: object) -> None:
    node.results["eth_getBlockByNumber"] = answer
    assert not look(CERCLE_RPC_URLS=node.url)[1]


def test_look__asked_often__looks_once_a_second(stub_node: StubNode) -> None:
    stub_node.results["eth_getBlockByNumber"] = {"number": "0x1", "timestamp": "0x1"}
    route = Health(Settings.read({"CERCLE_RPC_URLS": stub_node.url}), None)
    for _ in range(50):
        route.look()
    assert len(stub_node.asked) == 2
