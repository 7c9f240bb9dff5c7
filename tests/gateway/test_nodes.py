"""Nodes that are down, lie, lag or are asked too much; how the gateway says so."""

import itertools
import json
import threading
import time

import pytest

from cercle.gateway.answers import Glance
from cercle.gateway.declined import NOT_NOW
from cercle.gateway.gate import AT_ONCE
from cercle.loyalty import membership
from tests.client.nodes import rpc
from tests.relayer.proxy import methods

from .asking import no

PATH = "/v1/wallets/{}/member"


@pytest.fixture
def path(stage):
    return PATH.format(stage.members[0].address)


@pytest.fixture
def ask(new_gateway, open_http, till, clock):
    """Ask a gateway of its own, on these nodes."""

    def start(*urls, **settings):
        return type(till)(open_http(new_gateway(*urls, **settings)), clock)

    return start


def ill(asker, path, word):
    answer = asker.get(path)
    assert no(answer) == (503, word)
    assert answer.json()["message"] == NOT_NOW[word]
    assert answer.headers["Retry-After"] == "2"
    health = asker.http.get("/healthz")
    assert (health.status_code, health.json()["parts"]["chain"]) == (503, word)


def test_node__dead__says_so_and_recovers(ask, proxy, path):
    asker = ask(proxy.url, node_timeout=1)
    proxy.before = lambda asked: (_ for _ in ()).throw(ConnectionError)
    ill(asker, path, "node_unreachable")
    proxy.before = lambda asked: None
    assert asker.get(path).status_code == 200
    assert asker.http.get("/healthz").status_code == 200


def test_node__nobody_there__says_so(ask, path):
    ill(ask("http://127.0.0.1:9"), path, "node_unreachable")


def test_node__nonsense__says_so(ask, proxy, path):
    proxy.before = lambda asked: b"nonsense"
    ill(ask(proxy.url), path, "node_misbehaved")


def test_node__another_chain__says_so(ask, proxy, path):
    def bend(asked, answers):
        return [one | ({"result": "0x1"} if one["id"] == 0 else {}) for one in answers]

    proxy.after = bend
    ill(ask(proxy.url), path, "wrong_chain")


def test_node__second_one__serves_when_the_first_is_dead(ask, stage, path):
    assert ask("http://127.0.0.1:9", stage.url).get(path).status_code == 200


def test_head__too_old__is_behind(ask, stage, clock, path):
    asker = ask(max_head_age=60)
    clock.now = stage.chain.head(fresh=True).timestamp + 61
    ill(asker, path, "behind")
    assert no(asker.get("/v1/claims/1")) == (503, "behind")
    clock.now -= 1
    assert asker.get(path).status_code == 200


def test_contracts__not_on_this_chain__says_so(ask, stage, path, new_gateway, open_http, till):
    gateway = new_gateway()
    book = stage.deployment
    nowhere = book.contracts["Points"].model_copy(update={"address": "0x" + "00" * 19 + "99"})
    gateway.deployment = book.with_contract("Points", nowhere)
    asker = type(till)(open_http(gateway), till.clock)
    assert no(asker.get(path)) == (503, "deployment")


def test_answers__same_block__ask_the_nodes_once(ask, proxy, path):
    asker = ask(proxy.url, head_age=60)
    first = asker.get(path)
    counted = []
    proxy.before = lambda asked: counted.append(methods(asked)) or None
    assert asker.get(path).json() == first.json()
    assert counted == []


def test_answers__next_block__are_new(stage, till, path):
    first = till.get(path).json()["read"]["block"]
    stage.mine()
    assert till.get(path).json()["read"]["block"] == first + 1


