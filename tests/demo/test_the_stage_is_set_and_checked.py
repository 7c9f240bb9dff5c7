"""The demo, small: its chain equals the file, survives a stop, and a wrong number is caught."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cercle.deployments import Deployment
from cercle.index.history import History, Served, open_history
from cercle.relayer.invitations import require_live
from cercle.slips import Invitation
from demo import verify
from demo.made import Made
from demo.node import DemoError, Node, Tx
from demo.run import Demo
from tests.browser.kit.processes import ROOT

from .staged import MEMBERS, deployment_of, expected_of


def test_chain__after_the_set_up__equals_the_file(stage):
    demo, made = stage
    deployment, expected = expected_of(demo, made)
    assert len(expected.people) == MEMBERS
    assert any(person.points for person in expected.people.values())
    verify._compare_chain(demo._chain(), deployment, expected)


@pytest.mark.parametrize("field", ["points", "standing"])
def test_compare__one_number_off_by_one__is_caught(stage, field):
    demo, made = stage
    deployment, expected = expected_of(demo, made)
    victim = next(p for p in expected.people.values() if p.points and p.standing)
    setattr(victim, field, getattr(victim, field) + 1)
    with pytest.raises(DemoError, match=f"{field} of customer {victim.number}"):
        verify._compare_chain(demo._chain(), deployment, expected)


def test_guest__invitation__is_one_that_the_contract_takes(stage):
    demo, _ = stage
    deployment = Deployment.load(demo._deployment)
    link = demo.guest()
    assert link.startswith(f"http://localhost:{demo.settings.port}/card?invitation=")
    slip = Invitation.from_text(link.partition("invitation=")[2])
    chain = demo._chain()
    require_live(chain, deployment, slip, chain.head(), gas=100_000)
    assert slip.passport_id == 0
    assert demo.guest() != link


def test_state__after_a_stop__is_the_same(stage):
    demo, made = stage
    block = demo.node.rpc("eth_getBlockByNumber", "latest", False)["hash"]
    demo.node.stop()
    assert Made.load(demo._made) == made
    demo.node.start(accounts=demo._accounts(MEMBERS), genesis=0)
    assert demo.node.rpc("eth_getBlockByNumber", "latest", False)["hash"] == block
    assert demo._kept() == made
    other = Demo(dataclasses.replace(demo.settings, members=MEMBERS + 1, folder=Path("nowhere")))
    assert other._kept() is None


def test_state__made_of_other_contracts__is_made_anew(stage, tmp_path):
    """Whoever took the newest sources does not wake a chain of yesterday's."""
    demo, made = stage
    older = Demo(dataclasses.replace(demo.settings, folder=tmp_path))
    older._made.write_text(json.dumps(dataclasses.asdict(made) | {"contracts": "00" * 32}))
    older.node.state.write_text("{}")
    assert older._kept() is None
    assert not older._made.exists()
    assert not older.node.state.exists()


def test_node__taken_port__is_one_sentence(stage):
    demo, _ = stage
    with pytest.raises(DemoError, match=f"Port {demo.settings.rpc_port} is taken"):
        Node(demo.settings.rpc_port, demo.settings.folder).start(accounts=10, genesis=0)


def test_send_together__of_one_account__are_in_one_block_in_order(stage):
    demo, _ = stage
    who, others = demo.node.accounts()[0], demo.node.accounts()[1:4]
    before = int(demo.node.rpc("eth_blockNumber"), 16)
    demo.node.send_together([Tx(who, other, "0x", 1) for other in others])
    assert int(demo.node.rpc("eth_blockNumber"), 16) == before + 1
    block = demo.node.rpc("eth_getBlockByNumber", "latest", True)
    assert [tx["to"] for tx in block["transactions"]] == [one.lower() for one in others]


