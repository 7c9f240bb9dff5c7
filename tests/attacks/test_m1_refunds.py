"""
M1: money that is due back is missing, blocked, or more than was paid.

Akutar (2022-04) locked 11,539 ETH for good: refunds that had to come first were miscounted. Another
auction (Party, H-03) paid back more than was bid. Here the thief pays in 1,000 beside another's
4,000 and asks for it back over and over, in one call within the other too; then the other's refund
is tried while the thief cannot be paid. Ours gives back what was paid, once, to each alone. A till
that forgets to book, or books after it paid, gives the thief the other's money as well.
"""

import pytest

from tests.attacks.money_stage import STAKE, misbehave, purse, set_up
from tests.money.careless import Forgetful, Hasty
from tests.money.till import TillTaker
from tests.money.vault import VaultTaker
from tests.odd_tokens import Habit

OTHER, THIEF = 0, 1
OURS = [(TillTaker, "refund"), (VaultTaker, "withdraw_funds")]


def fill(subject, way):
    """The thief's stake beside four times as much of another's."""
    subject.owe(way, OTHER, 4 * STAKE)
    subject.owe(way, THIEF, STAKE)


def ask_again_and_again(subject, way):
    """What the thief comes away with."""
    before = purse(subject, THIEF)
    for _ in range(5):
        subject.attempt(subject.pay_out(way, THIEF, STAKE))
    return purse(subject, THIEF) - before


def ask_in_the_midst(subject, way):
    """The token calls the thief while it pays them, and they ask again."""
    before = purse(subject, THIEF)
    again = subject.pay_out(way, THIEF, STAKE)
    subject.stage.call_back(subject.host, again)
    subject.attempt(again)
    return purse(subject, THIEF) - before


@pytest.mark.parametrize(("taker", "way"), OURS)
def test_again_and_again__ours__gives_back_what_was_paid(project, taker, way):
    subject = set_up(project, taker)
    fill(subject, way)
    assert ask_again_and_again(subject, way) == STAKE
    assert subject.held == subject.owed() == 4 * STAKE


def test_again_and_again__forgetful_twin__gives_back_all_there_is(project):
    subject = set_up(project, Forgetful)
    fill(subject, "refund")
    assert ask_again_and_again(subject, "refund") == 5 * STAKE
    assert subject.held == 0


@pytest.mark.parametrize(("taker", "way"), OURS)
def test_in_the_midst__ours__gives_back_what_was_paid(project, taker, way):
    subject = set_up(project, taker, Habit.CHATTY)
    fill(subject, way)
    misbehave(subject)
    assert ask_in_the_midst(subject, way) == STAKE
    assert subject.stage.let_back() == (1, 0)


def test_in_the_midst__hasty_twin__pays_twice(project):
    subject = set_up(project, Hasty, Habit.CHATTY)
    fill(subject, "refund")
    misbehave(subject)
    assert ask_in_the_midst(subject, "refund") == 2 * STAKE
    assert subject.held == 3 * STAKE, "of the other's 4,000"


@pytest.mark.parametrize(("taker", "way"), OURS)
def test_refund__ours_while_one_cannot_be_paid__reaches_the_other_in_full(project, taker, way):
    subject = set_up(project, taker, Habit.CHOOSY)
    fill(subject, way)
    misbehave(subject)
    subject.stage.list_person(THIEF)
    before = purse(subject, OTHER)
    assert subject.attempt(subject.pay_out(way, THIEF, STAKE)) == "tokens: not sent"
    assert subject.attempt(subject.pay_out(way, OTHER, 4 * STAKE)) is None
    assert purse(subject, OTHER) - before == 4 * STAKE


@pytest.mark.parametrize("taker", [TillTaker, VaultTaker])
def test_collect__ours__gives_each_part_once(project, taker):
    """A share of an income is no refund, but asked for in the same way."""
    subject = set_up(project, taker)
    subject.owe("collect", THIEF, STAKE)
    assert ask_again_and_again(subject, "collect") == STAKE
    assert subject.held == subject.owed() == 3 * STAKE
