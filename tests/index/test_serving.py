"""Which index is believed: of this chain, of this brand, whole; else the chain serves, and why."""

import logging

import psycopg
import pytest
from sqlalchemy import event, text

from benchmarks.index.million import brand
from cercle.chain import Chain
from cercle.deployments import Deployed
from cercle.errors import IndexOfAnother, IndexOutdated, IndexUnavailable
from cercle.index import Followed
from cercle.index import history as history_module
from cercle.index.asked import course_asked
from cercle.index.chain_history import ChainHistory
from cercle.index.database import read_url
from cercle.index.decoder import Decoder, Log
from cercle.index.headers import Header
from cercle.index.history import open_history
from cercle.index.people import END, START, Link, Span, spans
from cercle.index.specs import spec_of
from cercle.index.sql_history import SqlHistory
from cercle.index.store import Page, Store
from cercle.index.tables import REVISION

from .conftest import new_database
from .test_faults import change

REBUILD = r" holds what no chain wrote: build it anew with --rebuild\.$"


@pytest.fixture
def indexed(stage, prepared, path):
    return prepared(path)


def require_refused(stage, url, kind, said):
    """The index is refused, and the chain serves instead of it."""
    with pytest.raises(kind, match=said):
        SqlHistory.open(url, stage.deployment, stage.chain)
    history = open_history(stage.chain, stage.deployment, url)
    assert history.of_member(2).served.source == "chain"
    assert isinstance(history.trouble, kind)


# ---- of another chain, of another brand -------------------------------------------------------


def test_open__another_chain_of_the_same_id__is_not_read(stage, indexed):
    change(indexed, f"UPDATE meta SET genesis = '0x{'ab' * 32}'")
    require_refused(stage, indexed, IndexOfAnother, r"is of another chain with the id 31337")


def test_open__chain_that_began_anew__is_not_read(stage, indexed):
    """The same first block, and another history: a local chain that was started again."""
    change(indexed, f"UPDATE block SET hash = '0x{'ab' * 32}'")
    require_refused(stage, indexed, IndexOfAnother, r"its block \d+ is not on this one \(--rebuild")


def test_open__newest_blocks_may_still_turn__are_no_other_chain(stage, indexed):
    final = SqlHistory.open(indexed, stage.deployment).served().final
    change(indexed, f"UPDATE block SET hash = '0x{'ab' * 32}' WHERE number > {final}")
    assert open_history(stage.chain, stage.deployment, indexed).served().source == "index"


def test_open__no_node_to_compare_with__is_read(stage, indexed):
    change(indexed, f"UPDATE block SET hash = '0x{'ab' * 32}'")
    dead = Chain(["http://127.0.0.1:9"], stage.chain.chain_id)
    assert open_history(dead, stage.deployment, indexed).of_member(2).served.source == "index"


def test_open__contract_that_it_does_not_follow__is_not_read(stage, indexed):
    """It would say that it is up to date, and know nothing of that contract."""
    more = stage.deployment.with_contract(
        "Perks", Deployed(address="0x" + "11" * 20, block=1, codehash="0x" + "00" * 32)
    )
    with pytest.raises(IndexOutdated, match=r"does not follow Perks yet: run `ape run index run`"):
        SqlHistory.open(indexed, more, stage.chain)
    assert open_history(stage.chain, more, indexed).served().source == "chain"


