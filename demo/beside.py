"""A process beside the app: started with a clean environment, waited for, ended."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from .node import HOST, DemoError, stop_pid

PATIENCE = 60.0  # seconds
LOOK = 5.0  # seconds that one look may take: a process that hangs is looked at again


class Beside:
    """One process on loopback; what it says goes to a log in its folder."""

    def __init__(self, name: str, port: int, folder: Path, ready: str = "/healthz") -> None:
        self.name = name
        self.port = port
        self.folder = folder
        self.url = f"http://{HOST}:{port}"
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        """Start a module of ours; of the settings only those that are named."""
        self.folder.mkdir(parents=True, exist_ok=True)
        rest = {name: text for name, text in os.environ.items() if not name.startswith("CERCLE_")}
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command, "--port", str(self.port)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**rest, **(env or {})},
                start_new_session=True,
            )

    def wait(self) -> None:
        """Until it answers.

        Raises:
            DemoError: It does not come up.
        """
        assert self._process is not None
        where, deadline = self.url + self._ready, time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(where, timeout=LOOK):
                return
            time.sleep(0.1)
        log = f"build/demo/{self.folder.name}/{self.name}.log"
        raise DemoError(f"The {self.name} did not start; see {log}.")

    def stop(self) -> None:
        """End it."""
        if self._process is not None and self._process.poll() is None:
            stop_pid(self._process.pid)
        self._process = None


__all__ = ["Beside"]
