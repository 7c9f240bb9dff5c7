"""The app served in two ways, each in a process of its own whose cost can be read."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.places import ROOT, environment
from tools.ports import free_port

from .machine import cpu_seconds, memory_mb
from .stage import FOLDER

SCRIPT = ROOT / "frontend" / "streamlit_app.py"
PATIENCE = 120.0  # seconds for a start
OURS, DEFAULT = "ours", "default"


def command(kind: str, port: int) -> list[str]:
    """How the app is started: by our own entry, or as anybody starts a Streamlit script."""
    if kind == OURS:
        return [sys.executable, "-m", "frontend.server", "--port", str(port)]
    # Only where to listen is said; all that matters for speed is as Streamlit comes.
    where = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    return [sys.executable, "-m", "streamlit", "run", str(SCRIPT), *where]


@dataclass(frozen=True)
class Server:
    """One running app."""

    kind: str
    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """What the process has computed since it began."""
        return cpu_seconds(self.pid)

    def memory_mb(self) -> float:
        """What the process holds in memory."""
        return memory_mb(self.pid)


@contextlib.contextmanager
def serving(kind: str, told: Mapping[str, str]) -> Iterator[Server]:
    """Start an app, wait until it answers, end it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (FOLDER / f"{kind}.log").open("wb") as log:
        child = subprocess.Popen(
            command(kind, port),
            cwd=ROOT,
            env={**environment(), **told},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait(child, url, Path(log.name))
        yield Server(kind, url, child.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _wait(child: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and child.poll() is None:
        with contextlib.suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return
        time.sleep(0.1)
    raise RuntimeError(f"the app did not start; see {log}")
