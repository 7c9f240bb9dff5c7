"""P8: one bad recipient stops a batch.

A batch of awards holds somebody who is no member by the time it is mined: a wallet that never had
a passport, or a member who saw the batch coming and left in the block before. Ours skips them,
names them, and pays the rest. A twin that insists on all of them pays nobody: here four people
lose 500 points each, 20 EUR in all, again with every batch and for the price of a leave and a join.
"""

import ape
import pytest

from tests import house
from tests.conftest import DAY, entry_name

AWARD = 500


def word(account, points, standing):
    return int(str(account.address), 16) << 96 | points << 48 | standing


@pytest.fixture
def open_house(project, chain, admin, issuer, steward, members):
    """A brand whose rewards are to be chosen, with five members."""

    def _open(rewards_of):
        end = chain.blocks.head.timestamp + DAY
        charter = admin.deploy(project.Charter, admin, admin, end)
        charter.give_roles(issuer, 2, sender=admin)
        charter.give_roles(steward, 8, sender=admin)
        passport = admin.deploy(project.Passport)
        rules = {"maturity": DAY, "caps": (5, 50, 10_000, DAY), "tiers": [100]}
        membership, _ = house.open_house(project, admin, charter, passport, **rules)
        points = admin.deploy(
            project.Points, charter, passport, "Points", "PTS", 0, "EUR", 10_000, DAY
        )
        rewards = rewards_of(charter, passport, membership, points)
        for name, contract in (
            ("membership", membership),
            ("points", points),
            ("rewards", rewards),
        ):
            charter.set_entry(entry_name(name), contract, sender=admin)
        charter.seal(sender=admin)
        points.recognise(entry_name("rewards"), sender=admin)
        for member in members:
            passport.register(sender=member)
        membership.admit([1, 2, 3, 4, 5], sender=steward)
        return rewards, membership, points

    return _open


@pytest.fixture
def ours(project, admin, open_house):
    return open_house(lambda *base: admin.deploy(project.Rewards, *base, DAY, 100_000))


@pytest.fixture
def twin(project, admin, open_house):
    return open_house(lambda *base: admin.deploy(project.BrittleRewards, *base))


def leave_just_before(brand, members, saboteur, issuer):
    """The third of five leaves in the block before the batch."""
    rewards, membership, _ = brand
    membership.leave(sender=members[2])
    rewards.award(1, [word(who, AWARD, 5) for who in members], sender=issuer)


def slip_in_a_stranger(brand, members, saboteur, issuer):
    """A shop's till wrote down a wallet that nobody registered."""
    rewards, _, _ = brand
    people = [*members[:2], saboteur, *members[3:]]
    rewards.award(1, [word(who, AWARD, 5) for who in people], sender=issuer)


ATTACKS = [leave_just_before, slip_in_a_stranger]


@pytest.mark.parametrize("attack", ATTACKS)
def test_bad_recipient__ours__pays_the_others(ours, members, outsider, issuer, attack):
    attack(ours, members, outsider, issuer)
    _, membership, points = ours
    assert [points.balanceOf(who) for who in members] == [AWARD, AWARD, 0, AWARD, AWARD]
    assert [membership.standing_of(number) for number in range(1, 6)] == [5, 5, 0, 5, 5]
    assert points.balanceOf(outsider) == 0


@pytest.mark.parametrize(
    ("attack", "reason"),
    [
        (leave_just_before, "brittle_rewards: no member"),
        (slip_in_a_stranger, "brittle_rewards: no passport"),
    ],
)
def test_bad_recipient__brittle_twin__pays_nobody(twin, members, outsider, issuer, attack, reason):
    with ape.reverts(reason):
        attack(twin, members, outsider, issuer)
    _, _, points = twin
    assert points.totalSupply() == 0
