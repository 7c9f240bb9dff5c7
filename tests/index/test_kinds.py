"""Parts of a history: some kinds of events, a bounded look at the chain, and all of one kind."""

from pathlib import Path

import pytest

from cercle import governance
from cercle.chain import Chain
from cercle.errors import NodeUnreachable
from cercle.events import read_events
from cercle.index import history as history_module
from cercle.index.chain_history import ChainHistory
from cercle.index.every import every_event
from cercle.index.history import open_history
from cercle.index.sql_history import SqlHistory
from tests.relayer.stage import account

from .looking import events_on_chain
from .test_history import places, whole
from .town import act_together

POINTS = (("Points", "Transfer"), ("Membership", "StandingCredited"))


@pytest.fixture
def both(stage, prepared, database):
    index = SqlHistory.open(prepared(database), stage.deployment, stage.chain)
    yield index, ChainHistory(stage.chain, stage.deployment)
    index.close()


@pytest.mark.parametrize("kinds", [POINTS, (("Polls", "BallotCast"),), ()])
def test_of_passport__some_kinds__are_those_of_the_whole(stage, both, kinds):
    for history in both:
        everything = whole(lambda h=history, **page: h.of_passport(1, **page))
        expected = [one for one in everything if (one.event.contract, one.event.name) in kinds]
        told = whole(lambda h=history, **page: h.of_passport(1, kinds=kinds, **page), limit=3)
        assert told == expected
        assert told or kinds != POINTS


def test_of_member_and_of_wallet__some_kinds__are_the_same_from_both(stage, both):
    wallet = stage.members[1].address
    for ask in (
        lambda h, **page: h.of_member(2, kinds=(("Polls", "BallotCast"),), **page),
        lambda h, **page: h.of_wallet(wallet, kinds=POINTS, **page),
    ):
        told = [whole(lambda h=h, ask=ask, **page: ask(h, **page), limit=2) for h in both]
        assert told[0] == told[1] != []


def test_of_passport__kind_that_is_none__is_refused(both):
    for history in both:
        with pytest.raises(KeyError):
            history.of_passport(1, kinds=(("Points", "Nothing"),))


def test_of_passport__wallets__are_all_that_were_ever_theirs(stage, both):
    first, second = stage.members[0].address, account("second wallet 0").address
    for history in both:
        assert set(history.of_passport(1).wallets) == {first, second}
        assert history.of_wallet(first).wallets == (first,)


@pytest.mark.parametrize("reach", [1, 7, 50, 10_000])
def test_reach__any__the_parts_are_the_whole(stage, reach):
    near = ChainHistory(stage.chain, stage.deployment, reach=reach)
    far = ChainHistory(stage.chain, stage.deployment)
    expected = whole(lambda **page: far.of_passport(1, **page))
    found, page = [], near.of_passport(1, limit=7)
    asked = 1
    while True:
        found += page.entries
        if page.older is None:
            break
        page = near.of_passport(1, limit=7, before=page.older)
        asked += 1
        assert asked < 5_000
    assert places(found) == places(expected)


def test_served__first__says_how_much_was_looked_at(stage, prepared, path):
    near = ChainHistory(stage.chain, stage.deployment, reach=5)
    page = near.of_passport(999)
    assert page.served.head - page.served.first + 1 == 5
    index = open_history(stage.chain, stage.deployment, prepared(path))
    assert index.of_passport(999).served.first == 0


# ---- all of one kind -------------------------------------------------------------------------


def test_every_event__index_that_lags__misses_none(stage, prepared, path):
    history = open_history(stage.chain, stage.deployment, prepared(path))
    act_together(stage, [(stage.members[2].address, governance.vote(stage.deployment, 1, 3))])
    expected = [
        one for one in events_on_chain(stage.url, stage.deployment) if one.name == "BallotCast"
    ]
    stage.chain.forget_head()
    told = every_event(history, stage.chain, stage.deployment, "Polls", "BallotCast")
    assert [(one.block, one.index) for one in told] == [(o.block, o.index) for o in expected]
    assert told[-1].block > history.served().block


@pytest.mark.parametrize("url", [True, False])
def test_every_event__from_a_block__is_what_the_chain_says(stage, prepared, path, url):
    history = open_history(stage.chain, stage.deployment, prepared(path) if url else None)
    whole_of_it = list(read_events(stage.chain, stage.deployment, "Points", "Transfer"))
    middle = whole_of_it[len(whole_of_it) // 2].block
    told = every_event(history, stage.chain, stage.deployment, "Points", "Transfer", first=middle)
    assert list(told) == [one for one in whole_of_it if one.block >= middle]
    mine = {"receiver": stage.members[0].address}
    told = every_event(history, stage.chain, stage.deployment, "Points", "Transfer", mine)
    assert list(told) == [one for one in whole_of_it if one.args["receiver"] == mine["receiver"]]


def test_every_event__no_node__says_so(stage, prepared, path):
    dead = Chain(["http://127.0.0.1:9"], stage.chain.chain_id)
    history = open_history(dead, stage.deployment, prepared(path))
    with pytest.raises(NodeUnreachable, match=r"127\.0\.0\.1:9 does not answer"):
        every_event(history, dead, stage.deployment, "Polls", "BallotCast")


# ---- the index's file ------------------------------------------------------------------------


def test_open_history__file_gone_and_back__the_chain_serves_meanwhile(
    stage, prepared, path, monkeypatch
):
    monkeypatch.setattr(history_module, "_REST", 0)
    history = open_history(stage.chain, stage.deployment, prepared(path))
    assert history.served().source == "index"
    away = Path(path).rename(path + ".away")
    assert history.served().source == "chain"
    away.rename(path)
    assert history.served().source == "index"


def test_open_history__file_built_anew__is_the_one_that_is_read(stage, prepared, path, monkeypatch):
    monkeypatch.setattr(history_module, "_REST", 0)
    history = open_history(stage.chain, stage.deployment, prepared(path))
    before = history.served().block
    for file in Path(path).parent.glob("index.sqlite*"):
        file.unlink()
    stage.mine(3)
    assert history.served().source == "chain"
    prepared(path)
    told = history.served()
    assert (told.source, told.block) == ("index", before + 3)
