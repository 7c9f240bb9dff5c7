"""The journal's file: what an older version wrote is taken up, and nothing of it is lost."""

import sqlite3
from pathlib import Path

import pytest

from cercle.relayer.book import Book
from cercle.relayer.settings import SettingsError
from cercle.relayer.store import VERSION, Store

from .acting import post, said, settle, slots
from .proposing import ballot, counts

FIRST = Path(__file__).parent / "journal_1.sql"
FIELDS = (
    *("id", "struct", "actor", "person", "payload", "invitation", "state", "refusal"),
    *("nonce", "place", "day", "created_at", "settled_at"),
)


def turn_back(path: Path) -> None:
    """Write a journal anew as the first version would have written it."""
    old = path.with_suffix(".old")
    path.rename(old)
    with sqlite3.connect(path) as db:
        db.executescript(FIRST.read_text("utf-8") + "PRAGMA user_version = 1;")
        db.execute("ATTACH ? AS newer", (str(old),))
        for table in ("meta", "slots", "transactions"):
            db.execute(f"INSERT INTO {table} SELECT * FROM newer.{table}")
        fields = ", ".join(FIELDS)
        db.execute(
            f"INSERT INTO acts ({fields}, poll) SELECT {fields},"
            " CASE WHEN batch LIKE 'Polls:%' THEN substr(batch, 7) END FROM newer.acts"
        )
    old.unlink()


def version_of(path: Path) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_journal__of_the_first_version__is_taken_up(stage, relayer, new_relayer, draft, tmp_path):
    done = post(relayer, stage.leave(stage.members[0]))
    settle(relayer, stage)
    of_poll = [post(relayer, stage.ballot(voter)) for voter in stage.members[1:4]]
    alone = post(relayer, ballot(stage, draft, stage.members[4]))  # each went alone, then
    relayer.close()
    path = tmp_path / "journal.sqlite"
    turn_back(path)
    assert version_of(path) == 1
    again = new_relayer(look=False)
    assert version_of(path) == VERSION
    batches = [act.batch for act in again.parts.book.waiting()]
    assert batches == ["Polls:1"] * 3 + [None]
    assert said(again, done) == ("mined", None)
    settle(again, stage)
    assert [said(again, one) for one in (*of_poll, alone)] == [("mined", None)] * 4
    kinds = [slot[2] for slot in slots(again)]
    assert kinds[0] == "leave_by_signature"
    assert sorted(kinds[1:]) == ["cast_votes_by_signatures", "vote_by_signatures"]
    assert (stage.tally()[0], counts(stage, draft)) == (3, (0, 1, 0))


def test_journal__opened_again__is_as_it_was(tmp_path):
    path = tmp_path / "journal.sqlite"
    Store(path).close()
    assert version_of(path) == VERSION
    again = Store(path)
    assert (version_of(path), Book(again).waiting()) == (VERSION, [])
    again.close()


def test_journal__of_a_later_version_or_none__is_not_touched(tmp_path):
    path = tmp_path / "journal.sqlite"
    store = Store(path)
    store.run("PRAGMA user_version = 9")
    store.close()
    with pytest.raises(SettingsError, match="version 9"):
        Store(path)
    path.write_text("this is no database, but long enough to look at" * 40)
    with pytest.raises(SettingsError, match="cannot be used"):
        Store(path)
