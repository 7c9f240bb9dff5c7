"""A meter's readings from a file, CSV or records, read strictly: a fault is named by its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from ..deployments import Deployment
from ..errors import ForgedReading, MalformedReading
from . import ocmf
from .models import OUTAGE_TOTAL, SEQUENCE, Reading
from .plans import UNITS

COLUMNS: Final = ("agreement", "sequence", "read_at", "register", "outage")
_MOST = 2**64 - 1  # of an agreement's number
_LATEST = 2**40 - 1  # seconds


class BadReadings(MalformedReading):
    """The file does not read as a meter's readings; says which line and column."""


@dataclass(frozen=True)
class Row:
    """One reading of a file; of a CSV file it is not signed yet."""

    agreement_id: int
    reading: Reading
    line: int


def read_readings(path: Path, now: int) -> tuple[Row, ...]:
    """Every reading of a CSV file with the header `agreement,sequence,read_at,register,outage`.

    Of one agreement sequences and times rise from line to line, registers and outages never fall.

    Args:
        path: The file; `read_at` is in unix seconds or in ISO 8601 with its zone.
        now: Unix time; nothing was read later.

    Raises:
        BadReadings: The file cannot be read, or a line and column does not hold what it must.
    """
    text = _text(path)
    try:
        return _rising(path.name, _rows(path.name, text, now))
    except csv.Error as why:
        raise BadReadings(f"{path.name}: {why}.") from why


def read_records(path: Path, deployment: Deployment) -> tuple[Row, ...]:
    """Every reading of a file of records (`ocmf.write`), each of this book and signed by its meter.

    They rise as in a CSV file. Whether an agreement goes by that meter is not asked.

    Args:
        path: The file, a record a line.
        deployment: For whose book they must be signed.

    Raises:
        BadReadings: The file cannot be read, or a line holds no such record.
    """
    return _rising(path.name, _records(path.name, _text(path), deployment))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as why:
        raise BadReadings(f"{path.name} is not UTF-8 text.") from why
    except OSError as why:
        raise BadReadings(f"{path.name} cannot be read: {why.strerror}.") from why


def _rising(name: str, rows: Iterator[Row]) -> tuple[Row, ...]:
    found, last = [], dict[int, Reading]()
    for row in rows:
        before = last.get(row.agreement_id)
        if before is not None:
            _require_rising(f"{name}, line {row.line}", before, row.reading)
        last[row.agreement_id] = row.reading
        found.append(row)
    if not found:
        raise BadReadings(f"{name} holds no reading.")
    return tuple(found)


def _records(name: str, text: str, deployment: Deployment) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = ocmf.read(line)
            ocmf.require_valid(deployment, record, record.meter)
        except (MalformedReading, ForgedReading) as why:
            raise BadReadings(f"{name}, line {number}: {why}") from why
        yield Row(record.agreement_id, record.reading, number)


def _rows(name: str, text: str, now: int) -> Iterator[Row]:
    reader = csv.reader(text.splitlines(), strict=True)
    header = next(reader, None)
    if header is None or tuple(cell.strip() for cell in header) != COLUMNS:
        raise BadReadings(f"{name}, line 1: the header must be {','.join(COLUMNS)}.")
    for cells in reader:
        if cells:
            yield _row(f"{name}, line {reader.line_num}", reader.line_num, cells, now)


def _row(where: str, line: int, cells: list[str], now: int) -> Row:
    if len(cells) != len(COLUMNS):
        raise BadReadings(f"{where}: {len(cells)} columns instead of {len(COLUMNS)}.")
    agreement, sequence, read_at, register, outage = (cell.strip() for cell in cells)
    reading = Reading(
        sequence=_number(f"{where}, column sequence", sequence, 1, SEQUENCE),
        read_at=_second(f"{where}, column read_at", read_at),
        shown=_number(f"{where}, column register", register, 0, UNITS),
        outage=_number(f"{where}, column outage", outage, 0, OUTAGE_TOTAL),
    )
    if reading.read_at > now:
        raise BadReadings(f"{where}, column read_at: {read_at} is not past yet.")
    return Row(_number(f"{where}, column agreement", agreement, 1, _MOST), reading, line)


def _number(where: str, text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 20:
        raise BadReadings(f"{where}: {text[:60]!r} is not a whole number.")
    if not least <= int(text) <= most:
        raise BadReadings(f"{where}: {text} is not from {least} to {most}.")
    return int(text)


def _second(where: str, text: str) -> int:
    if text.isascii() and text.isdigit():
        return _number(where, text, 1, _LATEST)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as why:
        raise BadReadings(f"{where}: {text[:60]!r} is neither unix seconds nor ISO 8601.") from why
    if found.tzinfo is None:
        raise BadReadings(f"{where}: {text} says no zone; write Z or +01:00 behind it.")
    if found.timestamp() < 0:  # no chain counts those
        raise BadReadings(f"{where}: {text} is before 1970.")
    return int(found.timestamp())


def _require_rising(where: str, before: Reading, reading: Reading) -> None:
    if reading.sequence <= before.sequence:
        raise BadReadings(f"{where}: the sequence does not rise.")
    if reading.read_at < before.read_at:
        raise BadReadings(f"{where}: it was read before the one above it.")
    if reading.shown < before.shown:
        raise BadReadings(f"{where}: the register falls.")
    if reading.outage < before.outage:
        raise BadReadings(f"{where}: the outage falls.")


__all__ = ["COLUMNS", "BadReadings", "Row", "read_readings", "read_records"]
