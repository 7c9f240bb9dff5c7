"""What a keeper remembers over a stop: an SQLite file that may be lost at any time.

All of it can be read from the chain again. Only that a warning was told already cannot, so that
without its notes a keeper looks into the file of warnings instead.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cercle.errors import CercleError

from .due import Words, due_at

DEPTH = 64  # blocks after which a file of readings is laid aside
KEPT = 1_024  # hashes of blocks; a chain that turned further back is read from its start

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (number INTEGER PRIMARY KEY, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS terms (
    agreement_id INTEGER, block INTEGER, place INTEGER, words TEXT NOT NULL,
    PRIMARY KEY (agreement_id, block, place)
);
CREATE TABLE IF NOT EXISTS due (
    agreement_id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL, at INTEGER
);
CREATE INDEX IF NOT EXISTS due_at ON due (at);
CREATE TABLE IF NOT EXISTS warnings (
    agreement_id INTEGER, passport_id INTEGER, period INTEGER, level TEXT,
    line TEXT NOT NULL, is_told INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (agreement_id, passport_id, period, level)
);
CREATE TABLE IF NOT EXISTS refused (reading TEXT PRIMARY KEY, reason TEXT, block INTEGER);
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, block INTEGER NOT NULL);
"""


class NotesOfAnother(CercleError):
    """These notes are of another chain or another book of agreements."""

    code = "keeper_notes_of_another"


@dataclass(frozen=True)
class Warning:
    """That an agreement nears its limit in a period, or stopped in it: one line a level."""

    agreement_id: int
    passport_id: int  # an agreement's number may be somebody else's after a reorganisation
    period: int
    level: str
    line: str

    @property
    def key(self) -> tuple[int, int, int, str]:
        return self.agreement_id, self.passport_id, self.period, self.level


