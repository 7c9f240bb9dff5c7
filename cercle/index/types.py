"""Column types for what the ABI knows and SQL does not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Numeric, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

SMALL = 2**63  # what a signed 64-bit integer cannot hold any more
_JSON = ("tuple", "[")


class _SqliteUint(UserDefinedType[Any]):
    """A name with INTEGER affinity, so that small numbers are SQLite's own integers."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "BIGINT"


class Uint(TypeDecorator[int]):
    """An unsigned integer of up to 256 bits, kept exactly.

    PostgreSQL holds it as NUMERIC(78, 0). SQLite holds what fits as an integer, and the rest as
    text of 66 characters, "0x" and hexadecimal digits: its order by value stays right, for there
    text comes after numbers; SUM would take the text for zero.
    """

    impl = Numeric(78, 0)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column of this database."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(_SqliteUint())
        return dialect.type_descriptor(Numeric(78, 0))

    def process_bind_param(self, value: int | None, dialect: Dialect) -> Any:
        """As the database keeps it."""
        return fitted(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        """As Python knows it."""
        return None if value is None else number(value)


def fitted(value: int) -> int | str:
    """A number as SQLite keeps it."""
    return value if value < SMALL else f"0x{value:064x}"


def number(cell: Any) -> int:
    """What `fitted`, or PostgreSQL, made of a number."""
    return int(cell, 16) if isinstance(cell, str) else int(cell)


def is_json(kind: str) -> bool:
    """Whether a value of this ABI type is kept as JSON text: a list or a struct."""
    return kind.startswith("tuple") or kind.endswith("]")


def is_wide(kind: str) -> bool:
    """Whether a number of this ABI type may need more than 63 bits."""
    return kind.startswith("uint") and int(kind[4:]) > 56


def column_type(kind: str, is_indexed: bool) -> TypeEngine[Any]:
    """The column for an event's argument.

    Raises:
        TypeError: No column holds this type.
    """
    if is_indexed and (is_json(kind) or kind in ("string", "bytes")):
        return String(66)  # a topic holds only its hash
    if is_json(kind) or kind in ("string", "bytes"):
        return Text()
    if kind == "bool":
        return Boolean()
    if kind == "address":
        return String(42)
    if kind.startswith("bytes"):
        return String(2 + 2 * int(kind[5:]))
    if is_wide(kind):
        return Uint()
    if kind.startswith("uint") or (kind.startswith("int") and int(kind[3:]) <= 64):
        return BigInteger()
    raise TypeError(f"no column holds a {kind}")


__all__ = ["SMALL", "Uint", "column_type", "fitted", "is_json", "is_wide", "number"]
