"""The database behind an index: SQLite by a path, PostgreSQL by a URL; faults in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from ..errors import IndexBusy, IndexMissing, IndexUnavailable

_PATIENCE = 5  # seconds that one connection waits for another's write
# What a driver says, and what a person is told.
_WORDS = (
    ("readonly", "is read-only"),
    ("read-only", "is read-only"),
    ("permission denied", "may not be written by this user"),
    ("disk is full", "has no room left on its disk"),
    ("disk full", "has no room left on its disk"),
    ("no space left", "has no room left on its disk"),
    ("unable to open", "cannot be opened"),
    ("disk i/o error", "cannot be written: its disk fails"),
    ("malformed", "is damaged: build it anew with --rebuild"),
    ("not a database", "is no database"),
    ("authentication failed", "does not let this user in"),
    ("does not exist", "does not exist"),
    ("connection", "does not answer"),
    ("closed", "does not answer"),
    ("could not translate host name", "does not answer"),
    ("timeout", "is too slow"),
)


def read_url(text: str) -> URL:
    """Where an index is: a file's path, `sqlite:///…` or `postgresql://…`.

    Raises:
        IndexUnavailable: It is neither.
    """
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise IndexUnavailable("The index's address cannot be read.") from error
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        kind = url.drivername.partition("+")[0]
        raise IndexUnavailable(f"An index lies in SQLite or in PostgreSQL, not in {kind}.")
    if url.drivername == "sqlite" and (url.database or ":memory:") == ":memory:":
        raise IndexUnavailable("An index needs a file: one in memory is gone with its process.")
    return url


def shown(url: URL) -> str:
    """The address without what is secret in it."""
    if url.drivername == "sqlite":
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"{url.host or 'localhost'}{port}/{url.database or ''}"


def engine_for(url: URL, *, writes: bool) -> Engine:
    """Connect. A reader of a file never makes one.

    Raises:
        IndexMissing: There is no such file to read.
    """
    if url.drivername == "sqlite":
        return _sqlite(url, writes)
    options: dict[str, Any] = {"connect_timeout": _PATIENCE, "application_name": "cercle index"}
    pool: dict[str, Any] = {}
    if (
        not writes
    ):  # somebody waits for a page: an upgrade's lock, or a silent line, may not hold it
        milliseconds = int(1_000 * _PATIENCE)
        options["options"] = f"-c lock_timeout={milliseconds}"
        options["tcp_user_timeout"] = milliseconds
        pool = {"pool_pre_ping": True, "pool_timeout": _PATIENCE}
    try:
        engine = create_engine(url, connect_args=options, pool_size=8, **pool)
    except (ImportError, NoSuchModuleError) as error:
        raise IndexUnavailable("PostgreSQL needs psycopg: install cercle[index].") from error
    return engine if writes else engine.execution_options(postgresql_readonly=True)


def _sqlite(url: URL, writes: bool) -> Engine:
    path = Path(str(url.database))
    if writes:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnavailable(f"The index {path} cannot be opened.") from error
    elif not path.is_file():
        raise IndexMissing(f"There is no index at {path}: run `ape run index run` first.")

    def connect() -> sqlite3.Connection:
        mode = "rwc" if writes else "ro"
        where = f"{path.absolute().as_uri()}?mode={mode}"
        made = sqlite3.connect(
            where, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        if writes:
            made.execute("PRAGMA journal_mode = WAL")
            # What the machine loses with its power is read from the chain again.
            made.execute("PRAGMA synchronous = NORMAL")
            made.execute("PRAGMA cache_size = -65536")
        made.execute("PRAGMA temp_store = MEMORY")
        return made

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    # The driver would begin a transaction by itself, and not before the first row is written.
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def in_one_sentence(url: URL) -> Iterator[None]:
    """Turn what a driver says into a sentence for whoever runs the index.

    Raises:
        IndexBusy, IndexUnavailable: What went wrong.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _told(error, url) from error
    except DBAPIError as error:
        raise _told(error.orig or error, url) from error
    except SQLAlchemyError as error:
        raise _told(error, url) from error


def _told(error: BaseException, url: URL) -> Exception:
    text = " ".join(str(error).split())
    low = text.lower()
    if "is locked" in low or "lock timeout" in low:
        return IndexBusy(f"The index {shown(url)} is locked by another process.")
    for word, sentence in _WORDS:
        if word in low:
            return IndexUnavailable(f"The index {shown(url)} {sentence}.")
    return IndexUnavailable(f"The index {shown(url)} failed: {text[:200]}")


__all__ = ["engine_for", "in_one_sentence", "read_url", "shown"]
