"""
Use of an old plan that is held against the new one. Elsewhere (warpdotdev/warp#7618, #7170) who had
used 2,500 of 2,500 and took a plan of 10,000 began at 2,500 of 10,000, and who went back down in a
month was locked out at once. Here the counters of a period start at zero, by the clock and with no
act of anybody, and a period that was climbed in goes on to the end at the plan that covers it.
"""

import pytest

from tests.agreements import Plan
from tests.invariant.agreements_world import DAY, PERIOD, AgreementsWorld, build

PLANS = (Plan(1_800, 2_500, 0, 2_500), Plan(4_500, 10_000, 0, 10_000))


@pytest.fixture(scope="module")
def stage(project):
    return build(project, people=1, plans=PLANS)


@pytest.fixture
def world(stage):
    world = AgreementsWorld(stage)
    world.open(0, [(1, True), (2, True)], 0, 12, 1_800, 54_000, 20_000)
    world.wait(20 * DAY)
    world.read(0, 1, world.now, 2_500, 0)
    yield world
    world.end()


def is_served(world):
    return world.stage.book.view("is_entitled", 1)


def test_all_used_up__next_period_begins_at_zero(world):
    assert not is_served(world)
    world.wait(PERIOD - 20 * DAY)
    assert is_served(world)
    world.wait(DAY)
    world.read(0, 2, world.now, 4_999, 0)
    assert world.stage.book.view("account_of", 1)[2] == 2_499
    assert is_served(world)
    world.agree()


def test_all_used_up__larger_plan_serves_the_rest_of_the_period_and_no_more(world):
    world.go_on(0, 0, 10_000, 4_500)
    assert is_served(world)
    world.wait(DAY)
    world.read(0, 2, world.now, 9_999, 0)
    assert is_served(world)
    world.wait(
        PERIOD - 21 * DAY
    )  # on the smaller plan again, and not locked out by the larger's use
    assert is_served(world)
    world.agree()
