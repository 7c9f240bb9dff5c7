"""An index that is another's, older, damaged or away is not used: the page reads the ledger."""

import sqlite3
from types import SimpleNamespace

import pytest

from cercle.deployments import Deployed
from cercle.errors import NodeUnreachable
from cercle.index import Followed
from cercle.index.database import read_url
from cercle.index.decoder import Decoder, Log
from cercle.index.headers import Header
from cercle.index.history import EitherHistory
from cercle.index.specs import spec_of
from cercle.index.sql_history import SqlHistory
from cercle.index.store import Page, Store
from frontend.testing import fakes
from tests.frontend.test_history import headlines
from tests.frontend.test_numbers import says

GENESIS = fakes.seal(0)
BRAND = fakes.DEPLOYMENT.model_copy(
    update={
        "contracts": {
            name: Deployed(address=f"0x{number:040x}", block=0, codehash=fakes.seal(9))
            for number, name in enumerate(sorted(fakes.DEPLOYMENT.contracts), 1)
        }
    }
)
SILENT = "This shop's index does not answer at the moment: read from the ledger itself"
LEFT = ":material/logout: You left. The number 42 and your standing stay yours."  # by the index


class Ledger:
    """The ledger as a page finds it without an index: it tells of votes and claims."""

    def __init__(self, community) -> None:
        self.community = community

    def of_passport(self, passport_id, *, limit, before=None, kinds=None):
        page = fakes.FakeCommunity.history(self.community, fakes.MEMBER_CARD, kinds, before)
        return page.model_copy(update={"served": fakes.LEDGER})

    def poll_course(self, poll_id, *, moments):
        poll = next(one for one in self.community.poll_views if one.id == poll_id)
        told = fakes.FakeCommunity.course(self.community, poll)
        return told.model_copy(update={"served": fakes.LEDGER})


class Chain:
    """A node that knows the newest block and the hash of each."""

    def __init__(self) -> None:
        self.head_ = fakes.HEAD
        self.is_dead = False

    def head(self):
        if self.is_dead:
            raise NodeUnreachable("no node")
        return self.head_

    def block(self, number):
        if self.is_dead:
            raise NodeUnreachable("no node")
        return SimpleNamespace(hash=fakes.seal(number))


def write(path, deployment, genesis=GENESIS) -> None:
    """An index in which member 42 left at block 100."""
    with Store.open(read_url(str(path)), Followed(deployment, genesis, 64)) as store:
        spec = spec_of("Membership", "MemberLeft")
        source = next(one.id for one in store.sources() if one.contract == "Membership")
        cells = Decoder(store.wide).cells(spec, [f"{42:064x}", f"{17:064x}"], "")
        log = Log(spec, source, 100, 0, fakes.seal(100), fakes.seal(1), cells)
        headers = [
            Header(number, fakes.seal(number), fakes.seal(number - 1), at, 0, "")
            for number, at in ((100, 1_773_000_000), (1_200, fakes.HEAD.timestamp))
        ]
        store.write(Page(tuple(store.sources()), 0, 1_200, [log], headers, 1_200))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index.sqlite"


@pytest.fixture
def chain():
    return Chain()


@pytest.fixture
def look(show, community, path, chain, monkeypatch):
    """Open a page of an app that was told of the index at `path`."""

    def run(page="history", language="en", url=None):
        past = EitherHistory(
            lambda: SqlHistory.open(url or str(path), BRAND, chain), Ledger(community)
        )
        monkeypatch.setattr(
            community,
            "history",
            lambda card, kinds=None, before=None: past.of_passport(
                card.passport_id, limit=20, before=before, kinds=kinds
            ),
        )
        monkeypatch.setattr(community, "course", lambda poll: past.poll_course(poll.id, moments=40))
        app = show(page, language)
        assert not app.exception
        assert not app.error
        return app

    return run


def changed(path, statement) -> None:
    write(path, BRAND)
    with sqlite3.connect(path) as database:
        database.execute(statement)


def test_history__index_of_this_brand__is_read(look, path):
    write(path, BRAND)
    app = look()
    assert headlines(app) == [LEFT]
    assert says(app, "Read from this shop's index, which is up to date.")


def of_another_chain(path) -> None:
    write(path, BRAND.model_copy(update={"chain_id": 1}))


def of_another_chain_with_the_same_id(path) -> None:
    write(path, BRAND, genesis=fakes.seal(77))


def of_another_deployment(path) -> None:
    other = {name: one.model_copy(update={"address": "0x" + "ab" * 20})
             for name, one in BRAND.contracts.items() if name == "Charter"}  # fmt: skip
    write(path, BRAND.model_copy(update={"contracts": {**BRAND.contracts, **other}}))


def that_knows_fewer_contracts(path) -> None:
    fewer = {name: one for name, one in BRAND.contracts.items() if name != "Polls"}
    write(path, BRAND.model_copy(update={"contracts": fewer}))


def of_a_chain_that_began_anew(path) -> None:
    changed(path, f"UPDATE block SET hash = '{fakes.seal(5)}'")


def of_an_older_version(path) -> None:
    changed(path, "UPDATE index_version SET version_num = '0000'")


def of_a_newer_version(path) -> None:
    changed(path, "UPDATE index_version SET version_num = '0999'")


def that_is_damaged(path) -> None:
    changed(path, "DELETE FROM block WHERE events > 0")


def that_lost_a_table(path) -> None:
    changed(path, "DROP TABLE subject")


def that_is_no_database(path) -> None:
    path.write_text("All my photographs\n" * 100)


def that_is_not_there(path) -> None:
    assert not path.exists()


INDEXES = (
    of_another_chain,
    of_another_chain_with_the_same_id,
    of_another_deployment,
    that_knows_fewer_contracts,
    of_a_chain_that_began_anew,
    of_an_older_version,
    of_a_newer_version,
    that_is_damaged,
    that_lost_a_table,
    that_is_no_database,
    that_is_not_there,
)


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.__name__)
def test_history__index_that_serves_nobody__is_not_used_and_the_page_says_so(look, path, index):
    index(path)
    app = look()
    assert "You changed your vote" in headlines(app)[0]
    assert LEFT not in headlines(app)
    assert says(app, SILENT)


def test_history__database_is_down__is_said_in_french_too(look):
    app = look(language="fr", url="postgresql://cercle:secret@127.0.0.1:9/x")
    assert says(app, "L’index de cette boutique ne répond pas pour le moment\u00a0: lu dans le")  # noqa: RUF001
    assert not says(app, "secret")


@pytest.mark.parametrize("index", [of_another_chain, of_an_older_version, that_is_not_there],
                         ids=lambda index: index.__name__)  # fmt: skip
def test_votes__index_that_serves_nobody__the_course_is_the_ledgers(look, path, index):
    index(path)
    app = look("votes")
    app.session_state["votes_course_2"] = True
    app.run()
    assert says(app, SILENT)
    assert len(app.get("vega_lite_chart")) == 3


def test_history__read_only_file__is_read(look, path):
    write(path, BRAND)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    path.chmod(0o444)
    assert headlines(look()) == [LEFT]


def test_history__index_that_ended_long_ago__calls_nothing_newer_final(look, path, chain):
    write(path, BRAND)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE meta SET head = 130")
        database.execute("UPDATE source SET next_block = 131")
    app = look()
    assert says(app, "Read from this shop's index, which is 1,070 blocks behind the ledger.")
    assert says(app, "not final yet")
