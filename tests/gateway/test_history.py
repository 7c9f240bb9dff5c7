"""A member's public history: by the index, and by the chain where there is none or it lags."""

from pathlib import Path

import pytest

from cercle.index import Follower, open_store
from cercle.loyalty import perks

from .asking import no

PATH = "/v1/passports/1/history"


@pytest.fixture
def index(stage, tmp_path) -> Path:
    """An index that knows all up to now."""
    path = tmp_path / "index.sqlite"
    stage.mine()
    with open_store(str(path), stage.deployment, stage.chain) as store:
        Follower(store, stage.chain).catch_up()
    return path


def names(answer):
    assert answer.status_code == 200, answer.text
    return [(one["contract"], one["event"]) for one in answer.json()["happenings"]]


def test_history__by_the_chain__tells_what_happened_and_says_so(stage, till):
    stage.claim(0)
    answer = till.get(PATH)
    told, read = names(answer), answer.json()["read"]
    assert ("Perks", "PerkClaimed") in told
    assert ("Membership", "MemberJoined") in told
    head = stage.chain.head(fresh=True).number
    assert (read["source"], read["block"], read["head"]) == ("chain", head, head)
    claimed = answer.json()["happenings"][told.index(("Perks", "PerkClaimed"))]
    assert (claimed["args"]["perk_id"], claimed["args"]["member_no"]) == ("1", "1")
    assert claimed["tx_hash"].startswith("0x")


def test_history__by_the_index__tells_the_same(stage, index, till, ask):
    asker = ask(index_url=str(index))
    by_index, by_chain = asker.get(PATH), till.get(PATH)
    assert by_index.json()["read"]["source"] == "index"
    assert by_index.json()["happenings"] == by_chain.json()["happenings"]
    assert asker.http.get("/healthz").json()["parts"]["index"] == "well"


@pytest.mark.parametrize("source", ["index", "chain"])
def test_history__in_pages__is_the_whole(index, ask, source):
    asker = ask(index_url=str(index) if source == "index" else None)
    whole = asker.get(PATH, "limit=200").json()
    found, query = [], "limit=2"
    while True:
        page = asker.get(PATH, query).json()
        assert page["read"]["source"] == source
        assert len(page["happenings"]) <= 2
        found += page["happenings"]
        if page["older"] is None:
            break
        query = f"limit=2&before={page['older']}"
    assert found == whole["happenings"]
    assert len(found) > 2


def test_history__of_a_long_chain__is_looked_through_in_parts(till, ask, monkeypatch):
    whole = till.get(PATH, "limit=200").json()["happenings"]
    monkeypatch.setattr("cercle.gateway.gateway.REACH", 5)
    asker, found, query, parts = ask(), [], "limit=200", 0
    while True:
        page = asker.get(PATH, query).json()
        assert len({one["block"] for one in page["happenings"]}) <= 5
        found, parts = found + page["happenings"], parts + 1
        if page["older"] is None:
            break
        query = f"limit=200&before={page['older']}"
    assert found == whole
    assert parts > 2


def test_history__index_a_little_behind__says_how_far(stage, index, ask):
    stage.mine(3)
    read = ask(index_url=str(index)).get(PATH).json()["read"]
    assert (read["source"], read["behind"]) == ("index", 3)
    assert read["seconds"] >= 0


def test_history__index_too_far_behind__is_told_by_the_chain(stage, index, ask):
    stage.mine(3)
    claim_id = stage.claim(0)
    asker = ask(index_url=str(index), max_behind=2)
    answer = asker.get(PATH)
    assert answer.json()["read"]["source"] == "chain"
    assert ("Perks", "PerkClaimed") in names(answer)
    health = asker.http.get("/healthz")
    assert (health.status_code, health.json()["parts"]["index"]) == (200, "behind")
    stage.act(perks.cancel(stage.deployment, claim_id), stage.members[0])


def test_history__no_index_where_one_is_named__is_told_by_the_chain(tmp_path, ask):
    asker = ask(index_url=str(tmp_path / "none.sqlite"))
    assert asker.get(PATH).json()["read"]["source"] == "chain"
    health = asker.http.get("/healthz")
    assert (health.status_code, health.json()["parts"]["index"]) == (200, "down")


def test_history__node_down__is_told_by_the_index(index, ask, proxy):
    asker = ask(proxy.url, index_url=str(index))
    proxy.before = lambda asked: b""
    assert asker.get(PATH).json()["read"]["source"] == "index"
    assert no(asker.get("/v1/passports/1/member"))[0] == 503


def test_history__neither_answers__says_so(ask, proxy):
    proxy.before = lambda asked: b""
    assert no(ask(proxy.url).get(PATH))[0] == 503


def test_history__nobody__is_empty(till):
    answer = till.get("/v1/passports/999/history").json()
    assert (answer["happenings"], answer["older"]) == ([], None)


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "before=1", "before=-1-1"])
def test_history__page_of_no_form__is_malformed(till, query):
    assert no(till.get(PATH, query)) == (400, "malformed")
