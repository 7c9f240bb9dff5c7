"""
M4, a second change of plan that is credited twice (antiwork/gumroad#6077).

Whoever wants the dear plan at the cheap one's price, or money back that was never paid, changes
there and back, goes on again and again, brings the same readings in anew, leaves at once, and has
the list change under them. A period is charged once, when it is closed, by its use: so there is
nothing to credit. What was charged and what came back is what was paid in, to the unit. The twin
credits a change by all that was charged, and pays out more than it took.
"""

import pytest

from tests.agreements import LARGE, MEDIUM, SMALL
from tests.invariant.agreements_world import DAY, GRACE, PERIOD, AgreementsWorld, build

LADDER = [(1, False), (2, False), (3, True)]
STEPWISE = [(1, True), (2, True), (3, True)]
DEPOSIT = 100_000


@pytest.fixture(scope="module")
def stage(project):
    return build(project, people=1, plans=(SMALL, MEDIUM, LARGE))


@pytest.fixture
def world(stage):
    world = AgreementsWorld(stage)
    yield world
    world.end()


def open_one(world, steps, cap=7_000):
    world.open(0, steps, 0, 12, cap, 84_000, DEPOSIT)


def read(world, sequence, register):
    world.wait(DAY)
    assert world.read(0, sequence, world.now, register, 0) == "done"


def take_all_back(world):
    """Everything is closed, and the customer has what is left; what the provider earned."""
    world.wait(13 * PERIOD)
    world.poke(0)
    escrow = world.models[0].escrow
    assert world.withdraw(0, escrow) == "done"
    assert world.withdraw(0, 1) == "agreements: money is bound"
    due = world.stage.book.view("due_of", 1)
    assert due + escrow == DEPOSIT
    assert world.stage.token.view("balanceOf", world.stage.book.address) == due
    world.agree()
    return due


def test_switch_there_and_back__period_after_period__each_costs_its_own_use_once(world):
    """To the largest plan and back, six times; every other period uses next to nothing."""
    open_one(world, LADDER)
    register = 0
    for sequence in range(1, 13):
        register += 150 if sequence % 2 else 1
        read(world, sequence, register)
        world.wait(PERIOD - DAY)
    large, small = 4_000 + 50 * 30, 1_000
    assert take_all_back(world) == 6 * (large + small)


def test_same_readings__again_and_in_another_order__change_nothing(world):
    open_one(world, LADDER)
    told = [(1, world.now + DAY, 15, 0), (2, world.now + 2 * DAY, 70, 0)]
    world.wait(3 * DAY)
    for words, outcome in (*((one, "done") for one in told), *((one, "old") for one in told[::-1])):
        refusal = {"done": "done", "old": "agreements: old reading"}[outcome]
        assert world.read(0, *words) == refusal
    world.agree()
    world.wait(PERIOD + GRACE)
    world.poke(0)
    assert world.read(0, *told[1]) == "agreements: old reading"
    assert world.stage.book.view("due_of", 1) == 4_000


def test_go_on__twice_in_a_period__costs_the_plan_that_covers_the_use_once(world):
    """Twice past a stop, and no reading of it all costs more than the cap that was said last."""
    open_one(world, STEPWISE, cap=1_500)
    read(world, 1, 20)
    assert world.go_on(0, 0, 60, 2_800) == "done"
    read(world, 2, 60)
    assert world.go_on(0, 0, 200, 5_000) == "done"
    assert world.go_on(0, 0, 200, 5_000) == "agreements: no more than before"
    read(world, 3, 200)
    assert world.stage.book.view("account_of", 1)[3] == 5_000  # and not 4,000 + 100 x 30
    world.wait(PERIOD + GRACE)
    assert world.go_on(0, 0, 200, 9_000) == "agreements: another period"
    assert take_all_back(world) == 5_000 + 11 * 1_000


def test_list__cheaper_and_dearer_again_and_again__credits_nothing(world):
    """What got cheaper stays so; what got dearer reaches nobody; no change moves money."""
    open_one(world, LADDER)
    read(world, 1, 50)
    cheaper, dearer = MEDIUM._replace(base_price=1_500), MEDIUM._replace(base_price=9_000)
    for plan in (cheaper, dearer, cheaper, dearer):
        world.revise(2, plan)
        world.poke(0)
        assert world.stage.book.view("due_of", 1) == 0
    assert take_all_back(world) == 1_500 + 10 * 40 + 11 * 1_000


def test_leave_at_once__after_climbing__pays_its_part_and_is_credited_nothing(world):
    """Half of the period, and all that the plan includes is used up: the whole of its price."""
    open_one(world, LADDER)
    read(world, 1, 15)
    read(world, 2, 160)
    world.revise(1, SMALL._replace(base_price=1_001))
    assert world.leave(0, True) == "done"
    assert world.leave(0, True) == "agreements: ends already"
    assert take_all_back(world) == 4_000 + 60 * 30


# ---- the twin: what it would cost -----------------------------------------------------


@pytest.fixture
def twin(project, admin):
    twin = admin.deploy(project.CarelessPlans)
    twin.open(1, SMALL.base_price, SMALL.capacity, 5_000, sender=admin)
    return twin


def test_twin__changed_there_and_back__gives_back_more_than_it_took(twin, admin):
    for plan in (LARGE, SMALL, LARGE, SMALL):
        twin.change(1, plan.base_price, plan.capacity, sender=admin)
    assert twin.courses(1).escrow > 5_000
