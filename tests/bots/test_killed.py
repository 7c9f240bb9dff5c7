"""Killed anywhere, a keeper changes no balance, and warns once: it is a convenience."""

import contextlib
import os
import sqlite3

import pytest

from cercle.rpc import Node
from tests.bots.market import DAY, LIMIT, PERIOD, PERIODS, put
from tests.client.nodes import put_back, rpc

LASTING = {  # after each of these something stays: no one of them is passed over
    f"{side} {what}"
    for side in ("before", "after")
    for what in ("a commit", "fsync", "replace", "eth_sendTransaction")
}
RECEIPTS = {"before eth_getTransactionReceipt", "after eth_getTransactionReceipt"}


class Killed(BaseException):
    """As kill -9: nothing of ours catches it."""


class Executioner:
    """Kills at the n-th time that one thing touches disk or wire; then nothing gets through.

    A step is told by its name and by how often it came before, never by its place among all: how
    often a keeper asks for a receipt is the node's affair, and would move every step behind it.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, int]] = []
        self.at: tuple[str, int] | None = None
        self.is_armed = self.is_dead = False
        owner, batch, connect = self, Node.batch, sqlite3.connect

        class Connection(sqlite3.Connection):
            def execute(self, statement, *rest):
                word = statement.split()[0]
                if word in ("BEGIN", "INSERT", "UPDATE", "DELETE"):
                    owner.strike(f"before {' '.join(statement.split()[:3])}")
                return super().execute(statement, *rest)

            def commit(self):
                owner.strike("before a commit")
                super().commit()
                owner.strike("after a commit")

        def asked(node, questions):
            name = questions[0][0]
            owner.strike(f"before {name}")
            answers = batch(node, questions)
            owner.strike(f"after {name}")
            return answers

        def around(name, act):
            def acting(*arguments):
                owner.strike(f"before {name}")
                done = act(*arguments)
                owner.strike(f"after {name}")
                return done

            return acting

        patch.setattr(Node, "batch", asked)
        patch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=Connection, **k))
        for name in ("fsync", "replace"):
            patch.setattr(os, name, around(name, getattr(os, name)))

    def strike(self, what: str) -> None:
        if not self.is_armed:
            return
        if self.is_dead:
            raise Killed(what)
        self.seen.append((what, sum(name == what for name, _ in self.seen)))
        if self.seen[-1] == self.at:
            self.is_dead = True
            raise Killed(what)


@pytest.fixture
def executioner(monkeypatch):
    return Executioner(monkeypatch)


@pytest.fixture
def story(market, executioner):
    """Two customers, a quiet one and one who stops, until all is over; with and without a keeper.

    A story tells what all have in the end, and what was told.
    """
    start = market.now() + DAY
    for who in market.people[2:4]:
        market.open(who, starts_at=start)
    lines = [
        market.reading(1, 1, start + DAY, 15),
        market.reading(2, 1, start + DAY, LIMIT * 8 // 10),
        market.reading(2, 2, start + 2 * DAY, LIMIT + 3),
        market.reading(1, 2, start + PERIOD + DAY, 40),
    ]
    begun, times = rpc(market.url, "evm_snapshot"), [start + 3 * DAY, market.closes_at(1)]

    def tell(go_round=lambda: None, post=None, by_hand=False):
        nonlocal begun
        put_back(market.url, begun)
        market.chain.forget_head()
        begun = rpc(market.url, "evm_snapshot")
        for second, part in zip(times, (lines[:3], lines[3:]), strict=True):
            market.at(second)
            if by_hand:
                market.settle(*part)
            else:
                put(post.inbox, f"{second}.jsonl", *part)
            go_round()
            market.mine(2)
            go_round()
        market.at(start + PERIODS * PERIOD + 40 * DAY)
        for one in (1, 2):
            market.poke(one)
        return market.money()

    return tell


def rounds(post, executioner):
    """A keeper that goes its rounds, and is started anew whenever it is killed."""

    def go_round():
        executioner.is_armed = True
        try:
            with contextlib.suppress(Killed):
                post.start(depth=1).round()
                return
            executioner.is_dead = False
            post.start(depth=1).round()
        finally:
            executioner.is_armed = False

    return go_round


def test_killed__at_each_step__all_have_in_the_end_what_they_have_without_a_keeper(
    new_post, story, executioner
):
    alone = story(by_hand=True)
    assert alone["due"] > 0
    assert alone["balance"] == sum(alone[key] for key in alone if key != "balance")
    post = new_post("never killed")
    assert story(rounds(post, executioner), post) == alone
    told, steps = post.warnings(), list(executioner.seen)
    post.stop()
    assert told == [(2, 0, "near"), (2, 0, "stopped")]
    assert list((post.inbox / "done").iterdir())
    assert {"before a commit", "after a commit", "after fsync", "before eth_getBlockByNumber"} <= (
        {what for what, _ in steps}
    )
    lived = []
    every_third = set(sorted(steps)[::3])
    for step in steps:
        if step[0] not in LASTING and step[1] > 0 and step not in every_third:
            continue
        post = new_post(f"killed {step[0]}, time {step[1]}")
        executioner.at, executioner.seen = step, []
        found = story(rounds(post, executioner), post)
        assert (found, post.warnings()) == (alone, told), step
        if step not in executioner.seen:
            lived.append(step)
        post.stop()
    # A receipt may have come sooner than in the life that was looked at: that alone may differ.
    assert {what for what, _ in lived} <= RECEIPTS


def test_killed__as_the_chain_takes_what_it_sent__does_not_pay_twice(market, post, executioner):
    """The last word before a death may be a transaction: the next life sees what it did."""
    market.open(market.people[2])
    keeper = post.start()
    keeper.round()
    for period in (0, 1):
        market.at(market.closes_at(1, period))
        executioner.seen, executioner.is_armed = [], True
        if period == 0:
            assert keeper.round().poked == 1
            executioner.at = ("after eth_sendTransaction", 0)
            executioner.is_armed = False
    with pytest.raises(Killed):
        keeper.round()
    assert executioner.seen[-1] == executioner.at
    executioner.is_armed = executioner.is_dead = False
    post.start().round()
    assert market.money()["due"] == 2_000
    assert len(market.pokes()) == 2
