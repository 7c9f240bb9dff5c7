"""The clock of a balance: its last live second, its first dead one, and who is touched by it."""

import ape
import pytest

from .conftest import DAY, NOBODY, PERIOD, award


@pytest.fixture
def endless_points(points, treasurer):
    points.raise_expiry_period(0, sender=treasurer)
    return points


def swept(points, who, amount):
    """The two events of a balance that lapsed."""
    return [
        points.Transfer(sender=who, receiver=NOBODY, value=amount),
        points.PointsExpired(holder=who, amount=amount),
    ]


def test_balance_of__last_live_second__is_whole(points, holders, expiry, chain):
    chain.pending_timestamp = expiry - 1
    chain.mine()
    assert points.balanceOf(holders[0]) == 1_000


def test_balance_of__first_dead_second__is_zero(points, holders, expiry, chain):
    chain.pending_timestamp = expiry
    chain.mine()
    assert points.balanceOf(holders[0]) == 0
    assert points.holder(holders[0]).balance == 0
    assert points.totalSupply() == 2_001, "until somebody sweeps"


def test_transfer__last_live_second__is_taken(points, holders, expiry, chain):
    chain.pending_timestamp = expiry - 1
    points.transfer(holders[3], 1_000, sender=holders[0])
    assert points.balanceOf(holders[3]) == 1_000


def test_transfer__first_dead_second__reverts(points, holders, expiry, chain):
    chain.pending_timestamp = expiry
    with ape.reverts("points: balance too low"):
        points.transfer(holders[3], 1, sender=holders[0])


@pytest.mark.parametrize("receiver", [0, 3], ids=["to oneself", "to another"])
def test_transfer__one_point__makes_both_active(points, holders, chain, receiver):
    chain.mine(deltatime=100 * DAY)
    receipt = points.transfer(holders[receiver], 1, sender=holders[0])
    for who in (holders[0], holders[receiver]):
        assert points.holder(who).expires_at == receipt.timestamp + PERIOD


def test_transfer__none__keeps_nobody_alive(points, holders, expiry, chain):
    """Otherwise anybody could keep everybody's points alive, or dead ones look alive."""
    chain.mine(deltatime=100 * DAY)
    points.transfer(holders[1], 0, sender=holders[0])
    points.transferFrom(holders[0], holders[1], 0, sender=holders[4])
    assert [points.holder(who).expires_at for who in holders[:2]] == [expiry, expiry]


def test_transfer__to_who_lapsed__sweeps_first(points, holders, expiry, chain):
    chain.pending_timestamp = expiry - 1
    points.transfer(holders[1], 1, sender=holders[1])
    chain.pending_timestamp = expiry
    receipt = points.transfer(holders[0], 10, sender=holders[1])

    assert receipt.events == [
        *swept(points, holders[0], 1_000),
        points.Transfer(sender=holders[1], receiver=holders[0], value=10),
    ]
    assert [points.balanceOf(who) for who in holders[:2]] == [10, 990]
    assert points.totalSupply() == 1_001


def test_transfer__to_a_shorter_period__lengthens_it(points, rewards, holders, treasurer, outsider):
    points.raise_expiry_period(2 * PERIOD, sender=treasurer)
    rewards.mint(points, [award(holders[3], 5)], sender=outsider)
    points.transfer(holders[0], 1, sender=holders[3])
    assert points.holder(holders[0]).period == 2 * PERIOD


@pytest.mark.parametrize("how", ["minted", "sent"])
def test_period__lengthened_from_an_odd_one__is_the_new_one_to_the_second(
    points, rewards, holders, treasurer, outsider, how
):
    """Nothing of the old period stays in the word, not its lowest bit either."""
    points.raise_expiry_period(PERIOD + 1, sender=treasurer)
    rewards.mint(points, [award(holders[0], 5), award(holders[3], 5)], sender=outsider)
    points.raise_expiry_period(PERIOD + 2, sender=treasurer)
    rewards.mint(points, [award(holders[3 if how == "sent" else 0], 5)], sender=outsider)
    if how == "sent":
        points.transfer(holders[0], 1, sender=holders[3])
    assert points.holder(holders[0]).period == PERIOD + 2


def test_transfer__to_a_longer_period__keeps_it(points, rewards, holders, treasurer, outsider):
    points.raise_expiry_period(2 * PERIOD, sender=treasurer)
    rewards.mint(points, [award(holders[3], 5)], sender=outsider)
    points.transfer(holders[3], 1, sender=holders[0])
    assert points.holder(holders[3]).period == 2 * PERIOD
    assert points.holder(holders[0]).period == PERIOD


def test_transfer__to_a_new_wallet__hands_the_period_on(points, holders, outsider):
    points.transfer(outsider, 1, sender=holders[0])
    assert points.holder(outsider).period == PERIOD


def test_period__for_ever__outlives_a_century(endless_points, rewards, members, outsider, chain):
    rewards.mint(endless_points, [award(members[0], 5)], sender=outsider)
    chain.mine(deltatime=200 * 365 * DAY)

    assert endless_points.balanceOf(members[0]) == 5
    holder = endless_points.holder(members[0])
    assert (holder.period, holder.expires_at) == (0, 0)
    assert endless_points.sweep([members[0]], sender=outsider).events == []


def test_sweep__lapsed__burns_once(points, holders, outsider, expiry, chain):
    chain.pending_timestamp = expiry
    receipt = points.sweep([*holders, outsider, holders[0]], sender=outsider)

    assert receipt.events == [
        *swept(points, holders[0], 1_000),
        *swept(points, holders[1], 1_000),
        *swept(points, holders[2], 1),
    ]
    assert points.totalSupply() == 0
    assert points.sweep(holders, sender=outsider).events == []


def test_sweep__alive__is_passed_over(points, holders, outsider, expiry, chain):
    chain.pending_timestamp = expiry - 1
    assert points.sweep(holders, sender=outsider).events == []
    assert points.totalSupply() == 2_001


def test_sweep__what_comes_later__lives_anew(points, rewards, holders, outsider, expiry, chain):
    chain.pending_timestamp = expiry
    points.sweep([holders[0]], sender=outsider)
    rewards.mint(points, [award(holders[0], 3)], sender=outsider)
    assert points.balanceOf(holders[0]) == 3


def test_take__escrow__never_lapses(points, perks, holders, outsider, chain):
    perks.take(points, holders[0], 300, sender=outsider)
    chain.mine(deltatime=10 * PERIOD)
    assert points.balanceOf(perks) == 300
    assert points.sweep([perks, holders[0]], sender=outsider).events == swept(
        points, holders[0], 700
    )


def test_refund__to_a_wallet_that_never_held_any__lives_a_period(points, perks, holders, outsider):
    perks.take(points, holders[0], 300, sender=outsider)
    receipt = perks.refund(points, holders[4], 300, sender=outsider)
    assert points.holder(holders[4]).expires_at == receipt.timestamp + PERIOD


def test_refund__to_who_lapsed_meanwhile__is_live(points, perks, holders, outsider, expiry, chain):
    chain.pending_timestamp = expiry - 1
    perks.take(points, holders[0], 300, sender=outsider)
    chain.mine(deltatime=PERIOD)
    receipt = perks.refund(points, holders[0], 300, sender=outsider)

    assert receipt.events == [
        *swept(points, holders[0], 700),
        points.Transfer(sender=perks, receiver=holders[0], value=300),
    ]
    assert points.balanceOf(holders[0]) == 300
