"""`demo.beside`: a process that does not come up is given up, and its log is named."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from demo import beside
from demo.beside import Beside
from demo.node import DemoError


@pytest.fixture
def waiting(tmp_path, monkeypatch):
    """One that is alive and has a port, and nothing more."""
    monkeypatch.setattr(beside, "PATIENCE", 0.6)
    monkeypatch.setattr(beside, "LOOK", 0.2)
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        port.listen()
        made = Beside("till", port.getsockname()[1], tmp_path / "doors")
        made._process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        yield made
        made.stop()


def test_wait__takes_the_question_and_never_answers__is_given_up(waiting):
    with pytest.raises(DemoError, match=r"The till did not start; see build/demo/doors/till\.log"):
        waiting.wait()
