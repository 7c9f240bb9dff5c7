"""The real process: it starts, serves a crowd, ends when asked, and its log names nobody."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from cercle.gateway.client import GatewayClient, GatewayError
from tools.places import ROOT
from tools.ports import free_port

from .asking import key_of, write_callers

PATIENCE = 30.0
CROWD = 12


class Process:
    """`python -m cercle.gateway`, as an operator starts it."""

    def __init__(self, stage, folder):
        book = folder / "deployment.json"
        stage.deployment.save(book)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "gateway.log"
        self.env = {
            **{name: text for name, text in os.environ.items() if "CERCLE" not in name},
            "CERCLE_RPC_URLS": stage.url,
            "CERCLE_DEPLOYMENT": str(book),
            "CERCLE_GATEWAY_CALLERS": str(write_callers(folder / "callers.json")),
        }
        command = [sys.executable, "-m", "cercle.gateway", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(GatewayError):
                self.client("till").brand()
                return
            assert time.monotonic() < end, self.log.read_text()[-3_000:]

    def client(self, caller):
        return GatewayClient(self.url, caller, key_of(caller))

    def end(self):
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(PATIENCE)

    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture
def process(stage, tmp_path):
    made = Process(stage, tmp_path)
    yield made
    made.end()


def test_process__a_crowd__each_gets_a_right_answer(stage, process):
    found: list[int] = []

    def ask(place):
        client = process.client("till")
        for turn in range(5):
            number = (place + turn) % 3
            answer = client.member_of_wallet(stage.members[number].address)
            assert answer.member.member_no == number + 1
            found.append(number)

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CROWD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 5 * CROWD


def test_process__ends_when_asked__its_log_names_nobody(stage, process):
    member = stage.members[0].address
    process.client("till").member_of_wallet(member)
    with pytest.raises(GatewayError, match="not registered to ask about: wallets"):
        process.client("world").member_of_wallet(member)
    assert process.end() == -signal.SIGTERM
    told = process.lines()
    assert [line["what"] for line in told] == ["started", "refused", "ended"]
    assert (told[1]["code"], told[1]["caller"]) == ("not_allowed", "world")
    assert told[1]["route"] == "/v1/wallets/{wallet}/member"
    text = json.dumps(told).lower()
    assert member[2:].lower() not in text
    assert "127.0.0.1" not in text


def test_process__settings_of_no_sense__ends_with_a_sentence(process):
    done = subprocess.run(
        [sys.executable, "-m", "cercle.gateway", "--port", str(free_port())],
        cwd=ROOT,
        env={**process.env, "CERCLE_GATEWAY_WINDOW": "never"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("CERCLE_GATEWAY_WINDOW: ")
