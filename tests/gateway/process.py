"""`python -m cercle.gateway`, beside the tests."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from cercle.gateway.client import GatewayClient, GatewayError
from tools.places import ROOT
from tools.ports import free_port

from .asking import key_of, write_callers
from .stage import Stage

PATIENCE = 30.0


class Process:
    """`python -m cercle.gateway`, as an operator starts it."""

    def __init__(self, stage: Stage, folder: Path) -> None:
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
            # The tests ask at once after they act: a head of a second ago is not theirs.
            "CERCLE_GATEWAY_HEAD_AGE": "0.000001",
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

    def client(self, caller: str) -> GatewayClient:
        return GatewayClient(self.url, caller, key_of(caller))

    def end(self) -> int:
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(PATIENCE)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]
