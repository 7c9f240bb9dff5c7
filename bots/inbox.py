"""Signed readings in a folder: whoever has some puts a file there, whole, by renaming it.

A file is `*.jsonl`, `*.json` or `*.ocmf`, one reading a line. It stays until each of its readings
counts, or is refused for good, and the block that says so is deep enough; then it is moved into
`done`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from cercle.agreements import ocmf
from cercle.errors import CercleError

_WORD = 2**256
_NAMES = ("agreement_id", "sequence", "read_at", "register", "outage", "r", "vs")
_MOST = 4_096  # bytes of a line
SUFFIXES = (".json", ".jsonl", ".ocmf")


class NoReading(CercleError):
    """A line is no reading."""

    code = "keeper_no_reading"


@dataclass(frozen=True, order=True)
class Reading:
    """What a meter shows, as the contract takes it; `r` and `vs` are its signature (ERC-2098)."""

    agreement_id: int
    sequence: int
    read_at: int
    register: int
    outage: int
    r: int
    vs: int

    @property
    def words(self) -> tuple[int, ...]:
        """The contract's `Reading`."""
        return astuple(self)[1:]

    @property
    def name(self) -> str:
        """What tells it from every other one."""
        return ":".join(map(str, astuple(self)))


@dataclass(frozen=True)
class File:
    """One file of the inbox."""

    name: str
    readings: tuple[Reading, ...]
    malformed: tuple[str, ...]  # of which line, and why


class Inbox:
    """A folder of readings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[tuple[int, int], File]] = {}

    def files(self) -> list[File]:
        """What lies there now, by name."""
        if not self._folder.is_dir():
            return []
        paths = [one for one in self._folder.iterdir() if one.suffix in SUFFIXES]
        found = {path.name: self._file(path) for path in sorted(paths) if path.is_file()}
        self._known = {name: known for name, known in self._known.items() if name in found}
        return list(found.values())

    def _file(self, path: Path) -> File:
        status = path.stat()
        mark = (status.st_mtime_ns, status.st_size)
        known = self._known.get(path.name)
        if known is None or known[0] != mark:
            known = mark, _read(path)
            self._known[path.name] = known
        return known[1]

    def lay_aside(self, file: File) -> None:
        """Move a file away of which nothing is left to do."""
        done = self._folder / "done"
        done.mkdir(exist_ok=True)
        target, number = done / file.name, 1
        while target.exists():
            number += 1
            target = done / f"{number}-{file.name}"
        os.replace(self._folder / file.name, target)


def _read(path: Path) -> File:
    readings, malformed = [], []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            readings.append(reading_of(line))
        except NoReading as error:
            malformed.append(f"line {number}: {error}")
    return File(path.name, tuple(readings), tuple(malformed))


def reading_of(line: bytes) -> Reading:
    """The reading that a line holds: JSON, or a record in the manner of OCMF.

    Numbers of JSON may be written as 0x and hexadecimal digits. Whether the meter signed it is the
    contract's to say.

    Raises:
        NoReading: It is of another form.
    """
    if len(line) > _MOST:
        raise NoReading("It is too long.")
    if line.startswith(b"OCMF|"):
        return _recorded(line)
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NoReading("It is not JSON.") from error
    if not isinstance(told, Mapping) or set(told) != set(_NAMES):
        raise NoReading(f"It does not hold {', '.join(_NAMES)} and nothing else.")
    return Reading(*(_number(name, told[name]) for name in _NAMES))


def _recorded(line: bytes) -> Reading:
    try:
        record = ocmf.read(line.decode())
    except (CercleError, UnicodeDecodeError) as error:
        raise NoReading(str(error)) from error
    return Reading(record.agreement_id, *record.reading.words)


def _number(name: str, value: Any) -> int:
    if isinstance(value, str) and value.startswith("0x"):
        try:
            value = int(value, 16)
        except ValueError:
            value = None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _WORD:
        raise NoReading(f"Its {name} is no number that the contract takes.")
    return value


__all__ = ["File", "Inbox", "NoReading", "Reading", "reading_of"]
