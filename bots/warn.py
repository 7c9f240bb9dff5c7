"""Tells warnings: a line in a file for whoever forwards them, and a line in the log.

A line is written once. A stop between writing and noting it is seen by the next start, which reads
the file before it writes; a line that was cut off by a stop is written anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from cercle.service.logs import Log

from .notes import Notes, Warning


class Teller:
    """Writes the file of warnings: one JSON object a line, only ever longer."""

    def __init__(self, notes: Notes, path: Path, log: Log) -> None:
        self._notes, self._path, self._log = notes, path, log
        self._is_sure = False  # whether all that is in the file is noted as told

    def tell(self) -> int:
        """Tell what is untold; how many warnings that were."""
        untold = self._notes.untold()
        if not untold:
            return 0
        known = set() if self._is_sure else self._read()
        self._is_sure = False
        for one in untold:
            if one.key not in known:
                self._write(one)
            facts = json.loads(one.line)
            del facts["passport_id"]  # a log holds no persons
            self._log.warn("agreement_warning", **facts)
            self._notes.mark_told(one)
        self._is_sure = True
        return len(untold)

    def _write(self, warning: Warning) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.write(warning.line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self) -> set[tuple[int, int, int, str]]:
        """What the file holds; what was cut off at its end is taken away."""
        if not self._path.exists():
            return set()
        raw = self._path.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]
        if len(whole) < len(raw):
            os.truncate(self._path, len(whole))
        return {_key(line) for line in whole.splitlines()}


def _key(line: bytes) -> tuple[int, int, int, str]:
    told = json.loads(line)
    return told["agreement_id"], told["passport_id"], told["period"], told["level"]


__all__ = ["Teller"]
