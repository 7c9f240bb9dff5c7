"""Scripts as staff run them, against chains that each module has for itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from cercle.artifacts import BUILD
from cercle.deployments import Deployment
from cercle.executors import UnlockedExecutor
from cercle.plan import Plan
from cercle.rollout import Rollout
from tests.scripts.stage import PLAN, ROOT, ApeServer, Brand, LocalNode, running_node


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """The artifacts that a deployment sends."""
    if not (ROOT / BUILD).exists():
        subprocess.run(["ape", "compile"], cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def ape(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApeServer]:
    server = ApeServer(tmp_path_factory.mktemp("ape"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def node() -> Iterator[LocalNode]:
    """A chain that mines at once: where scripts are tried and killed."""
    with running_node(31_337, "demo") as node:
        yield node


@pytest.fixture(scope="module")
def rehearsal() -> Iterator[LocalNode]:
    """A stand-in for a testnet: another chain id, two-second blocks, EIP-1559 fees."""
    with running_node(424_242, "rehearsal", "--block-time", "2") as node:
        yield node


@pytest.fixture(scope="module")
def brand(node: LocalNode, tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """The demo's brand, deployed and sealed."""
    folder = tmp_path_factory.mktemp("brand")
    content = (folder / "content").as_uri()
    plan = Plan.load(PLAN)
    executor = UnlockedExecutor(node.chain, plan.roles.admin)
    path = folder / "deployment.json"
    for _ in Rollout(plan, path, executor, network="demo", content=content).run():
        pass
    return Brand(node, Deployment.load(path), path, content)
