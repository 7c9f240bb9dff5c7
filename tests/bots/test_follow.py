"""Notes that follow a chain: over a long stop, over range limits, and back when it turns."""

import pytest

from bots.notes import Notes, NotesOfAnother
from cercle.chain import Chain
from tests.bots.market import DAY, LIMIT, PERIOD, put
from tests.client.nodes import rpc


@pytest.fixture
def two(market):
    start = market.now() + DAY
    for who in market.people[2:4]:
        market.open(who, starts_at=start)
    market.at(start + DAY)
    return [1, 2]


def turn(market, snapshot):
    """Go back to a snapshot, as a chain does that prefers other blocks."""
    assert rpc(market.url, "evm_revert", snapshot)
    market.chain.forget_head()


def test_catch_up__a_thousand_blocks_were_missed__misses_nothing(market, post, two):
    post.start(step=150).round()
    post.stop()
    market.settle(market.reading(1, 1, market.now(), LIMIT * 8 // 10))
    market.mine(1_000)
    market.settle(market.reading(2, 1, market.now(), LIMIT))
    market.at(market.closes_at(1))
    done = post.start(step=150).round()
    assert (done.warned, done.poked) == (3, 2)
    assert post.warnings() == [(1, 0, "near"), (2, 0, "near"), (2, 0, "stopped")]


def test_catch_up__no_question_is_longer_than_a_step(market, post, two, monkeypatch):
    asked = []
    ask = Chain.ask

    def noting(chain, questions, check):
        asked.extend(params[0] for method, params in questions if method == "eth_getLogs")
        return ask(chain, questions, check)

    market.mine(100)
    monkeypatch.setattr(Chain, "ask", noting)
    post.start(step=30).round()
    spans = [int(one["toBlock"], 16) - int(one["fromBlock"], 16) + 1 for one in asked]
    assert len(spans) > 3
    assert max(spans) == 30


def test_catch_up__the_chain_turned__neither_loses_nor_doubles_a_warning(market, post, two):
    keeper = post.start()
    keeper.round()
    snapshot = rpc(market.url, "evm_snapshot")
    near = market.reading(1, 1, market.now(), LIMIT * 8 // 10)
    market.settle(near)
    keeper.round()
    turn(market, snapshot)
    market.mine(3)
    market.settle(market.reading(2, 1, market.now(), LIMIT * 8 // 10), near)
    keeper.round()
    assert post.warnings() == [(1, 0, "near"), (2, 0, "near")]


def test_catch_up__it_turned_while_the_keeper_was_down__forgets_what_is_gone(market, post, two):
    snapshot = rpc(market.url, "evm_snapshot")
    market.open(market.people[4], starts_at=market.now() + 50 * DAY)
    post.start().round()
    assert post._notes.terms_of(3)["starts_at"] == market.starts_at(3)
    post.stop()
    turn(market, snapshot)
    market.mine(1)
    market.open(market.people[4], starts_at=market.now() + 60 * DAY)
    post.start().round()
    assert post._notes.terms_of(3)["starts_at"] == market.starts_at(3)


def test_catch_up__a_number_is_somebody_else_s_after_the_turn__warns_them_too(market, post, two):
    snapshot = rpc(market.url, "evm_snapshot")
    for who in (market.people[2], market.people[4]):
        number = market.open(who, starts_at=0)
        market.settle(market.reading(number, 1, market.now(), LIMIT * 8 // 10))
        post.start().round()
        post.stop()
        turn(market, snapshot)
        snapshot = rpc(market.url, "evm_snapshot")
        market.mine(1)
    assert post.warnings() == [(3, 0, "near"), (3, 0, "near")]


def test_catch_up__a_closing_is_undone__closes_again(market, post, two):
    market.at(market.closes_at(1))
    snapshot = rpc(market.url, "evm_snapshot")
    keeper = post.start()
    assert keeper.round().poked == 2
    assert keeper.round().poked == 0
    turn(market, snapshot)
    market.mine(1)
    assert keeper.round().poked == 2
    assert market.money()["due"] == 2_000


def test_catch_up__a_settled_reading_is_undone__is_brought_in_again(market, post, two):
    put(post.inbox, "day.jsonl", market.reading(1, 1, market.now(), 7))
    snapshot = rpc(market.url, "evm_snapshot")
    keeper = post.start(depth=3)
    assert keeper.round().settled == 1
    keeper.round()
    turn(market, snapshot)
    market.mine(2)
    assert keeper.round().settled == 1
    assert market.book(1)["use"] == 7


def test_catch_up__all_that_it_kept_is_gone__begins_at_the_start(market, post, two):
    keeper = post.start()
    keeper.round()
    post._notes._db.execute("UPDATE blocks SET hash = '0x' || hex(zeroblob(32))")
    market.at(market.closes_at(1))
    assert keeper.round().poked == 2


def test_notes__of_another_book__are_refused(tmp_path):
    Notes(tmp_path / "notes.sqlite", "1:0xaa").close()
    with pytest.raises(NotesOfAnother):
        Notes(tmp_path / "notes.sqlite", "1:0xbb")


def test_take_in__terms_improved__the_last_ones_hold(market, post, two):
    market.send(
        market.deployment.contract("PriceLists").call(
            "revise_plan", 1, 1, (900, 10, 50, 20), b"\x12" * 32
        ),
        market.controller,
    )
    market.at(market.starts_at(1) + PERIOD - 1)
    keeper = post.start()
    keeper.round()
    assert post._notes.terms_of(1)["lowest"] == 1_000
    market.poke(1)
    keeper.round()
    assert post._notes.terms_of(1)["lowest"] == 900
