"""
M2: a token that does not move what it says.

Fees on transfer, transfers that only pretend, tokens that take from the payer on top: contracts
that book what they asked for promise more than they hold, and the last to leave pays for it. Here
the thief brings a token to a till in which another has 4,000, and takes out what was booked. Ours
books nothing that did not come. A credulous twin books 1,000 of which 10, or all, never came, and
pays them with the other's.
"""

import pytest

from tests.attacks.money_stage import STAKE, misbehave, purse, set_up
from tests.money.careless import Credulous
from tests.money.till import TillTaker
from tests.money.vault import VaultTaker
from tests.odd_tokens import Habit

OTHER, THIEF = 0, 1
OURS = [(TillTaker, "fund", "refund"), (VaultTaker, "deposit", "withdraw_funds")]
LYING_IN = [
    (Habit.TAXED, "tokens: took a share", 10),
    (Habit.HOLLOW, "tokens: took a share", STAKE),
]


def bring(subject, way_in, way_out):
    """Pay in by a token that misbehaves, and out by one that does not; the refusal, if any."""
    subject.owe(way_out, OTHER, 4 * STAKE)
    misbehave(subject)
    told = subject.attempt(subject.pay_in(way_in, THIEF, STAKE))
    subject.stage.rest()
    subject.attempt(subject.pay_out(way_out, THIEF, STAKE))
    return told


@pytest.mark.parametrize(("habit", "reason", "missing"), LYING_IN)
@pytest.mark.parametrize(("taker", "way_in", "way_out"), OURS)
def test_pay_in__ours__books_nothing_that_did_not_come(
    project, taker, way_in, way_out, habit, reason, missing
):
    subject = set_up(project, taker, habit)
    assert bring(subject, way_in, way_out) == reason
    assert subject.held == subject.owed() == 4 * STAKE


@pytest.mark.parametrize(("habit", "reason", "missing"), LYING_IN)
def test_pay_in__credulous_twin__pays_it_with_the_others(project, habit, reason, missing):
    subject = set_up(project, Credulous, habit)
    assert bring(subject, "fund", "refund") is None
    assert subject.owed() == 4 * STAKE
    assert subject.held == 4 * STAKE - missing


def pay_out_as_it_turns(subject, way):
    """The token takes a hundredth on top of what is paid, out of what is left."""
    subject.owe(way, OTHER, 4 * STAKE)
    subject.owe(way, THIEF, STAKE)
    misbehave(subject)
    before = purse(subject, THIEF)
    return subject.attempt(subject.pay_out(way, THIEF, STAKE)), purse(subject, THIEF) - before


@pytest.mark.parametrize(("taker", "way"), [(one, way_out) for one, _, way_out in OURS])
def test_pay_out__ours_of_a_token_that_turned__costs_what_was_owed(project, taker, way):
    subject = set_up(project, taker, Habit.GREEDY)
    assert pay_out_as_it_turns(subject, way) == ("tokens: took too much", 0)
    assert subject.held == subject.owed() == 5 * STAKE


def test_pay_out__credulous_twin__lets_the_others_pay_for_it(project):
    subject = set_up(project, Credulous, Habit.GREEDY)
    assert pay_out_as_it_turns(subject, "refund") == (None, STAKE)
    assert (subject.held, subject.owed()) == (4 * STAKE - 10, 4 * STAKE)


def pretend_to_pay(subject, way):
    """The token says that it paid, and did not; what is still due to whom it should have paid."""
    subject.owe(way, THIEF, STAKE)
    misbehave(subject)
    subject.attempt(subject.pay_out(way, THIEF, STAKE))
    return subject.due(way, THIEF)


@pytest.mark.parametrize(("taker", "way"), [(one, way_out) for one, _, way_out in OURS])
def test_pay_out__ours_that_never_went__is_still_due(project, taker, way):
    assert pretend_to_pay(set_up(project, taker, Habit.HOLLOW), way) == STAKE


def test_pay_out__credulous_twin__strikes_it_off(project):
    assert pretend_to_pay(set_up(project, Credulous, Habit.HOLLOW), "refund") == 0
