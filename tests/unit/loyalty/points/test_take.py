"""`Points.take`, and the refund and the burning that follow it."""

import ape

from .conftest import NOBODY


def test_take__by_the_perks__moves_into_escrow(points, perks, holders, outsider):
    receipt = perks.take(points, holders[0], 300, sender=outsider)

    assert receipt.events == [points.Transfer(sender=holders[0], receiver=perks, value=300)]
    assert (points.balanceOf(holders[0]), points.balanceOf(perks)) == (700, 300)
    assert points.holder(holders[0]).last_active == receipt.timestamp


def test_take__refunded__is_an_ordinary_transfer(points, perks, holders, outsider):
    perks.take(points, holders[0], 300, sender=outsider)
    receipt = perks.refund(points, holders[0], 300, sender=outsider)

    assert receipt.events == [points.Transfer(sender=perks, receiver=holders[0], value=300)]
    assert points.balanceOf(holders[0]) == 1_000


def test_take__burnt__leaves_the_supply(points, perks, holders, outsider):
    perks.take(points, holders[0], 300, sender=outsider)
    receipt = perks.burn(points, 300, sender=outsider)

    assert receipt.events == [points.Transfer(sender=perks, receiver=NOBODY, value=300)]
    assert points.totalSupply() == 1_701


def test_take__more_than_there_is__reverts(points, perks, holders, outsider):
    with ape.reverts("points: balance too low"):
        perks.take(points, holders[0], 1_001, sender=outsider)


def test_take__dead_balance__reverts(points, perks, holders, outsider, expiry, chain):
    chain.pending_timestamp = expiry
    with ape.reverts("points: balance too low"):
        perks.take(points, holders[0], 1, sender=outsider)


def test_take__by_anybody_else__reverts(
    points, rewards, holders, admin, warden, treasurer, outsider
):
    for sender in (admin, warden, treasurer, outsider, holders[1]):
        with ape.reverts("point_rights: lacks the right"):
            points.take(holders[0], 1, sender=sender)
    with ape.reverts("point_rights: lacks the right"):
        rewards.take(points, holders[0], 1, sender=outsider)
