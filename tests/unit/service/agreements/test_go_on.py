"""`Agreements.go_on`: beyond the stop, for one period, on the customer's word."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import LARGE, SMALL


@pytest.fixture
def stopping(open_one):
    """An agreement that stops at 20 units, and may go on to 200."""
    return open_one(rungs=stage.climb(True, True, True), period_cap=2_000)


@pytest.fixture
def go_on(agreements, stopping, customer):
    """Go on in the first period, to 60 units and 3,000, unless told."""

    def _go_on(sender=customer, period=0, limit=60, period_cap=3_000):
        return agreements.go_on(1, stopping.terms, period, limit, period_cap, sender=sender)

    return _go_on


def test_go_on__after_the_stop__is_served_again(agreements, stopping, go_on, outsider):
    stopping.settle(outsider, 25)
    assert (stopping.account.price, stopping.account.use) == (1_500, 25)
    assert not agreements.is_entitled(1)

    receipt = go_on()
    assert receipt.events == [
        agreements.WentOn(agreement_id=1, period=0, limit=60, period_cap=3_000),
        agreements.PlanSwitched(agreement_id=1, period=0, old_plan=1, new_plan=2),
    ]
    assert agreements.is_entitled(1)
    assert (stopping.account.price, stopping.account.rung) == (2_000, 1)
    assert tuple(agreements.going_on_of(1)) == (0, 60, 3_000, 0)


def test_go_on__to_the_new_limit__stops_there(agreements, stopping, go_on, outsider):
    go_on(limit=50)
    stopping.settle(outsider, 49)
    assert agreements.is_entitled(1)
    stopping.settle(outsider, 70)
    assert not agreements.is_entitled(1)
    assert stopping.account.price == 2_400  # of 50 units on the second plan


def test_go_on__once_more__goes_further(agreements, stopping, go_on, outsider):
    go_on()
    go_on(limit=200, period_cap=7_000)
    stopping.settle(outsider, 199)
    assert stopping.account.price == LARGE.base_price + 99 * LARGE.unit_price
    assert agreements.is_entitled(1)


def test_go_on__for_the_cap_alone__counts(agreements, open_one, customer, outsider):
    one = open_one(period_cap=4_000)
    one.settle(outsider, 120)
    assert not agreements.is_entitled(1)
    agreements.go_on(1, one.terms, 0, 200, 5_000, sender=customer)
    assert agreements.is_entitled(1)
    assert one.account.price == 4_600


def test_go_on__next_period__is_over(agreements, stopping, go_on, outsider, at):
    go_on()
    stopping.settle(outsider, 30)
    at(stopping.ends(0) + 1)
    stopping.settle(outsider, 60, stopping.ends(0) + 1)
    assert (stopping.account.use, stopping.account.price) == (30, SMALL.base_price + 500)
    assert not agreements.is_entitled(1)
    assert not stopping.account.has_gone_on


def test_go_on__while_the_grace_lasts__means_the_period_before(stopping, go_on, at):
    at(stopping.ends(0) + stage.GRACE - 1)
    go_on(period=0)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"period": 1}, "agreements: another period"),
        ({"limit": 19}, "agreements: less than before"),
        ({"period_cap": 1_999}, "agreements: less than before"),
        ({"limit": 20, "period_cap": 2_000}, "agreements: no more than before"),
        ({"limit": 201}, "agreements: beyond the ladder"),
        ({"period_cap": 2**79}, "agreements: cap too large"),
    ],
)
def test_go_on__otherwise__reverts(go_on, words, reason):
    with ape.reverts(reason):
        go_on(**words)


def test_go_on__once_closed__reverts(stopping, go_on, at):
    at(stopping.ends(0) + stage.GRACE)
    with ape.reverts("agreements: another period"):
        go_on(period=0)


def test_go_on__over__reverts(agreements, open_one, customer, at):
    one = open_one(periods=1)
    at(one.ends(0) + stage.GRACE)
    with ape.reverts("agreements: over"):
        agreements.go_on(1, one.terms, 1, 200, 7_000, sender=customer)


def test_go_on__by_another__reverts(go_on, other):
    with ape.reverts("agreements: not the customer"):
        go_on(other)
