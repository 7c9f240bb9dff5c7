"""What a process costs, and what the machine does besides."""

from __future__ import annotations

import math
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

ALL = Path("/proc/stat")  # Linux; elsewhere nobody tells what the others do
IDLE = (3, 4)  # of its columns: waiting for work, waiting for a disk


def cpu_seconds(pid: int) -> float:
    """What a process has computed; in hundredths of a second where the system tells them."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        fields = stat.read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    seconds = 0.0
    for part in _ps(pid, "time").strip().split(":"):  # [hours:]minutes:seconds
        seconds = seconds * 60 + float(part or 0)
    return seconds


def memory_mb(pid: int) -> float:
    """What a process holds in memory."""
    return int(_ps(pid, "rss").strip() or 0) / 1024


class Watch:
    """From now on: how much of the machine do others take?"""

    def __init__(self, ours: Sequence[int]) -> None:
        self.ours = [os.getpid(), *ours]
        self._start = self._now()

    def others(self) -> float:
        """The share of all processors that neither was idle nor worked for us."""
        before, now = self._start, self._now()
        spent = (now[0] - before[0]) - (now[1] - before[1])
        return max(0.0, spent / ((now[2] - before[2]) * (os.cpu_count() or 1)))

    def _now(self) -> tuple[float, float, float]:
        """Seconds that all computed, that we computed, and by the clock."""
        mine = sum(cpu_seconds(pid) for pid in self.ours)
        return busy_seconds(), mine, time.monotonic()


def busy_seconds(stat: Path = ALL) -> float:
    """What all processors together have computed; no number where nobody tells."""
    if not stat.exists():
        return math.nan
    columns = [int(part) for part in stat.read_text().splitlines()[0].split()[1:9]]
    busy = sum(part for place, part in enumerate(columns) if place not in IDLE)
    return busy / os.sysconf("SC_CLK_TCK")


def _ps(pid: int, column: str) -> str:
    asked = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout
