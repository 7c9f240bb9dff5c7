"""Nodes that are dead, slow, of another chain, or lie: named, passed over, never believed."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cercle.chain import Chain
from cercle.errors import NodeMisbehaved, NodeUnreachable, WrongChain

from .nodes import CHAIN_ID


def bend_result(index, value):
    """Replace the result of the call at `index` of each batch (0 is the chain's id)."""

    def bend(asked, answers):
        if len(answers) > index:
            answers[index] = {"jsonrpc": "2.0", "id": answers[index]["id"], "result": value}
        return answers

    return bend


def refuse_batch(asked, answers):
    return {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "no batches"}}


def test_head__dead_node__is_unreachable(dead_node):
    with pytest.raises(NodeUnreachable, match=r"127\.0\.0\.1:\d+ does not answer"):
        Chain([dead_node], CHAIN_ID).head()


def test_head__first_node_dead__uses_the_second(dead_node, node):
    assert Chain([dead_node, node], CHAIN_ID).head().number >= 0


def test_head__first_node_dead__is_asked_last_for_a_while(dead_node, node):
    chain = Chain([dead_node, node], CHAIN_ID, head_age=0)
    for _ in range(3):
        chain.head()
    assert [n.requests for n in chain.nodes] == [1, 3]


@pytest.mark.parametrize("url", ["http://", "nowhere", "ftp://127.0.0.1"])
def test_head__no_url__is_unreachable_and_passed_over(url, node):
    with pytest.raises(NodeUnreachable):
        Chain([url], CHAIN_ID).head()
    assert Chain([url, node], CHAIN_ID).head().number >= 0


def test_head__slow_node__is_cut_off(fake_node, node):
    slow = fake_node(delay=3)
    start = time.monotonic()
    assert Chain([slow.url, node], CHAIN_ID, timeout=0.4).head()
    assert time.monotonic() - start < 2
    with pytest.raises(NodeUnreachable, match="too slow"):
        Chain([slow.url], CHAIN_ID, timeout=0.4).head()


def test_head__wrong_chain__is_refused(node):
    with pytest.raises(WrongChain, match="serves chain 31337; chain 1 was meant"):
        Chain([node], 1).head()


def test_head__wrong_chain_first__uses_the_right_one(fake_node, node):
    wrong = fake_node(bend_result(0, "0x1"))
    assert Chain([wrong.url, node], CHAIN_ID).head()


def test_head__key_in_the_url__stays_secret(dead_node):
    with pytest.raises(NodeUnreachable) as failure:
        Chain([f"{dead_node}/v3/very-secret-key"], CHAIN_ID).head()
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    ("bend", "words"),
    [
        (lambda asked, answers: answers[:-1], "a part of what was asked"),
        (lambda asked, answers: [answers[0]] * len(answers), "what was not asked"),
        (lambda asked, answers: [None] * len(answers), "no JSON-RPC"),
        (lambda asked, answers: [1, 2], "no JSON-RPC"),
        (lambda asked, answers: b"<html>", "no JSON-RPC"),
        (lambda asked, answers: b"[" * 100_000, "no JSON-RPC"),
        (lambda asked, answers: "x", "a part of what was asked"),
        (refuse_batch, "refuses batches: no batches"),
        (bend_result(1, {"number": "0x1"}), "a block of no form"),
        (bend_result(1, {"number": 1, "hash": "0x00", "timestamp": "soon"}), "for a number"),
        (bend_result(1, "0x1"), "a block of no form"),
        (bend_result(0, None), "for a number"),
        (bend_result(0, "0xzz"), "for a number"),
    ],
)
def test_head__malformed__is_misbehaviour(fake_node, bend, words):
    with pytest.raises(NodeMisbehaved, match=words):
        Chain([fake_node(bend).url], CHAIN_ID).head()


def test_head__neither_result_nor_error__is_misbehaviour(fake_node):
    bend = lambda asked, answers: [{"id": a["id"], "jsonrpc": "2.0"} for a in answers]  # noqa: E731
    with pytest.raises(NodeMisbehaved, match="neither a result nor an error"):
        Chain([fake_node(bend).url], CHAIN_ID).head()


