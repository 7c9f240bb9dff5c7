"""The chain turns: what was undone is gone from the tables, what came instead is there."""

import random

import pytest

from cercle.errors import NodeMisbehaved, ReorgTooDeep
from cercle.index.pace import Pace
from tests.client.nodes import rpc

from .looking import events_of, events_on_chain, facts_of, rows_of
from .town import act_together, random_act


def grow(stage, rng, blocks: int) -> None:
    """So many more blocks, each with an act."""
    head = stage.chain.head(fresh=True).number
    while stage.chain.head(fresh=True).number < head + blocks:
        act_together(stage, [random_act(stage, rng)])


def turn(stage, rng, snapshot: str, blocks: int) -> str:
    """Undo everything since a snapshot, and mine so many other blocks; returns a new snapshot."""
    rpc(stage.url, "evm_revert", snapshot)
    again = rpc(stage.url, "evm_snapshot")
    rpc(stage.url, "evm_increaseTime", hex(rng.randrange(1, 1_000)))  # no block is as it was
    rpc(stage.url, "evm_mine")
    grow(stage, rng, max(0, blocks - 1))
    stage.chain.forget_head()
    return again


@pytest.mark.parametrize("depth", range(1, 21))
def test_step__reorganised_so_deep__rows_are_those_of_the_new_chain(
    stage, open_index, built, tmp_path, depth
):
    path, rng = str(tmp_path / "index.sqlite"), random.Random(depth)
    follower = open_index(path)
    follower.catch_up()
    snapshot = rpc(stage.url, "evm_snapshot")
    grow(stage, rng, depth)
    follower.catch_up()
    turn(stage, rng, snapshot, depth + rng.randrange(3))
    progress = follower.step()
    assert progress.rolled_back >= depth
    follower.catch_up()
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)
    assert facts_of(path) == facts_of(built(str(tmp_path / "afresh.sqlite")))


def test_step__reorganised_in_postgresql__rows_are_those_of_an_index_built_afresh(
    stage, open_index, built, server
):
    from .conftest import new_database

    url, rng = new_database(server), random.Random(7)
    follower = open_index(url)
    follower.catch_up()
    snapshot = rpc(stage.url, "evm_snapshot")
    for depth in (3, 12):
        grow(stage, rng, depth)
        follower.catch_up()
        snapshot = turn(stage, rng, snapshot, depth)
        follower.catch_up()
        assert events_of(url) == events_on_chain(stage.url, stage.deployment)
    # Which blocks without an event are kept depends on the heads that it saw.
    assert facts_of(url) == facts_of(built(new_database(server)))


def test_step__new_chain_is_shorter__is_followed_too(stage, open_index, path):
    follower, rng = open_index(path), random.Random(3)
    follower.catch_up()
    snapshot = rpc(stage.url, "evm_snapshot")
    grow(stage, rng, 6)
    follower.catch_up()
    turn(stage, rng, snapshot, 2)
    assert follower.step().rolled_back == 6
    follower.catch_up()
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)


def test_step__node_merely_behind__forgets_nothing(stage, open_index, path):
    follower, rng = open_index(path), random.Random(4)
    snapshot = rpc(stage.url, "evm_snapshot")
    grow(stage, rng, 4)
    follower.catch_up()
    before = rows_of(path)
    rpc(stage.url, "evm_revert", snapshot)
    assert follower.step() is None
    assert rows_of(path) == before


def test_step__deeper_than_what_is_kept__is_refused_and_changes_nothing(stage, open_index, path):
    follower, rng = open_index(path, depth=5), random.Random(5)
    snapshot = rpc(stage.url, "evm_snapshot")
    grow(stage, rng, 7)
    follower.catch_up()
    before = rows_of(path)
    turn(stage, rng, snapshot, 9)
    with pytest.raises(ReorgTooDeep, match=r"more than 5 blocks back.*--rebuild"):
        follower.step()
    assert rows_of(path) == before


def test_open__rebuild__begins_anew(stage, open_index, path):
    follower, rng = open_index(path, depth=5), random.Random(5)
    snapshot = rpc(stage.url, "evm_snapshot")
    grow(stage, rng, 7)
    follower.catch_up()
    follower.store.close()
    turn(stage, rng, snapshot, 9)
    again = open_index(path, depth=5, rebuild=True)
    again.catch_up()
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)


def test_step__chain_began_anew__is_told(stage, open_index, path, new_proxy):
    proxy = new_proxy()
    follower = open_index(path, proxy.url)
    follower.catch_up()

    def shorter(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["params"][:1] == ["latest"]:
                body = {"jsonrpc": "2.0", "id": 1, "method": question["method"]}
                answer["result"] = rpc(stage.url, body["method"], "0x2", False)
        return answers

    proxy.after = shorter
    with pytest.raises(NodeMisbehaved, match=r"newest block of the node is 2, .*--rebuild"):
        follower.step()


def test_step__small_and_lagging_index__is_rolled_back_to_its_first_block(stage, open_index, path):
    follower = open_index(path, pace=Pace(step=2, tail=2))
    follower.step()  # blocks one and two; the rest of the chain is not known
    other = open_index(path + "2", depth=10_000)
    other.catch_up()
    follower.store.roll_back(0)
    assert rows_of(path).keys() == {"meta", "source"}
    follower.catch_up()
    assert facts_of(path) == facts_of(path + "2")
