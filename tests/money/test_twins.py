"""The rules can fail: each notices the twin that breaks it, and numbers mean what they say here."""

import re
from pathlib import Path

import pytest

from tests.money import careless, rules
from tests.money.till import TillTaker
from tests.odd_tokens import Habit

TESTING = Path(__file__).parents[2] / "contracts" / "testing"


@pytest.mark.parametrize(
    ("source", "named"),
    [("OddToken", Habit), ("CarelessTill", careless.Carelessness)],
    ids=["habits", "carelessness"],
)
def test_numbers__of_contract_and_tests__are_the_same(source, named):
    text = (TESTING / f"{source}.vy").read_text()
    written = re.findall(r"^([A-Z]+): constant\(uint256\) = (\d+)", text, re.MULTILINE)
    assert written == [(one.name, str(one.value)) for one in named]


@pytest.mark.parametrize("habit", [Habit.TAXED, Habit.HOLLOW, Habit.LAVISH])
def test_pays_in__credulous_twin__is_noticed(on_stage, habit):
    with pytest.raises(AssertionError):
        rules.pays_in(on_stage(careless.Credulous, habit), "fund", rules.IN[habit])


@pytest.mark.parametrize("habit", [Habit.HOLLOW, Habit.GREEDY])
def test_pays_out__credulous_twin__is_noticed(on_stage, habit):
    with pytest.raises(AssertionError):
        rules.pays_out(on_stage(careless.Credulous, habit), "refund", rules.OUT[habit])


def test_pays_out__forgetful_twin__is_noticed(on_stage):
    with pytest.raises(AssertionError):
        rules.pays_out(on_stage(careless.Forgetful), "refund", None)


def test_lets_nobody_back_in__hasty_twin__is_noticed(on_stage):
    subject = on_stage(careless.Hasty, Habit.CHATTY)
    for who in range(2):
        subject.owe("refund", who, rules.AMOUNT)
    again = subject.pay_out("refund", 1, rules.AMOUNT)
    with pytest.raises(AssertionError):
        rules.lets_nobody_back_in(subject, again, again, -rules.AMOUNT)
    assert subject.held == 0, "another's purse was paid out"


def test_blocks_nobody_else__pushy_twin__is_noticed(on_stage):
    with pytest.raises(AssertionError):
        rules.blocks_nobody_else(on_stage(careless.Pushy, Habit.CHOOSY), "collect")


@pytest.mark.parametrize("way", ["refund", "collect"])
def test_rules__careful_till__hold(on_stage, way):
    """What the twins fail is no accident of the stage."""
    rules.pays_out(on_stage(TillTaker), way, None)
    rules.blocks_nobody_else(on_stage(TillTaker, Habit.CHOOSY), way)
