"""Databases that are down, full, locked, old or another's: one sentence, nothing half written."""

import os
import sqlite3
import threading

import psycopg
import pytest
from sqlalchemy import text

from cercle.deployments import Deployed, Deployment
from cercle.errors import (
    DeploymentError,
    IndexBusy,
    IndexMissing,
    IndexOfAnother,
    IndexOutdated,
    IndexUnavailable,
)
from cercle.index import Followed, Follower, Store, open_store
from cercle.index.database import engine_for, read_url, shown
from cercle.index.pace import Pace
from cercle.index.sql_history import SqlHistory
from cercle.index.tables import REVISION

from .conftest import new_database
from .looking import events_of, events_on_chain, rows_of


def change(url: str, statement: str) -> None:
    engine = engine_for(read_url(url), writes=True)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


# ---- two at once ------------------------------------------------------------------------------


def test_open__another_writes__is_told(stage, open_index, database):
    open_index(database).step()
    before = rows_of(database)
    with pytest.raises(
        IndexBusy, match=r"^Another process writes to this index already \(--wait waits for it\)\.$"
    ):
        open_index(database)
    assert rows_of(database) == before


def test_open__wait__goes_on_when_the_other_ends(stage, open_index, database):
    first = open_index(database, pace=Pace(step=20, tail=20))
    first.step()
    told, done = threading.Event(), threading.Event()

    def second():
        open_index(database, wait=True, tell=lambda text: told.set()).catch_up()
        done.set()

    threading.Thread(target=second).start()
    assert told.wait(20)
    assert not done.is_set()
    first.store.close()
    assert done.wait(30)
    assert events_of(database) == events_on_chain(stage.url, stage.deployment)


def test_write__although_another_wrote__is_refused_whole(stage, open_index, path):
    """Where a lock does not hold, as on some network drives: cursors tell."""
    first = open_index(path, pace=Pace(step=20, tail=20))
    os.unlink(path + ".lock")
    second = open_index(path, pace=Pace(step=20, tail=20))
    group = first._behind()
    head = stage.chain.head(fresh=True)
    second.step()
    before = rows_of(path)
    with pytest.raises(IndexBusy, match="Another process wrote to this index meanwhile"):
        first._read(group, head)
    assert rows_of(path) == before


def test_history__while_another_writes__sees_whole_ranges_only(stage, open_index, database):
    follower = open_index(database, pace=Pace(step=10, tail=10))
    follower.step()
    history = SqlHistory.open(database, stage.deployment, stage.chain)
    with history.snapshot() as connection:
        before = history.served_in(connection).block
        follower.step()
        assert history.served_in(connection).block == before
    assert history.served().block == before + 20
    history.close()


# ---- versions, chains, brands -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("revision", "sentence"),
    [
        ("0000", f"The index is of revision 0000, this version needs {REVISION}: "
                 "run `ape run index run --upgrade`."),
        ("0999", f"The index is of revision 0999, this version knows only {REVISION}: "
                 "use the newer version of Cercle that made it."),
    ],
)  # fmt: skip
def test_open__other_revision__is_refused(stage, built, open_index, database, revision, sentence):
    built(database)
    change(database, f"UPDATE index_version SET version_num = '{revision}'")
    for ask in (
        lambda: open_index(database),
        lambda: SqlHistory.open(database, stage.deployment),
    ):
        with pytest.raises(IndexOutdated) as refused:
            ask()
        assert str(refused.value) == sentence


def test_open__revision_that_nobody_knows__upgrade_says_to_build_anew(built, open_index, database):
    before = rows_of(built(database))
    change(database, "UPDATE index_version SET version_num = '0000'")
    with pytest.raises(IndexOutdated, match=r"nobody can bring up to date: .* --rebuild\.$"):
        open_index(database, upgrade=True)
    open_index(database, rebuild=True).catch_up()
    assert rows_of(database) == before


def test_open__another_chain__is_refused(stage, built, open_index, path):
    built(path)
    change(path, "UPDATE meta SET chain_id = 1")
    for ask in (lambda: open_index(path), lambda: SqlHistory.open(path, stage.deployment)):
        with pytest.raises(IndexOfAnother, match=r"is of chain 1; chain 31337 was meant\.$"):
            ask()


def test_open__another_chain_of_the_same_id__is_refused(stage, built, open_index, path):
    built(path)
    change(path, f"UPDATE meta SET genesis = '0x{'ab' * 32}'")
    with pytest.raises(IndexOfAnother, match=r"another chain with the id 31337: .*--rebuild"):
        open_index(path)


def test_open__another_brand__is_refused(stage, built, path):
    built(path)
    other = stage.deployment.with_contract(
        "Charter", Deployed(address="0x" + "11" * 20, block=1, codehash="0x" + "00" * 32)
    )
    for ask in (
        lambda: open_store(path, other, stage.chain),
        lambda: SqlHistory.open(path, other),
    ):
        with pytest.raises(IndexOfAnother, match=r"is of Sillon, .*--rebuild"):
            ask()


def test_open__deployment_without_contracts__is_refused(stage, path):
    nothing = Deployment(chain_id=31337, network="n", brand="B")
    with pytest.raises(DeploymentError, match="There is no contract to follow"):
        open_store(path, nothing, stage.chain)


def test_open__a_contract_more__is_read_from_its_first_block(stage, open_index, path):
    names = [name for name in stage.deployment.contracts if name not in ("Points", "Polls")]
    known = {name: stage.deployment.contracts[name] for name in names}
    fewer = stage.deployment.model_copy(update={"contracts": known})
    with open_store(path, fewer, stage.chain) as store:
        Follower(store, stage.chain).catch_up()
    assert {event.contract for event in events_of(path)}.isdisjoint({"Points", "Polls"})
    follower = open_index(path, pace=Pace(step=30, tail=30))
    follower.catch_up()
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)
    head = stage.chain.head(fresh=True).number
    assert {row[4] for row in rows_of(path)["source"]} == {head + 1}


