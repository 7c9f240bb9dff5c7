"""The same vault on PostgreSQL: one row an event, whoever is quicker; erased rows are gone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from cercle.vault import keys
from cercle.vault.backup import drill
from cercle.vault.tables import RECORD, RELEASE
from tests.index.conftest import new_database
from tools import postgres

from .asking import no
from .stage import PLAIN, SIZE, VAULT_KEY
from .test_releases import opened

BACKUP = bytes(range(3, 35))


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of our own."""
    with postgres.running() as server:
        yield server


@pytest.fixture
def vault(new_vault, server):
    """A vault whose book is a database there."""
    return new_vault(database=new_database(server))


def test_release__asked_by_ten_at_once__is_one_row_and_the_same_bytes(
    stage, keep, nobody, vault, clock
):
    keep()
    stage.grant()
    look = stage.look()
    bodies = [stage.fetch(look, int(clock())) for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(lambda body: nobody.http.post("/v1/releases", json=body), bodies))
    assert {one.status_code for one in told} == {200}
    assert len({one.text for one in told}) == 1
    assert opened(told[0]) == PLAIN
    with vault.book.reading() as connection:
        assert len(connection.execute(select(RELEASE)).all()) == 1


def test_record__erased__leaves_no_row_and_a_certificate(stage, keep, ask, vault, member):
    keep()
    stage.grant()
    look = stage.look()
    assert ask(look).status_code == 200
    stage.erase()
    stage.mine()
    vault.step()
    assert no(ask(look)) == (410, "erased")
    with vault.book.reading() as connection:
        assert (
            not connection.execute(select(RECORD)).all() + connection.execute(select(RELEASE)).all()
        )
    assert [one["category"] for one in member.get("/v1/certificates").json()["certificates"]] == [
        SIZE
    ]


def test_drill__of_a_book_there__comes_back_in_a_file(keep, vault):
    keep()
    told = drill(vault.book, vault.blobs, keys.public_of(BACKUP), BACKUP, [VAULT_KEY])
    assert (told["ciphertexts"], told["opened"]) == (1, 1)
