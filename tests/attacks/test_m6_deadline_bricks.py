"""
M6, a deadline after which an agreement is stuck (The Graph's recurring collection agreements: what
was collected too late reverted, and so did everything behind it).

Readings come late by a second, by a period, after the term, after a century; nobody comes for
years; the provider withdraws what can be withdrawn. No reading is refused for being late, no act
needs one before it, and in the end all that is left is the customer's. The twin refuses a late
reading, and keeps the money that waits for it.
"""

import ape
import pytest

from tests.agreements import LARGE, MEDIUM, PLAN_WORDS, SMALL
from tests.consents import KEY, URI
from tests.invariant.agreements_world import (
    CONTROLLER,
    DAY,
    GRACE,
    OPERATOR,
    PERIOD,
    AgreementsWorld,
    build,
)
from tests.signing import Key

LADDER = [(1, False), (2, False), (3, True)]
DEPOSIT, PERIODS, CENTURY = 100_000, 6, 100 * 365 * DAY
MOST = 4_095  # periods of one agreement
SUCCESSOR = Key(0x5CC)


@pytest.fixture(scope="module")
def stage(project):
    return build(project, people=1, plans=(SMALL, MEDIUM, LARGE))


@pytest.fixture
def world(stage):
    world = AgreementsWorld(stage)
    yield world
    world.end()


@pytest.fixture
def running(world):
    """One agreement of six periods, a day old, and read once."""
    world.open(0, LADDER, 0, PERIODS, 7_000, 42_000, DEPOSIT)
    world.wait(DAY)
    world.read(0, 1, world.now, 5, 0)
    return world


def take_all_back(world):
    """To the unit; what the provider earned is theirs, too."""
    world.poke(0)
    due = world.stage.book.view("due_of", 1)
    if due:
        world.collect()
    assert world.withdraw(0, world.models[0].escrow) == "done"
    assert world.models[0].taken + due == DEPOSIT
    assert world.stage.token.view("balanceOf", world.stage.book.address) == 0
    return due


# ---- readings that come late ----------------------------------------------------------


@pytest.mark.parametrize(
    "late",
    [
        *(0, 1, GRACE - 1, GRACE, GRACE + 1, PERIOD, PERIOD + GRACE),
        *((PERIODS - 1) * PERIOD, PERIODS * PERIOD + GRACE, CENTURY),
    ],
)
def test_reading__however_late__is_taken_and_bricks_nothing(running, late):
    world, read_at = running, running.now + DAY
    world.wait(PERIOD - DAY + late)
    assert world.read(0, 2, read_at, 30, 0) == "done"
    assert world.read(0, 3, read_at, 2**40 - 1, 0) == "done"
    world.agree()
    world.wait(PERIODS * PERIOD + GRACE)
    assert PERIODS * 1_000 <= take_all_back(world) <= 7_000 + PERIODS * 1_000


def test_readings__all_of_them_after_a_century__count_nowhere(running):
    """Each dated in its own period; the silence was paid for, and no more."""
    world, begun = running, running.now
    world.wait(CENTURY)
    for period in range(PERIODS):
        read_at = begun + period * PERIOD + DAY
        assert world.read(0, 2 + period, read_at, 5 + 200 * (period + 1), 0) == "done"
        assert world.stage.book.told_itself()[-1][0] == "ReadingUncounted"
    assert take_all_back(world) == PERIODS * 1_000


# ---- nobody comes ----------------------------------------------------------------------


def test_nobody_for_the_longest_term__one_act_closes_it_all(world):
    """Three centuries and more, at the price of one period each; no loop that gas could end."""
    world.open(0, LADDER, 0, MOST, 7_000, 10**8, DEPOSIT)
    world.wait(MOST * PERIOD + GRACE)
    assert world.models[0].at(world.now).escrow == 0  # a hundred were paid for
    world.poke(0)
    assert world.stage.book.view("due_of", 1) == DEPOSIT
    world.collect()
    assert world.stage.token.view("balanceOf", world.stage.book.address) == 0


def test_nobody_ever_pokes__withdrawal_needs_nobody_before_it(running):
    world = running
    world.wait(CENTURY)
    assert world.withdraw(0, DEPOSIT - PERIODS * 1_000) == "done"
    assert take_rest(world) == PERIODS * 1_000


def take_rest(world):
    due = world.stage.book.view("due_of", 1)
    world.collect()
    assert world.stage.token.view("balanceOf", world.stage.book.address) == 0
    return due


def test_acts_that_came_too_late__are_refused_and_bind_nothing(running):
    world = running
    world.wait(PERIODS * PERIOD + GRACE)
    assert world.go_on(0, PERIODS - 1, 200, 9_000) == "agreements: over"
    assert world.top_up(0, 1) == "agreements: over"
    assert world.leave(0, False) == "agreements: ends already"
    assert world.leave(0, True) == "agreements: ends already"
    assert world.discontinue(0) == "agreements: ends already"
    assert take_all_back(world) == PERIODS * 1_000


