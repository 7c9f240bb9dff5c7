"""Nodes that fail, cheat or forget: what is written is what the chain holds, or nothing is."""

import time

import pytest

from cercle import identity
from cercle.chain import Chain
from cercle.errors import NodeMisbehaved, NodeUnreachable, WrongChain
from cercle.index import Follower, open_store
from cercle.index.pace import Pace
from cercle.index.specs import spec_of
from tests.client.nodes import rpc, wait_mined
from tests.relayer.proxy import methods

from .conftest import new_database
from .looking import events_of, events_on_chain, facts_of, rows_of

BURN = "0x" + "00" * 20


@pytest.fixture
def truth(stage):
    return events_on_chain(stage.url, stage.deployment)


def bend_logs(proxy, bend, when=lambda question: True):
    """Let the proxy change what it answers to searches for events."""

    def after(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            is_asked = question["method"] == "eth_getLogs" and when(question["params"][0])
            if is_asked and "result" in answer:
                answer["result"] = bend(answer["result"])
        return answers

    proxy.after = after


def length(question) -> int:
    return int(question["toBlock"], 16) - int(question["fromBlock"], 16) + 1


# ---- what shrinks a range ---------------------------------------------------------------------


def test_step__node_takes_few_blocks_at_once__ranges_shrink_to_them(
    stage, open_index, path, proxy, truth
):
    seen = []

    def before(asked):
        for question in asked:
            if question["method"] == "eth_getLogs":
                seen.append(length(question["params"][0]))
                if seen[-1] > 9:
                    error = {"code": -32005, "message": "block range is too wide"}
                    return [
                        {"jsonrpc": "2.0", "id": one["id"], "error": error}
                        if one["method"] == "eth_getLogs"
                        else {"jsonrpc": "2.0", "id": one["id"], "result": "0x7a69"}
                        for one in asked
                    ]
        return None

    proxy.before = before
    open_index(path, proxy.url).catch_up()
    assert events_of(path) == truth
    assert max(seen) > 9 >= seen[-1]


def test_step__node_is_too_slow_for_many_blocks__ranges_shrink(stage, path, proxy, truth):
    def before(asked):
        for question in asked:
            if question["method"] == "eth_getLogs" and length(question["params"][0]) > 30:
                time.sleep(0.6)
        return None

    proxy.before = before
    chain = Chain([proxy.url], stage.chain.chain_id, head_age=0, rest=0, timeout=0.4)
    with open_store(path, stage.deployment, chain) as store:
        Follower(store, chain).catch_up()
    assert events_of(path) == truth


# ---- what is passed over for the next node ------------------------------------------------------


def foreign_address(logs):
    return [*logs, {**logs[-1], "address": BURN}] if logs else logs


def removed(logs):
    return [*logs[:-1], {**logs[-1], "removed": True}] if logs else logs


def twice(logs):
    return [*logs, logs[-1]] if logs else logs


def out_of_range(logs):
    return [*logs, {**logs[-1], "blockNumber": "0xfffff", "logIndex": "0x0"}] if logs else logs


def no_form(logs):
    return [{**log, "topics": [log["topics"][0]]} for log in logs]


def short_data(logs):
    return [{**log, "data": log["data"][:-2]} for log in logs]


def no_digits(logs):
    return [{**log, "data": "0x" + "zz" * 32} for log in logs]


def no_list(logs):
    return {"logs": logs}


def nothing_at_all(logs):
    return None


BENT = [foreign_address, removed, twice, out_of_range, no_form, short_data, no_digits, no_list,
        nothing_at_all]  # fmt: skip


@pytest.mark.parametrize("bend", BENT, ids=lambda bend: bend.__name__)
def test_step__only_node_cheats_in_form__is_not_believed(stage, open_index, path, proxy, bend):
    bend_logs(proxy, bend)
    follower = open_index(path, proxy.url)
    with pytest.raises(NodeMisbehaved):
        follower.catch_up()
    assert not events_of(path)
    assert {row[4] for row in rows_of(path)["source"]} <= {2, 11}  # where the first event is


@pytest.mark.parametrize("bend", BENT, ids=lambda bend: bend.__name__)
def test_step__second_node_is_honest__serves(stage, open_index, path, proxy, truth, bend):
    bend_logs(proxy, bend)
    open_index(path, proxy.url, stage.url).catch_up()
    assert events_of(path) == truth


def test_step__answer_in_any_order__is_sorted(stage, open_index, path, proxy, truth):
    bend_logs(proxy, lambda logs: logs[::-1])
    open_index(path, proxy.url).catch_up()
    assert events_of(path) == truth


def test_step__events_of_another_block_hash__are_not_written(stage, open_index, path, proxy):
    bend_logs(proxy, lambda logs: [{**log, "blockHash": "0x" + "ab" * 32} for log in logs])
    with pytest.raises(NodeMisbehaved, match="do not agree on the newest blocks"):
        open_index(path, proxy.url).catch_up()
    assert not events_of(path)


def test_step__event_that_its_block_does_not_hold__is_not_written(
    stage, open_index, path, proxy, truth
):
    """Members who left, where none did: that kind is not in the headers' filters."""
    member = "0x" + (3).to_bytes(32, "big").hex()
    left = spec_of("Membership", "MemberLeft").topic
    joined = spec_of("Membership", "MemberJoined").topic

    def bend(logs):
        return [
            {**log, "topics": [left, member, member], "data": "0x"}
            if log["topics"][0] == joined
            else log
            for log in logs
        ]

    bend_logs(proxy, bend)
    with pytest.raises(NodeMisbehaved, match="an event that its block does not hold"):
        open_index(path, proxy.url).catch_up()


def test_step__first_node_dies__the_second_goes_on(stage, open_index, path, proxy, truth):
    follower = open_index(path, proxy.url, stage.url, pace=Pace(step=20, tail=20))
    follower.step()
    proxy.close()
    follower.catch_up()
    assert events_of(path) == truth


def test_step__no_node_answers__says_so_and_goes_on_later(stage, open_index, path, proxy, truth):
    follower = open_index(path, proxy.url, pace=Pace(step=20, tail=20))
    follower.step()
    before = rows_of(path)
    proxy.before = lambda asked: b"" if "eth_getLogs" in methods(asked) else None
    with pytest.raises(NodeMisbehaved, match="answers no JSON-RPC"):
        follower.step()
    assert rows_of(path) == before
    proxy.before = lambda asked: None
    follower.catch_up()
    assert events_of(path) == truth


def test_step__every_node_is_dead__one_sentence(stage, open_index, path, new_proxy):
    proxies = [new_proxy(), new_proxy()]
    follower = open_index(path, *(proxy.url for proxy in proxies))
    for proxy in proxies:
        proxy.close()
    with pytest.raises(NodeUnreachable, match=r"does not answer\. The node .* does not answer\.$"):
        follower.step()


def test_step__node_of_another_chain__is_refused(stage, open_index, path, proxy):
    follower = open_index(path, proxy.url)

    def after(asked, answers):
        return [
            {**answer, "result": "0x1"} if question["method"] == "eth_chainId" else answer
            for question, answer in zip(asked, answers, strict=True)
        ]

    proxy.after = after
    with pytest.raises(WrongChain, match="serves chain 1; chain 31337 was meant"):
        follower.step()


# ---- what is kept back --------------------------------------------------------------------------


def without(kind, contract="Points"):
    topic = spec_of(contract, kind).topic
    return lambda logs: [log for log in logs if log["topics"][0] != topic]


def test_step__one_kind_of_event_kept_back_near_the_head__is_found_by_the_filter_and_proven(
    stage, open_index, path, proxy, truth
):
    bend_logs(proxy, without("PerkClaimed", "Perks"))
    follower = open_index(path, proxy.url, depth=10_000)
    follower.catch_up()
    assert events_of(path) == truth
    doubts = follower.ranges.doubts
    assert doubts.corrected == len({one.block for one in truth if one.name == "PerkClaimed"})
    assert doubts.unproven == 0


def test_step__everything_kept_back_near_the_head__is_found_too(
    stage, open_index, path, proxy, truth
):
    bend_logs(proxy, lambda logs: [])
    open_index(path, proxy.url, depth=10_000).catch_up()
    assert events_of(path) == truth


def test_step__receipts_are_forged_too__is_counted_as_unproven(stage, open_index, path, proxy):
    hide = without("PerkClaimed", "Perks")

    def after(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_getLogs":
                answer["result"] = hide(answer["result"])
            if question["method"] == "eth_getBlockReceipts":
                for receipt in answer["result"]:
                    receipt["logs"] = hide(receipt["logs"])
        return answers

    proxy.after = after
    follower = open_index(path, proxy.url, depth=10_000)
    follower.catch_up()
    assert follower.ranges.doubts.unproven > 0
    assert follower.ranges.doubts.corrected == 0


def test_step__long_answer_cut_short__is_found_and_asked_in_parts(
    stage, open_index, path, proxy, truth
):
    bend_logs(proxy, lambda logs: logs[:600])
    open_index(path, proxy.url, depth=2, bloom=False).catch_up()
    assert events_of(path) == truth


def test_step__old_events_kept_back__a_second_node_tells_and_receipts_decide(
    stage, open_index, path, proxy, truth
):
    bend_logs(proxy, without("PerkClaimed", "Perks"))
    follower = open_index(path, proxy.url, stage.url, depth=2)
    follower.catch_up()
    assert events_of(path) == truth
    assert follower.ranges.doubts.corrected > 0
    assert follower.ranges.doubts.witnessed > 0


def test_step__second_node_keeps_back__changes_nothing(stage, open_index, path, proxy, truth):
    bend_logs(proxy, without("PerkClaimed", "Perks"))
    open_index(path, stage.url, proxy.url, depth=2).catch_up()
    assert events_of(path) == truth


def test_step__two_nodes_disagree_and_neither_proves__stops(stage, open_index, path, new_proxy):
    lying, mute = new_proxy(), new_proxy()
    bend_logs(lying, without("PerkClaimed", "Perks"))

    def no_receipts(asked):
        if "eth_getBlockReceipts" in methods(asked):
            return [
                {"jsonrpc": "2.0", "id": one["id"], "result": "0x7a69"}
                if one["method"] == "eth_chainId"
                else {"jsonrpc": "2.0", "id": one["id"], "error": {"message": "not supported"}}
                for one in asked
            ]
        return None

    lying.before = mute.before = no_receipts
    follower = open_index(path, lying.url, mute.url, depth=2)
    with pytest.raises(NodeMisbehaved, match=r"Two nodes disagree about the events of block \d+"):
        follower.catch_up()


def test_step__second_node_is_behind__is_no_witness(stage, open_index, path, proxy, truth):
    def after(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_getBlockByNumber" and question["params"][0] != "0x0":
                answer["result"] = None
            if question["method"] == "eth_getLogs":
                answer["result"] = []
        return answers

    proxy.after = after
    follower = open_index(path, stage.url, proxy.url, depth=2)
    follower.catch_up()
    assert events_of(path) == truth
    assert (follower.ranges.doubts.witnessed, follower.ranges.doubts.alone > 0) == (0, True)


def test_step__node_turns_in_the_middle_of_an_answer__is_asked_again(
    stage, open_index, path, proxy, truth
):
    turns = []

    def after(asked, answers):
        if "eth_getLogs" in methods(asked) and len(turns) < 2:
            turns.append(asked)
            for question, answer in zip(asked, answers, strict=True):
                if question["method"] == "eth_getBlockByNumber":
                    answer["result"]["hash"] = "0x" + "cd" * 32
        return answers

    proxy.after = after
    open_index(path, proxy.url).catch_up()
    assert len(turns) == 2
    assert events_of(path) == truth


def test_step__names_that_nobody_can_read__are_kept_readable(stage, open_index, path):
    """Anybody may register a world: no name of theirs stops an index."""
    call = identity.register_world(stage.deployment, "abcdefg", stage.payer.address)
    for raw in (b"\xff\xfe\x00\xc3(", b"\x00" * 7):
        name = raw.ljust(7, b"!")
        data = call.data.replace(b"abcdefg".hex(), name.hex())
        fields = {"from": stage.payer.address, "to": call.to, "data": data, "gas": hex(500_000)}
        wait_mined(stage.url, rpc(stage.url, "eth_sendTransaction", fields))
    open_index(path).catch_up()
    names = [row[-1] for row in rows_of(path)["profile_world_registered"]]
    assert {r"\xff\xfe\x00\xc3(!!", r"\x00" * 7} <= set(names)


def test_step__names_that_nobody_can_read__are_equal_in_both_databases(stage, built, path, server):
    call = identity.register_world(stage.deployment, "abcdefg", stage.payer.address)
    data = call.data.replace(b"abcdefg".hex(), b"\xff\xfe\x00\xc3(\t\\".hex())
    fields = {"from": stage.payer.address, "to": call.to, "data": data, "gas": hex(500_000)}
    wait_mined(stage.url, rpc(stage.url, "eth_sendTransaction", fields))
    assert facts_of(built(path)) == facts_of(built(new_database(server)))
