"""`Points.burn`: giving up one's own."""

import ape

from .conftest import NOBODY


def test_burn__part__leaves_the_supply(points, holders):
    receipt = points.burn(400, sender=holders[0])

    assert receipt.events == [points.Transfer(sender=holders[0], receiver=NOBODY, value=400)]
    assert (points.balanceOf(holders[0]), points.totalSupply()) == (600, 1_601)
    assert points.holder(holders[0]).last_active == receipt.timestamp


def test_burn__none__keeps_nothing_alive(points, holders, expiry, chain):
    chain.mine(deltatime=1_000)
    receipt = points.burn(0, sender=holders[0])
    assert receipt.events == [points.Transfer(sender=holders[0], receiver=NOBODY, value=0)]
    assert points.holder(holders[0]).expires_at == expiry


def test_burn__more_than_there_is__reverts(points, holders, outsider):
    for who, amount in ((holders[0], 1_001), (outsider, 1)):
        with ape.reverts("points: balance too low"):
            points.burn(amount, sender=who)


def test_burn__dead__reverts(points, holders, expiry, chain):
    chain.pending_timestamp = expiry
    with ape.reverts("points: balance too low"):
        points.burn(1, sender=holders[0])


def test_burn__frozen__reverts(points, passport, holders, outsider):
    """A thief who cannot send the points shall not destroy them either."""
    passport.set_recovering(holders[0], True, sender=outsider)
    points.freeze(holders[0], sender=outsider)
    with ape.reverts("points: frozen"):
        points.burn(1, sender=holders[0])
