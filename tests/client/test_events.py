"""History: events of a receipt and of a range of blocks, whatever a node makes of it."""

import pytest

from cercle import events, identity
from cercle.chain import Chain
from cercle.errors import ChainError, NodeMisbehaved, NodeUnreachable
from cercle.events import decode_logs, read_events

from .nodes import CHAIN_ID, FakeNode


@pytest.fixture
def three(town):
    """Three people with a passport each."""
    for member in town.members:
        town.send(identity.register(town.deployment), member)
    return town


def test_decode_logs__receipt__is_ours_in_order(town):
    call = identity.register(town.deployment)
    receipt = town.receipt(call, town.outsider)
    found = decode_logs(town.deployment, receipt["logs"])
    assert [event.name for event in found] == ["Transfer", "Locked", "WalletLinked"]
    assert found[2].args == {"passport_id": 1, "wallet": town.outsider}
    assert (found[0].contract, found[0].tx_hash) == ("Passport", receipt["transactionHash"])
    stranger = {**receipt["logs"][0], "address": town.outsider}
    assert decode_logs(town.deployment, [stranger]) == ()


def test_decode_logs__bytes_instead_of_text__reads_the_same(town):
    logs = town.receipt(identity.register(town.deployment), town.outsider)["logs"]
    as_bytes = [
        {
            **log,
            "topics": [bytes.fromhex(topic[2:]) for topic in log["topics"]],
            "data": bytes.fromhex(log["data"][2:]),
            "blockHash": bytes.fromhex(log["blockHash"][2:]),
            "blockNumber": int(log["blockNumber"], 16),
            "logIndex": int(log["logIndex"], 16),
        }
        for log in logs
    ]
    assert decode_logs(town.deployment, as_bytes) == decode_logs(town.deployment, logs)


def test_read_events__whole_history__is_in_order(three):
    found = list(read_events(three.chain, three.deployment, "Passport", "WalletLinked"))
    assert [event.args["passport_id"] for event in found] == [1, 2, 3]
    assert [event.args["wallet"] for event in found] == three.members


def test_read_events__filtered__is_what_was_asked(three):
    for filters in ({"passport_id": 2}, {"wallet": three.members[1]}):
        (event,) = read_events(
            three.chain, three.deployment, "Passport", "WalletLinked", filters=filters
        )
        assert event.args["wallet"] == three.members[1]


def test_read_events__not_indexed__is_refused(three):
    with pytest.raises(TypeError, match="cannot be searched by nobody"):
        list(
            read_events(
                three.chain, three.deployment, "Passport", "WalletLinked", filters={"nobody": 1}
            )
        )


def test_read_events__many_blocks__are_asked_in_bounded_ranges(three, monkeypatch):
    monkeypatch.setattr(events, "STEP", 5)
    found = list(read_events(three.chain, three.deployment, "Passport", "WalletLinked"))
    assert len(found) == 3


def test_read_events__node_that_gives_much__is_asked_for_more_each_time(three, monkeypatch):
    """Else a page of a busy chain's third year would be thousands of requests."""
    widths = []

    def note(question, answer):
        widths.append(int(question["toBlock"], 16) - int(question["fromBlock"], 16) + 1)

    monkeypatch.setattr(events, "STEP", 1)
    fake = bent(three, note)
    chain = Chain([fake.url], CHAIN_ID)
    found = list(read_events(chain, three.deployment, "Passport", "WalletLinked"))
    fake.close()
    assert len(found) == 3
    assert widths[:3] == [1, 4, 16]


def test_read_events__node_that_chokes_on_more__is_asked_for_less(three, monkeypatch):
    monkeypatch.setattr(events, "STEP", 5)
    request, choked = three.chain.request, []

    def choke(method, params):
        width = int(params[0]["toBlock"], 16) - int(params[0]["fromBlock"], 16) + 1
        if width > 5:
            choked.append(width)
            raise NodeUnreachable("The node is too slow.")
        return request(method, params)

    monkeypatch.setattr(three.chain, "request", choke)
    found = list(read_events(three.chain, three.deployment, "Passport", "WalletLinked"))
    assert (len(found), len(choked)) == (3, 1)


def test_read_events__node_that_is_gone__is_told_of(three, monkeypatch):
    def nothing(method, params):
        raise NodeUnreachable("The node does not answer.")

    monkeypatch.setattr(three.chain, "request", nothing)
    with pytest.raises(NodeUnreachable):
        list(read_events(three.chain, three.deployment, "Passport", "WalletLinked"))


def test_read_events__too_many__is_refused(three, monkeypatch):
    monkeypatch.setattr(events, "MAX_EVENTS", 2)
    with pytest.raises(ChainError, match="more than 2 events"):
        list(read_events(three.chain, three.deployment, "Passport", "WalletLinked"))


def bent(three, bend):
    """A chain whose node bends what it finds."""

    def change(asked, answers):
        if asked[1]["method"] == "eth_getLogs":
            bend(asked[1]["params"][0], answers[1])
        return answers

    return FakeNode(three.url, change)


def limited(question, answer):
    """Refuses more than 20 blocks at once, as public nodes do."""
    if int(question["toBlock"], 16) - int(question["fromBlock"], 16) >= 20:
        answer.pop("result", None)
        answer["error"] = {"code": -32005, "message": "query exceeds max block range"}


def test_read_events__node_limits_the_range__asks_for_less(three):
    fake = bent(three, limited)
    found = list(
        read_events(Chain([fake.url], CHAIN_ID), three.deployment, "Passport", "WalletLinked")
    )
    fake.close()
    assert len(found) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"address": "0x" + "12" * 20},
        {"blockNumber": "0xffffff"},
        {"topics": ["0x" + "00" * 32]},
        {"blockNumber": None},
        {"topics": None},
    ],
)
def test_read_events__other_than_asked__is_misbehaviour(three, change):
    def swap(question, answer):
        if answer["result"]:
            answer["result"][0].update(change)

    fake = bent(three, swap)
    with pytest.raises(NodeMisbehaved):
        list(read_events(Chain([fake.url], CHAIN_ID), three.deployment, "Passport", "WalletLinked"))
    fake.close()


def test_read_events__reorganised_away__is_left_out(three):
    def remove(question, answer):
        for log in answer["result"]:
            log["removed"] = True

    fake = bent(three, remove)
    chain = Chain([fake.url], CHAIN_ID)
    assert list(read_events(chain, three.deployment, "Passport", "WalletLinked")) == []
    fake.close()
