"""`Tariff.standing`: what is shown at any moment is what is then written down, and charged."""

import pytest

from tests import agreements as stage
from tests.agreements import DAY, GRACE, PERIOD, SMALL, ladder


@pytest.fixture
def opened(agreements, price_list, customer):
    """Open an agreement; tells its terms."""
    return lambda **changes: stage.terms_of(agreements.open(ladder(**changes), sender=customer))


@pytest.fixture
def read(agreements, outsider, now):
    """Have a reading of this second counted."""

    def _read(terms, sequence, register, outage=0):
        words = (1, sequence, now(), register, outage)
        agreements.settle(1, terms, stage.reading(agreements, *words), sender=outsider)

    return _read


@pytest.fixture
def standing(tariff, agreements, price_lists):
    """How agreement 1 stands in the second that passed last."""

    def _standing(terms):
        improved = stage.as_terms(price_lists.improved(terms)[0])
        return tariff.standing(improved, agreements.account_of(1), agreements.going_on_of(1))

    return _standing


def test_standing__at_the_start__is_all_open(opened, standing, now):
    terms = opened()
    told = standing(terms)
    assert told.is_entitled
    assert (told.period, told.open_period, told.use, told.rung) == (0, 0, 0, 0)
    assert told.period_ends_at == terms.starts_at + PERIOD
    assert told.ends_at == terms.starts_at + 12 * PERIOD
    assert (told.limit, told.cap, told.next_use) == (200, 6_000, 20)
    assert (told.price, told.credit, told.escrow, told.left) == (1_000, 0, 10_000, 60_000)
    assert told.percent == 0


def test_standing__after_a_reading__tells_its_price(opened, standing, read, wait):
    terms = opened()
    wait(DAY)
    read(terms, 1, 30, PERIOD // 60 // 10)
    told = standing(terms)
    assert (told.use, told.rung, told.next_use, told.price, told.credit) == (30, 1, 60, 2_000, 200)
    assert told.percent == 15


def test_standing__on_the_last_plan__has_no_next(opened, standing, read, wait):
    terms = opened()
    wait(DAY)
    read(terms, 1, 61)
    assert standing(terms).next_use == 0


def test_standing__before_the_start__is_not_served(opened, standing, now, at):
    starts_at = now() + 10 * DAY
    at(starts_at - 9 * DAY)
    told = standing(opened(starts_at=starts_at))
    assert not told.is_entitled
    assert (told.period, told.period_ends_at) == (0, starts_at + PERIOD)


@pytest.mark.parametrize("deposit", [1_500, 3_999, 4_000, 10_000, 50_000])
@pytest.mark.parametrize(
    "after",
    [
        PERIOD - 1,
        PERIOD,
        PERIOD + GRACE - 1,
        PERIOD + GRACE,
        3 * PERIOD,
        4 * PERIOD + GRACE,
        12 * PERIOD,
        12 * PERIOD + GRACE,
        20 * PERIOD,
    ],
)
def test_standing__whenever__is_what_poke_writes_down(
    agreements, tariff, opened, read, wait, at, outsider, deposit, after
):
    terms = opened(deposit=deposit)
    wait(DAY)
    read(terms, 1, 25, 40)
    book = agreements.account_of(1), agreements.going_on_of(1)
    at(terms.starts_at + after)
    agreements.poke(1, terms, sender=outsider)
    told, account = tariff.standing(terms, *book), agreements.account_of(1)
    assert tuple(told) == tuple(tariff.standing(terms, account, book[1]))
    assert told.is_entitled == agreements.is_entitled(1)
    assert (told.escrow, told.left) == (account.escrow, account.left)
    assert (told.open_period, told.use) == (account.period, account.use)
    if account.period < account.periods:
        assert (told.price, told.rung) == (account.price, account.rung)


@pytest.mark.parametrize("after", [PERIOD // 2, PERIOD, PERIOD + GRACE, 2 * PERIOD])
def test_is_entitled__with_nothing_written_down__is_what_the_standing_says(
    agreements, opened, standing, read, wait, chain, after
):
    for deposit in (1_500, 2_500, 10_000):
        with chain.isolate():
            terms = opened(deposit=deposit)
            wait(DAY)
            read(terms, 1, 15)
            chain.mine(deltatime=terms.starts_at + after - chain.blocks.head.timestamp)
            assert standing(terms).is_entitled == agreements.is_entitled(1)


def test_standing__list_got_cheaper__says_so_before_it_is_written_down(
    price_lists, opened, standing, read, wait, controller
):
    terms = opened()
    wait(DAY)
    read(terms, 1, 20)
    cheaper = SMALL._replace(base_price=800, unit_price=20)
    price_lists.revise_plan(1, 1, cheaper, stage.PLAN_WORDS, sender=controller)
    assert standing(terms).price == 1_000


def test_standing__gone_on__has_the_new_limit_for_that_period(
    agreements, opened, standing, customer, wait
):
    terms = opened(rungs=stage.climb(True, True, True))
    agreements.go_on(1, terms, 0, 60, 7_000, sender=customer)
    told = standing(terms)
    assert (told.limit, told.cap, told.next_use) == (60, 7_000, 20)
    wait(PERIOD + GRACE)
    told = standing(terms)
    assert (told.limit, told.cap, told.next_use) == (20, 6_000, 0)


def test_standing__left_at_once__ends_in_that_second_and_costs_a_part(
    agreements, price_lists, opened, standing, controller, customer, at
):
    terms = opened()
    dearer = SMALL._replace(base_price=1_001)
    price_lists.revise_plan(1, 1, dearer, stage.PLAN_WORDS, sender=controller)
    second = terms.starts_at + PERIOD // 2
    at(second)
    agreements.end(1, terms, True, sender=customer)
    told = standing(terms)
    assert (told.is_entitled, told.ends_at, told.price) == (False, second, 500)
