"""The bot itself, as an operator starts it: Silverback, its own broker, a test account."""

import contextlib
import json
import signal
import subprocess
import time

import pytest

from tests.bots.market import DAY, LIMIT, put
from tests.client.nodes import rpc
from tools.places import ROOT, environment

PATIENCE = 120.0  # seconds, on a machine that has much else to do
ACCOUNT = 11  # of the test accounts of Ape, which are the node's own


@contextlib.contextmanager
def running_bot(market, folder, deployment=None, **settings):
    """Start `silverback run keeper`, yield where its words go, stop it as a supervisor does."""
    (deployment or market.deployment).save(folder / "local.json")
    env = environment() | {
        "APE_FOUNDRY_HOST": market.url,
        "APE_DATA_FOLDER": str(folder / "ape"),
        "CERCLE_RPC_URLS": market.url,
        "CERCLE_DEPLOYMENT": str(folder / "local.json"),
        "CERCLE_KEEPER_FOLDER": str(folder / "keeper"),
        "CERCLE_KEEPER_INBOX": str(folder / "inbox"),
        "SILVERBACK_SIGNER_ALIAS": f"TEST::{ACCOUNT}",
        **settings,
    }
    command = [
        "silverback", "run", "keeper", "--network", "ethereum:local:foundry",
        "--runner", "silverback.runner:PollingRunner",
    ]  # fmt: skip
    words = folder / "words.log"
    with (
        words.open("w") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as process,
    ):
        try:
            yield process, words
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def until(process, words, question):
    """Wait for the world to change; tell what the bot said if it does not."""
    end = time.monotonic() + PATIENCE
    while not question():
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(words.read_text())
        time.sleep(0.2)


def test_silverback__a_period_is_over__the_bot_pokes_at_its_start_and_at_later_blocks(
    market, tmp_path
):
    market.open(market.people[2])
    market.at(market.starts_at(1) + DAY)
    put(tmp_path / "inbox", "day.jsonl", market.reading(1, 1, market.now(), LIMIT))
    signer = market.people[ACCOUNT]
    with running_bot(market, tmp_path) as (process, words):
        until(process, words, lambda: market.book(1)["use"] == LIMIT)
        until(process, words, lambda: "transitioning to runtime" in words.read_text())
        market.at(market.closes_at(1))  # a block, of which Silverback tells

        def is_closed():
            rpc(market.url, "evm_mine")
            return market.book(1)["period"] == 1

        until(process, words, is_closed)
    assert market.chain.nonce(signer) == 2
    lines = (tmp_path / "keeper" / "warnings.jsonl").read_text().splitlines()
    assert [json.loads(line)["level"] for line in lines] == ["near", "stopped"]
    told = [json.loads(line) for line in words.read_text().splitlines() if line[:1] == "{"]
    happened = {"readings_settled", "agreement_warning", "period_closed"}
    assert happened <= {line["what"] for line in told}


def test_silverback__a_deployment_of_another_chain__ends_at_once(market, tmp_path):
    market.open(market.people[2])
    other = market.deployment.model_copy(update={"chain_id": 5})
    with running_bot(market, tmp_path, other) as (process, words):
        process.wait(PATIENCE)
    assert "The deployment is on chain 5, Silverback on chain 31337." in words.read_text()
    assert process.returncode != 0
