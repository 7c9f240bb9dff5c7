"""`freeze`, `thaw` and `pull`: what stays of a wallet that was lost, and for whom."""

import ape
import pytest

from .conftest import NOBODY, PERIOD, award


@pytest.fixture
def lost(holders):
    return holders[0]


@pytest.fixture
def heir(spare_wallets):
    return spare_wallets[0]


@pytest.fixture
def recovering(points, passport, lost, outsider):
    passport.set_recovering(lost, True, sender=outsider)
    return lost


@pytest.fixture
def frozen(points, recovering, outsider):
    points.freeze(recovering, sender=outsider)
    return recovering


@pytest.fixture
def replaced(passport, frozen, heir, outsider):
    """The recovery is finished: the wallet is dead, and has an heir."""
    passport.recover(frozen, heir, sender=outsider)
    return frozen


# ---- freeze ---------------------------------------------------------------------


def test_freeze__while_recovering__by_anybody(points, recovering, outsider):
    receipt = points.freeze(recovering, sender=outsider)
    assert receipt.events == [points.HolderFrozen(holder=recovering)]
    assert points.holder(recovering).is_frozen
    assert points.balanceOf(recovering) == 1_000


def test_freeze__replaced_unnoticed__still_works(points, passport, lost, heir, outsider):
    passport.recover(lost, heir, sender=outsider)
    points.freeze(lost, sender=outsider)
    assert points.holder(lost).is_frozen


def test_freeze__nothing_pending__reverts(points, lost, admin, warden, outsider):
    for sender in (admin, warden, outsider, lost):
        with ape.reverts("point_recovery: not recovering"):
            points.freeze(lost, sender=sender)


def test_freeze__twice__reverts(points, frozen, outsider):
    with ape.reverts("point_recovery: frozen already"):
        points.freeze(frozen, sender=outsider)


def test_frozen__outgoing__reverts_in_each_form(points, perks, frozen, holders, outsider):
    points.approve(outsider, 10, sender=frozen)
    with ape.reverts("points: frozen"):
        points.transfer(holders[1], 1, sender=frozen)
    with ape.reverts("points: frozen"):
        points.transferFrom(frozen, outsider, 1, sender=outsider)
    with ape.reverts("points: frozen"):
        perks.take(points, frozen, 1, sender=outsider)
    with ape.reverts("points: frozen"):
        points.transfer(frozen, 1, sender=frozen)


def test_frozen__incoming__goes_on(points, rewards, perks, frozen, holders, outsider):
    perks.take(points, holders[1], 20, sender=outsider)
    points.transfer(frozen, 5, sender=holders[1])
    perks.refund(points, frozen, 20, sender=outsider)
    rewards.mint(points, [award(frozen, 3)], sender=outsider)
    assert points.balanceOf(frozen) == 1_028
    assert points.holder(frozen).is_frozen


def test_frozen__time__runs_on(points, frozen, expiry, chain, outsider):
    chain.pending_timestamp = expiry
    points.sweep([frozen], sender=outsider)
    assert points.totalSupply() == 0 + points.balanceOf(frozen) + 1_001


# ---- thaw -----------------------------------------------------------------------


def test_thaw__recovery_came_to_nothing__by_anybody(points, passport, frozen, holders, outsider):
    passport.set_recovering(frozen, False, sender=outsider)
    receipt = points.thaw(frozen, sender=outsider)

    assert receipt.events == [points.HolderThawed(holder=frozen)]
    points.transfer(holders[1], 1_000, sender=frozen)
    assert points.balanceOf(holders[1]) == 2_000


def test_thaw__still_recovering__reverts(points, frozen, admin, warden):
    for sender in (admin, warden, frozen):
        with ape.reverts("point_recovery: still recovering"):
            points.thaw(frozen, sender=sender)


def test_thaw__replaced__reverts(points, replaced, outsider):
    """Else the thief would thaw it and be quicker than the heir."""
    with ape.reverts("point_recovery: replaced"):
        points.thaw(replaced, sender=outsider)


def test_thaw__not_frozen__reverts(points, lost, outsider):
    with ape.reverts("point_recovery: not frozen"):
        points.thaw(lost, sender=outsider)


