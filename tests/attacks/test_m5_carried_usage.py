"""
M5, what was used that locks its customer out of what comes next (warpdotdev/warp#6970).

A meter far beyond the limit, a company that keeps readings back until they fall into the next
period, a customer who was on a larger plan and is on a smaller one again: none takes anything of a
later period than the one it counts in. By the clock alone each period begins at zero. The twin
carries what was used along, and serves no more whoever goes back to a smaller plan.
"""

import pytest

from tests.agreements import LARGE, MEDIUM, SMALL
from tests.invariant.agreements_world import DAY, GRACE, PERIOD, AgreementsWorld, build

STEPWISE = [(1, True), (2, True), (3, True)]


@pytest.fixture(scope="module")
def stage(project):
    return build(project, people=1, plans=(SMALL, MEDIUM, LARGE))


@pytest.fixture
def world(stage):
    """One agreement that stops at 20 units, in its first second."""
    world = AgreementsWorld(stage)
    world.open(0, STEPWISE, 0, 6, 1_500, 84_000, 50_000)
    yield world
    world.end()


def is_served(world):
    return world.stage.book.view("is_entitled", 1)


@pytest.mark.parametrize("units", [20, 21, 200, 2**40 - 1])
def test_use__at_the_stop_or_any_amount_beyond__ends_with_its_period(world, units):
    world.wait(DAY)
    assert world.read(0, 1, world.now, units, 0) == "done"
    assert not is_served(world)
    world.wait(PERIOD - DAY - 1)
    assert not is_served(world)
    world.wait()
    assert is_served(world)
    world.agree()
    world.wait(GRACE)
    world.poke(0)
    assert world.stage.book.view("account_of", 1)[2] == 0
    assert world.stage.book.view("due_of", 1) == 1_500
    assert is_served(world)


def test_reading__kept_back_beyond_the_grace__stops_one_period_at_most(world):
    """It counts where it comes, once; what follows is as free of it as ever."""
    read_at = world.now + DAY
    world.wait(PERIOD + GRACE)
    assert world.read(0, 1, read_at, 20, 0) == "done"
    assert not is_served(world)
    world.wait(PERIOD - GRACE)
    assert is_served(world)
    world.agree()


def test_readings__kept_back_over_many_periods__cost_one_of_them_its_cap(world):
    """Sixty units, twenty a period; and the meter's operator brings them in together."""
    told = [(1, world.now + 10 * DAY, 20, 0), (2, world.now + PERIOD + 10 * DAY, 40, 0)]
    told.append((3, world.now + 2 * PERIOD + 10 * DAY, 60, 0))
    world.wait(3 * PERIOD + GRACE)
    for words in told:
        assert world.read(0, *words) == "done"
    world.wait(PERIOD)
    assert is_served(world)
    world.poke(0)
    assert world.stage.book.view("due_of", 1) == 3 * 1_000 + 1_500
    world.agree()


def test_larger_plan__used_up_and_left__does_not_count_against_the_smaller(world):
    """There, used up, and back; and in the next period there once more."""
    for period, register in enumerate((200, 400)):
        world.wait(DAY)
        assert world.go_on(0, period, 200, 8_000) == "done"
        assert world.read(0, period + 1, world.now, register, 0) == "done"
        assert not is_served(world)
        world.wait(PERIOD - DAY)
        assert is_served(world)
        world.wait(GRACE)
        world.poke(0)
        assert world.stage.book.view("account_of", 1)[2] == 0
        world.agree()


# ---- the twin: what it would cost -----------------------------------------------------


@pytest.fixture
def twin(project, chain, admin):
    """Sixty of sixty were used; the next period has begun."""
    twin = admin.deploy(project.CarelessPlans)
    twin.open(1, MEDIUM.base_price, MEDIUM.capacity, 50_000, sender=admin)
    twin.read(1, 60, sender=admin)
    chain.mine(deltatime=PERIOD)
    twin.renew(1, sender=admin)
    return twin


def test_twin__next_period__is_not_served(twin):
    assert not twin.is_served(1)


def test_twin__on_a_smaller_plan__stays_locked_out(twin, chain, admin):
    twin.change(1, SMALL.base_price, SMALL.capacity, sender=admin)
    for _ in range(3):
        twin.read(1, 0, sender=admin)
        chain.mine(deltatime=PERIOD)
        twin.renew(1, sender=admin)
        assert not twin.is_served(1)
