"""
A year paid for, ended by taking a month. Elsewhere (getlago/lago-api#1834) a change from a plan of
134 a year to one of 17 a month counted as an upgrade, a day of it being dearer, and ended the year
at once. Here nobody guesses which plan is the higher one: another list is another agreement, which
starts when the customer says, and neither ends nor changes the one that runs.
"""

import pytest

from tests.agreements import LIST_WORDS, METER, PLAN_WORDS, Ladder, Plan, rung, rungs
from tests.invariant.agreements_world import CONTROLLER, DAY, PERIOD, AgreementsWorld, build

YEAR = 360 * DAY
YEARLY, MONTHLY = Plan(13_400, 100, 0, 100), Plan(1_700, 100, 0, 100)


@pytest.fixture(scope="module")
def stage(project):
    """List 1 by the year, and list 2 of the same provider by the month."""
    stage = build(project, people=1, plans=(YEARLY,), period=YEAR)
    words = (1, 2, stage.token.address, PERIOD, 0, 0, LIST_WORDS)
    stage.lists.send("open_list", *words, sender=CONTROLLER.address)
    stage.lists.send("publish_plan", 2, MONTHLY, PLAN_WORDS, sender=CONTROLLER.address)
    return stage


@pytest.fixture
def world(stage):
    world = AgreementsWorld(stage)
    yield world
    world.end()


def test_month_taken_during_a_year__begins_when_the_year_ends(world):
    book, wallet = world.stage.book, world.stage.wallets[0].address
    begun = world.now
    world.open(0, [(1, True)], 0, 1, 13_400, 13_400, 13_400)
    world.wait(YEAR - 60 * DAY)
    words = rungs(rung(MONTHLY, 1, True))
    revision = world.stage.lists.view("revision_of", 2)
    month = Ladder(2, revision, METER.address, begun + YEAR, 1, 1_700, 1_700, 1_700, words)
    book.send("open", month, sender=wallet)
    assert [book.view("is_entitled", number) for number in (1, 2)] == [True, False]
    world.wait(60 * DAY - 1)
    assert [book.view("is_entitled", number) for number in (1, 2)] == [True, False]
    world.wait()
    assert [book.view("is_entitled", number) for number in (1, 2)] == [False, True]
    world.wait(PERIOD)
    world.poke(0)
    assert book.view("due_of", 1) == 13_400
