"""`python -m cercle.vault serve`, beside the tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

from cercle.vault import keys
from cercle.vault.client import VaultMember
from tools.places import ROOT
from tools.ports import free_port

from .stage import SITE, VAULT_KEY, Stage, sign_text

PATIENCE = 30.0


class Process:
    """A vault, as an operator starts it."""

    def __init__(self, stage: Stage, folder: Path, url: str = "", **more: str) -> None:
        book = folder / "deployment.json"
        stage.town.deployment.save(book)
        self.stage = stage
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "vault.log"
        self.env = {
            **{name: text for name, text in os.environ.items() if "CERCLE" not in name},
            "CERCLE_RPC_URLS": url or stage.url,
            "CERCLE_DEPLOYMENT": str(book),
            "CERCLE_VAULT_DATABASE": str(folder / "vault.sqlite"),
            "CERCLE_VAULT_STORAGE": str(folder / "blobs"),
            "CERCLE_VAULT_SITE": f"https://{SITE}",
            "CERCLE_VAULT_KEY": keys.text_of(VAULT_KEY),
            "CERCLE_VAULT_CUSTODIAN_KEY": stage.custodian.key.hex(),
            "CERCLE_VAULT_POLL_SECONDS": "0.1",
            "CERCLE_VAULT_PER_MINUTE": "60000",
            "CERCLE_VAULT_MAX_HEAD_AGE": "3600",
            **more,
        }
        self.popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it serves."""
        command = [sys.executable, "-m", "cercle.vault", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.until(self._serves)

    def _serves(self) -> bool:
        try:
            return requests.get(f"{self.url}/v1/terms", timeout=PATIENCE).status_code == 200
        except requests.ConnectionError:
            return False

    def until(self, question: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not question():
            assert time.monotonic() < end, self.log.read_text()[-3_000:]
            time.sleep(0.02)

    def member(self) -> VaultMember:
        """The person, by their client."""
        stage, person = self.stage, self.stage.person
        return VaultMember(
            self.url,
            stage.town.chain,
            stage.town.deployment,
            person.address,
            lambda text: sign_text(person, text),
            site=SITE,
        )

    def kill(self) -> None:
        assert self.popen is not None
        os.kill(self.popen.pid, signal.SIGKILL)
        self.popen.wait(PATIENCE)

    def end(self) -> int:
        """Ask it to end, as a supervisor does; its code."""
        if self.popen is None:
            return 0
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(PATIENCE)