def test_answers__many_at_once__ask_the_nodes_once(ask, proxy, path):
    asker = ask(proxy.url, head_age=60)
    counted = []
    lock = threading.Lock()

    def slowly(asked):
        with lock:
            counted.append(methods(asked))
        time.sleep(0.1)  # long enough for all to have asked

    proxy.before = slowly
    signed = [asker.headers("GET", path) for _ in range(12)]
    answers: list[str] = []
    threads = [
        threading.Thread(
            target=lambda headers=one: answers.append(asker.http.get(path, headers=headers).text)
        )
        for one in signed
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert json.loads(answers[0])["member"]["member_no"] == 1
    assert sum("eth_call" in one for one in counted) <= 3  # the rounds of one reading


def test_answers__of_older_blocks__are_forgotten(stage, till, gateway, path):
    for _ in range(3):
        till.get(path)
        till.get("/v1/brand")
        stage.mine()
    till.get(path)
    assert len(gateway._answers._known) == 1


def test_answers__block_reorganised_away__are_of_the_one_that_took_its_place(stage, ask, path):
    asker = ask(head_age=60)
    snapshot = rpc(stage.url, "evm_snapshot")
    stage.mine()
    gone = asker.get("/v1/brand").json()["read"]
    rpc(stage.url, "evm_revert", snapshot)
    stage.act(membership.leave(stage.deployment), stage.members[0])
    told = asker.get(path).json()
    assert told["member"]["is_member"] is False
    assert (told["read"]["block"], told["read"]["hash"] == gone["hash"]) == (gone["block"], False)


def test_requests__of_one_caller_at_once__leave_room_for_others(ask, proxy):
    asker = ask(proxy.url, head_age=60)
    assert asker.as_("other").get("/v1/brand").status_code == 200
    arrived, go = threading.Semaphore(0), threading.Event()

    def held(asked):
        arrived.release()
        go.wait(20)

    proxy.before = held
    found: list[int] = []
    threads = [
        threading.Thread(
            target=lambda place=one: found.append(asker.get(f"/v1/claims/{place}").status_code)
        )
        for one in range(1, AT_ONCE + 1)
    ]
    for thread in threads:
        thread.start()
    assert all(arrived.acquire(timeout=20) for _ in threads)
    assert no(asker.get("/v1/brand")) == (429, "too_often")
    assert asker.as_("other").get("/v1/brand").status_code == 200
    go.set()
    for thread in threads:
        thread.join()
    assert asker.get("/v1/brand").status_code == 200
    assert found == [404] * AT_ONCE


def test_health__asked_again_while_a_node_is_dead__does_not_ask_it(ask, proxy):
    asker, counted = ask(proxy.url, head_age=60), []

    def dead(asked):
        counted.append(1)
        raise ConnectionError

    proxy.before = dead
    assert [asker.http.get("/healthz").status_code for _ in range(6)] == [503] * 6
    assert len(counted) <= 2  # a request, and once more on a connection of its own


def test_glance__while_one_looks__others_are_told_what_was_seen():
    looking, go, turns = threading.Event(), threading.Event(), itertools.count()

    def look():
        turn = next(turns)
        if turn:
            looking.set()
            assert go.wait(20)
        return turn

    glance = Glance(look, 0)
    assert glance.get() == 0
    thread = threading.Thread(target=glance.get)
    thread.start()
    assert looking.wait(20)
    assert glance.get() == 0
    go.set()
    thread.join()
    assert glance.get() == 2


def test_budget__of_one_caller__stops_that_caller_alone(stage, till):
    dear = till.as_("dear")
    answers = []
    for _ in range(12):
        stage.mine()  # what is known of a block costs nothing
        answers.append(dear.get("/v1/perks"))
        if answers[-1].status_code == 429:
            break
    assert answers[0].status_code == 200
    assert no(answers[-1]) == (429, "too_dear")
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert till.get("/v1/perks").status_code == 200


def test_unforeseen__is_503_without_a_word_of_it(gateway, till, monkeypatch):
    def broken(*_):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(gateway, "brand", broken)
    answer = till.get("/v1/brand")
    assert no(answer) == (503, "broken")
    assert "secret" not in answer.text


def test_metrics__after_requests__count_and_name_nobody(stage, till, path):
    till.get(path)
    till.get(path)
    till.http.get(path)
    text = till.http.get("/metrics").text
    route = "/v1/wallets/{wallet}/member"
    assert f'cercle_gateway_requests_total{{route="{route}",status="200"}} 2.0' in text
    assert 'cercle_gateway_refusals_total{code="unsigned"} 1.0' in text
    assert 'cercle_gateway_caller_requests_total{caller="till"} 2.0' in text
    assert 'cercle_gateway_answers_total{from="memory"} 1.0' in text
    assert stage.members[0].address.lower()[2:] not in text.lower()
