"""
A year of a thousand customers on one list: each with a ladder, caps and habits of their own, some
of whom pay too little, fall silent, go on, leave or are read late. The provider lowers a price and
raises another. Every month the book stands as the model says, and in the end it does to the unit.
"""

import random

import pytest

from tests.invariant.agreements_world import DAY, GRACE, PERIOD, PLANS, AgreementsWorld, build

PEOPLE, MONTHS = 1_000, 12


@pytest.fixture(scope="module")
def stage(project):
    return build(project, people=PEOPLE)


def move_in(world, dice, who):
    """A ladder that may be opened, with caps and a deposit from tight to ample."""
    numbers = sorted(dice.sample(range(1, len(PLANS) + 1), dice.randint(1, len(PLANS))))
    steps = [(number, dice.random() < 0.3) for number in numbers[:-1]] + [(numbers[-1], True)]
    reached = []
    for number, stops in steps:
        reached.append(world.list_plans[number].base_price)
        if stops:
            break
    cap = max(1, max(reached) + dice.choice((0, 500, 3_000)))
    total, deposit = cap * dice.choice((3, 12, 20)), min(reached) * dice.choice((1, 2, 14))
    world.open(who, steps, 0, MONTHS, cap, total, deposit)


def live(world, dice, at):
    """What one customer does in a month, which mostly is to be read."""
    model, roll = world.models[at], dice.random()
    if roll < 0.7:
        read_at = world.now - dice.choice((0, 0, 0, DAY, 20 * DAY))
        units, lost = dice.choice((0, 3, 12, 25, 44, 70, 150)), dice.choice((0, 0, 0, 900))
        shown = (model.register + units, model.outage + lost)
        world.read(at, model.sequence + 1, max(read_at, model.starts_at), *shown)
    elif roll < 0.75:
        world.poke(at)
    elif roll < 0.8:
        if not model.at(world.now).is_over_unpaid():
            world.top_up(at, dice.choice((700, 4_000)))
    elif roll < 0.84:
        now = model.at(world.now)
        _, limit, cap = now.ladder_of(now.open)
        world.go_on(at, now.open, min(limit + 20, model.steps[-1].plan.capacity), cap + 2_000)
    elif roll < 0.86:
        world.leave(at, dice.random() < 0.5)
    elif roll < 0.88:
        world.withdraw(at, max(1, model.at(world.now).free(world.now) // 2))


def test_agreements__a_year_of_a_thousand_customers__to_the_unit(stage):
    world, dice = AgreementsWorld(stage), random.Random(8)
    for who in range(PEOPLE):
        move_in(world, dice, who)
    for month in range(MONTHS):
        world.wait(PERIOD // 2 if month == 0 else PERIOD)
        if month == 4:
            world.revise(3, world.list_plans[3]._replace(base_price=1_800))
        if month == 8:
            world.revise(1, world.list_plans[1]._replace(unit_price=60))
        for at in range(PEOPLE):
            live(world, dice, at)
        for at in range(month, PEOPLE, MONTHS):
            world.agree_as_it_stands(at, world.models[at].at(world.now))
        if month % 3 == 2:
            world.collect()
    world.wait(2 * PERIOD + GRACE)
    world.agree()
    done = world.outcomes
    world.end()
    # The year went where it matters.
    for act in ("settle", "poke", "top_up", "go_on", "end", "withdraw", "collect"):
        assert done[act, None] > 3, done
    assert done["end", "agreements: nothing is worse"] > 3, done
    assert done["is_entitled", False] > 50 < done["is_entitled", True], done
