"""The demo's index: a process beside the app, which keeps all that ever happened in one file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

from .node import DemoError, Node, stop_pid

_EVERY = "0.5"  # seconds between two looks at the chain
_PATIENCE = 600  # seconds for reading the whole history


class Indexer:
    """One index in a file; it stays as long as the chain does."""

    def __init__(self, folder: Path, node: Node) -> None:
        self.folder = folder / "index"
        self.node = node
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The index, as the app and `ape run index` know it."""
        return str((self.folder / "index.sqlite").resolve())

    def forget(self) -> None:
        """Drop the index: its chain is gone. The log stays."""
        for file in self.folder.glob("index.sqlite*"):
            file.unlink()

    def start(self, deployment: Path) -> None:
        """Read all there is, then follow the chain.

        An index that no longer fits is built anew: the chain was killed and woke younger, or the
        index is of an older version.

        Raises:
            DemoError: It does not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._catch_up(deployment):
            self.forget()
            if not self._catch_up(deployment):
                raise DemoError("The index did not start; see build/demo/index/index.log.")
        with self._log() as log:
            self.process = subprocess.Popen(
                self._command(deployment, "--every", _EVERY),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )

    def stop(self) -> None:
        """End it after the range that it is writing."""
        if self.process is not None and self.process.poll() is None:
            stop_pid(self.process.pid)
        self.process = None

    def _catch_up(self, deployment: Path) -> bool:
        with self._log() as log:
            log.write(f"--- {time.strftime('%Y-%m-%d %H:%M:%S')}\n".encode())
            log.flush()
            try:
                done = subprocess.run(
                    self._command(deployment, "--once"),
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    env=_environment(),
                    timeout=_PATIENCE,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return False
        return done.returncode == 0

    def _log(self) -> BinaryIO:
        return (self.folder / "index.log").open("ab")

    def _command(self, deployment: Path, *more: str) -> list[str]:
        return [
            *(sys.executable, "-m", "cercle.index", "run", "--url", self.url),
            *("--rpc", self.node.url, "--deployment", str(deployment.resolve()), *more),
        ]


def _environment() -> dict[str, str]:
    """Ours, without what a shell may say of another brand."""
    return {name: text for name, text in os.environ.items() if not name.startswith("CERCLE_")}


__all__ = ["Indexer"]
