"""The database of a vault: SQLite or PostgreSQL; what is deleted in it is gone."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, table
from sqlalchemy import column as sql_column
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from ..deployments import Deployment
from ..errors import CercleError
from ..service.settings import SettingsError
from .blobs import StorageDown
from .tables import META, REVISION, VERSION_TABLE

_PATIENCE = 15  # seconds that one connection waits for another's write
_BRIEFLY = 2_000  # ms that emptying the log waits for who reads in it


class Taken(CercleError):
    """Somebody else wrote this down first."""

    code = "taken"


class Book:
    """What a vault has written down.

    Usage example::

        book = Book.open("vault.sqlite")
        with book.writing() as connection:
            connection.execute(insert(RING).values(…))
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self.engine, self.clock = engine, clock
        # Writers of one process wait in a row: SQLite would have them look again and again.
        self._turn = threading.Lock()

    @classmethod
    def open(cls, where: str, clock: Callable[[], float] = time.time) -> Book:
        """Open a database, and bring its tables up to date.

        Raises:
            SettingsError: It cannot be opened, or a newer version made it.
        """
        book = cls(_engine(_url(where)), clock)
        try:
            with book.engine.begin() as connection:
                _prepare(connection)
        except SQLAlchemyError as error:
            raise SettingsError("The vault's database cannot be opened.") from error
        book.flush()
        return book

    def now(self) -> int:
        """The machine's time."""
        return int(self.clock())

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is on the disk when it ends, or nothing.

        Raises:
            Taken: A row of this name is there.
            StorageDown: It could not be written.
        """
        try:
            with self._turn, self.engine.begin() as connection:
                yield connection
        except IntegrityError as error:
            raise Taken("This is written down already.") from error
        except SQLAlchemyError as error:
            raise StorageDown("The database does not answer.") from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look.

        Raises:
            StorageDown: It could not be read.
        """
        try:
            with self.engine.connect().execution_options(is_reading=True) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageDown("The database does not answer.") from error

    def flush(self) -> bool:
        """Empty the write-ahead log, in which what was deleted still stands.

        Returns:
            Whether it is empty: who reads in it holds it, and then it is to be tried again.

        Raises:
            StorageDown: It cannot be emptied.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        try:
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute(f"PRAGMA busy_timeout = {_BRIEFLY}")
                told = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1_000}")
                return bool(told[0] == 0)
            finally:
                raw.close()
        except (sqlite3.Error, SQLAlchemyError) as error:
            raise StorageDown("The database does not answer.") from error

    def bind(self, deployment: Deployment) -> None:
        """Obey one ledger, for ever.

        Raises:
            SettingsError: This book obeys another.
        """
        consent = deployment.contract("Consent").address.lower()
        first = deployment.contracts["Records"].block
        with self.writing() as connection:
            known = connection.execute(select(META)).one_or_none()
            if known is None:
                row = {"id": 1, "chain_id": deployment.chain_id, "consent": consent}
                connection.execute(META.insert().values(**row, next_block=first))
            elif (known.chain_id, known.consent) != (deployment.chain_id, consent):
                raise SettingsError("This database belongs to the vault of another ledger.")

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()


def _url(where: str) -> URL:
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise SettingsError("The vault's database has no address that can be read.") from error
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise SettingsError("A vault's database is SQLite or PostgreSQL.")
    return url


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, connect_args={"connect_timeout": _PATIENCE}, pool_pre_ping=True)
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError("The vault's database cannot be opened.") from error

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(
            path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        made.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("PRAGMA synchronous = FULL")  # what was answered outlives a power cut
        made.execute("PRAGMA temp_store = MEMORY")
        return made

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=48)
    # The driver would begin a transaction by itself, and not before the first row is written.
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get("is_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _prepare(connection: Connection) -> None:
    version = table(VERSION_TABLE, sql_column("version_num"))
    found = None
    if inspect(connection).has_table(VERSION_TABLE):
        found = connection.execute(select(version.c.version_num)).scalar_one_or_none()
    if found is not None and str(found) > REVISION:
        raise SettingsError("A newer version of Cercle made this vault's database: use that one.")
    if found != REVISION:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "cercle.vault:migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


__all__ = ["Book", "Taken"]
