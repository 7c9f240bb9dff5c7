"""
Two plans paid for at once. Elsewhere (better-auth/better-auth#3560) who moved to a larger plan kept
the smaller one running beside it, and was billed for both from then on. Here an agreement has one
price a period, that of one of its plans: whoever climbs pays the larger one instead of the smaller
one, and a second contract is there only if somebody signed it and paid into it.
"""

import pytest

from tests.agreements import Plan
from tests.invariant.agreements_world import DAY, GRACE, PERIOD, AgreementsWorld, build

PLANS = (Plan(1_000, 100, 0, 100), Plan(3_000, 500, 0, 500))
BOTH = [(1, False), (2, True)]


@pytest.fixture(scope="module")
def stage(project):
    return build(project, people=1, plans=PLANS)


@pytest.fixture
def world(stage):
    world = AgreementsWorld(stage)
    world.open(0, BOTH, 0, 12, 3_000, 36_000, 20_000)
    yield world
    world.end()


def earned(world):
    return world.stage.book.view("due_of", 1)


def escrow(world):
    return world.stage.book.view("account_of", 1)[5]


def test_climbed__month_after_month__one_plan_is_charged_each(world):
    world.wait(10 * DAY)
    shown, months = 0, ((300, 3_000), (40, 4_000), (500, 7_000))
    for sequence, (use, total) in enumerate(months, 1):
        shown += use
        assert world.read(0, sequence, world.now, shown, 0) == "done"
        world.wait(PERIOD)  # ten days into the next one, and the grace of this one is over
        world.poke(0)
        assert earned(world) == total
        assert escrow(world) == 20_000 - total
    world.agree()


def test_second_contract__not_signed__is_not_there(world):
    assert world.stage.book.view("agreement_count") == 1
    world.wait(10 * DAY)
    world.read(0, 1, world.now, 300, 0)  # climbed
    assert world.stage.book.view("agreement_count") == 1
    assert world.stage.book.view("account_of", 2)[5] == 0


def test_second_contract__signed__costs_what_it_says_until_it_is_ended(world):
    world.open(0, BOTH, 0, 12, 3_000, 36_000, 20_000)
    world.wait(PERIOD + GRACE)
    for at in (0, 1):
        world.poke(at)
    assert earned(world) == 2_000
    world.leave(1, False)
    world.wait(2 * PERIOD)
    for at in (0, 1):
        world.poke(at)
    assert earned(world) == 2_000 + 2 * 1_000 + 1_000
    world.agree()
