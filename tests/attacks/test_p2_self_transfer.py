"""P2: a transfer to oneself.

In January 2025 a self-transfer reset the accounting of the Idols and cost 97 stETH: the hook that
settles sender and receiver met the same account twice. Here the thief sends all they have to
themselves, in every form there is, and should have what they had. Against a twin that reads both
balances before it writes either, ten rounds turn 1,000 points into a million: 10,000 EUR at the
face value of a cent.
"""

import pytest

from tests.conftest import entry_name

ROUNDS = 10
STAKE = 1_000
LOOT = STAKE * 2**ROUNDS


@pytest.fixture
def partner(project, admin):
    """Mints and takes; stands in the directory for rewards and for a market of the thief's."""
    return admin.deploy(project.FakePartner)


@pytest.fixture
def ours(project, admin, outsider, partner):
    charter = admin.deploy(project.Charter, admin, admin, 0)
    passport = admin.deploy(project.FakePassport)
    points = admin.deploy(
        project.Points, charter, passport, "Points", "PTS", 0, "EUR", 10_000, 86_400
    )
    market = admin.deploy(project.FakePartner)
    charter.set_entry(entry_name("rewards"), partner, sender=admin)
    charter.set_entry(entry_name("perks"), market, sender=admin)
    charter.seal(sender=admin)
    for name in ("rewards", "perks"):
        points.recognise(entry_name(name), sender=admin)
    words = [int(str(who.address), 16) << 96 | STAKE << 48 for who in (outsider, market)]
    partner.mint(points, words, sender=admin)
    return points, market


@pytest.fixture
def twin(project, admin, outsider):
    points = admin.deploy(project.ForgetfulPoints)
    market = admin.deploy(project.FakePartner)
    for who in (outsider, market):
        points.mint(who, STAKE, sender=admin)
    return points, market


def send_to_oneself(brand, thief):
    points, _ = brand
    for _ in range(ROUNDS):
        points.transfer(thief, points.balanceOf(thief), sender=thief)
    return points.balanceOf(thief)


def send_to_oneself_by_allowance(brand, thief):
    points, _ = brand
    for _ in range(ROUNDS):
        amount = points.balanceOf(thief)
        points.approve(thief, amount, sender=thief)
        points.transferFrom(thief, thief, amount, sender=thief)
    return points.balanceOf(thief)


def take_from_oneself(brand, thief):
    """By a market that the Charter lists, and that turned."""
    points, market = brand
    for _ in range(ROUNDS):
        market.take(points, market, points.balanceOf(market), sender=thief)
    return points.balanceOf(market)


ATTACKS = [send_to_oneself, send_to_oneself_by_allowance, take_from_oneself]


@pytest.mark.parametrize("attack", ATTACKS)
def test_self_transfer__ours__gains_nothing(ours, outsider, attack):
    assert attack(ours, outsider) == STAKE
    points, _ = ours
    assert points.totalSupply() == 2 * STAKE


@pytest.mark.parametrize("attack", ATTACKS)
def test_self_transfer__forgetful_twin__mints(twin, outsider, attack):
    assert attack(twin, outsider) == LOOT
    points, _ = twin
    assert points.totalSupply() == 2 * STAKE, "more is held than there is"
