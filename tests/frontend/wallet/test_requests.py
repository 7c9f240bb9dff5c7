"""The session's questions and answers: once each, only its own, and nothing believed too much."""

from __future__ import annotations

from typing import Any

import pytest

from cercle.calls import Call
from cercle.chain import Fate
from frontend.components.wallet.requests import (
    ALREADY_OPEN,
    LIFETIME,
    OVERTAKEN,
    Request,
    State,
    Store,
    fault_of,
    hex_number,
    new_id,
    plain,
    wallet_of,
)

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
OTHER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
HASH = "0x" + "ab" * 32


@pytest.fixture
def store() -> Store:
    return Store(chain_id=31_337)


def question(data: str = "0x12", **more: Any) -> Request:
    call = Call(to=OTHER, data=data, contract="Perks", function="claim")
    fields = {
        "id": new_id(),
        "method": "eth_sendTransaction",
        "params": [call.transaction(ACCOUNT, 31_337)],
        "label": "Claim",
        "sender": ACCOUNT,
        "kind": "claim",
        "chain_id": 31_337,
        "call": call,
    }
    return Request(**{**fields, **more})


def answer(key: str, result: object = HASH) -> dict[str, Any]:
    return {"outbox": {key: {"status": "ok", "result": result}}}


def error(key: str, code: int = 4001, stage: str = "wallet") -> dict[str, Any]:
    return {"outbox": {key: {"status": "error", "error": {"code": code, "stage": stage}}}}


# ---- asking --------------------------------------------------------------------------


def test_ask__one__is_open(store: Store) -> None:
    key = store.ask(question())
    assert store.open().id == key


def test_ask__the_same_again__is_the_same_question(store: Store) -> None:
    key = store.ask(question())
    assert store.ask(question()) == key
    assert len(store.requests) == 1


def test_ask__another__takes_its_place(store: Store) -> None:
    first, second = store.ask(question()), store.ask(question("0x34"))
    assert store.open().id == second
    dropped = store.requests[first]
    assert (dropped.state, dropped.fault.code) == (State.DROPPED, OVERTAKEN)


def test_ask__large_number__is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="pass large numbers as text"):
        store.ask(question(params=[2**53]))


def test_ask__very_many__keeps_the_last(store: Store) -> None:
    for number in range(200):
        store.ask(question(f"0x{number:04x}"))
    assert len(store.requests) <= 51


def test_open__after_its_time__is_dropped(store: Store) -> None:
    key = store.ask(question(), now=1_000)
    assert store.open(now=1_000 + LIFETIME).id == key
    assert store.open(now=1_000 + LIFETIME + 61) is None
    assert store.requests[key].state is State.DROPPED


# ---- answers ----------------------------------------------------------------------------


def test_take__an_answer__counts_once(store: Store) -> None:
    key = store.ask(question())
    assert [request.id for request in store.take(answer(key))] == [key]
    assert store.take(answer(key, "0x" + "cd" * 32)) == []
    request = store.requests[key]
    assert (request.state, request.fate, request.result) == (State.ANSWERED, Fate.PENDING, HASH)
    assert (store.open(), store.ack, store.handled, store.deliveries) == (None, [key], 1, 2)


def test_take__an_answer_to_nobodys_question__is_acknowledged_and_forgotten(store: Store) -> None:
    assert store.take(answer("somebody-elses")) == []
    assert store.ack == ["somebody-elses"]
    assert store.requests == {}


def test_take__a_late_answer_to_a_dropped_question__still_counts(store: Store) -> None:
    key = store.ask(question())
    store.ask(question("0x34"))
    assert [request.id for request in store.take(answer(key))] == [key]
    assert store.requests[key].fate is Fate.PENDING


def test_take__declined__is_a_fault(store: Store) -> None:
    key = store.ask(question())
    store.take(error(key, ALREADY_OPEN))
    request = store.requests[key]
    assert (request.state, request.fault.code) == (State.FAILED, ALREADY_OPEN)


@pytest.mark.parametrize("result", [None, 3, [], {}, "0x12", "x" * 66, "0x" + "zz" * 32])
def test_take__no_hash__is_no_transaction(store: Store, result: object) -> None:
    key = store.ask(question())
    store.take(answer(key, result))
    assert (store.requests[key].state, store.requests[key].fate) == (State.FAILED, None)


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "x",
        [],
        {},
        {"outbox": 3, "orphans": "x", "wallet": []},
        {"outbox": {"a": 3}, "orphans": {"b": None}},
    ],
)
def test_take__nonsense__changes_nothing(store: Store, value: object) -> None:
    key = store.ask(question())
    assert store.take(value) == []
    assert store.open().id == key
    assert (store.ack, store.known) == ([], None)


def test_take__very_many__stays_bounded(store: Store) -> None:
    many = {f"id{n}": {"status": "ok", "result": HASH} for n in range(1_000)}
    store.take({"outbox": many, "orphans": dict(many)})
    assert len(store.ack) <= 50
    assert len(store.orphans) <= 50


# ---- after a reload ------------------------------------------------------------------------


def orphan(**change: object) -> dict[str, Any]:
    entry = {
        "method": "eth_sendTransaction",
        "label": "Claim",
        "sender": ACCOUNT.lower(),
        "chainId": 31_337,
        "nonce": "0x5",
        **change,
    }
    return {"orphans": {"old": entry}}


def test_take__an_orphan__is_watched_by_its_nonce(store: Store) -> None:
    store.take(orphan())
    found = store.orphans["old"]
    assert (found.sender, found.nonce, found.tx_hash) == (ACCOUNT, 5, None)
    assert found.can_be_watched


@pytest.mark.parametrize(
    "change", [{"method": "personal_sign"}, {"chainId": 1}, {"sender": "me"}, {"sender": None}]
)
def test_take__an_orphan_of_no_consequence__is_acknowledged(
    store: Store, change: dict[str, object]
) -> None:
    store.take(orphan(**change))
    assert (store.orphans, store.ack) == ({}, ["old"])


# ---- claims ----------------------------------------------------------------------------------


def test_wallet_of__what_a_browser_may_say__is_bounded() -> None:
    said = {"account": "0xabc", "chainId": "1", "name": "x" * 99, "found": None, "more": 1}
    known = {"account": None, "chainId": None, "name": "x" * 40, "found": 0, "signsOnly": False}
    assert wallet_of(said) == known
    assert wallet_of([]) is None


def test_fault_of__unknown_stage__is_the_wallets() -> None:
    fault = fault_of({"code": "x", "stage": "moon", "message": "m" * 999})
    assert (fault.code, fault.stage, len(fault.message)) == (-32603, "wallet", 300)


def test_hex_number__as_json_rpc_writes_it() -> None:
    assert [hex_number(x) for x in ("0x5", "zz", None, 5, "0x" + "f" * 40)] == [5, *[None] * 4]


def test_plain__what_json_and_javascript_both_hold() -> None:
    value = {"a": [1, True, None, b"\x01", ("x",)]}
    assert plain(value) == {"a": [1, True, None, "0x01", ["x"]]}
    with pytest.raises(TypeError, match="float is not JSON"):
        plain({"a": 1.5})


def test_ask__the_same_with_another_estimate__is_the_same_question(store: Store) -> None:
    key = store.ask(question())
    dearer = question()
    dearer.params[0]["gas"] = "0x9999"
    assert store.ask(dearer) == key