# ---- the way out, whatever the provider did ----------------------------------------------


def hinder(world, hindrance):
    """Everything that a provider, or who meters, may do."""
    stage = world.stage
    acts = {
        "revise_plan": lambda: world.revise(1, SMALL._replace(base_price=10**6)),
        "withdraw_plan": lambda: [world.revise(number, None) for number in (1, 2, 3)],
        "publish_plan": lambda: stage.lists.send(
            *("publish_plan", 1, LARGE, PLAN_WORDS), sender=CONTROLLER.address
        ),
        "discontinue": lambda: world.discontinue(0),
        "collect": lambda: (world.wait(PERIOD + GRACE), world.poke(0), world.collect()),
        "hand_over": lambda: hand_over(stage),
        "end_of_metering": lambda: stage.consent.send(
            *("set_agent", 2, "0x" + "00" * 20), sender=OPERATOR.address
        ),
        "another_company": lambda: stage.consent.send(
            "register_company", KEY, URI, sender=SUCCESSOR.address
        ),
    }
    acts[hindrance]()


def hand_over(stage):
    stage.consent.send("offer_controller", 1, SUCCESSOR.address, sender=CONTROLLER.address)
    stage.consent.send("accept_controller", 1, sender=SUCCESSOR.address)


HINDRANCES = [
    *("revise_plan", "withdraw_plan", "publish_plan", "discontinue", "collect"),
    *("hand_over", "end_of_metering", "another_company"),
]


@pytest.mark.parametrize("hindrance", HINDRANCES)
def test_way_out__whatever_the_provider_did__is_open(running, hindrance):
    """What exceeds the cap of the period at once, the rest when that is closed."""
    world = running
    hinder(world, hindrance)
    runs = (world.now - world.models[0].starts_at) // PERIOD
    assert world.leave(0, False) == "done"
    assert world.models[0].periods == runs + 1
    free = world.models[0].free(world.now)
    assert free == world.models[0].escrow - 7_000
    assert world.withdraw(0, free) == "done"
    world.wait(PERIOD + GRACE)
    assert not world.stage.book.view("is_entitled", 1)
    world.poke(0)
    assert world.withdraw(0, world.models[0].escrow) == "done"
    assert world.models[0].taken == DEPOSIT - (runs + 1) * 1_000


@pytest.mark.parametrize("contract", ["Agreements", "PriceLists", "Tariff"])
def test_pause__there_is_none(project, contract):
    """Nobody has a right over all of them: no owner, no role, no switch."""
    abi = getattr(project, contract).contract_type.abi
    names = {entry.name for entry in abi if getattr(entry, "name", "")}
    assert not names & {"pause", "unpause", "owner", "halt_until", "retire", "charter", "upgrade"}


def test_hindrances__every_act_that_is_not_a_customers__is_tried(project):
    """A new function of a provider's has to come here too."""
    customers = {"open", "go_on", "end", "withdraw", "cancel_nonce"}
    anybodys = {"settle", "settle_many", "poke", "top_up"}  # tried above, and by the machine
    before = {"open_list", "publish_offer", "register_meter"}  # of what no agreement has yet
    found = {
        method.name
        for name in ("Agreements", "PriceLists")
        for method in getattr(project, name).contract_type.mutable_methods
    }
    rest = {name for name in found if not name.endswith("_by_signature")}
    assert rest - customers - anybodys - before == set(HINDRANCES[:5])


# ---- the twin: what it would cost -----------------------------------------------------


@pytest.fixture
def twin(project, chain, admin):
    """Three days after a period's end, in the last second for its reading."""
    twin = admin.deploy(project.CarelessPlans)
    twin.open(1, SMALL.base_price, SMALL.capacity, DEPOSIT, sender=admin)
    chain.pending_timestamp = twin.courses(1).begins_at + PERIOD + 3 * DAY
    return twin


def test_twin__read_in_the_last_second__goes_on(twin, admin):
    twin.read(1, 5, sender=admin)
    twin.renew(1, sender=admin)
    twin.withdraw(1, sender=admin)
    assert twin.courses(1).escrow == 0


def test_twin__read_a_second_later__keeps_the_money_for_good(twin, chain, admin):
    chain.pending_timestamp = twin.courses(1).begins_at + PERIOD + 3 * DAY + 1
    for _ in range(3):
        with ape.reverts("careless_plans: too late"):
            twin.read(1, 5, sender=admin)
        with ape.reverts("careless_plans: not read"):
            twin.renew(1, sender=admin)
        with ape.reverts("careless_plans: not settled"):
            twin.withdraw(1, sender=admin)
        chain.mine(deltatime=CENTURY // 100)
    assert twin.courses(1).escrow == DEPOSIT - SMALL.base_price
