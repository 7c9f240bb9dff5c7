"""One brand for all of the suite, put back after each test; vaults, and who asks them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from cercle.vault import keys
from cercle.vault.app import build
from cercle.vault.service import Vault
from cercle.vault.settings import Settings
from tests.client.nodes import put_back, rpc, running_anvil
from tests.relayer.proxy import Proxy

from .asking import Visitor
from .stage import SITE, VAULT_KEY, Stage, set_up


@pytest.fixture(scope="session")
def whole_stage(tmp_path_factory) -> Iterator[Stage]:
    """The brand, once."""
    with running_anvil("--hardfork", "osaka", "--auto-impersonate") as url:
        yield set_up(url, tmp_path_factory.mktemp("brand"))


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    """The brand, put back afterwards as it was."""
    snapshot = rpc(whole_stage.url, "evm_snapshot")
    # A chain that was put back goes on from there, and falls behind: a vault would not believe it.
    newest = whole_stage.town.chain.head(fresh=True).timestamp
    rpc(whole_stage.url, "evm_setNextBlockTimestamp", max(int(time.time()), newest + 1))
    whole_stage.mine(1)
    yield whole_stage
    put_back(whole_stage.url, snapshot)
    whole_stage.town.chain.forget_head()


class Clock:
    """The machine's time, in the test's hand; the chain's own runs ahead of it."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def settings_of(stage: Stage, folder: Path, *urls: str, **more: Any) -> Settings:
    """How a vault of these tests is told to run."""
    told = {
        "rpc_urls": urls or (stage.url,),
        "deployment": "-",
        "database": str(folder / "vault.sqlite"),
        "storage": str(folder / "blobs"),
        "site": f"https://{SITE}",
        "key": keys.text_of(VAULT_KEY),
        "custodian_key": stage.custodian.key.hex(),
        "per_minute": 60_000,
        **more,
    }
    return Settings.model_validate(told)


@pytest.fixture
def new_vault(stage: Stage, tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Vault]]:
    """Vaults on one disk."""
    made: list[Vault] = []

    def make(*urls: str, **more: Any) -> Vault:
        settings = settings_of(stage, tmp_path, *urls, **more)
        made.append(Vault.open(settings, deployment=stage.town.deployment, clock=clock))
        return made[-1]

    yield make
    for vault in made:
        with contextlib.suppress(Exception):
            vault.close()


@pytest.fixture
def vault(new_vault) -> Vault:
    return new_vault()


@pytest.fixture
def open_http() -> Iterator[Callable[[Vault], Visitor]]:
    """The routes of a vault; a test takes its steps."""
    with contextlib.ExitStack() as stack:

        def start(vault: Vault) -> Visitor:
            app = build(vault, works=False)
            return Visitor(stack.enter_context(TestClient(app, raise_server_exceptions=False)))

        yield start


@pytest.fixture
def nobody(vault: Vault, open_http) -> Visitor:
    return open_http(vault)


@pytest.fixture
def member(nobody: Visitor, stage: Stage) -> Visitor:
    return nobody.as_(stage.person)


@pytest.fixture
def keep(member: Visitor, stage: Stage) -> Callable[..., Any]:
    """Keep a record of the person's: envelope, move."""

    def _keep(**more: Any) -> Any:
        envelope = stage.envelope(**more)
        answer = member.put("/v1/records", envelope.model_dump(mode="json"))
        assert answer.status_code == 200, answer.text
        stage.move(envelope)
        return envelope

    return _keep


@pytest.fixture
def ask(nobody: Visitor, stage: Stage, clock: Clock) -> Callable[..., httpx.Response]:
    """The shop asks for what it looked at."""

    def _ask(look: Any, **changes: Any) -> httpx.Response:
        clock.wait(1)
        at = changes.pop("at", int(clock()))
        return nobody.http.post("/v1/releases", json=stage.fetch(look, at, **changes))

    return _ask


@pytest.fixture
def proxy(whole_stage: Stage) -> Iterator[Proxy]:
    """A node that stands before the honest one."""
    made = Proxy(whole_stage.url)
    yield made
    made.close()
