"""`Points.mint_batch`: how points come to be, and by whom alone."""

import ape
import pytest

from tests.conftest import entry_name

from .conftest import DAY, NOBODY, PERIOD, award


def test_mint_batch__several__credits_each(points, rewards, members, outsider):
    words = [award(members[0], 10), award(members[1], 20, own=2**48 - 1), award(members[0], 5)]
    receipt = rewards.mint(points, words, sender=outsider)

    assert receipt.events == [
        points.Transfer(sender=NOBODY, receiver=who, value=amount)
        for who, amount in ((members[0], 10), (members[1], 20), (members[0], 5))
    ]
    assert [points.balanceOf(who) for who in members[:3]] == [15, 20, 0]
    assert points.totalSupply() == 35


def test_mint_batch__first_points__live_by_the_terms_of_today(points, rewards, members, outsider):
    receipt = rewards.mint(points, [award(members[0], 10)], sender=outsider)

    holder = points.holder(members[0])
    assert (holder.last_active, holder.period) == (receipt.timestamp, PERIOD)
    assert holder.expires_at == receipt.timestamp + PERIOD
    assert (holder.is_frozen, holder.rights) == (False, 0)


def test_mint_batch__none__touches_nobody(points, rewards, members, outsider):
    receipt = rewards.mint(points, [award(members[0], 0, own=9)], sender=outsider)

    assert receipt.events == []
    assert points.holder(members[0]).last_active == 0


def test_mint_batch__hundred_of_the_most__are_taken(points, rewards, members, outsider):
    most = 2**48 - 1
    words = [award(members[n % 5], most) for n in range(100)]
    rewards.mint(points, words, sender=outsider)
    assert points.balanceOf(members[4]) == 20 * most
    assert points.totalSupply() == 100 * most


def test_mint_batch__to_who_lapsed__sweeps_first(points, rewards, holders, outsider, expiry, chain):
    chain.pending_timestamp = expiry
    receipt = rewards.mint(points, [award(holders[0], 7), award(holders[0], 1)], sender=outsider)

    assert receipt.events == [
        points.Transfer(sender=holders[0], receiver=NOBODY, value=1_000),
        points.PointsExpired(holder=holders[0], amount=1_000),
        points.Transfer(sender=NOBODY, receiver=holders[0], value=7),
        points.Transfer(sender=NOBODY, receiver=holders[0], value=1),
    ]
    assert points.balanceOf(holders[0]) == 8
    assert points.totalSupply() == 1_001 + 8


def test_mint_batch__in_the_last_second__keeps_all(
    points, rewards, holders, outsider, expiry, chain
):
    chain.pending_timestamp = expiry - 1
    rewards.mint(points, [award(holders[0], 7)], sender=outsider)
    assert points.balanceOf(holders[0]) == 1_007
    assert points.holder(holders[0]).expires_at == expiry - 1 + PERIOD


def test_mint_batch__after_a_raise__lengthens_all_the_holder_has(
    points, rewards, holders, treasurer, outsider
):
    points.raise_expiry_period(PERIOD + DAY, sender=treasurer)
    assert points.holder(holders[0]).period == PERIOD
    rewards.mint(points, [award(holders[0], 1)], sender=outsider)
    assert points.holder(holders[0]).period == PERIOD + DAY


def test_mint_batch__to_nobody__reverts(points, rewards, members, outsider):
    with ape.reverts("points: bad receiver"):
        rewards.mint(points, [award(members[0], 1), award(NOBODY, 1)], sender=outsider)


def test_mint_batch__by_anybody_else__reverts(
    points, perks, holders, admin, warden, treasurer, outsider
):
    for sender in (admin, warden, treasurer, outsider, holders[0]):
        with ape.reverts("point_rights: lacks the right"):
            points.mint_batch([award(sender, 1)], sender=sender)
    with ape.reverts("point_rights: lacks the right"):
        perks.mint(points, [award(outsider, 1)], sender=outsider)


def test_mint_batch__halted__reverts_until_the_end(
    points, charter, rewards, members, warden, outsider, chain
):
    receipt = charter.pause(entry_name("points"), DAY, sender=warden)
    chain.pending_timestamp = receipt.timestamp + DAY - 1
    with ape.reverts("wing: halted"):
        rewards.mint(points, [award(members[0], 1)], sender=outsider)
    chain.pending_timestamp = receipt.timestamp + DAY
    rewards.mint(points, [award(members[0], 1)], sender=outsider)
    assert points.balanceOf(members[0]) == 1


@pytest.mark.parametrize("size", [0, 1])
def test_mint_batch__small__is_taken(points, rewards, members, outsider, size):
    rewards.mint(points, [award(members[0], 1)] * size, sender=outsider)
    assert points.totalSupply() == size
