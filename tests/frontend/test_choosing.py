"""Plans compared, a ladder to begin with, and what is signed, over plain values."""

import pytest

from cercle.agreements import AtCapacity, Plan
from cercle.agreements.ladder import admitted
from cercle.agreements.lists import Offer
from cercle.errors import CapBelowBase, EscrowTooSmall, ListWasChanged, TotalCapTooSmall
from frontend import choosing
from frontend.agreed import Words
from frontend.choosing import Draft
from frontend.testing import agreements as fakes
from frontend.testing.fakes import MEMBER_CARD, NOW

OFFERED = fakes.offered()
OFFERS = OFFERED.shelf.offers_for(MEMBER_CARD.passport_id)
SAY = Words(OFFERED.wording, OFFERED.purse)
DRAFT = Draft(
    plans=(1, 4, 3), stop=4, period_cap=14_00, total_cap=168_00, periods=12, deposit=21_40
)


def offer(number, base, capacity, passport_id=0):
    plan = Plan(base_price=base, included=capacity, unit_price=0, capacity=capacity)
    return Offer(plan_id=number, plan=plan, passport_id=passport_id)


def words(draft):
    return [one.replace("\xa0", " ") for one in choosing.summary(*made(draft), SAY)]


def made(draft):
    return choosing.made(draft, OFFERED, MEMBER_CARD)


def test_compared__own_periods__marks_the_plan_that_alone_costs_least():
    periods = fakes.checked(fakes.contract(), (310, 1_670)).periods
    found, rows = choosing.compared(periods, OFFERS)
    assert [(row.offer.plan_id, row.total, row.is_best) for row in rows] == [
        *((1, None, False), (4, 16_70, True), (2, 20_70, False)),
        (3, 30_00, False),
    ]
    assert found.saving == 19_80 - 16_70


def test_compared__one_imagined_period__is_priced_on_each():
    _found, rows = choosing.compared(choosing.imagined(250), OFFERS)
    assert {row.offer.plan_id: row.total for row in rows} == {1: 5_50, 4: 6_00, 2: 7_00, 3: 15_00}
    assert [row.offer.plan_id for row in rows if row.is_best] == [1]


def test_rising__as_large_as_another__only_the_cheaper_base_is_kept():
    assert [one.plan_id for one in choosing.rising(OFFERS)] == [1, 4, 3]


def test_rising__more_than_a_ladder_holds__keeps_the_largest():
    many = [offer(n, 100 * n, 10 * n) for n in range(1, 9)]
    assert [one.plan_id for one in choosing.rising(many)] == [1, 2, 3, 4, 5, 8]


@pytest.mark.parametrize(("most", "stop"), [(0, 1), (250, 1), (500, 4), (501, 4), (9_999, 3)])
def test_proposed__most_used__stops_where_that_costs_least(most, stop):
    draft = choosing.proposed(OFFERS, [most])
    assert (draft.plans, draft.stop, draft.periods) == ((1, 4, 3), stop, 12)
    assert made(draft)


def test_proposed__caps__let_the_ladder_be_used_up_to_its_stop():
    assert choosing.proposed(OFFERS, [310, 1_670]) == DRAFT


def test_capped__plans_without_a_base_price__pays_in_two_periods_of_such_use():
    abroad = fakes.offered(fakes.ROAMING).shelf.offers_for(MEMBER_CARD.passport_id)
    draft = choosing.proposed(abroad, [100])
    assert (draft.stop, draft.period_cap, draft.deposit) == (1, 5_00, 4_00)


def test_made__as_drafted__is_the_ladder_that_is_signed():
    ladder, terms = made(DRAFT)
    assert [(one.plan_id, one.at_capacity) for one in ladder.rungs] == [
        *((1, AtCapacity.SWITCH), (4, AtCapacity.STOP)),
        (3, AtCapacity.STOP),
    ]
    assert (ladder.meter, ladder.revision, ladder.starts_at) == (fakes.METER, 4, 0)
    assert (terms.limit, terms.lowest, terms.reach) == (2_000, 5_00, 2)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"deposit": 4_99}, EscrowTooSmall),
        ({"period_cap": 5_99}, CapBelowBase),
        ({"total_cap": 13_99}, TotalCapTooSmall),
    ],
)
def test_made__what_the_contract_would_refuse__is_refused_here(changes, refused):
    with pytest.raises(refused):
        made(Draft(**{**DRAFT.__dict__, **changes}))


def test_made__list_that_moved_meanwhile__keeps_the_revision_that_was_read():
    moved = OFFERED.shelf.price_list.model_copy(update={"revision": 5})
    shelf = OFFERED.shelf.model_copy(update={"price_list": moved})
    ladder, _terms = made(DRAFT)
    with pytest.raises(ListWasChanged):
        admitted(ladder, shelf, MEMBER_CARD.passport_id, MEMBER_CARD.main_wallet)


def test_summary__ladder_of_three__says_all_that_is_agreed():
    assert words(DRAFT) == [
        "Each period the cheapest counts of “Small” up to 5 GB and “For you” up to 20 GB; there it "
        "stops. Beyond that only if you say so, up to 80 GB.",
        "A period of 30 days costs 5.00 EURC at least and 14.00 EURC at most. All 12 of them "
        "cost 168.00 EURC at most.",
        "You pay in 21.40 EURC now. When that is used up it stops, until you pay in more.",
        "It begins now and ends by itself on 10 March 2027; you may end it with any period before.",
        "Nobody can raise these prices for you; if they fall, yours fall too.",
    ]


def test_summary__one_plan_later__says_so():
    starts = int(NOW.timestamp()) + 10 * fakes.DAY
    alone = Draft((2,), 2, 17_00, 17_00, 1, 7_00, starts_at=starts)
    told = words(alone)
    assert told[0] == "One plan counts, “Medium” up to 20 GB; there it stops."
    assert told[1] == "A period of 30 days costs 7.00 EURC at least and 17.00 EURC at most."
    assert told[3].startswith("It begins on 25 March 2026 and ends by itself on 24 April 2026;")


def test_capped__nothing_used_and_nothing_to_pay__pays_in_what_a_period_may_cost():
    abroad = fakes.offered(fakes.ROAMING).shelf.offers_for(MEMBER_CARD.passport_id)
    assert choosing.proposed(abroad, [0]).deposit == 5_00
