"""The bot itself, as an operator starts it: Silverback, its own broker or Redis, a test account."""

import json

import pytest

from tests.bots.market import DAY, LIMIT, put
from tests.bots.started import ACCOUNT, PATIENCE, queue, running_bot, running_worker, until
from tests.client.nodes import rpc
from tools import redis


@pytest.fixture
def used(market, tmp_path):
    """Somebody has used all that they may, and the reading waits in the inbox."""
    market.open(market.people[2])
    market.at(market.starts_at(1) + DAY)
    put(tmp_path / "inbox", "day.jsonl", market.reading(1, 1, market.now(), LIMIT))


def stop_and_close(market, started):
    """The reading is brought in; then the period passes."""
    until(started, lambda: market.book(1)["use"] == LIMIT)
    until(started, lambda: "transitioning to runtime" in started[1].read_text())
    market.at(market.closes_at(1))  # a block, of which Silverback tells

    def is_closed():
        rpc(market.url, "evm_mine")
        return market.book(1)["period"] == 1

    until(started, is_closed)


def told(words):
    """What was done, as the log has it."""
    return {json.loads(line)["what"] for line in words.read_text().splitlines() if line[:1] == "{"}


def levels(folder):
    lines = (folder / "keeper" / "warnings.jsonl").read_text().splitlines()
    return [json.loads(line)["level"] for line in lines]


DONE = {"readings_settled", "agreement_warning", "period_closed"}


def test_silverback__a_period_is_over__the_bot_pokes_at_its_start_and_at_later_blocks(
    market, tmp_path, used
):
    with running_bot(market, tmp_path) as started:
        stop_and_close(market, started)
    assert market.chain.nonce(market.people[ACCOUNT]) == 2
    assert levels(tmp_path) == ["near", "stopped"]
    assert told(started[1]) >= DONE


def test_silverback__tasks_wait_in_redis__the_worker_does_them(market, tmp_path, used):
    with (
        redis.running() as url,
        running_worker(market, tmp_path, **queue(url)) as (_, worked),
        running_bot(market, tmp_path, **queue(url)) as started,
    ):
        stop_and_close(market, started)
    assert market.chain.nonce(market.people[ACCOUNT]) == 2
    assert levels(tmp_path) == ["near", "stopped"]
    assert told(worked) >= DONE
    assert not told(started[1]) & DONE


def test_silverback__a_deployment_of_another_chain__ends_at_once(market, tmp_path):
    market.open(market.people[2])
    other = market.deployment.model_copy(update={"chain_id": 5})
    with running_bot(market, tmp_path, other) as (process, words):
        process.wait(PATIENCE)
    assert "The deployment is on chain 5, Silverback on chain 31337." in words.read_text()
    assert process.returncode != 0
