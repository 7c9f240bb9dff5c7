"""What an operator sees: health part by part, counts without persons, lines without addresses."""

import json
import logging
import time
from io import StringIO

import pytest
from prometheus_client.parser import text_string_to_metric_families

from cercle.relayer import conditions, logs
from cercle.relayer.worker import Worker
from cercle.service.logs import Lines
from tests.client.nodes import rpc

from .acting import declined, post, set_balance, settle


def health(http):
    answer = http.get("/healthz")
    return answer.status_code, answer.json()["parts"]


WELL = dict.fromkeys(("chain", "nonce", "money", "fees", "worker"), "well")


def test_healthz__well__says_so_of_each_part(http):
    assert health(http) == (200, WELL)
    assert http.get("/healthz").json()["queue"] == 0


def test_healthz__before_the_first_look__is_starting(stage, new_relayer):
    relayer = new_relayer(look=False)
    assert not relayer.parts.conditions.is_well
    assert declined(relayer, stage.leave(stage.members[0])) == (503, "starting")


def test_healthz__out_of_money__names_the_money(stage, http, relayer):
    set_balance(stage, stage.payer.address, 1)
    relayer.step()
    assert health(http) == (503, WELL | {"money": "out_of_money"})


def test_healthz__chain_gone__names_the_chain(stage, new_relayer, proxy):
    relayer = new_relayer(proxy.url)
    proxy.before = lambda asked: b""
    relayer.step()
    assert relayer.parts.conditions.parts == WELL | {"chain": "unreachable"}


def test_healthz__worker_silent__is_dead(relayer, monkeypatch):
    state = relayer.parts.conditions
    state.needs_worker = True
    assert state.is_well
    late = time.monotonic() + 61
    monkeypatch.setattr(conditions.time, "monotonic", lambda: late)
    assert state.parts["worker"] == "dead"
    assert state.illness.word == "dead"


def test_every_illness__has_its_sentence():
    words = {*conditions.SENTENCES}
    assert words == {
        *("starting", "unreachable", "wrong_chain", "behind"),
        *("out_of_money", "fees_too_high", "dead", "failing"),
    }


def test_worker__a_step_fails__nothing_is_accepted_until_one_succeeds(
    stage, relayer, monkeypatch, caplog
):
    steps = []

    def step():
        steps.append(1)
        if len(steps) == 1:
            raise OSError("disk full, at 0x1234")
        worker._stop.set()
        return False

    worker, words = Worker(relayer), []
    monkeypatch.setattr(relayer, "step", step)
    monkeypatch.setattr(relayer.wake, "wait", lambda _: None)
    monkeypatch.setattr(relayer.parts.conditions, "beat", lambda word="well": words.append(word))
    worker.start()
    worker._thread.join()
    assert words == ["failing", "well"]
    record = next(one for one in caplog.records if one.getMessage() == "step failed")
    assert "0x1234" not in Lines().format(record)


# ---- metrics ----------------------------------------------------------------------------


def metrics(http):
    """Every sample by its name and labels."""
    text = http.get("/metrics").text
    return {
        (sample.name.removeprefix("cercle_relayer_"), *_labels(sample)): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


def _labels(sample):
    return [sample.labels[name] for name in sorted(sample.labels, reverse=True)]


def test_metrics__after_a_day_of_work__count_it(stage, http, relayer):
    for voter in stage.members[:3]:
        post(relayer, stage.ballot(voter))
    last = post(relayer, stage.leave(stage.members[3]))
    assert declined(relayer, stage.ballot(stage.members[4], [9]))[0] == 409
    relayer.step()
    assert metrics(http)["queue",] == 3
    settle(relayer, stage)
    found = metrics(http)
    assert [found["acts_total", "Ballot", state] for state in ("accepted", "sent", "mined")] == [
        3
    ] * 3
    assert (found["acts_total", "Leave", "mined"], found["refusals_total", "unknown_option"]) == (
        1,
        1,
    )
    assert (found["batch_size_count",], found["batch_size_sum",]) == (1, 3)
    receipts = {relayer.status(one).tx for one in (last.id,)}
    leave = rpc(stage.url, "eth_getTransactionReceipt", receipts.pop())
    assert found["gas_spent_total",] > int(leave["gasUsed"], 16)
    spent = 10 * 10**18 - int(rpc(stage.url, "eth_getBalance", stage.payer.address, "latest"), 16)
    assert found["wei_spent_total",] == spent
    assert found["transactions_total",] == 2
    assert (found["queue",], found["in_flight",], found["well", "chain"]) == (0, 0, 1)
    assert found["balance_wei",] > 9 * 10**18


def test_metrics__of_all_acts__name_nobody(stage, http, relayer):
    member = stage.members[0]
    post(relayer, stage.ballot(member))
    settle(relayer, stage)
    text = http.get("/metrics").text.lower()
    assert member.address.lower() not in text
    assert "0x" not in text


# ---- logs -------------------------------------------------------------------------------


@pytest.fixture
def lines():
    """The log as the operator gets it, line by line."""
    root, ours = logging.getLogger(), logging.getLogger("cercle.relayer")
    kept, stream = (root.handlers[:], root.level, ours.level), StringIO()
    logs.begin(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level, ours.level = kept


def test_log__of_an_act__is_json_with_hashes_and_no_addresses(stage, relayer, lines):
    member = stage.members[0]
    signed = stage.ballot(member)
    posted = post(relayer, signed)
    settle(relayer, stage)
    told = lines()
    assert [line["what"] for line in told] == ["accepted", "signed", "mined"]
    assert (told[0]["act"], told[1]["nonce"]) == (posted.id, 0)
    assert all({"at", "level", "what"} <= set(line) for line in told)
    text = json.dumps(told).lower()
    for secret in (member.address, signed.signature, stage.payer.key.hex()):
        assert secret.lower().removeprefix("0x") not in text
