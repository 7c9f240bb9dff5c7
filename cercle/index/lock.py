"""One writer an index: a second one is told so, or waits."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text

from ..errors import IndexBusy, IndexUnavailable

_KEY = 0x63657263_6C65  # "cercle"; PostgreSQL's advisory locks are per database
_PAUSE = 0.2


class Lock(Protocol):
    """What one process holds."""

    def take(self) -> bool:
        """Try once."""

    def release(self) -> None:
        """Let another process have it."""


class FileLock:
    """Beside an SQLite file: a lock of the operating system, gone with its process."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._file = -1

    def take(self) -> bool:
        """
        Raises:
            IndexUnavailable: The folder takes no file.
        """
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise IndexUnavailable(
                f"The index {self._path.with_suffix('')} is read-only: {error.strerror}."
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let another process have it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class AdvisoryLock:
    """In PostgreSQL, on the connection that writes: whoever loses one loses the other."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self) -> bool:
        asked = text("SELECT pg_try_advisory_lock(:key)")
        taken = self._connection.execute(asked, {"key": _KEY}).scalar_one()
        self._connection.commit()
        return bool(taken)

    def release(self) -> None:
        """It goes with the connection."""


def acquire(lock: Lock, *, wait: bool, tell: Callable[[str], None]) -> None:
    """
    Raises:
        IndexBusy: Another process holds it, and nobody wants to wait.
    """
    if lock.take():
        return
    if not wait:
        raise IndexBusy("Another process writes to this index already (--wait waits for it).")
    tell("Another process writes to this index; waiting for it to end.")
    while not lock.take():
        time.sleep(_PAUSE)


__all__ = ["AdvisoryLock", "FileLock", "Lock", "acquire"]
