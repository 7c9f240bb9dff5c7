"""Awards from a CSV file: read strictly, cut into batches, each with an id of its own.

The id of a batch is derived from the file's rows and its place among the batches, so a
file that was half sent can be sent again: what was paid is recognised and left alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eth_utils.address import is_address, is_checksum_address, to_checksum_address
from eth_utils.crypto import keccak

COLUMNS: Final = ("account", "points", "standing")
MAX_AMOUNT: Final = 2**48 - 1
BATCH: Final = 100
ZERO: Final = "0x" + "00" * 20

__all__ = ["AwardBatch", "AwardRow", "BadAwardFile", "batches", "read_awards"]


class BadAwardFile(ValueError):
    """The file does not read as a list of awards; says which line and column."""


@dataclass(frozen=True)
class AwardRow:
    """One award: points to spend and standing to keep, in base units."""

    account: str
    points: int
    standing: int

    @property
    def word(self) -> int:
        """The row as `Rewards.award` takes it: account, then 48 bits of each amount."""
        return int(self.account, 16) << 96 | self.points << 48 | self.standing


@dataclass(frozen=True)
class AwardBatch:
    """Up to a hundred awards that are paid together, once."""

    batch_id: int
    rows: tuple[AwardRow, ...]

    @property
    def words(self) -> list[int]:
        return [row.word for row in self.rows]

    @property
    def points(self) -> int:
        return sum(row.points for row in self.rows)

    @property
    def standing(self) -> int:
        return sum(row.standing for row in self.rows)


def read_awards(path: Path) -> list[AwardRow]:
    """Every award of a CSV file with the header `account,points,standing`.

    Raises:
        BadAwardFile: The file cannot be read, or a line and column does not hold what it must.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as why:
        raise BadAwardFile(f"{path.name} is not UTF-8 text.") from why
    except OSError as why:
        raise BadAwardFile(f"{path.name} cannot be read: {why.strerror}.") from why
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        header = next(reader, None)
        if header is None or tuple(cell.strip() for cell in header) != COLUMNS:
            raise BadAwardFile(f"{path.name}, line 1: the header must be {','.join(COLUMNS)}.")
        rows = [_row(path.name, reader.line_num, cells) for cells in reader if cells]
    except csv.Error as why:
        raise BadAwardFile(f"{path.name}, line {reader.line_num}: {why}.") from why
    if not rows:
        raise BadAwardFile(f"{path.name} holds no award.")
    return rows


def batches(rows: Sequence[AwardRow], label: str = "") -> Iterator[AwardBatch]:
    """Cut rows into batches of a hundred, in order.

    Args:
        rows: The awards.
        label: Set apart two payments of equal rows, such as two weeks' files.
    """
    seal = keccak(b"".join(row.word.to_bytes(32, "big") for row in rows) + label.encode())
    for index in range(0, len(rows), BATCH):
        number = index // BATCH
        batch_id = int.from_bytes(keccak(seal + number.to_bytes(32, "big")), "big")
        yield AwardBatch(batch_id, tuple(rows[index : index + BATCH]))


def _row(name: str, line: int, cells: list[str]) -> AwardRow:
    if len(cells) != len(COLUMNS):
        raise BadAwardFile(f"{name}, line {line}: {len(cells)} columns instead of {len(COLUMNS)}.")
    account, points, standing = (cell.strip() for cell in cells)
    return AwardRow(
        _account(f"{name}, line {line}, column account", account),
        _amount(f"{name}, line {line}, column points", points),
        _amount(f"{name}, line {line}, column standing", standing),
    )


def _account(where: str, text: str) -> str:
    if not is_address(text):
        raise BadAwardFile(f"{where}: {text[:60]!r} is not an address, or its checksum is wrong.")
    if text != text.lower() and not is_checksum_address(text):
        raise BadAwardFile(f"{where}: the checksum of {text} is wrong.")
    if text == ZERO:
        raise BadAwardFile(f"{where}: the zero address belongs to nobody.")
    return to_checksum_address(text)


def _amount(where: str, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise BadAwardFile(f"{where}: {text[:60]!r} is not a whole number.")
    amount = int(text)
    if amount > MAX_AMOUNT:
        raise BadAwardFile(f"{where}: {text[:60]} is more than {MAX_AMOUNT}.")
    return amount
