"""Who leaves at once, for a plan got dearer: to the second, with what came before and after."""

import pytest

from tests import agreements as stage
from tests.agreements import GRACE, PERIOD, SMALL


@pytest.fixture
def worsened(price_lists, running, controller):
    """The running agreement, one of whose plans got dearer."""
    dearer = SMALL._replace(base_price=1_001)
    price_lists.revise_plan(1, 1, dearer, stage.PLAN_WORDS, sender=controller)
    return running


@pytest.fixture
def leave(agreements, worsened, customer, at):
    """Leave at once, in that second."""

    def _leave(second):
        at(second)
        return agreements.end(1, worsened.terms, True, sender=customer)

    return _leave


@pytest.fixture
def close(worsened, at, poke):
    """Let the period end, and its grace."""

    def _close(period=0):
        at(worsened.ends(period) + GRACE)
        return poke(worsened)

    return _close


def test_leave__last_second_of_a_period__pays_nearly_all(worsened, leave, close, settled):
    leave(worsened.ends(0) - 1)
    close()
    settled(9_001, due=999)  # rounded down


def test_leave__first_second_of_a_period__pays_the_one_before_alone(
    worsened, leave, close, settled
):
    leave(worsened.ends(0))
    close(1)
    settled(9_000, due=1_000)


def test_leave__in_the_last_period_of_the_term__pays_a_part(
    agreements, price_lists, open_one, controller, customer, at, poke, settled
):
    one = open_one(periods=1)
    dearer = SMALL._replace(base_price=1_001)
    price_lists.revise_plan(1, 1, dearer, stage.PLAN_WORDS, sender=controller)
    at(one.starts_at + PERIOD // 2)
    agreements.end(1, one.terms, True, sender=customer)
    at(one.ends(0) + GRACE)
    poke(one)
    settled(9_500, due=500)


def test_leave__reading_of_that_very_second__counts(worsened, leave, outsider, at):
    second = worsened.starts_at + PERIOD // 2
    leave(second)
    at(second + 10)
    worsened.settle(outsider, 4, second)
    assert worsened.account.use == 4


def test_leave__reading_of_the_second_after__is_uncounted(
    agreements, worsened, leave, outsider, at
):
    second = worsened.starts_at + PERIOD // 2
    leave(second)
    at(second + 10)
    receipt = worsened.settle(outsider, 40, second + 1)
    assert receipt.events == [
        agreements.ReadingUncounted(agreement_id=1, sequence=1, read_at=second + 1, register=40)
    ]
    assert (worsened.account.use, worsened.account.register) == (0, 40)


def test_leave__late_reading_once_all_is_closed__costs_nothing(
    worsened, leave, close, outsider, settled
):
    second = worsened.starts_at + PERIOD // 2
    leave(second)
    close()
    receipt = worsened.settle(outsider, 40, second)
    assert [event.event_name for event in receipt.events] == ["ReadingUncounted"]
    settled(9_500, due=500)


def test_leave__in_the_grace__readings_of_both_count_where_they_belong(
    worsened, leave, close, outsider, at, settled
):
    left_at = worsened.ends(0) + PERIOD // 30
    leave(left_at)
    at(left_at + 1)
    worsened.settle(outsider, 30, worsened.ends(0))  # 2,000
    at(left_at + 2)
    worsened.settle(outsider, 35, left_at)  # half of what is included
    close(1)
    settled(7_500, due=2_500)


def test_leave__on_a_higher_plan__pays_that_plans_part(
    worsened, leave, close, outsider, at, settled
):
    worsened.settle(outsider, 30)  # three quarters of what the second plan includes
    leave(worsened.starts_at + PERIOD // 10)
    close()
    settled(8_500, due=1_500)


def test_leave__with_an_outage__is_credited_of_the_part(worsened, leave, close, outsider, settled):
    worsened.settle(outsider, 1, outage=PERIOD // 60 // 10)
    leave(worsened.starts_at + PERIOD // 2)
    close()
    settled(9_550, due=450)


def test_leave__after_going_on__keeps_the_limit_of_the_period(
    agreements, worsened, leave, close, customer, outsider, settled
):
    agreements.go_on(1, worsened.terms, 0, 200, 7_000, sender=customer)
    worsened.settle(outsider, 200)
    leave(worsened.starts_at + PERIOD // 2)
    assert agreements.going_on_of(1).period_cap == 7_000
    close()
    settled(3_000, due=7_000)


def test_leave__money_that_is_left__is_paid_back_once_closed(
    agreements, token, worsened, leave, customer, at
):
    before = token.balanceOf(customer)
    leave(worsened.starts_at + PERIOD // 2)
    at(worsened.ends(0) + GRACE)
    agreements.withdraw(1, worsened.terms, customer, 9_500, sender=customer)
    assert token.balanceOf(customer) == before + 9_500
    assert worsened.account.escrow == 0


def test_leave__a_plan_beyond_the_stop_is_gone__is_a_reason_too(
    agreements, price_lists, open_one, controller, customer, wait
):
    one = open_one(rungs=stage.climb(True, False, True))
    price_lists.withdraw_plan(1, 3, sender=controller)
    wait()
    agreements.end(1, one.terms, True, sender=customer)
    assert not agreements.is_entitled(1)