# ---- what no chain wrote ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tally SET votes = 'many'",
        "UPDATE tally SET votes = '7'",
        "UPDATE block SET timestamp = 9223372036854775807",
        "UPDATE polls_poll_opened SET option_count = 'all'",
    ],
)
def test_poll_course__damaged_rows__the_chain_serves(stage, indexed, statement):
    change(indexed, statement)
    index = SqlHistory.open(indexed, stage.deployment)
    with pytest.raises(IndexUnavailable, match=REBUILD):
        index.poll_course(2)
    index.close()
    told = open_history(stage.chain, stage.deployment, indexed).poll_course(2)
    assert told == ChainHistory(stage.chain, stage.deployment).poll_course(2)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM block",
        "UPDATE subject SET event = 'nothing'",
        "UPDATE points_transfer SET sender = 7",
        "UPDATE membership_standing_credited SET credits = 'none'",
        "UPDATE membership_member_joined SET passport_id = 'x'",
    ],
)
def test_of_passport__damaged_rows__the_chain_serves(stage, indexed, statement):
    change(indexed, statement)
    index = SqlHistory.open(indexed, stage.deployment)
    with pytest.raises(IndexUnavailable, match=REBUILD):
        index.of_passport(1, limit=200)
    index.close()
    history = open_history(stage.chain, stage.deployment, indexed)
    told = history.of_passport(1, limit=200)
    assert told == ChainHistory(stage.chain, stage.deployment).of_passport(1, limit=200)


# ---- how it is told ---------------------------------------------------------------------------


def test_trouble__while_it_lasts__is_logged_once_and_known(
    stage, indexed, path, monkeypatch, caplog
):
    monkeypatch.setattr(history_module, "_REST", 0)
    history = open_history(stage.chain, stage.deployment, indexed)
    assert (history.served().source, history.trouble) == ("index", None)
    change(indexed, "UPDATE index_version SET version_num = '0000'")
    history._index.close()
    history._index = None  # as after a restart of the app
    with caplog.at_level(logging.WARNING, "cercle.index"):
        for _ in range(3):
            assert history.served().source == "chain"
    assert isinstance(history.trouble, IndexOutdated)
    assert [one.getMessage() for one in caplog.records] == [
        f"the chain serves instead of the index: {history.trouble}"
    ]
    change(indexed, f"UPDATE index_version SET version_num = '{REVISION}'")
    assert (history.served().source, history.trouble) == ("index", None)


def test_trouble__index_that_broke__is_closed(stage, indexed, monkeypatch):
    closed = []
    monkeypatch.setattr(SqlHistory, "close", lambda self: closed.append(self))
    history = open_history(stage.chain, stage.deployment, indexed)
    assert history.served().source == "index"
    change(indexed, "DROP TABLE subject")
    assert history.of_member(2).served.source == "chain"
    assert len(closed) == 1
    change(indexed, "UPDATE meta SET chain_id = 1")
    with pytest.raises(IndexOfAnother):
        SqlHistory.open(indexed, stage.deployment)
    assert len(closed) == 2


def test_served__index_that_ended_long_ago__calls_nothing_newer_final(stage, indexed):
    """What it holds near its end may have been undone since: it would not know."""
    history = open_history(stage.chain, stage.deployment, indexed)
    before = history.served()
    stage.mine(200)
    told = history.served()
    assert (told.head, told.behind) == (before.head + 200, 200)
    assert told.final == before.final == before.block - 64


# ---- how long it takes ------------------------------------------------------------------------


def test_read__upgrade_holds_the_tables__the_chain_serves_soon(stage, built, server, monkeypatch):
    monkeypatch.setattr("cercle.index.database._PATIENCE", 1)
    url = built(new_database(server))
    history = open_history(stage.chain, stage.deployment, url)
    assert history.served().source == "index"
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE subject IN ACCESS EXCLUSIVE MODE")
        assert history.of_member(2).served.source == "chain"
        assert str(history.trouble).endswith("is locked by another process.")


def statements(history, ask) -> list[str]:
    """What an answer asks of the database."""
    found: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        found.append(statement)

    event.listen(history._engine, "before_cursor_execute", note)
    ask()
    event.remove(history._engine, "before_cursor_execute", note)
    return [one for one in found if not one.startswith("BEGIN")]


