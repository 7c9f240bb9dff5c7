"""Many rows at once, by what each driver does fastest, in the transaction that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection

from .tables import METADATA
from .types import fitted

Rows = Sequence[Sequence[Any]]


class Bulk(Protocol):
    """How one kind of database takes rows."""

    wide: Callable[[int], Any]

    def insert(self, table: str, columns: Sequence[str] | None, rows: Rows) -> None:
        """Insert rows, their cells in the order of the columns (None: of the table's)."""


class _Sqlite:
    """One statement, prepared once, run for each row inside the driver."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.wide: Callable[[int], Any] = fitted

    def insert(self, table: str, columns: Sequence[str] | None, rows: Rows) -> None:
        if rows:
            names = _names(table, tuple(columns) if columns else None)
            marks = ", ".join("?" * len(names))
            statement = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({marks})'
            self._connection.exec_driver_sql(statement, list(rows))


class _Postgres:
    """COPY, the way by which PostgreSQL takes a dump."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.wide: Callable[[int], Any] = int

    def insert(self, table: str, columns: Sequence[str] | None, rows: Rows) -> None:
        if rows:
            names = ", ".join(_names(table, tuple(columns) if columns else None))
            driver: Any = self._connection.connection.driver_connection
            with (
                driver.cursor() as cursor,
                cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
            ):
                for row in rows:
                    copy.write_row(row)


@cache
def _names(table: str, columns: tuple[str, ...] | None) -> tuple[str, ...]:
    every = [column.name for column in METADATA.tables[table].columns]
    return tuple(f'"{name}"' for name in columns or every)


def bulk_for(connection: Connection) -> Bulk:
    """What suits this database."""
    return _Sqlite(connection) if connection.dialect.name == "sqlite" else _Postgres(connection)


__all__ = ["Bulk", "bulk_for"]
