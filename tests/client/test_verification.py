"""What stands on the chain is this build: also for a node without a past, and pair by pair."""

import pytest

from cercle.artifacts import Artifacts
from cercle.chain import Chain
from cercle.errors import NodeMisbehaved
from cercle.executors import UnlockedExecutor
from cercle.rollout import Rollout
from cercle.verification import verify_all

from .community import plan_of
from .nodes import put_back, rpc


@pytest.fixture
def deploy(brand_node, people, tmp_path):
    """Deploy a brand; all of it is gone afterwards."""
    snapshot = rpc(brand_node, "evm_snapshot")

    def _deploy(name, **options):
        executor = UnlockedExecutor(Chain([brand_node], 31337, head_age=0.0), people[0])
        content = str(tmp_path / "content")
        rollout = Rollout(
            *(plan_of(people), tmp_path / f"{name}.json", executor),
            network="local",
            content=content,
            **options,
        )
        list(rollout.run())
        return rollout.deployment

    yield _deploy
    put_back(brand_node, snapshot)


def wrong(chain, deployment):
    found = verify_all(chain, deployment, Artifacts())
    return {finding.name: finding.sentence for finding in found if not finding.is_right}


class WithoutAPast(Chain):
    """A node that keeps the newest state alone."""

    def request(self, method, params):
        if method == "eth_call" and params[1] not in ("latest", "pending"):
            raise NodeMisbehaved("The node knows no state of that block.")
        return super().request(method, params)


def test_verify_all__just_deployed__finds_nothing(deploy, brand_node):
    assert wrong(Chain([brand_node], 31337, head_age=0.0), deploy("one")) == {}


def test_verify_all__node_without_a_past__finds_nothing(deploy, brand_node):
    assert wrong(WithoutAPast([brand_node], 31337, head_age=0.0), deploy("one")) == {}


def test_verify_all__membership_of_another_electorate__is_named(deploy, brand_node):
    first = deploy("one")
    second = deploy("two", passport=first.address("Passport"))
    mixed = first.with_contract("Membership", second.contracts["Membership"])
    found = wrong(Chain([brand_node], 31337, head_age=0.0), mixed)
    assert set(found) == {"Electorate", "Membership"}
    assert f"its membership is {first.address('Membership')}" in found["Electorate"]
    assert f"its electorate is {second.address('Electorate')}" in found["Membership"]
