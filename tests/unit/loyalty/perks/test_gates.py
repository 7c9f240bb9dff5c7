"""The gates of a perk: Membership's, Polls', and strangers that behave badly."""

import ape
import pytest

from .conftest import AT_LEAST, DAY, PURSE, STANDING, TIER

CLOSED, OPEN, REVERTS, BABBLES, MUTTERS, SILENT, REENTERS, DEVOURS = (2**i for i in range(8))
BEYOND_A_LANE = 2**32  # a standing too large for the terms: it has a slot of its own


@pytest.fixture(scope="session")
def gate(project, admin):
    return admin.deploy(project.FakeGate)


@pytest.fixture
def behave(gate, admin):
    """How the gate behaves from now on."""

    def _behave(manner, perk_id=0):
        gate.set_manner(manner, perk_id, sender=admin)

    return _behave


# ---- Membership's ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "argument",
    [TIER, TIER | 1, TIER | 2, AT_LEAST, AT_LEAST | STANDING - 1, AT_LEAST | STANDING],
    ids=hex,
)
def test_claim__tier_or_standing_reached__is_taken(open_perk, claim, membership, members, argument):
    claim(open_perk(gates=[(membership.address, argument)]), members[0])


@pytest.mark.parametrize(
    "argument",
    [TIER | 3, TIER | 9, TIER | BEYOND_A_LANE, AT_LEAST | STANDING + 1, AT_LEAST | BEYOND_A_LANE],
    ids=hex,
)
def test_claim__tier_or_standing_not_reached__reverts(
    open_perk, claim, membership, members, argument
):
    perk_id = open_perk(gates=[(membership.address, argument)])
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[0])


@pytest.mark.parametrize("argument", [0, 3 << 88, 255 << 88], ids=hex)
def test_open_perk__question_that_membership_does_not_know__reverts(
    open_perk, membership, argument
):
    with ape.reverts("perk_gates: does not answer"):
        open_perk(gates=[(membership.address, argument)])


def test_open_perk__four_gates_of_membership__come_back_in_order(perks, open_perk, membership):
    arguments = [TIER | 1, AT_LEAST | 5, AT_LEAST | BEYOND_A_LANE, TIER]
    perk_id = open_perk(gates=[(membership.address, argument) for argument in arguments])
    gates = perks.perk(perk_id).terms.gates
    assert [tuple(g) for g in gates] == [(membership, argument) for argument in arguments]


@pytest.mark.parametrize("place", range(4))
def test_claim__one_of_four_gates_is_closed__reverts(
    perks, open_perk, claim, membership, members, place
):
    arguments = [TIER | 1, TIER | 2, AT_LEAST | 10, AT_LEAST | STANDING]
    arguments[place] = TIER | 3
    perk_id = open_perk(gates=[(membership.address, argument) for argument in arguments])
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[0])


# ---- Polls' ---------------------------------------------------------------------------


@pytest.fixture
def poll(polls, steward, chain):
    """A poll of a day; the perk outlives it."""
    closes_at = chain.blocks.head.timestamp + DAY
    polls.open_poll(b"\x44" * 32, 1, 2, closes_at, sender=steward)
    return polls.poll_count()


@pytest.mark.parametrize("option", [1, 2])
def test_claim__took_part_in_a_closed_poll__is_taken_whatever_the_choice(
    open_perk, claim, polls, poll, members, chain, option
):
    perk_id = open_perk(gates=[(polls.address, poll)])
    polls.vote(poll, option, sender=members[0])
    chain.mine(deltatime=DAY)
    claim(perk_id, members[0])


def test_claim__took_part_in_an_open_poll__reverts(open_perk, claim, polls, poll, members):
    perk_id = open_perk(gates=[(polls.address, poll)])
    polls.vote(poll, 1, sender=members[0])
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[0])


def test_claim__took_no_part__reverts(open_perk, claim, polls, poll, members, chain):
    perk_id = open_perk(gates=[(polls.address, poll)])
    polls.vote(poll, 1, sender=members[0])
    chain.mine(deltatime=DAY)
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[1])


# ---- strangers ------------------------------------------------------------------------


def test_claim__gate_opens_and_closes__follows_it(open_perk, claim, gate, behave, members, admin):
    perk_id = open_perk(gates=[(gate.address, 7)], limit=4)
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[0])
    behave(OPEN)
    claim(perk_id, members[0])
    behave(CLOSED)
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[0])


def test_claim__gate__is_asked_about_the_passport_and_its_argument(
    open_perk, claim, gate, behave, members, passport, admin
):
    perk_id = open_perk(gates=[(gate.address, 2**96 - 1)])
    gate.let_in(passport.id_of(members[0]), 2**96 - 1, sender=admin)
    claim(perk_id, members[0])
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[1])


@pytest.mark.parametrize("manner", [REVERTS, BABBLES, MUTTERS, SILENT])
def test_claim__gate_gives_no_answer__is_closed(
    points, open_perk, claim, gate, behave, members, manner
):
    perk_id = open_perk(gates=[(gate.address, 7)])
    behave(manner)
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[0])
    assert points.balanceOf(members[0]) == PURSE


def test_claim__gate_reenters__is_closed(perks, points, open_perk, claim, gate, behave, members):
    """It is asked by static call, so its own claim fails, and with it the answer."""
    bait, perk_id = open_perk(), open_perk(gates=[(gate.address, 7)])
    behave(REENTERS, bait)
    with ape.reverts("perk_gates: closed"):
        claim(perk_id, members[0])
    assert perks.perk(bait).taken == [0, 0]


def test_claim__gate_devours_the_gas__takes_nothing(perks, open_perk, gate, behave, members):
    perk_id = open_perk(gates=[(gate.address, 7)])
    behave(DEVOURS)
    with ape.reverts("perk_gates: closed"):
        perks.claim(perk_id, 0, b"\x00" * 32, sender=members[0], gas=1_500_000)
    assert perks.perk(perk_id).taken == [0, 0]


@pytest.mark.parametrize("manner", [REVERTS, BABBLES, MUTTERS, SILENT])
def test_open_perk__gate_that_gives_no_answer__reverts(open_perk, gate, behave, manner):
    behave(manner)
    with ape.reverts("perk_gates: does not answer"):
        open_perk(gates=[(gate.address, 7)])


def test_open_perk__gate_is_a_wallet__reverts(open_perk, outsider):
    with ape.reverts("perk_gates: does not answer"):
        open_perk(gates=[(outsider.address, 7)])


def test_open_perk__gate_agrees_to_everything__reverts(open_perk, project, admin):
    """An empty answer is none."""
    with ape.reverts("perk_gates: does not answer"):
        open_perk(gates=[(admin.deploy(project.AgreeableFake).address, 7)])
