"""What pages read: whole histories in parts, the same from both databases and from the chain."""

import random

import pytest
from sqlalchemy import text

from cercle.chain import Chain
from cercle.errors import NodeUnreachable, PageUnknown
from cercle.index.chain_history import ChainHistory
from cercle.index.database import engine_for, read_url
from cercle.index.history import open_history
from cercle.index.sql_history import SqlHistory
from tests.relayer.stage import account

from .looking import events_on_chain
from .town import act_together, random_act


@pytest.fixture
def index(stage, prepared, database):
    history = SqlHistory.open(prepared(database), stage.deployment, stage.chain)
    yield history
    history.close()


@pytest.fixture
def chain_history(stage):
    return ChainHistory(stage.chain, stage.deployment)


def whole(ask, limit=7):
    """All pages of a history, one after the other."""
    page = ask(limit=limit, before=None)
    found = list(page.entries)
    while page.older is not None:
        assert len(page.entries) == limit
        page = ask(limit=limit, before=page.older)
        found += page.entries
    return found


def places(entries):
    return [(entry.event.block, entry.event.index) for entry in entries]


def test_of_passport__who_changed_wallets__has_all_of_theirs_and_nothing_else(stage, index):
    first, second = stage.members[0].address, account("second wallet 0").address
    found = whole(lambda **page: index.of_passport(1, **page))
    assert places(found) == sorted(set(places(found)), reverse=True)
    names = [(one.event.contract, one.event.name) for one in found]
    assert {("Passport", "WalletLinked"), ("Passport", "MainWalletChanged")} <= set(names)
    assert {("Points", "Transfer"), ("Membership", "MemberJoined")} <= set(names)
    assert ("Membership", "StandingCredited") in names  # named in the data only
    sent = [one.event.args for one in found if one.event.name == "Transfer"]
    assert any(args.get("sender") == first and args.get("receiver") == second for args in sent)
    foreign = [one for one in found if one.event.name == "MemberLeft"]
    assert all(one.event.args["member_no"] == 1 for one in foreign)


def test_of_member__claims_and_ballots__are_in_it(stage, index):
    found = whole(lambda **page: index.of_member(2, **page))
    names = [one.event.name for one in found]
    assert {"PerkClaimed", "BallotCast", "MemberJoined", "WalletLinked"} <= set(names)


def test_of_wallet__each_event_that_names_it__and_no_other(stage, index):
    wallet = stage.members[2].address
    expected = [
        (one.block, one.index)
        for one in events_on_chain(stage.url, stage.deployment)
        if wallet in one.args.values()
    ]
    found = whole(lambda **page: index.of_wallet(wallet, **page))
    assert places(found) == sorted(expected, reverse=True)
    assert whole(lambda **page: index.of_wallet(wallet.lower(), **page)) == found


@pytest.mark.parametrize("seed", range(3))
def test_history__from_the_chain__is_the_same(stage, prepared, path, chain_history, seed):
    rng = random.Random(seed)
    act_together(stage, [random_act(stage, rng) for _ in range(30)], per_block=6)
    index = SqlHistory.open(prepared(path), stage.deployment, stage.chain)
    asked = [
        *(lambda h, n=n, **page: h.of_passport(n, **page) for n in (1, 2, 5, 104, 999)),
        *(lambda h, n=n, **page: h.of_member(n, **page) for n in (1, 6, 999)),
        lambda h, **page: h.of_wallet(stage.members[1].address, **page),
        lambda h, **page: h.of_wallet(stage.town.steward, **page),
        lambda h, **page: h.claims(1, **page),
        lambda h, **page: h.claims(9, **page),
        lambda h, **page: h.awards(**page),
        lambda h, **page: h.events("Polls", "BallotCast", where={"poll_id": 2}, **page),
        lambda h, **page: h.events("Profile", "WorldRegistered", **page),
    ]
    for ask in asked:
        told = [whole(lambda h=h, ask=ask, **page: ask(h, **page)) for h in (index, chain_history)]
        assert told[0] == told[1]
    for wallet in (stage.members[0].address, stage.members[3].address, stage.payer.address):
        assert index.person_of(wallet) == chain_history.person_of(wallet)
    for poll in (1, 2, 3):
        told = index.poll_course(poll, moments=9), chain_history.poll_course(poll, moments=9)
        assert told[0].moments == told[1].moments
    index.close()


