"""One brand for all of the suite, put back after each test; relayers with a clock in hand."""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cercle.flags import Support
from cercle.proposals import Draft
from cercle.relayer.app import build
from cercle.relayer.relayer import Relayer
from cercle.relayer.settings import Settings
from cercle.relayer.wire import ActStatus
from tests.client.nodes import put_back, rpc, running_anvil

from .acting import post
from .proposing import DAY, ballot, proposed
from .proxy import Proxy
from .stage import Stage, set_up


class Clock:
    """The machine's time, in the test's hand."""

    def __init__(self) -> None:
        self.now = float(int(time.time()) // 86_400 * 86_400 + 43_200)  # noon: no midnight is near

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(scope="session")
def whole_stage(tmp_path_factory) -> Iterator[Stage]:
    """The brand, once."""
    with running_anvil("--hardfork", "osaka", "--auto-impersonate") as url:
        yield set_up(url, tmp_path_factory.mktemp("brand"))


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    """The brand, put back afterwards as it was."""
    block = rpc(whole_stage.url, "eth_getBlockByNumber", "latest", False)
    snapshot = rpc(whole_stage.url, "evm_snapshot")
    yield whole_stage
    put_back(whole_stage.url, snapshot)
    rpc(whole_stage.url, "anvil_setNextBlockBaseFeePerGas", block["baseFeePerGas"])
    whole_stage.chain.forget_head()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def open_relayer(stage: Stage, journal: Path, clock: Clock, *urls: str, **settings) -> Relayer:
    """A relayer that does not look at the chain before it is told to."""
    told = {"confirmations": 1, "deployment": "-", "journal": journal, **settings}
    return Relayer.open(
        Settings.model_validate({**told, "rpc_urls": urls or (stage.url,)}),
        deployment=stage.deployment,
        account=stage.payer,
        clock=clock,
    )


@pytest.fixture
def new_relayer(stage: Stage, tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Relayer]]:
    """Start relayers on one journal; each has looked at the chain once."""
    started: list[Relayer] = []

    def start(*urls: str, look: bool = True, **settings: object) -> Relayer:
        relayer = open_relayer(stage, tmp_path / "journal.sqlite", clock, *urls, **settings)
        started.append(relayer)
        if look:
            relayer.step()
        return relayer

    yield start
    for relayer in started:
        with contextlib.suppress(Exception):  # a test may have closed it, or broken it
            relayer.close()


@pytest.fixture
def relayer(new_relayer) -> Relayer:
    return new_relayer()


@pytest.fixture
def http(relayer: Relayer) -> Iterator[TestClient]:
    """The relayer's routes, without its worker: a test takes the steps."""
    with TestClient(build(relayer, works=False), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def idle(whole_stage: Stage, tmp_path_factory) -> Iterator[TestClient]:
    """The routes of a relayer that no test makes write anything; `idle.relayer` is it."""
    relayer = open_relayer(whole_stage, tmp_path_factory.mktemp("idle") / "j.sqlite", Clock())
    relayer.step()
    with TestClient(build(relayer, works=False), raise_server_exceptions=False) as client:
        client.relayer = relayer
        yield client


@pytest.fixture
def new_proxy(whole_stage: Stage) -> Iterator[Callable[[], Proxy]]:
    """Nodes that stand before the honest one."""
    made: list[Proxy] = []

    def make() -> Proxy:
        made.append(Proxy(whole_stage.url))
        return made[-1]

    yield make
    for proxy in made:
        proxy.close()


@pytest.fixture
def proxy(new_proxy) -> Proxy:
    return new_proxy()


@pytest.fixture
def draft(stage: Stage) -> Draft:
    """A proposal, open."""
    made = proposed(stage)
    stage.town.pass_time(DAY + 60)
    return made


@pytest.fixture
def cast(stage: Stage, relayer: Relayer, draft: Draft) -> Callable[..., ActStatus]:
    """Post a member's ballot on it."""

    def _cast(place: int, support: int = Support.IN_FAVOUR, **more: int) -> ActStatus:
        return post(relayer, ballot(stage, draft, stage.members[place], support, **more))

    return _cast