class Notes:
    """The file. Each method is one transaction: a stop between two leaves nothing half.

    Usage example::

        with Notes(path, "31337:0x...") as notes:
            Follower(chain, deployment, notes).catch_up()
    """

    def __init__(self, path: Path, book: str) -> None:
        """Open the file, or begin one.

        Args:
            path: Where it lies; its folder is made.
            book: The chain and the address of Agreements.

        Raises:
            NotesOfAnother: The file tells of another book.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        # Blocks and cron reach the keeper on threads of their own, one at a time (work.py).
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        with self._whole():
            for statement in _TABLES.strip().split(";\n"):
                self._db.execute(statement)
            self._db.execute("INSERT OR IGNORE INTO facts VALUES ('book', ?)", (book,))
        if self._fact("book") != book:
            self._db.close()
            raise NotesOfAnother(f"{path.name} holds the notes of another book: name a new file.")

    def __enter__(self) -> Notes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.commit()
        except BaseException:
            self._db.rollback()
            raise

    def _fact(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    # ---- how far it read ----------------------------------------------------------------

    def next_block(self) -> int | None:
        """The first block that was not read; None before the first."""
        found = self._fact("next_block")
        return None if found is None else int(found)

    def hash_of(self, block: int) -> str | None:
        """The hash of a block that was read, if it is kept."""
        row = self._db.execute("SELECT hash FROM blocks WHERE number = ?", (block,)).fetchone()
        return None if row is None else str(row[0])

    def blocks(self) -> list[tuple[int, str]]:
        """The blocks whose hashes are kept, newest first."""
        return self._db.execute("SELECT number, hash FROM blocks ORDER BY number DESC").fetchall()

    def take_in(
        self,
        last: int,
        hashes: dict[int, str],
        terms: Iterable[tuple[int, int, int, Words]],
        warnings: Iterable[Warning],
    ) -> None:
        """Write down what a range of blocks said.

        Args:
            last: Its last block.
            hashes: Of that one, and of those of its blocks in which something was logged.
            terms: Agreement, block, place in it, and the terms that hold from there on.
            warnings: What to tell; what is known already is passed over.
        """
        with self._whole():
            for number, text in hashes.items():
                self._db.execute("INSERT OR REPLACE INTO blocks VALUES (?, ?)", (number, text))
            kept = "SELECT number FROM blocks ORDER BY number DESC LIMIT -1 OFFSET ?"
            self._db.execute(f"DELETE FROM blocks WHERE number IN ({kept})", (KEPT,))
            for agreement_id, block, place, words in terms:
                self._db.execute(
                    "INSERT OR REPLACE INTO terms VALUES (?, ?, ?, ?)",
                    (agreement_id, block, place, json.dumps(dict(words))),
                )
                self._expect(agreement_id, words)
            for one in warnings:
                self._db.execute(
                    "INSERT OR IGNORE INTO warnings VALUES (?, ?, ?, ?, ?, 0)",
                    (*one.key, one.line),
                )
            self._read_up_to(last)

    def roll_back(self, ancestor: int) -> None:
        """Forget what blocks after this one said. What was told stays told."""
        with self._whole():
            self._db.execute("DELETE FROM blocks WHERE number > ?", (ancestor,))
            for table in ("terms", "refused", "files"):
                self._db.execute(f"DELETE FROM {table} WHERE block > ?", (ancestor,))
            self._db.execute("DELETE FROM due")  # a period that was closed may be open again
            for agreement_id, words in self._terms():
                self._expect(agreement_id, json.loads(words))
            self._read_up_to(ancestor)

    def _expect(self, agreement_id: int, words: Words) -> None:
        """Look at an agreement when its first period may be over, unless more is known."""
        row = (agreement_id, words["list_id"], due_at(words, 0))
        self._db.execute("INSERT OR IGNORE INTO due VALUES (?, ?, ?)", row)

    def _read_up_to(self, block: int) -> None:
        self._db.execute("INSERT OR REPLACE INTO facts VALUES ('next_block', ?)", (str(block + 1),))

    # ---- agreements ---------------------------------------------------------------------

    def _terms(self) -> list[tuple[int, str]]:
        # SQLite takes `words` from the row that has the greatest place.
        asked = "SELECT agreement_id, words, MAX(block * 1000000 + place) FROM terms"
        rows = self._db.execute(f"{asked} GROUP BY agreement_id").fetchall()
        return [(agreement_id, words) for agreement_id, words, _ in rows]

    def terms_of(self, agreement_id: int) -> dict[str, Any] | None:
        """The terms that hold now; None of an agreement that was not heard of."""
        asked = "SELECT words FROM terms WHERE agreement_id = ? ORDER BY block DESC, place DESC"
        row = self._db.execute(f"{asked} LIMIT 1", (agreement_id,)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def due_by(self, now: int, lists: Collection[int] = ()) -> list[int]:
        """The agreements of which a period may be over, the longest ago first.

        Args:
            now: The second of the chain's newest block.
            lists: Only those under these price lists; empty: all.
        """
        asked = "SELECT agreement_id, list_id FROM due WHERE at <= ? ORDER BY at, agreement_id"
        rows = self._db.execute(asked, (now,)).fetchall()
        return [number for number, list_id in rows if not lists or list_id in lists]

    def put_off(self, agreement_id: int, at: int | None) -> None:
        """Look at an agreement again at that second; at None, never."""
        with self._whole():
            self._db.execute("UPDATE due SET at = ? WHERE agreement_id = ?", (at, agreement_id))

    # ---- warnings -----------------------------------------------------------------------

    def untold(self) -> list[Warning]:
        """What is to be told, in the order in which it was logged."""
        asked = "SELECT agreement_id, passport_id, period, level, line FROM warnings"
        rows = self._db.execute(f"{asked} WHERE is_told = 0 ORDER BY rowid").fetchall()
        return [Warning(*row) for row in rows]

    def mark_told(self, warning: Warning) -> None:
        """It is in the file of warnings."""
        which = "agreement_id = ? AND passport_id = ? AND period = ? AND level = ?"
        with self._whole():
            self._db.execute(f"UPDATE warnings SET is_told = 1 WHERE {which}", warning.key)

    # ---- readings -----------------------------------------------------------------------

    def refuse(self, reading: str, reason: str, block: int) -> None:
        """The contract refuses a reading, at this block and for good."""
        with self._whole():
            row = (reading, reason, block)
            self._db.execute("INSERT OR REPLACE INTO refused VALUES (?, ?, ?)", row)

    def is_refused(self, reading: str) -> bool:
        """Whether a reading was refused for good."""
        asked = "SELECT 1 FROM refused WHERE reading = ?"
        return self._db.execute(asked, (reading,)).fetchone() is not None

    def finished_at(self, file: str, block: int | None) -> int | None:
        """Since which block nothing is left to do of a file; noted the first time.

        Args:
            file: Its name.
            block: This one, if nothing is left to do now; None if something is.
        """
        with self._whole():
            if block is None:
                self._db.execute("DELETE FROM files WHERE name = ?", (file,))
                return None
            self._db.execute("INSERT OR IGNORE INTO files VALUES (?, ?)", (file, block))
        asked = "SELECT block FROM files WHERE name = ?"
        return int(self._db.execute(asked, (file,)).fetchone()[0])


__all__ = ["DEPTH", "KEPT", "Notes", "NotesOfAnother", "Warning"]
