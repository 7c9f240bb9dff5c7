"""The relayer itself, as a process of its own beside the app."""

from __future__ import annotations

import os
import sys
import urllib.request
from pathlib import Path

from cercle.relayer.client import RelayerClient
from tests.browser.kit.processes import ROOT, Process, wait_until
from tools.ports import free_port


class Relayer:
    """Carries what members signed, paid from one of the node's own accounts."""

    def __init__(
        self, rpc_url: str, deployment: Path, key: str, folder: Path, **settings: str
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CERCLE_RPC_URLS": rpc_url,
            "CERCLE_DEPLOYMENT": str(deployment),
            "CERCLE_RELAYER_KEY": key,
            "CERCLE_RELAYER_JOURNAL": str(folder / "journal.sqlite"),
            "CERCLE_RELAYER_RP_ID": "localhost",
            "CERCLE_RELAYER_BATCH_SECONDS": "0.2",
            "CERCLE_RELAYER_POLL_SECONDS": "0.1",
            "CERCLE_RELAYER_CONFIRMATIONS": "0",
            **{f"CERCLE_RELAYER_{name}": value for name, value in settings.items()},
        }
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "cercle.relayer", "--port", str(self.port)]
        self.process = Process(command, f"relayer-{self.port}", self.env)
        wait_until(self.is_well, 60, f"no relayer: {self.process.log.read_text()}")

    def is_well(self) -> bool:
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
            return answer.status == 200 and "Ballot" in RelayerClient(self.url).terms().structs

    def stop(self) -> None:
        self.process.stop()
