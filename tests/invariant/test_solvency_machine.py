"""
Every contract that takes any ERC-20 holds what it owes, after any acts of people and whatever the
token does: tokens of each bad habit, laid aside and taken up again, lists of people who are not
paid, calls in the midst of a payment. In the end everybody fetches what is theirs. The machine is
made from `tests.money.takers`, and notices the twins that break a rule.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.invariant.solvency_machine import machine_of
from tests.money import careless, rules
from tests.money.stage import KINDS, Kind
from tests.money.takers import TAKERS
from tests.odd_tokens import Habit

SETTINGS = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,  # each walk is to reach what is asked for below
    database=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a printed walk is read as it is
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
LONGER = settings(SETTINGS, max_examples=60)
UNTIL_NOTICED = settings(SETTINGS, max_examples=400)  # a few, mostly

# Who is PUSHY is solvent: it lets one block the others, which the rules notice.
INSOLVENT = [
    (careless.Credulous, Habit.TAXED),
    (careless.Credulous, Habit.HOLLOW),
    (careless.Forgetful, Habit.PLAIN),
    (careless.Hasty, Habit.CHATTY),
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("taker", TAKERS, ids=lambda taker: taker.contract)
def test_solvency__any_acts__it_holds_what_it_owes(project, taker, kind):
    machine = machine_of(project, taker, kind)
    is_plain = kind.habit == Habit.PLAIN
    run_state_machine_as_test(machine, settings=LONGER if is_plain else SETTINGS)
    # The walks went where it matters.
    for way in (*taker.ins, *taker.outs):
        assert machine.outcomes[way, None], (way, machine.outcomes)
    for reason in filter(None, (rules.IN[kind.habit], rules.OUT[kind.habit])):
        assert any(told == reason for _, told in machine.outcomes), machine.outcomes
    for act in machine.subject.moves(0, 0, 0) if is_plain else ():
        assert machine.outcomes[act.function, None], (act.function, machine.outcomes)
    is_chatty = kind.habit == Habit.CHATTY
    assert any(told == (1, 0) for _, told in machine.outcomes) == is_chatty


@pytest.mark.parametrize(("twin", "habit"), INSOLVENT)
def test_solvency__careless_twin__is_noticed(project, twin, habit):
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine_of(project, twin, Kind(habit)), settings=UNTIL_NOTICED)
