"""A brand for all of the suite, put back after each test; databases of both kinds, each its own."""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cercle.chain import Chain
from cercle.index import Follower, Store, open_store
from cercle.index.pace import Pace
from tests.client.nodes import put_back, rpc, running_anvil
from tests.relayer.proxy import Proxy
from tests.relayer.stage import Stage
from tools import postgres

from .town import set_up

_numbers = itertools.count(1)


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


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of our own."""
    with postgres.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is there for this test alone."""
    if request.param == "sqlite":
        return str(tmp_path / "index.sqlite")
    return new_database(request.getfixturevalue("server"))


@pytest.fixture
def path(tmp_path: Path) -> str:
    """The address of an SQLite file."""
    return str(tmp_path / "index.sqlite")


def new_database(server: postgres.Server) -> str:
    """An empty database on the server."""
    name = f"index_{next(_numbers)}"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.url(name)


@contextlib.contextmanager
def opening(stage: Stage) -> Iterator[Callable[..., Follower]]:
    """What opens indexes, and closes them in the end."""
    opened: list[Store] = []

    def open_(
        url: str, *nodes: str, depth: int = 64, pace: Pace | None = None, **options: Any
    ) -> Follower:
        chain = Chain(nodes or (stage.url,), stage.chain.chain_id, head_age=0, rest=0, timeout=20)
        told = {name: options.pop(name) for name in ("witness", "bloom") if name in options}
        store = open_store(url, stage.deployment, chain, depth=depth, **options)
        opened.append(store)
        return Follower(store, chain, pace=pace, **told)

    yield open_
    for store in opened:
        with contextlib.suppress(Exception):  # a test may have closed it
            store.close()


@pytest.fixture
def open_index(stage: Stage) -> Iterator[Callable[..., Follower]]:
    """Open an index and follow the stage's chain into it."""
    with opening(stage) as open_:
        yield open_


@pytest.fixture(scope="module")
def open_index_once(whole_stage: Stage) -> Iterator[Callable[..., Follower]]:
    """The same for tests that put the chain back themselves."""
    with opening(whole_stage) as open_:
        yield open_


@pytest.fixture
def built(open_index) -> Callable[..., str]:
    """Build an index of all that is on the chain, and close it."""

    def build(url: str, *nodes: str, **options: Any) -> str:
        follower = open_index(url, *nodes, **options)
        follower.catch_up()
        follower.store.close()
        return url

    return build


@pytest.fixture(scope="session")
def template(whole_stage: Stage, tmp_path_factory) -> Path:
    """An index of the brand as it is before any test."""
    path = tmp_path_factory.mktemp("template") / "index.sqlite"
    with open_store(str(path), whole_stage.deployment, whole_stage.chain) as store:
        Follower(store, whole_stage.chain).catch_up()
    return path


@pytest.fixture
def prepared(template: Path, stage: Stage, built) -> Callable[..., str]:
    """As `built`; a file begins as a copy of what is known of the brand, for the sake of time."""

    def build(url: str, **options: Any) -> str:
        if "://" not in url and not Path(url).exists():
            shutil.copy(template, url)
        return str(built(url, **options))

    return build


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