# ---- pull -----------------------------------------------------------------------


def test_pull__by_the_heir__brings_over_all_there_is(points, replaced, heir, holders):
    points.transfer(heir, 10, sender=holders[1])
    assert points.pull.call(replaced, sender=heir) == 1_000
    receipt = points.pull(replaced, sender=heir)

    assert receipt.events == [
        points.Transfer(sender=replaced, receiver=heir, value=1_000),
        points.PointsPulled(old_wallet=replaced, new_wallet=heir, amount=1_000),
    ]
    assert (points.balanceOf(replaced), points.balanceOf(heir)) == (0, 1_010)
    assert points.totalSupply() == 2_001
    holder = points.holder(heir)
    assert (holder.period, holder.last_active) == (PERIOD, receipt.timestamp)
    assert not holder.is_frozen


def test_pull__twice__gives_nothing(points, replaced, heir):
    points.pull(replaced, sender=heir)
    assert points.pull.call(replaced, sender=heir) == 0
    assert points.pull(replaced, sender=heir).events == []
    assert points.balanceOf(heir) == 1_000


def test_pull__what_came_in_later__can_be_pulled_too(points, replaced, heir, holders):
    points.pull(replaced, sender=heir)
    points.transfer(replaced, 7, sender=holders[1])
    points.pull(replaced, sender=heir)
    assert points.balanceOf(heir) == 1_007


def test_pull__never_frozen__freezes(points, passport, lost, heir, holders, outsider):
    passport.recover(lost, heir, sender=outsider)
    receipt = points.pull(lost, sender=heir)

    assert receipt.events == [
        points.HolderFrozen(holder=lost),
        points.Transfer(sender=lost, receiver=heir, value=1_000),
        points.PointsPulled(old_wallet=lost, new_wallet=heir, amount=1_000),
    ]
    points.transfer(lost, 5, sender=holders[1])
    with ape.reverts("points: frozen"):
        points.transfer(outsider, 5, sender=lost)


def test_pull__last_live_second__is_whole(points, replaced, heir, expiry, chain):
    chain.pending_timestamp = expiry - 1
    points.pull(replaced, sender=heir)
    assert points.balanceOf(heir) == 1_000


def test_pull__lapsed__revives_nothing(points, replaced, heir, expiry, chain):
    chain.pending_timestamp = expiry
    receipt = points.pull(replaced, sender=heir)

    assert receipt.events == [
        points.Transfer(sender=replaced, receiver=NOBODY, value=1_000),
        points.PointsExpired(holder=replaced, amount=1_000),
    ]
    assert points.balanceOf(heir) == 0


def test_pull__to_an_heir_who_lapsed__sweeps_the_heirs_first(
    points, replaced, heir, holders, expiry, chain
):
    points.transfer(heir, 10, sender=holders[1])
    chain.pending_timestamp = points.holder(replaced).expires_at - 1
    points.transfer(replaced, 1, sender=holders[1])  # this keeps the lost one alive
    chain.pending_timestamp = points.holder(heir).expires_at
    receipt = points.pull(replaced, sender=heir)

    assert receipt.events == [
        points.Transfer(sender=heir, receiver=NOBODY, value=10),
        points.PointsExpired(holder=heir, amount=10),
        points.Transfer(sender=replaced, receiver=heir, value=1_001),
        points.PointsPulled(old_wallet=replaced, new_wallet=heir, amount=1_001),
    ]
    assert points.balanceOf(heir) == 1_001


def test_pull__by_anybody_but_the_heir__reverts(points, replaced, admin, warden, outsider, members):
    for sender in (admin, warden, outsider, members[1], replaced):
        with ape.reverts("point_recovery: not the heir"):
            points.pull(replaced, sender=sender)


def test_pull__of_who_has_no_heir__reverts(points, frozen, heir):
    with ape.reverts("point_recovery: not the heir"):
        points.pull(frozen, sender=heir)


def test_pull__of_oneself__reverts(points, passport, lost, outsider):
    passport.set_heir(lost, lost, sender=outsider)
    with ape.reverts("point_recovery: own heir"):
        points.pull(lost, sender=lost)
