"""One process a key: a second relayer beside the same journal does not start."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from .settings import SettingsError


class ProcessLock:
    """A lock of the operating system's own, gone with its process however that ends."""

    def __init__(self, folder: Path, chain_id: int, account: str) -> None:
        """
        Raises:
            SettingsError: Another process holds it.
        """
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{chain_id}-{account.lower()}.lock"
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.release()
            raise SettingsError(f"Another relayer pays from {account} already.") from None

    def release(self) -> None:
        """Let another process have it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


__all__ = ["ProcessLock"]
