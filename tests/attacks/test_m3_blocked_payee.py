"""
M3: one who cannot receive blocks all.

A fee recipient who could not be paid stopped every distribution (Party, M-08): payments to all went
out in one call, which reverted with the first that did. Here one co-owner of four gets themself
listed by the token. With ours the other three fetch their 1,000 each, and the fourth has theirs as
soon as the token pays them. A twin that pays everybody at once pays nobody: 4,000 lie there for as
long as one of them likes.
"""

import pytest

from tests.attacks.money_stage import STAKE, misbehave, purse, set_up
from tests.money.careless import Pushy
from tests.money.stage import PEOPLE
from tests.money.till import TillTaker
from tests.money.vault import VaultTaker
from tests.odd_tokens import Habit

BLOCKED = 2


def block_one(project, taker):
    """Something for each of four, of whom one cannot receive; everybody asks for theirs."""
    subject = set_up(project, taker, Habit.CHOOSY)
    subject.owe("collect", 0, STAKE)
    misbehave(subject)
    subject.stage.list_person(BLOCKED)
    before = [purse(subject, who) for who in range(PEOPLE)]
    told = [subject.attempt(subject.pay_out("collect", who, 0)) for who in range(PEOPLE)]
    return subject, [purse(subject, who) - before[who] for who in range(PEOPLE)], told


@pytest.mark.parametrize("taker", [TillTaker, VaultTaker])
def test_blocked__ours__the_others_have_theirs(project, taker):
    subject, got, told = block_one(project, taker)
    assert got == [STAKE, STAKE, 0, STAKE]
    assert told == [None, None, "tokens: not sent", None]
    assert subject.due("collect", BLOCKED) == STAKE


@pytest.mark.parametrize("taker", [TillTaker, VaultTaker])
def test_blocked__ours_and_struck_off_the_list__has_theirs_too(project, taker):
    subject, _, _ = block_one(project, taker)
    subject.stage.list_person(BLOCKED, False)
    before = purse(subject, BLOCKED)
    assert subject.attempt(subject.pay_out("collect", BLOCKED, 0)) is None
    assert purse(subject, BLOCKED) - before == STAKE
    assert subject.held == subject.owed() == 0


def test_blocked__pushy_twin__nobody_has_anything(project):
    subject, got, told = block_one(project, Pushy)
    assert got == [0] * PEOPLE
    assert told == ["tokens: not sent"] * PEOPLE
    assert subject.held == PEOPLE * STAKE