# ---- SQLite -----------------------------------------------------------------------------------


def test_write__database_locked_by_somebody_else__is_told(stage, open_index, path, monkeypatch):
    monkeypatch.setattr("cercle.index.database._PATIENCE", 0.1)
    follower = open_index(path, pace=Pace(step=20, tail=20))
    follower.step()
    before = rows_of(path)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(IndexBusy, match=r"index\.sqlite is locked by another process\.$"):
            follower.step()
        other.execute("ROLLBACK")
    assert rows_of(path) == before
    follower.catch_up()
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)


def test_write__disk_is_full__writes_nothing_half_and_goes_on(stage, open_index, path):
    follower = open_index(path, pace=Pace(step=20, tail=20))
    follower.step()
    before = rows_of(path)
    connection = follower.store._connection
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    connection.rollback()
    with pytest.raises(IndexUnavailable, match=r"has no room left on its disk\.$"):
        follower.catch_up()
    assert rows_of(path).keys() == before.keys()
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    connection.rollback()
    follower.catch_up()
    assert events_of(path) == events_on_chain(stage.url, stage.deployment)


def test_open__file_is_no_database__is_told(stage, open_index, tmp_path):
    path = tmp_path / "index.sqlite"
    path.write_text("All my photographs\n" * 100)
    with pytest.raises(IndexUnavailable, match=r"is no database\.$"):
        open_index(str(path))
    assert path.read_text().startswith("All my photographs")


def test_open__folder_where_nothing_may_be_written__is_told(stage, open_index):
    with pytest.raises(IndexUnavailable, match=r"The index .* (cannot be opened|is read-only)"):
        open_index("/proc/index.sqlite")
    with pytest.raises(IndexUnavailable, match=r"The index .* cannot be opened\.$"):
        open_index("/dev/null/index.sqlite")


def test_open_history__no_file__is_told_and_made_none(stage, tmp_path):
    path = tmp_path / "none.sqlite"
    with pytest.raises(IndexMissing, match=r"There is no index at .*none\.sqlite: run `ape run"):
        SqlHistory.open(str(path), stage.deployment)
    assert not path.exists()


def test_open_history__empty_database__is_told(stage, tmp_path, server):
    path = tmp_path / "empty.sqlite"
    sqlite3.connect(path).close()
    path.touch()
    for url in (str(path), new_database(server)):
        with pytest.raises(IndexMissing, match=r"There is no index here: run `ape run index run`"):
            SqlHistory.open(url, stage.deployment)


# ---- PostgreSQL ---------------------------------------------------------------------------------


def test_write__server_ends_the_connection__goes_on_from_the_last_range(
    stage, open_index, built, server
):
    url = new_database(server)
    follower = open_index(url, pace=Pace(step=20, tail=20))
    follower.step()
    before = rows_of(url)
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [read_url(url).database],
        )
    with pytest.raises(IndexUnavailable, match=r"The index 127\.0\.0\.1:\d+/index_\d+ does not"):
        follower.catch_up()
    assert rows_of(url) == before
    follower.store.close()
    built(url)
    assert events_of(url) == events_on_chain(stage.url, stage.deployment)


def test_write__server_turns_read_only__is_told(stage, open_index, server):
    url = new_database(server)
    follower = open_index(url, pace=Pace(step=20, tail=20))
    follower.step()
    before = rows_of(url)
    connection = follower.store._connection
    connection.exec_driver_sql("SET default_transaction_read_only = on")
    connection.commit()
    with pytest.raises(IndexUnavailable, match=r"is read-only\.$"):
        follower.catch_up()
    assert rows_of(url) == before


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://cercle:secret@127.0.0.1:9/x", "The index 127.0.0.1:9/x does not answer."),
        ("mysql://a:secret@b/c", "An index lies in SQLite or in PostgreSQL, not in mysql."),
        ("sqlite://", "An index needs a file: one in memory is gone with its process."),
        ("sqlite:///:memory:", "An index needs a file: one in memory is gone with its process."),
        ("postgresql://[::1", "The index's address cannot be read."),
    ],
)
def test_open__address_that_serves_nothing__is_told_without_its_secret(stage, url, sentence):
    with pytest.raises(IndexUnavailable) as refused:
        open_store(url, stage.deployment, stage.chain)
    assert str(refused.value) == sentence


def test_open__database_that_is_not_there__is_told(stage, server):
    with pytest.raises(IndexUnavailable, match=r"127\.0\.0\.1:\d+/nowhere does not exist\.$"):
        open_store(server.url("nowhere"), stage.deployment, stage.chain)


def test_shown__an_address__keeps_its_secret():
    assert shown(read_url("postgresql://me:secret@db.example:5433/shop")) == "db.example:5433/shop"
    assert shown(read_url("postgresql:///shop")) == "localhost/shop"
    assert shown(read_url("sqlite:///a/b.sqlite")) == shown(read_url("a/b.sqlite")) == "a/b.sqlite"


def test_store__not_opened__leaves_no_lock_behind(stage, built, open_index, path):
    built(path)
    change(path, "UPDATE meta SET chain_id = 1")
    for _ in range(2):  # the second refusal is the same as the first: nobody holds the lock
        with pytest.raises(IndexOfAnother):
            Store.open(read_url(path), Followed(stage.deployment, "0x", 64))
