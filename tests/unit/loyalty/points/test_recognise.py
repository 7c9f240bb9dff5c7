"""`Points.recognise`: rights follow the Charter's directory, and nothing else gives any."""

import ape
import pytest

from tests.conftest import entry_name

from .conftest import MINTER, NOBODY, REVERSER, SPENDER, award

RIGHTS = {
    "rewards": MINTER | REVERSER,
    "perks": SPENDER,
    "badges": SPENDER,
    "clearing": MINTER | SPENDER,
}


@pytest.fixture
def successor(project, admin):
    return admin.deploy(project.FakePartner)


@pytest.mark.parametrize("name", ["badges", "clearing"])
def test_recognise__new_entry__gives_its_rights(points, successor, replace, outsider, name):
    replace(name, successor)
    receipt = points.recognise(entry_name(name), sender=outsider)

    assert receipt.events == [
        points.ContractRecognised(name=entry_name(name), contract=successor, rights=RIGHTS[name])
    ]
    holder = points.holder(successor)
    assert (holder.rights, holder.period, holder.expires_at) == (RIGHTS[name], 0, 0)
    assert points.recognised(entry_name(name)) == successor


def test_recognise__rewards_and_perks__have_theirs(points, rewards, perks):
    assert points.holder(rewards).rights == RIGHTS["rewards"]
    assert points.holder(perks).rights == RIGHTS["perks"]


def test_recognise__replaced_rewards__keep_undoing_their_own(
    points, rewards, holders, successor, replace, outsider
):
    replace("rewards", successor)
    receipt = points.recognise(entry_name("rewards"), sender=outsider)

    name = entry_name("rewards")
    assert receipt.events == [
        points.RightsLost(name=name, contract=rewards, rights=MINTER),
        points.ContractRecognised(name=name, contract=successor, rights=MINTER | REVERSER),
    ]
    assert points.holder(rewards).rights == REVERSER
    rewards.reverse(points, holders[0], 10, sender=outsider)
    assert points.balanceOf(holders[0]) == 990
    with ape.reverts("point_rights: lacks the right"):
        rewards.mint(points, [award(outsider, 1)], sender=outsider)


def test_recognise__replaced_perks__still_refund_and_burn(
    points, perks, holders, successor, replace, outsider
):
    perks.take(points, holders[0], 300, sender=outsider)
    replace("perks", successor)
    receipt = points.recognise(entry_name("perks"), sender=outsider)

    name = entry_name("perks")
    assert receipt.events == [
        points.RightsLost(name=name, contract=perks, rights=SPENDER),
        points.ContractRecognised(name=name, contract=successor, rights=SPENDER),
    ]
    assert points.holder(perks).expires_at == 0, "what it holds in escrow never lapses"
    perks.refund(points, holders[0], 100, sender=outsider)
    perks.burn(points, 200, sender=outsider)
    assert points.balanceOf(holders[0]) == 800
    with ape.reverts("point_rights: lacks the right"):
        perks.take(points, holders[0], 1, sender=outsider)


def test_recognise__until_told__the_old_one_goes_on(points, rewards, successor, replace, outsider):
    """The Charter retires a wing; one that will not listen loses its rights here, by anybody."""
    replace("rewards", successor)
    rewards.mint(points, [award(outsider, 1)], sender=outsider)
    with ape.reverts("point_rights: lacks the right"):
        successor.mint(points, [award(outsider, 1)], sender=outsider)


def test_recognise__what_lapsed_there_before__is_not_revived(
    points, holders, successor, replace, outsider, expiry, chain
):
    points.transfer(successor, 50, sender=holders[0])
    chain.pending_timestamp = points.holder(successor).expires_at
    chain.mine()
    replace("badges", successor)
    receipt = points.recognise(entry_name("badges"), sender=outsider)

    assert receipt.events == [
        points.Transfer(sender=successor, receiver=NOBODY, value=50),
        points.PointsExpired(holder=successor, amount=50),
        points.ContractRecognised(name=entry_name("badges"), contract=successor, rights=SPENDER),
    ]
    assert points.balanceOf(successor) == 0


def test_recognise__twice__reverts(points, outsider):
    with ape.reverts("point_rights: nothing new"):
        points.recognise(entry_name("rewards"), sender=outsider)


def test_recognise__empty_entry__reverts(points, outsider):
    with ape.reverts("point_rights: nothing new"):
        points.recognise(entry_name("badges"), sender=outsider)


@pytest.mark.parametrize("name", ["polls", "points", "", "Rewards"])
def test_recognise__name_without_rights__reverts(points, outsider, name):
    with ape.reverts("point_rights: unknown name"):
        points.recognise(entry_name(name), sender=outsider)


def test_recognise__before_the_seal__reverts(project, charter, passport, admin, warden, rewards):
    """While a brand is founded an entry changes at once; and a reverser stays one for good."""
    founding = admin.deploy(project.Charter, admin, warden, 0)
    points = admin.deploy(project.Points, founding, passport, "Points", "PTS", 0, "EUR", 1, 86_400)
    founding.set_entry(entry_name("rewards"), rewards, sender=admin)
    with ape.reverts("point_rights: charter unsealed"):
        points.recognise(entry_name("rewards"), sender=admin)
