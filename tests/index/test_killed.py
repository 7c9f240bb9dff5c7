"""Killed anywhere, an index goes on where its last whole range ended: nothing twice or half."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from cercle.index.pace import Pace
from cercle.rpc import Node
from tools.places import ROOT, environment

from .looking import facts_of, rows_of


class Killed(BaseException):
    """As kill -9: nothing of ours catches it."""


class Executioner:
    """Kills at the n-th thing that touches disk or wire; keeps the files as they are then."""

    def __init__(self, monkeypatch, database: Path, grave: Path) -> None:
        self.seen: list[str] = []
        self.at: int | None = None
        self.is_dead = False
        self._database, self._grave = database, grave
        batch = Node.batch

        def asked(node, questions):
            self.strike(f"before {questions[0][0]}")
            answers = batch(node, questions)
            self.strike(f"after {questions[0][0]}")
            return answers

        monkeypatch.setattr(Node, "batch", asked)
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)

    def end(self) -> None:
        event.remove(Engine, "before_cursor_execute", self._statement)
        event.remove(Engine, "commit", self._commit)

    def _statement(self, connection, cursor, statement, *_):
        if statement.startswith(("INSERT", "UPDATE", "DELETE", "CREATE")):
            self.strike(f"before {statement[:30]}")

    def _commit(self, connection):
        self.strike("before a commit")

    def strike(self, what: str) -> None:
        if self.is_dead:
            raise Killed(what)
        self.seen.append(what)
        if self.at is not None and len(self.seen) > self.at:
            self.is_dead = True
            self._grave.mkdir(exist_ok=True)
            for file in self._database.parent.glob(f"{self._database.name}*"):
                shutil.copy(file, self._grave)  # what a crash leaves: nothing is rolled back
            raise Killed(what)


@pytest.fixture
def executioner(monkeypatch, tmp_path):
    made = Executioner(monkeypatch, tmp_path / "index.sqlite", tmp_path / "grave")
    yield made
    made.end()


def lives(executioner, build, tmp_path, start, stride):
    """Build from the same start again and again, killed at each `stride`-th step; what came of it.

    Yields where it was killed, and what the index holds once it was built on from what lay there.
    """
    database = tmp_path / "index.sqlite"

    def born():
        shutil.rmtree(tmp_path / "grave", ignore_errors=True)
        for file in tmp_path.glob("index.sqlite*"):
            file.unlink()
        if start is not None:
            shutil.copy(start, database)
        executioner.seen.clear()

    born()
    build(str(database), pace=Pace(step=30, tail=30))
    for at in range(0, len(executioner.seen), stride):
        born()
        executioner.at = at
        with pytest.raises(Killed):
            build(str(database), pace=Pace(step=30, tail=30))
        executioner.at, executioner.is_dead = None, False
        where = executioner.seen[-1]
        found = rows_of(build(str(tmp_path / "grave" / "index.sqlite"), pace=Pace(30, tail=30)))
        yield where, found


def test_killed__at_each_step_of_a_range__the_next_run_ends_at_the_same_rows(
    stage, open_index, built, executioner, tmp_path
):
    empty = tmp_path / "empty.sqlite"
    open_index(str(empty)).store.close()
    whole = rows_of(built(str(tmp_path / "whole.sqlite"), pace=Pace(step=30, tail=30)))
    deaths = []
    for where, found in lives(executioner, built, tmp_path, empty, 4):
        assert found == whole, where
        deaths.append(where)
    assert len(deaths) > 15
    assert any(one.startswith("before INSERT INTO") for one in deaths)
    assert {"after eth_getLogs", "before a commit"} <= set(deaths)


def test_killed__while_the_tables_are_made__the_next_run_makes_them(
    stage, built, executioner, tmp_path
):
    whole = rows_of(built(str(tmp_path / "whole.sqlite"), pace=Pace(step=30, tail=30)))
    deaths = []
    for where, found in lives(executioner, built, tmp_path, None, 59):
        assert found == whole, where
        deaths.append(where)
    assert any(one.startswith("before CREATE") for one in deaths)


_VICTIM = """
import os, signal, sys
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.index import Follower, open_store
from cercle.index.pace import Pace
from cercle.index.store import Store

url, where, book, lives = sys.argv[1:]
write, done = Store.write, []
def counted(store, page):
    if len(done) == int(lives):
        os.kill(os.getpid(), signal.SIGKILL)
    write(store, page)
    done.append(page)
Store.write = counted
deployment = Deployment.load(book)
chain = Chain([url], deployment.chain_id)
Follower(open_store(where, deployment, chain), chain, pace=Pace(step=20, tail=20)).catch_up()
"""


def test_killed__by_the_system__lets_its_lock_go_and_is_taken_up(stage, built, database, tmp_path):
    book = tmp_path / "book.json"
    stage.deployment.save(book)
    for lives in (0, 1, 2):
        victim = subprocess.run(
            [sys.executable, "-c", _VICTIM, stage.url, database, str(book), str(lives)],
            env=environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert victim.returncode == -signal.SIGKILL, victim.stderr
    assert (
        rows_of(database)["source"][0][4] == 82
    )  # a range of 20 blocks; then one of 20 and one of 40
    afresh = str(tmp_path / "afresh.sqlite")
    assert facts_of(built(database)) == facts_of(built(afresh))
