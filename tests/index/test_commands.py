"""The commands as staff run them: what they print, how they end, what ends them."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text

from cercle.errors import NodeUnreachable
from cercle.index import __main__ as program
from cercle.index.database import engine_for, read_url
from cercle.index.running import follow
from tests.client.nodes import rpc
from tools.places import ROOT, environment

from .looking import events_of, events_on_chain, rows_of


@pytest.fixture
def book(stage, tmp_path):
    path = tmp_path / "book.json"
    stage.deployment.save(path)
    return str(path)


@pytest.fixture
def command(stage, book, capsys):
    """Run a command in this process; what it printed, what it complained, how it ended."""

    def run(*words, rpc_url=None):
        where = ["--deployment", book, "--rpc", rpc_url or stage.url]
        code = program.main([*words, *where])
        printed = capsys.readouterr()
        return code, printed.out, printed.err.strip()

    return run


def test_run__once__reads_all_and_says_so(stage, command, path):
    code, out, _ = command("run", "--once", "--url", path)
    held = events_on_chain(stage.url, stage.deployment)
    head = stage.chain.head().number
    assert (code, out) == (0, f"Read up to block {head}: {len(held)} events.\n")
    assert events_of(path) == held
    assert command("run", "--once", "--url", path)[1] == f"Read up to block {head}: 0 events.\n"


def test_status__says_how_far_and_how_much(stage, command, prepared, path):
    prepared(path)
    head = stage.chain.head(fresh=True).number
    held = len(events_on_chain(stage.url, stage.deployment))
    code, out, _ = command("status", "--url", path)
    assert code == 0
    assert out.splitlines() == [
        f"block {head} of {head} (up to date), final up to {head - 64}",
        f"{held} events of {len(stage.deployment.contracts)} contracts",
    ]
    stage.town.pass_time(60)
    out = command("status", "--url", path)[1]
    assert out.startswith(f"block {head} of {head + 1} (1 blocks behind, ")
    assert out.count(f": read up to {head}\n") == len(stage.deployment.contracts)


def test_verify__ends_with_one__where_something_differs(stage, command, prepared, path):
    prepared(path)
    code, out, _ = command("verify", "--url", path)
    assert code == 0
    assert "figures are those of the chain at block" in out
    engine = engine_for(read_url(path), writes=True)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM points_transfer"))
    engine.dispose()
    code, out, _ = command("verify", "--url", path)
    assert code == 1
    assert "points in all: 0 by the events, " in out
    assert out.splitlines()[-1].endswith(f"at block {stage.chain.head().number}.")


@pytest.mark.parametrize("verb", ["status", "verify"])
def test_command__no_index__one_sentence(command, path, verb):
    code, out, told = command(verb, "--url", path)
    assert (code, out) == (1, "")
    assert told == f"There is no index at {path}: run `ape run index run` first."


def test_run__dead_node__one_sentence(command, path):
    code, out, told = command("run", "--once", "--url", path, rpc_url="http://127.0.0.1:9")
    assert (code, out, told) == (1, "", "The node 127.0.0.1:9 does not answer.")


def test_follow__node_away_for_a_while__says_it_once_and_goes_on(stage, open_index, path, proxy):
    follower = open_index(path, proxy.url)
    told, stop = [], threading.Event()
    waits = []

    def wait(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            rpc(stage.url, "evm_mine")
            proxy.before = lambda asked: None
        if len(waits) == 5:
            stop.set()
        return stop.is_set()

    stop.wait = wait
    proxy.before = lambda asked: b"gone"
    follow(follower, every=0.5, stop=stop, say=told.append)
    assert told == [
        f"The node {proxy.url[7:]} answers no JSON-RPC. Trying again.",
        "The nodes answer again.",
    ]
    assert waits == [1.0, 2.0, 4.0, 0.5, 0.5]  # ever more rarely, then as often as before
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)


def test_run__asked_to_end__ends_whole_and_lets_the_next_one_on(stage, book, path, built):
    words = ["run", "--url", path, "--deployment", book, "--rpc", stage.url, "--every", "0.1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "cercle.index", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=ROOT,
    )
    try:
        assert process.stdout.readline().startswith("Read up to block")
        assert process.stdout.readline().startswith("Following the chain; a look every 0.1 s.")
        rpc(stage.url, "evm_mine")
        head = stage.chain.head(fresh=True).number
        end = time.monotonic() + 20
        while rows_of(path)["source"][0][4] <= head:
            assert time.monotonic() < end
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(20) == 0, process.stderr.read()
    finally:
        process.kill()
        process.wait()
    built(path)


def test_run__nothing_but_the_environment__is_enough(stage, book, path, monkeypatch, capsys):
    monkeypatch.setenv("CERCLE_INDEX_URL", path)
    monkeypatch.setenv("CERCLE_DEPLOYMENT", book)
    monkeypatch.setenv("CERCLE_RPC_URLS", f"http://127.0.0.1:9, {stage.url}")
    assert program.main(["run", "--once"]) == 0
    assert "Read up to block" in capsys.readouterr().out
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)


def test_catch_up__all_nodes_gone__raises_what_they_said(open_index, path, new_proxy):
    proxy = new_proxy()
    follower = open_index(path, proxy.url)
    proxy.close()
    with pytest.raises(NodeUnreachable):
        follower.step()
