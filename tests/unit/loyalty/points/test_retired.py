"""Points that were replaced: no new ones, and everything else for ever."""

import ape
import pytest

from tests.conftest import entry_name

from .conftest import NOBODY, SPENDER, award


@pytest.fixture
def retired(project, points, holders, charter, passport, replace, admin):
    """Another currency has taken their place in the Charter."""
    new_points = admin.deploy(
        project.Points, charter, passport, "New Points", "NPT", 0, "EUR", 5_000, 86_400
    )
    replace("points", new_points)
    return points


def test_retired__mints__no_more(retired, rewards, members, outsider):
    with ape.reverts("wing: halted"):
        rewards.mint(retired, [award(members[0], 1)], sender=outsider)


def test_retired__holders__send_allow_and_burn(retired, holders, outsider):
    retired.transfer(holders[3], 100, sender=holders[0])
    retired.approve(outsider, 50, sender=holders[0])
    retired.transferFrom(holders[0], outsider, 50, sender=outsider)
    retired.burn(10, sender=holders[0])
    assert [retired.balanceOf(who) for who in (holders[0], holders[3], outsider)] == [840, 100, 50]


def test_retired__spending_and_refunds__go_on(retired, perks, holders, outsider):
    perks.take(retired, holders[0], 100, sender=outsider)
    perks.refund(retired, holders[0], 40, sender=outsider)
    perks.burn(retired, 60, sender=outsider)
    assert retired.balanceOf(holders[0]) == 940


def test_retired__reversal__goes_on(retired, rewards, holders, outsider):
    rewards.reverse(retired, holders[0], 10, sender=outsider)
    assert retired.balanceOf(holders[0]) == 990


def test_retired__recovery__goes_on(retired, passport, holders, spare_wallets, outsider):
    passport.set_recovering(holders[0], True, sender=outsider)
    retired.freeze(holders[0], sender=outsider)
    passport.recover(holders[0], spare_wallets[0], sender=outsider)
    retired.pull(holders[0], sender=spare_wallets[0])
    assert retired.balanceOf(spare_wallets[0]) == 1_000


def test_retired__expiry__goes_on(retired, holders, outsider, chain):
    chain.pending_timestamp = retired.holder(holders[0]).expires_at
    receipt = retired.sweep([holders[0]], sender=outsider)
    assert receipt.events[0] == retired.Transfer(sender=holders[0], receiver=NOBODY, value=1_000)


def test_retired__new_perks__can_be_recognised(project, retired, replace, admin, outsider):
    """So that the old currency stays spendable where the new perks take it."""
    new_perks = admin.deploy(project.FakePartner)
    replace("perks", new_perks)
    retired.recognise(entry_name("perks"), sender=outsider)
    assert retired.holder(new_perks).rights == SPENDER


def test_halted__holders__are_not_stopped(points, charter, perks, holders, warden, outsider):
    charter.pause(entry_name("points"), 86_400, sender=warden)
    points.transfer(holders[3], 100, sender=holders[0])
    perks.take(points, holders[0], 100, sender=outsider)
    assert points.balanceOf(holders[0]) == 800
