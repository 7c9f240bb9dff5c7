"""Which plan would have been the best: from what periods used, on the plans of a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercle.agreements import advise
from cercle.agreements.advice import advise_on
from cercle.agreements.findings import ClosedPeriod
from cercle.agreements.lists import Offer
from cercle.agreements.receipts import verify

from .ladders import ladders
from .service_town import CHOICES, DAY, LARGE, MEDIUM, PERIOD, SMALL

OFFERS = tuple(Offer(plan_id=i, plan=plan) for i, plan in enumerate((SMALL, MEDIUM, LARGE), 1))


def periods(*uses, price=0):
    """Periods that are over, of these uses."""
    return tuple(
        ClosedPeriod(number=i, use=use, price=price, credit=0, charge=0, tx_hash="0x")
        for i, use in enumerate(uses)
    )


def test_advise_on__use_that_a_plan_fits__names_it_and_what_it_saves():
    advice = advise_on(periods(30, 40, 50, price=4_000), OFFERS)
    assert [(one.plan_id, one.total) for one in advice.plans] == [
        (2, 6_400),
        (3, 12_000),
        (1, None),
    ]
    assert (advice.plans[2].uncovered, advice.plans[2].prices) == (3, (None, None, None))
    assert (advice.price, advice.saving, advice.ladder_saving) == (12_000, 5_600, 5_600)
    assert advice.sentence == (
        "On plan 2 alone the last 3 periods would have cost 6400: 5600 less than the 12000 of your"
        " plans."
    )


@pytest.mark.parametrize(
    ("past", "offers", "sentence"),
    [
        (periods(), OFFERS, "No period is over yet: there is nothing to compare."),
        (periods(201), OFFERS, "No plan covers all that was used in the last period."),
        (periods(5), (), "No plan covers all that was used in the last period."),
        (
            periods(5, price=1_000),
            OFFERS,
            "On plan 1 alone the last period would have cost 1000, as much as on your plans.",
        ),
        (
            periods(5, 30, price=1_500),
            OFFERS,
            "On plan 2 alone the last 2 periods would have cost 4000: your plans cost less, 3000.",
        ),
    ],
)
def test_advise_on__other_pasts__says_how_they_compare(past, offers, sentence):
    assert advise_on(past, offers).sentence == sentence


def test_advise_on__long_past__looks_at_the_last_twelve():
    advice = advise_on(periods(*range(1, 20)), OFFERS)
    assert advice.uses == tuple(range(8, 20))


@given(rungs=ladders(), data=st.data())
def test_advise_on__any_ladder__says_what_the_calculator_does(rungs, data):
    """Which is that of the contract, up to who comes first of two as cheap."""
    most = rungs[-1].plan.capacity
    uses = data.draw(st.lists(st.integers(0, most), min_size=1, max_size=12))
    offers = tuple(Offer(plan_id=i, plan=rung.plan) for i, rung in enumerate(rungs))
    told, right = advise_on(periods(*uses), offers), advise(rungs, uses)
    assert {one.plan_id: one.total for one in told.plans} == dict(enumerate(right.totals))
    assert told.each_cheapest == right.ladder_total
    assert (told.best and told.best.plan_id) == right.best


def test_advise_on__periods_of_an_agreement__are_those_that_were_charged(service):
    number = service.open(*CHOICES)
    shown = 0
    for use in (30, 40, 45):
        shown += use
        service.pass_time(DAY)
        service.settle(number, shown, shown)
        service.pass_time(PERIOD - DAY)
    service.pass_time(PERIOD)
    service.poke(number)
    checked = verify(service.book.history(number))
    advice = advise_on(checked.periods, service.shelf().offers_for(0))
    assert advice.uses[:3] == (30, 40, 45)
    assert advice.best is not None
    assert advice.best.plan_id == 2
    assert advice.price == sum(one.charge for one in checked.periods)
    assert advice.ladder_saving == 0
