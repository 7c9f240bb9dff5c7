"""The real process: it starts, serves a crowd, ends when asked, and its log names nobody."""

import http.client
import json
import signal
import subprocess
import sys
import threading

import pytest

from cercle.gateway.client import GatewayClient, GatewayError
from tools.places import ROOT
from tools.ports import free_port

from .asking import key_of
from .process import PATIENCE, Process

CROWD = 12


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
    for _ in range(3):  # a stranger leaves no line
        with pytest.raises(GatewayError, match="Nobody of this name"):
            GatewayClient(process.url, "nobody", key_of("nobody")).brand()
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


def test_process__web_socket__passes_no_door(process):
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=PATIENCE)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    connection.request("GET", "/v1/brand", headers=upgrade | key)
    answer = connection.getresponse()
    assert (answer.status, json.load(answer)["code"]) == (401, "unsigned")


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
