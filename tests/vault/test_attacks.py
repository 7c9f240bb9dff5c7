"""Attacks on a vault (D1, D5, D7, D10, D11), each beside a careless twin on which it succeeds."""

from __future__ import annotations

import threading

import pytest

from cercle.consent import calls
from cercle.vault import wire
from cercle.vault.ledger import LedgerReader
from cercle.vault.releases import Releases
from tests.client.nodes import rpc

from .asking import no
from .stage import ADDRESS, SIZE


@pytest.fixture
def looked(stage, keep):
    """A record, a grant, a look that is deep enough."""
    keep()
    stage.grant()
    return stage.look()


# ---- D1: what was taken back, told again --------------------------------------------------------


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d1__everything_withdrawn_and_given_anew__only_a_twin_that_looks_at_the_grant_alone_opens(
    stage, looked, ask, vault, monkeypatch, is_careless
):
    assert ask(looked).status_code == 200
    stage.town.pass_time(1)
    stage.send(calls.withdraw_all(stage.town.deployment), stage.person)
    stage.grant()
    if is_careless:
        facts = vault.ledger.facts
        told = {"renewed_from": looked.issued_at}  # as the grant itself has it
        monkeypatch.setattr(vault.ledger, "facts", lambda *w: facts(*w).model_copy(update=told))
    answer = ask(looked)
    assert answer.status_code == 200 if is_careless else no(answer) == (403, "not_allowed")
    assert ask(stage.look()).status_code == 200


# ---- D5: what the ledger said a while ago ------------------------------------------------------


def careless_head(reader: LedgerReader):
    """The twin remembers the first head that it saw, so withdrawals stay unseen."""
    kept, asked = reader.chain.head(fresh=True), reader.head_and_receipt
    return lambda transaction_hash: (kept, asked(transaction_hash)[1])


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d5__withdrawn_between_two_fetches__only_a_twin_that_remembers_gives_it(
    stage, looked, ask, vault, monkeypatch, is_careless
):
    assert ask(looked).status_code == 200
    if is_careless:
        monkeypatch.setattr(vault.ledger, "head_and_receipt", careless_head(vault.ledger))
    stage.withdraw()
    assert ask(looked).status_code == (200 if is_careless else 403)


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d5__node_that_stands_still__only_a_twin_without_a_limit_believes_it(
    stage, looked, new_vault, open_http, clock, is_careless
):
    limit = 86_400 if is_careless else 60
    http = open_http(new_vault(max_head_age=limit)).http
    clock.now = max(clock(), stage.town.now()) + 61
    answer = http.post("/v1/releases", json=stage.fetch(looked, int(clock())))
    assert answer.status_code == 200 if is_careless else no(answer) == (503, "stale_head")


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d5__node_that_falls_back_behind_the_withdrawal__only_a_twin_follows_it(
    stage, looked, new_vault, open_http, clock, proxy, is_careless
):
    vault = new_vault(proxy.url)
    http = open_http(vault).http
    assert http.post("/v1/releases", json=stage.fetch(looked, int(clock()))).status_code == 200
    before = stage.town.chain.head(fresh=True)
    stage.withdraw()
    stage.mine()
    assert vault.ledger.head().number > before.number + 3

    raw = rpc(stage.url, "eth_getBlockByNumber", hex(before.number), False)

    def old(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["params"] == ["latest", False]:
                answer["result"] = raw
        return answers

    proxy.after = old
    if is_careless:
        vault.ledger.forget()
    answer = http.post("/v1/releases", json=stage.fetch(looked, int(clock())))
    assert answer.status_code == 200 if is_careless else no(answer) == (503, "stale_head")


# ---- D7, D10: events that are none, or not for long ----------------------------------------------


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d10__event_of_a_block_that_was_undone__only_a_twin_that_trusts_receipts_opens(
    stage, looked, ask, vault, proxy, new_vault, open_http, clock, monkeypatch, is_careless
):
    other = new_vault(proxy.url)
    http = open_http(other).http

    def undone(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_getTransactionReceipt":
                answer["result"]["blockHash"] = "0x" + "77" * 32
        return answers

    proxy.after = undone
    if is_careless:
        monkeypatch.setattr(other.ledger, "_hash_at", lambda number: "0x" + "77" * 32)
    answer = http.post("/v1/releases", json=stage.fetch(looked, int(clock())))
    assert answer.status_code == 200 if is_careless else no(answer) == (404, "unlogged")


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d7__cheap_event_for_a_dear_record__only_a_twin_that_believes_the_ask_opens(
    stage, keep, ask, monkeypatch, is_careless
):
    keep()
    keep(category=ADDRESS)
    stage.grant()
    look = stage.look(SIZE)
    if is_careless:
        asked = LedgerReader.asked
        monkeypatch.setattr(
            LedgerReader,
            "asked",
            lambda *words: asked(*words).model_copy(update={"category": ADDRESS}),
        )
    answer = ask(look, category=ADDRESS)
    assert answer.status_code == 200 if is_careless else no(answer) == (409, "other_event")


# ---- D11: the doors of the service ----------------------------------------------------------


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d11__replayed__only_a_twin_without_nonces_answers(
    stage, looked, nobody, clock, monkeypatch, is_careless
):
    if is_careless:
        monkeypatch.setattr(Releases, "_use", lambda *words: None)
    body = stage.fetch(looked, int(clock()))
    assert nobody.http.post("/v1/releases", json=body).status_code == 200
    again = nobody.http.post("/v1/releases", json=body)
    assert again.status_code == 200 if is_careless else no(again) == (401, "replayed")


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "twin"])
def test_d11__outsiders_signature__only_a_twin_that_asks_no_ledger_answers(
    stage, looked, ask, monkeypatch, is_careless
):
    if is_careless:
        facts = LedgerReader.facts
        monkeypatch.setattr(
            LedgerReader,
            "facts",
            lambda *words: facts(*words).model_copy(update={"may_act": True}),
        )
    answer = ask(looked, signer=stage.stranger)
    assert answer.status_code == 200 if is_careless else no(answer) == (403, "not_theirs")


def test_d11__asked_ten_times_at_once__one_release_and_one_answer(
    stage, looked, nobody, clock, vault
):
    bodies = [stage.fetch(looked, int(clock())) for _ in range(10)]
    answers = []

    def post(body):
        answers.append(nobody.http.post("/v1/releases", json=body))

    threads = [threading.Thread(target=post, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.status_code for one in answers} == {200}
    assert len({wire.ReleasedAnswer.model_validate(one.json()).wrap for one in answers}) == 1
    assert len(vault.releases.lines(stage.passport_id)) == 1


def test_d11__erased_while_it_is_asked__nothing_is_written(stage, looked, ask, vault, monkeypatch):
    real = vault.records.envelope

    def slow(row):
        found = real(row)
        monkeypatch.undo()
        stage.erase()
        stage.mine()
        vault.step()
        return found

    monkeypatch.setattr(vault.records, "envelope", slow)
    assert no(ask(looked)) == (410, "erased")
    assert not vault.releases.lines(stage.passport_id)
