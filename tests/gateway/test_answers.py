"""Answers of one block: made once, for many at once, and forgotten with it."""

import itertools
import json
import threading
import time

import pytest

from cercle.gateway.answers import Glance
from cercle.gateway.gate import AT_ONCE
from cercle.loyalty import membership
from tests.client.nodes import rpc
from tests.relayer.proxy import methods

from .asking import no


@pytest.fixture
def path(stage):
    return f"/v1/wallets/{stage.members[0].address}/member"


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
