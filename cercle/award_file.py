"""Awards from a CSV file, read strictly: a fault is named by its line and column."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from eth_utils.address import is_address, is_checksum_address, to_checksum_address

from .loyalty.words import MAX_AMOUNT, Award

COLUMNS: Final = ("account", "points", "standing")
ZERO: Final = "0x" + "00" * 20

__all__ = ["BadAwardFile", "read_awards"]


class BadAwardFile(ValueError):
    """The file does not read as a list of awards; says which line and column."""


def read_awards(path: Path) -> list[Award]:
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


def _row(name: str, line: int, cells: list[str]) -> Award:
    if len(cells) != len(COLUMNS):
        raise BadAwardFile(f"{name}, line {line}: {len(cells)} columns instead of {len(COLUMNS)}.")
    account, points, standing = (cell.strip() for cell in cells)
    return Award(
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
