"""Contracts that hold money, on the stage of tests/money, for the attacks on money."""

from typing import Any

from tests.money.stage import Kind, Stage
from tests.money.taker import Taker
from tests.odd_tokens import Habit

STAKE = 1_000


def set_up(project: Any, taker: type[Taker], habit: Habit = Habit.PLAIN) -> Taker:
    """The contract, and a token that behaves until `misbehave`."""
    stage = Stage(project, Kind(habit))
    stage.rest()
    return taker(stage)


def misbehave(subject: Taker) -> None:
    """From now on the token follows its habit."""
    subject.stage.rest(False)


def purse(subject: Taker, who: int) -> int:
    """What somebody has of the token."""
    return subject.stage.held(subject.stage.people[who])