def test_send_together__one_is_refused__says_so_and_goes_on_by_itself(stage):
    demo, _ = stage
    book = deployment_of(demo)
    refused = book.contract("Charter").call("seal")
    with pytest.raises(DemoError, match="was refused: "):
        demo.node.send_together([Tx(demo.node.accounts()[5], refused.to, refused.data)])
    before = demo.node.now()
    demo.node.send([Tx(demo.node.accounts()[0], demo.node.accounts()[1], "0x", 1)])
    assert demo.node.now() >= before


@pytest.mark.parametrize(
    ("name", "value"), [("MEMBERS", "3"), ("MEMBERS", "many"), ("PORT", "70000"), ("PORT", "-1")]
)
def test_demo__wrong_setting__is_one_sentence(name, value, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(f"The demo stopped: {name} must be a whole number from")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("left", [None, "4194305", "torn"])
def test_down__nothing_runs__says_so(tmp_path, left):
    """Nor does what a killed demo left behind stand in the way."""
    if left:
        (tmp_path / "build" / "demo").mkdir(parents=True)
        (tmp_path / "build" / "demo" / "pid").write_text(left)
    done = subprocess.run(
        [sys.executable, "-m", "demo", "down"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "No demo is running.\n")
    assert not (tmp_path / "build" / "demo" / "pid").exists()


# ---- the index beside it ---------------------------------------------------------------


def served(demo: Demo) -> History:
    return open_history(demo._chain(), Deployment.load(demo._deployment), demo.indexer.url)


def in_step(demo: Demo) -> Served:
    """Once the index has read the newest block."""
    end = time.monotonic() + 60
    while (told := served(demo).served()).source != "index" or told.behind:
        assert time.monotonic() < end, told
        time.sleep(0.1)
    return told


def test_index__beside_the_chain__tells_every_purchase_and_follows(stage):
    demo, made = stage
    demo.indexer.start(demo._deployment)
    try:
        _, expected = expected_of(demo, made)
        verify._compare_history(served(demo), expected, is_indexed=True)
        victim = next(p for p in expected.people.values() if len(p.purchases) > 1)
        victim.purchases.pop()
        with pytest.raises(DemoError, match=f"purchases of customer {victim.number}"):
            verify._compare_history(served(demo), expected, is_indexed=True)
        before = in_step(demo).block
        demo.node.catch_up()
        assert in_step(demo).block == before + 1
    finally:
        demo.indexer.stop()
    assert demo.indexer.process is None


def test_index__chain_that_woke_younger__is_built_anew(stage):
    demo, _ = stage
    snapshot = demo.node.rpc("evm_snapshot")
    demo.node.rpc("anvil_mine", hex(200))
    demo.indexer.start(demo._deployment)
    demo.indexer.stop()
    demo.node.rpc("evm_revert", snapshot)
    demo.indexer.start(demo._deployment)
    assert in_step(demo).block == int(demo.node.rpc("eth_blockNumber"), 16)
    demo.indexer.stop()


def test_index__chain_made_anew__is_forgotten(stage, tmp_path):
    demo, _ = stage
    other = Demo(dataclasses.replace(demo.settings, folder=tmp_path))
    other.indexer.folder.mkdir(parents=True)
    Path(other.indexer.url).write_text("of a chain that is gone")
    assert other._kept() is None
    assert not Path(other.indexer.url).exists()


def test_index__that_is_none__is_built_anew(stage):
    demo, _ = stage
    Path(demo.indexer.url).write_bytes(b"no database at all" * 100)
    demo.indexer.start(demo._deployment)
    assert in_step(demo).source == "index"
    demo.indexer.stop()


def test_index__silent__is_one_sentence(stage):
    demo, made = stage
    _, expected = expected_of(demo, made)
    alone = open_history(demo._chain(), Deployment.load(demo._deployment), "nowhere.sqlite")
    with pytest.raises(DemoError, match=r"The index does not answer; see build/demo/index"):
        verify._compare_history(alone, expected, is_indexed=True)
