"""The file behind the journal: SQLite with a write-ahead log, and one writer."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .settings import SettingsError

VERSION = 2
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
-- A nonce of the relayer's, and what it was signed for: a call, in one or more transactions of
-- which at most one can be mined.
CREATE TABLE slots (
    nonce INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    data TEXT NOT NULL,
    gas INTEGER NOT NULL,
    state TEXT NOT NULL,
    day INTEGER NOT NULL,
    tx TEXT,
    block INTEGER,
    block_hash TEXT,
    gas_used INTEGER NOT NULL DEFAULT 0,
    wei INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE transactions (
    hash TEXT PRIMARY KEY,
    nonce INTEGER NOT NULL REFERENCES slots (nonce) ON DELETE CASCADE,
    raw TEXT NOT NULL,
    max_fee INTEGER NOT NULL,
    tip INTEGER NOT NULL,
    signed_at REAL NOT NULL
) STRICT;
CREATE INDEX transactions_of ON transactions (nonce);
CREATE INDEX slots_open ON slots (state) WHERE state IN ('pending', 'mined');
CREATE INDEX slots_by_day ON slots (day);
CREATE TABLE acts (
    id TEXT PRIMARY KEY,
    struct TEXT NOT NULL,
    actor TEXT NOT NULL,
    person TEXT NOT NULL,
    payload TEXT NOT NULL,
    batch TEXT,
    invitation TEXT,
    state TEXT NOT NULL,
    refusal TEXT,
    nonce INTEGER REFERENCES slots (nonce),
    place INTEGER,
    day INTEGER NOT NULL,
    created_at REAL NOT NULL,
    settled_at REAL
) STRICT;
CREATE INDEX acts_by_state ON acts (state, created_at) WHERE state IN ('accepted', 'sent');
CREATE INDEX acts_by_person ON acts (person, day);
CREATE INDEX acts_by_kind ON acts (struct, day);
CREATE INDEX acts_by_nonce ON acts (nonce);
-- An invitation brings one person through each door: an account, a passport, a membership.
CREATE UNIQUE INDEX acts_by_invitation ON acts (invitation, struct)
    WHERE invitation IS NOT NULL AND state NOT IN ('refused', 'failed');
"""
# From each version to the next.
_STEPS = {
    1: """
ALTER TABLE acts RENAME COLUMN poll TO batch;
UPDATE acts SET batch = 'Polls:' || batch WHERE batch IS NOT NULL;
""",
}


class Store:
    """One connection for all threads; what is written is on the disk when `writing` ends."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        try:
            path.touch(mode=0o600)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._set_up(path)
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(f"The journal {path.name} cannot be used: {error}.") from error

    def _set_up(self, path: Path) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if not 0 <= version <= VERSION:
            raise SettingsError(f"The journal {path.name} is of version {version}, not {VERSION}.")
        if version == 0:
            self._become(VERSION, _SCHEMA)
        for old in range(version or VERSION, VERSION):
            self._become(old + 1, _STEPS[old])

    def _become(self, version: int, script: str) -> None:
        """All of a script or nothing, and the version that it makes."""
        self._db.executescript(f"BEGIN; {script} PRAGMA user_version = {version}; COMMIT;")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All of it or nothing, with nobody between."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def run(self, statement: str, *values: Any) -> int:
        """A change; how many rows it changed."""
        with self._lock:
            return self._db.execute(statement, values).rowcount

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """An answer of several rows."""
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        """An answer of one row, or of none."""
        found = self.rows(statement, *values)
        return found[0] if found else None

    def number(self, statement: str, *values: Any) -> int | None:
        """An answer of one number."""
        found = self.row(statement, *values)
        return None if found is None or found[0] is None else int(found[0])

    def bind(self, **facts: str) -> None:
        """Say once what this journal is of.

        Raises:
            SettingsError: It is of something else.
        """
        with self.writing():
            for name, value in facts.items():
                known = self.row("SELECT value FROM meta WHERE name = ?", name)
                if known is None:
                    self.run("INSERT INTO meta VALUES (?, ?)", name, value)
                elif known[0] != value:
                    raise SettingsError(f"This journal is of {name} {known[0]}, not {value}.")

    def close(self) -> None:
        """No more."""
        with self._lock:
            self._db.close()


__all__ = ["Store"]
