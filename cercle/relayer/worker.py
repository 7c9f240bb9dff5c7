"""The thread that works: step after step, until it is told to stop."""

from __future__ import annotations

import threading

from .logs import broke, tell
from .relayer import Relayer

IDLE = 5.0  # times the usual pause, while nothing waits


class Worker:
    """One thread for one relayer."""

    def __init__(self, relayer: Relayer) -> None:
        self._relayer = relayer
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relayer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._relayer.parts.conditions.needs_worker = True
        self._thread.start()

    def stop(self) -> None:
        """End after the step that is under way."""
        self._stop.set()
        self._relayer.wake.set()
        self._thread.join()

    def _run(self) -> None:
        conditions = self._relayer.parts.conditions
        pause = self._relayer.parts.settings.poll_seconds
        tell("started", account=self._relayer.parts.sender)
        while not self._stop.is_set():
            self._relayer.wake.clear()
            try:
                is_busy = self._relayer.step()
                conditions.beat()
            except Exception:  # a full disk, say: nothing is accepted until a step succeeds again
                broke("step failed")
                conditions.beat("failing")
                is_busy = False
            if not self._stop.is_set():
                self._relayer.wake.wait(pause if is_busy else pause * IDLE)


__all__ = ["Worker"]