@pytest.mark.parametrize("moments", [2, 40, 1_000])
def test_poll_course__so_many_moments__asks_the_database_four_times(
    stage, prepared, database, moments
):
    history = SqlHistory.open(prepared(database), stage.deployment)
    assert len(statements(history, lambda: history.poll_course(2, moments=moments))) == 4
    history.close()


def test_course_asked__plan__looks_into_keys_alone(stage, indexed):
    history = SqlHistory.open(indexed, stage.deployment)
    with history.snapshot() as connection:
        asked = course_asked(1, 2, 40).compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
    history.close()
    looks = [one for one in plan if "tally" in one or "block" in one]
    assert [one.partition("(")[2] for one in looks] == [
        "source=? AND poll_id=? AND block=?)",  # what is told
        "source=? AND poll_id=?)",  # its first ballot,
        "source=? AND poll_id=?)",  # and its last
        "source=? AND poll_id=? AND block<?)",
        "number=?)",
    ]
    assert not any(one.startswith("SCAN tally") for one in plan)


def test_of_passport__kinds__asks_no_more_than_without(stage, indexed):
    history = SqlHistory.open(indexed, stage.deployment)
    whole = statements(history, lambda: history.of_passport(1, limit=20))
    votes = statements(
        history, lambda: history.of_passport(1, limit=20, kinds=(("Polls", "BallotCast"),))
    )
    assert len(votes) <= len(whole) <= 25
    history.close()


# ---- somebody with many wallets ---------------------------------------------------------------


def town_of_one(path, wallets: int):
    """An index of one person who linked so many wallets, one after the other, and let each go."""
    with Store.open(read_url(path), Followed(brand(), "0x" + "00" * 32, 64)) as store:
        decoder, logs = Decoder(store.wide), []
        source = next(one.id for one in store.sources() if one.contract == "Passport")
        for number in range(1, wallets + 1):
            for place, name in enumerate(("WalletLinked", "WalletUnlinked")):
                spec = spec_of("Passport", name)
                topics = [f"{7:064x}", f"{number:064x}"]
                cells = decoder.cells(spec, topics, "")
                logs.append(Log(spec, source, number, place, _hash(number), _hash(number), cells))
        headers = [
            Header(number, _hash(number), _hash(number - 1), number, 0, "")
            for number in range(1, wallets + 1)
        ]
        store.write(Page(tuple(store.sources()), 1, wallets, logs, headers, wallets))
    return SqlHistory.open(path, brand())


def _hash(number: int) -> str:
    return f"0x{number:064x}"


def test_of_passport__thousands_of_wallets_once_theirs__asks_for_the_latest_alone(path):
    """Whoever links and unlinks all day makes nobody's page slow, not even their own."""
    history = town_of_one(path, 3_000)
    few = statements(history, lambda: history.of_passport(7, limit=20))
    assert len(few) < 30
    page = history.of_passport(7, limit=20)
    assert [one.event.block for one in page.entries] == [2_999 - n // 2 + 1 for n in range(20)]
    assert len(page.wallets) == 3_000
    found, older = list(page.entries), page.older
    while older is not None:
        page = history.of_passport(7, limit=200, before=older)
        found, older = [*found, *page.entries], page.older
        if len(found) > 1_000:
            break
    places = [(one.event.block, one.event.index) for one in found]
    assert places == [(3_000 - n // 2, 1 - n % 2) for n in range(len(places))]
    history.close()


def test_spans__wallet_that_went_to_and_fro__is_theirs_while_it_was():
    links = [
        Link((1, 0), 7, "0xa", True),
        Link((2, 0), 7, "0xa", False),
        Link((3, 0), 8, "0xa", True),
        Link((4, 0), 8, "0xa", False),
        Link((5, 0), 7, "0xa", True),
    ]
    assert spans(7, [], links)[1:] == [Span("0xa", START, (2, 0)), Span("0xa", (4, 0), END)]
    assert spans(8, [], links)[1:] == [Span("0xa", (2, 0), (4, 0))]
