"""The keeper as an operator starts it, and its worker where tasks wait in a queue."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cercle.deployments import Deployment
from tests.bots.market import Market
from tools.places import ROOT, environment

PATIENCE = 120.0  # seconds, on a machine that has much else to do
ACCOUNT = 11  # of the test accounts of Ape, which are the node's own
NETWORK = ("--network", "ethereum:local:foundry")
Started = tuple["subprocess.Popen[bytes]", Path]


def running_bot(
    market: Market, folder: Path, deployment: Deployment | None = None, **settings: str
) -> contextlib.AbstractContextManager[Started]:
    """Start `silverback run keeper`; the process, and where its words go."""
    words = ("run", "keeper", *NETWORK, "--runner", "silverback.runner:PollingRunner")
    return _running(market, folder, "bot", words, settings, deployment)


def running_worker(
    market: Market, folder: Path, **settings: str
) -> contextlib.AbstractContextManager[Started]:
    """Start `silverback worker keeper`, which does what a bot with a queue puts there."""
    return _running(market, folder, "worker", ("worker", "-w", "1", "keeper", *NETWORK), settings)


def queue(url: str) -> dict[str, str]:
    """What both are told where tasks wait in Redis, as docs/keeper.md has it."""
    return {
        "SILVERBACK_BROKER_CLASS": "taskiq_redis:ListQueueBroker",
        "SILVERBACK_BROKER_KWARGS": json.dumps({"url": url, "socket_timeout": None}),
        "SILVERBACK_RESULT_BACKEND_CLASS": "taskiq_redis:RedisAsyncResultBackend",
        "SILVERBACK_RESULT_BACKEND_KWARGS": json.dumps({"redis_url": url}),
    }


@contextlib.contextmanager
def _running(
    market: Market,
    folder: Path,
    name: str,
    command: tuple[str, ...],
    settings: dict[str, str],
    deployment: Deployment | None = None,
) -> Iterator[Started]:
    """Start it, and stop it as a supervisor does."""
    (deployment or market.deployment).save(folder / "local.json")
    env = environment() | {
        "APE_FOUNDRY_HOST": market.url,
        "APE_DATA_FOLDER": str(folder / f"ape of the {name}"),
        "CERCLE_RPC_URLS": market.url,
        "CERCLE_DEPLOYMENT": str(folder / "local.json"),
        "CERCLE_KEEPER_FOLDER": str(folder / "keeper"),
        "CERCLE_KEEPER_INBOX": str(folder / "inbox"),
        "SILVERBACK_SIGNER_ALIAS": f"TEST::{ACCOUNT}",
        **settings,
    }
    words = folder / f"{name}.log"
    with (
        words.open("w") as output,
        subprocess.Popen(
            ["silverback", *command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            yield process, words
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def until(started: Started, question: Callable[[], bool]) -> None:
    """Wait for the world to change; tell what was said if it does not."""
    process, words = started
    end = time.monotonic() + PATIENCE
    while not question():
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(words.read_text())
        time.sleep(0.2)
