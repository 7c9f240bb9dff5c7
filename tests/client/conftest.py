"""A chain of one's own for the client's tests, and a small brand on it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from eth_account import Account
from eth_utils.address import to_checksum_address

from cercle.chain import Chain
from cercle.contracts import Contract
from tools.ports import free_port

from .community import Community, found
from .data_town import DataTown, found_data
from .nodes import (
    CHAIN_ID,
    ECHO_ABI,
    ECHO_CODE,
    Bend,
    FakeNode,
    place_code,
    put_back,
    refusing_code,
    rpc,
    running_anvil,
)
from .service_town import ServiceTown


@pytest.fixture(scope="session")
def node() -> Iterator[str]:
    """The URL of an honest node."""
    with running_anvil("--hardfork", "prague") as url:
        yield url


@pytest.fixture
def fresh_state(node: str) -> Iterator[str]:
    """The honest node, put back afterwards as it was."""
    snapshot = rpc(node, "evm_snapshot")
    yield node
    put_back(node, snapshot)


@pytest.fixture
def chain(node: str) -> Chain:
    return Chain([node], CHAIN_ID, head_age=0.0)


@pytest.fixture(scope="session")
def people(node: str) -> list[str]:
    """Accounts that the node signs for."""
    return [to_checksum_address(account) for account in rpc(node, "eth_accounts")]


@pytest.fixture(scope="session")
def echo(node: str) -> Contract:
    """A contract that says back what it was told."""
    address = "0x00000000000000000000000000000000000ec000"
    place_code(node, address, ECHO_CODE)
    rpc(node, "evm_mine")
    return Contract("Echo", address, ECHO_ABI)


@pytest.fixture(scope="session")
def refuser(node: str) -> Contract:
    """A contract that says no to everything: "perk_stock: sold out"."""
    address = "0x0000000000000000000000000000000000000bad"
    place_code(node, address, refusing_code("perk_stock: sold out"))
    rpc(node, "evm_mine")
    return Contract("Refuser", address, ECHO_ABI)


@pytest.fixture
def fake_node(node: str) -> Iterator[Callable[..., FakeNode]]:
    """Make nodes that stand before the honest one and bend what it says."""
    made: list[FakeNode] = []

    def make(bend: Bend = lambda asked, answers: answers, **options: Any) -> FakeNode:
        made.append(FakeNode(node, bend, **options))
        return made[-1]

    yield make
    for fake in made:
        fake.close()


@pytest.fixture
def dead_node() -> str:
    """A URL where nobody listens."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="session")
def brand_node(project) -> Iterator[str]:
    """The URL of a node for the brand, with the contracts compiled."""
    project.load_contracts()
    with running_anvil("--hardfork", "prague") as url:
        yield url


@pytest.fixture(scope="session")
def founded(brand_node, people, tmp_path_factory) -> Community:
    """A brand that has just opened: nobody has joined."""
    return found(brand_node, people, tmp_path_factory.mktemp("brand"))


@pytest.fixture
def town(founded: Community) -> Iterator[Community]:
    """The brand, put back afterwards as it was."""
    snapshot = rpc(founded.url, "evm_snapshot")
    yield founded
    put_back(founded.url, snapshot)
    founded.chain.forget_head()


@pytest.fixture(scope="session")
def data_node(project) -> Iterator[str]:
    """The URL of a node for the brand whose members' data companies may see."""
    project.load_contracts()
    with running_anvil("--hardfork", "prague") as url:
        yield url


@pytest.fixture(scope="session")
def founded_data(data_node, people, tmp_path_factory) -> DataTown:
    """That brand, once."""
    return found_data(data_node, people, tmp_path_factory.mktemp("data"))


@pytest.fixture
def data_town(founded_data: DataTown) -> Iterator[DataTown]:
    """That brand, put back afterwards as it was."""
    snapshot = rpc(founded_data.url, "evm_snapshot")
    yield founded_data
    put_back(founded_data.url, snapshot)
    founded_data.chain.forget_head()


@pytest.fixture(scope="session")
def founded_service(project, people, tmp_path_factory) -> Iterator[ServiceTown]:
    """That brand with a provider, its list, a meter and a customer, on a node of its own."""
    project.load_contracts()
    with running_anvil("--hardfork", "prague") as url:
        data = found_data(url, people, tmp_path_factory.mktemp("service"))
        town = ServiceTown(url, data.chain, data.deployment, data.store, people)
        town.provide()
        yield town


@pytest.fixture
def service(founded_service: ServiceTown) -> Iterator[ServiceTown]:
    """That provider, put back afterwards as it was."""
    snapshot = rpc(founded_service.url, "evm_snapshot")
    yield founded_service
    put_back(founded_service.url, snapshot)
    founded_service.chain.forget_head()


@pytest.fixture(scope="session")
def keys(people) -> list[str]:
    """The keys of anvil's accounts, which everybody knows; in their order."""
    Account.enable_unaudited_hdwallet_features()
    words = "test test test test test test test test test test test junk"
    found_keys = [
        Account.from_mnemonic(words, account_path=f"m/44'/60'/0'/0/{index}") for index in range(20)
    ]
    assert [account.address for account in found_keys] == people
    return [account.key.hex() for account in found_keys]
