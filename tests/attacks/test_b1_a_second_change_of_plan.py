"""
Two changes of plan within one period. Elsewhere (antiwork/gumroad#6077) the credit for the second
was taken of what the first had cost extra, not of the plan that ran: 499, then 998, then 1,497 a
year came to 431.88 too much. Here a switch moves no money and gives no credit, so none can be
wrong: the period costs what the plan costs that covered it, once, however often it was climbed.
"""

import pytest

from tests.agreements import Plan
from tests.invariant.agreements_world import DAY, GRACE, PERIOD, AgreementsWorld, build

PLANS = (Plan(49_900, 10, 0, 10), Plan(99_800, 20, 0, 20), Plan(149_700, 30, 0, 30))


@pytest.fixture(scope="module")
def stage(project):
    return build(project, people=2, plans=PLANS)


@pytest.fixture
def world(stage):
    world = AgreementsWorld(stage)
    yield world
    world.end()


def open_both(world):
    for who in range(2):
        steps = [(1, False), (2, False), (3, True)]
        world.open(who, steps, 0, 12, 150_000, 1_800_000, 300_000)


def earned(world):
    return world.stage.book.view("due_of", 1)


def test_two_switches_in_a_period__cost_the_last_plan_once(world):
    open_both(world)
    for sequence, (days, register) in enumerate(((2, 5), (2, 15), (4, 25)), 1):
        world.wait(days * DAY)
        assert world.read(0, sequence, world.now, register, 0) == "done"
        assert earned(world) == 0
    world.wait(PERIOD + GRACE - 8 * DAY)
    world.poke(0)
    assert earned(world) == 149_700
    world.agree()


def test_one_reading_of_the_same_use__costs_the_same(world):
    open_both(world)
    world.wait(8 * DAY)
    world.read(1, 1, world.now, 25, 0)
    world.wait(PERIOD + GRACE - 8 * DAY)
    world.poke(1)
    assert earned(world) == 149_700