def test_head__answer_without_end__is_cut_off(fake_node):
    with pytest.raises(NodeMisbehaved, match="no JSON-RPC"):
        Chain([fake_node(lambda asked, answers: b" " * 17_000_000).url], CHAIN_ID).head()


def test_read__truncated_answer__is_misbehaviour(fake_node, echo):
    fake = fake_node(bend_result(2, "0x01"))
    chain = Chain([fake.url], CHAIN_ID)
    head = chain.head()
    with pytest.raises(NodeMisbehaved, match=r"Echo\.echo cannot be read"):
        chain.read([echo.read("echo", 1)], head)


def test_read__truncated_answer__another_node_serves(fake_node, node, echo):
    fake = fake_node(bend_result(2, "0x01"))
    chain = Chain([fake.url, node], CHAIN_ID)
    assert chain.read([echo.read("echo", 5)], chain.head()) == [5]


def test_read__answered_for_another_block__is_misbehaviour(fake_node, node, echo):
    """The running block's clock in the batch shows that the node read elsewhere."""

    def always_latest(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_call" and "to" not in question["params"][0]:
                answer["result"] = "0x" + (1).to_bytes(32, "big").hex()
        return answers

    fake = fake_node(always_latest)
    head = Chain([node], CHAIN_ID).head()
    with pytest.raises(NodeMisbehaved, match="for another block"):
        Chain([fake.url], CHAIN_ID).read([echo.read("echo", 1)], head)


def test_read__a_block_came_in_meanwhile__is_asked_once_more(fake_node, node, echo):
    """A node that takes a block in just then may read at that one; twice is no accident."""
    calls = []

    def late(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_call" and "to" not in question["params"][0]:
                calls.append(question)
                if len(calls) == 1:
                    answer["result"] = "0x" + (1).to_bytes(32, "big").hex()
        return answers

    fake = fake_node(late)
    head = Chain([node], CHAIN_ID).head()
    assert Chain([fake.url], CHAIN_ID).read([echo.read("echo", 7)], head) == [7]
    assert len(calls) == 2


def test_batch__many_threads_at_once__each_gets_its_own_answers(node):
    asked = [("eth_getBlockByNumber", ["latest", False])] * 60
    batch = Chain([node], CHAIN_ID).nodes[0].batch
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns within a batch too
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(len(answers) == 60 for answers in pool.map(batch, [asked] * 160))
    finally:
        sys.setswitchinterval(usual)


def test_read__answers_in_another_order__are_put_in_ours(fake_node, echo):
    chain = Chain([fake_node(lambda asked, answers: answers[::-1]).url], CHAIN_ID)
    assert chain.read([echo.read("echo", 3), echo.read("echo", 4)], chain.head()) == [3, 4]


def test_block__other_hash_than_asked__is_misbehaviour(fake_node, node):
    head = Chain([node], CHAIN_ID).head()

    def other(asked, answers):
        if asked[1]["method"] == "eth_getBlockByHash":
            answers[1]["result"]["hash"] = "0x" + "22" * 32
        return answers

    with pytest.raises(NodeMisbehaved, match="another block"):
        Chain([fake_node(other).url], CHAIN_ID).block(head.hash)


def test_read__trouble_of_the_node__is_told_and_passed_over(fake_node, node, echo):
    def busy(asked, answers):
        return [
            {"id": a["id"], "error": {"code": -32005, "message": "limit exceeded"}}
            if q["method"] == "eth_call"
            else a
            for q, a in zip(asked, answers, strict=True)
        ]

    fake = fake_node(busy)
    head = Chain([node], CHAIN_ID).head()
    with pytest.raises(NodeMisbehaved, match="limit exceeded"):
        Chain([fake.url], CHAIN_ID).read([echo.read("echo", 1)], head)
    assert Chain([fake.url, node], CHAIN_ID).read([echo.read("echo", 1)], head) == [1]