def test_poll_course__ends__with_the_tally_on_the_chain(stage, index):
    course = index.poll_course(2)
    assert course.moments[-1].tally == tuple(stage.tally(2))
    assert course.moments[-1].ballots == stage.read("Polls", "poll", 2)["ballot_count"]
    assert [one.block for one in course.moments] == sorted({one.block for one in course.moments})
    assert index.poll_course(77).moments == ()
    assert len(index.poll_course(2, moments=3).moments) <= 3


def test_person_of__linked_wallets__are_one_person(stage, index):
    first, second = stage.members[0].address, account("second wallet 0").address
    person = index.person_of(second)
    assert person == index.person_of(first)
    assert (person.passport_id, person.member_no) == (1, 1)
    assert set(person.wallets) == {first, second}
    assert index.person_of(stage.payer.address) is None


def test_served__index_that_lags__says_how_far(stage, index):
    assert (index.served().source, index.served().behind, index.served().seconds) == ("index", 0, 0)
    stage.town.pass_time(100)
    stage.mine(3)
    told = index.served()
    assert told.behind == 4
    assert told.seconds >= 100
    assert told.final == told.block - 64  # the index has not seen what was built on it since


def test_served__no_node__is_what_the_index_knows(stage, prepared, path):
    dead = Chain(["http://127.0.0.1:9"], stage.chain.chain_id)
    index = SqlHistory.open(prepared(path), stage.deployment, dead)
    assert index.served().behind == 0
    assert index.of_member(2).entries
    index.close()


def test_entries__near_the_head__are_not_final(stage, index):
    entries = whole(lambda **page: index.of_passport(1, **page))
    final = index.served().final
    assert {entry.is_final for entry in entries} == {False, True}
    assert all(entry.is_final == (entry.event.block <= final) for entry in entries)


@pytest.mark.parametrize(
    "before", ["", "1", "x-1", "1-x", "-1-1", "1--1", "9" * 60 + "-1", "9" * 30 + "-1", "²-1"]
)
def test_of_wallet__mark_that_nobody_gave__is_refused(stage, prepared, path, before):
    history = open_history(stage.chain, stage.deployment, prepared(path))
    with pytest.raises(PageUnknown, match=r"There is no such page of history\."):
        history.of_wallet(stage.members[0].address, before=before)


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (-5, 1), (2, 2), (10_000, 200)])
def test_events__limit_of_any_size__is_bounded(stage, index, limit, count):
    page = index.events("Electorate", "DelegateChanged", limit=limit)
    assert len(page.entries) == min(count, len(page.entries))
    assert len(page.entries) <= 200


def test_events__argument_that_is_not_indexed__is_refused(stage, index, chain_history):
    for history in (index, chain_history):
        with pytest.raises(TypeError, match="BallotCast cannot be searched by sequence"):
            history.events("Polls", "BallotCast", where={"sequence": 1})


# ---- which of the two ------------------------------------------------------------------------


def test_open_history__index_there__serves(stage, prepared, path):
    history = open_history(stage.chain, stage.deployment, prepared(path))
    assert history.of_member(2).served.source == "index"


def test_open_history__no_index__the_chain_serves(stage, path):
    for url in (None, path, "postgresql://nobody@127.0.0.1:9/none", "mysql://a/b"):
        history = open_history(stage.chain, stage.deployment, url)
        page = history.of_member(2)
        assert page.served.source == "chain"
        assert page.entries


def test_open_history__index_breaks_while_it_is_read__the_chain_serves(stage, prepared, path):
    history = open_history(stage.chain, stage.deployment, prepared(path))
    before = history.of_member(2)
    engine = engine_for(read_url(path), writes=True)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE subject"))
    engine.dispose()
    after = history.of_member(2)
    assert (before.served.source, after.served.source) == ("index", "chain")
    assert before.entries == after.entries


def test_open_history__neither_serves__says_so(stage):
    dead = Chain(["http://127.0.0.1:9"], stage.chain.chain_id)
    with pytest.raises(NodeUnreachable, match=r"127\.0\.0\.1:9 does not answer"):
        open_history(dead, stage.deployment, None).of_member(2)
