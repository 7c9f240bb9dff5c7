"""`Points.reverse`: undoing an award, as far as it is still there."""

import ape
import pytest

from .conftest import NOBODY


@pytest.mark.parametrize(
    ("amount", "burnt"), [(400, 400), (1_000, 1_000), (5_000, 1_000)], ids=["part", "all", "more"]
)
def test_reverse__live_balance__burns_what_is_left(
    points, rewards, holders, outsider, amount, burnt, chain
):
    chain.mine(deltatime=500)
    before = points.holder(holders[0]).last_active
    receipt = rewards.reverse(points, holders[0], amount, sender=outsider)

    assert receipt.events == [points.Transfer(sender=holders[0], receiver=NOBODY, value=burnt)]
    assert rewards.last_answer() == burnt
    assert points.balanceOf(holders[0]) == 1_000 - burnt
    assert points.totalSupply() == 2_001 - burnt
    assert points.holder(holders[0]).last_active == before, "it is no act of the holder"


@pytest.mark.parametrize(("who", "amount"), [(3, 10), (0, 0)], ids=["nothing left", "nothing"])
def test_reverse__nothing__is_silent(points, rewards, holders, outsider, who, amount):
    receipt = rewards.reverse(points, holders[who], amount, sender=outsider)
    assert receipt.events == []
    assert rewards.last_answer() == 0


def test_reverse__lapsed__sweeps_and_burns_no_more(
    points, rewards, holders, outsider, expiry, chain
):
    chain.pending_timestamp = expiry
    receipt = rewards.reverse(points, holders[0], 10, sender=outsider)

    assert receipt.events == [
        points.Transfer(sender=holders[0], receiver=NOBODY, value=1_000),
        points.PointsExpired(holder=holders[0], amount=1_000),
    ]
    assert rewards.last_answer() == 0
    assert points.totalSupply() == 1_001


def test_reverse__frozen__still_works(points, rewards, passport, holders, outsider):
    passport.set_recovering(holders[0], True, sender=outsider)
    points.freeze(holders[0], sender=outsider)
    rewards.reverse(points, holders[0], 10, sender=outsider)
    assert points.balanceOf(holders[0]) == 990


def test_reverse__by_anybody_else__reverts(points, perks, holders, admin, warden, outsider):
    for sender in (admin, warden, outsider, holders[0]):
        with ape.reverts("point_rights: lacks the right"):
            points.reverse(holders[0], 1, sender=sender)
    with ape.reverts("point_rights: lacks the right"):
        perks.reverse(points, holders[0], 1, sender=outsider)
