"""One brand for all of the suite, put back after each test; gateways and their callers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cercle.gateway.app import build
from cercle.gateway.gateway import Gateway
from cercle.gateway.settings import Settings
from tests.client.nodes import put_back, rpc, running_anvil
from tests.relayer.proxy import Proxy

from .asking import Asker, write_callers
from .stage import Stage, set_up


@pytest.fixture(scope="session")
def whole_stage(tmp_path_factory) -> Iterator[Stage]:
    """The brand, once."""
    with running_anvil("--hardfork", "osaka", "--auto-impersonate") as url:
        yield set_up(url, tmp_path_factory.mktemp("brand"))


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    """The brand, put back afterwards as it was."""
    snapshot = rpc(whole_stage.url, "evm_snapshot")
    yield whole_stage
    put_back(whole_stage.url, snapshot)
    whole_stage.chain.forget_head()


class Clock:
    """The machine's time, in the test's hand."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def callers(tmp_path_factory) -> Path:
    """The file of those who may ask."""
    return write_callers(tmp_path_factory.mktemp("callers") / "callers.json")


@pytest.fixture
def new_gateway(whole_stage: Stage, callers: Path, clock: Clock) -> Callable[..., Gateway]:
    """Gateways of this brand; each sees every block at once."""

    def make(*urls: str, **settings: object) -> Gateway:
        told = {
            "rpc_urls": urls or (whole_stage.url,),
            "deployment": "-",
            "callers": callers,
            "authorities": ("testserver",),
            "head_age": 0.000_001,
            **settings,
        }
        return Gateway.open(
            Settings.model_validate(told), deployment=whole_stage.deployment, clock=clock
        )

    return make


@pytest.fixture
def gateway(new_gateway) -> Gateway:
    return new_gateway()


@pytest.fixture
def open_http(clock: Clock) -> Iterator[Callable[[Gateway], TestClient]]:
    """The routes of a gateway."""
    opened: list[TestClient] = []

    def start(gateway: Gateway) -> TestClient:
        client = TestClient(build(gateway), raise_server_exceptions=False)
        client.__enter__()
        opened.append(client)
        return client

    yield start
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def http(gateway: Gateway, open_http) -> TestClient:
    return open_http(gateway)


@pytest.fixture
def till(http: TestClient, clock: Clock) -> Asker:
    """A caller who may ask everything."""
    return Asker(http, clock)


@pytest.fixture
def ask(new_gateway, open_http, clock) -> Callable[..., Asker]:
    """Ask a gateway of its own, on these nodes, with these settings."""

    def start(*urls: str, **settings: object) -> Asker:
        return Asker(open_http(new_gateway(*urls, **settings)), clock)

    return start


@pytest.fixture
def proxy(whole_stage: Stage) -> Iterator[Proxy]:
    """A node that stands before the honest one."""
    made = Proxy(whole_stage.url)
    yield made
    made.close()
