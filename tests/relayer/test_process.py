"""The real process: it starts, serves, is killed between send and answer, and comes back."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from cercle.errors import RelayerUnreachable
from cercle.relayer.client import RelayerClient
from tools.places import ROOT
from tools.ports import free_port

from .acting import set_balance
from .proxy import methods
from .stage import ETHER

KILLED, ENDED = -signal.SIGKILL, -signal.SIGTERM
PATIENCE = 30.0


class Process:
    """`python -m cercle.relayer`, as an operator starts it."""

    def __init__(self, stage, folder: Path, url: str, **more: str) -> None:
        path = folder / "deployment.json"
        stage.deployment.save(path)
        self.port = free_port()
        self.log = folder / "relayer.log"
        self.env = {
            **{name: text for name, text in os.environ.items() if "CERCLE" not in name},
            "CERCLE_RPC_URLS": url,
            "CERCLE_DEPLOYMENT": str(path),
            "CERCLE_RELAYER_JOURNAL": str(folder / "journal.sqlite"),
            "CERCLE_RELAYER_KEY": stage.payer.key.hex(),
            "CERCLE_RELAYER_CONFIRMATIONS": "0",
            "CERCLE_RELAYER_POLL_SECONDS": "0.05",
            "CERCLE_RELAYER_BATCH_SECONDS": "0.2",
            "CERCLE_RELAYER_REBROADCAST_SECONDS": "0.5",
            **more,
        }
        self.client = RelayerClient(f"http://127.0.0.1:{self.port}")
        self.popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it serves."""
        command = [sys.executable, "-m", "cercle.relayer", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.until(self._serves)

    def _serves(self) -> bool:
        """It answers, and has looked at the chain: before that it accepts nothing."""
        try:
            told = requests.get(f"{self.client.url}/healthz", timeout=PATIENCE).json()
        except requests.ConnectionError:
            return False
        return told["parts"]["chain"] != "starting"

    def until(self, question) -> None:
        end = time.monotonic() + PATIENCE
        while not question():
            assert time.monotonic() < end, self.log.read_text()[-3_000:]
            time.sleep(0.02)

    def kill(self) -> None:
        os.kill(self.popen.pid, signal.SIGKILL)

    def end(self) -> int:
        """Ask it to end, as a supervisor does; its code."""
        if self.popen is None:
            return 0
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(PATIENCE)

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture
def start(stage, tmp_path):
    """Start a relayer on some node."""
    made: list[Process] = []

    def begin(url: str, **more: str) -> Process:
        made.append(Process(stage, tmp_path, url, **more))
        made[-1].start()
        return made[-1]

    set_balance(stage, stage.payer.address, 10 * ETHER)
    yield begin
    for process in made:
        process.end()


@pytest.mark.parametrize("has_arrived", [False, True], ids=["before it arrives", "once it has"])
def test_killed_between_send_and_answer__comes_back__nothing_twice(
    stage, start, proxy, has_arrived
):
    together = {"CERCLE_RELAYER_BATCH_SIZE": "5", "CERCLE_RELAYER_BATCH_SECONDS": "60"}
    process = start(proxy.url, **together)

    def is_sending(asked):
        return methods(asked)[-1] == "eth_sendRawTransaction"

    def before(asked):
        if is_sending(asked) and not has_arrived:
            process.kill()
            return b""
        return None

    def after(asked, answers):
        if is_sending(asked) and has_arrived:
            process.kill()
        return answers

    proxy.before, proxy.after = before, after
    signed = [stage.ballot(voter) for voter in stage.members[:5]]
    with contextlib.suppress(RelayerUnreachable):  # the last answer may die with it
        for one in signed:
            process.client.send(one)
    assert process.popen.wait(PATIENCE) == KILLED
    assert stage.count() == (1 if has_arrived else 0)

    proxy.before, proxy.after = (lambda asked: None), (lambda asked, answers: answers)
    process.start()
    ids = ["0x" + one.message.digest().hex() for one in signed]
    process.until(lambda: all(process.client.status(one).is_settled for one in ids))
    assert {process.client.status(one).state for one in ids} == {"mined"}
    assert (stage.count(), stage.tally()[0]) == (1, 5)
    assert process.end() == ENDED


def test_process__ends_when_asked_and_its_log_names_nobody(stage, start):
    process = start(stage.url)
    member = stage.members[0]
    posted = process.client.send(stage.leave(member))
    process.until(lambda: process.client.status(posted.id).is_settled)
    assert process.end() == ENDED
    told = process.lines()
    assert [line["what"] for line in told] == ["started", "accepted", "signed", "mined", "ended"]
    text = json.dumps(told).lower()
    assert member.address[2:].lower() not in text
    assert stage.payer.key.hex() not in text
    assert "127.0.0.1" not in text


def test_process__second_one_on_the_same_journal__ends_with_a_sentence(stage, start):
    process = start(stage.url)
    done = subprocess.run(
        [sys.executable, "-m", "cercle.relayer", "--port", str(free_port())],
        cwd=ROOT,
        env=process.env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == f"Another relayer pays from {stage.payer.address} already.\n"
