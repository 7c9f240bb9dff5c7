"""Ladders that the contracts take, and why not, in words, before anybody signs."""

import pytest
from eth_account import Account
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from cercle import typed_data
from cercle.agreements import Ladder, Rung, Terms, calls
from cercle.agreements.ladder import admitted, build
from cercle.agreements.models import MONEY
from cercle.errors import (
    AnothersMeter,
    AnothersPlan,
    CapBelowBase,
    EmptyLadder,
    EscrowTooLarge,
    EscrowTooSmall,
    GapInLadder,
    LadderMustRise,
    LadderWithoutEnd,
    ListWasChanged,
    NoCap,
    NoPeriods,
    NoSuchList,
    NoSuchPlan,
    OptimisingNotAllowed,
    OtherPlanTerms,
    OwnMeter,
    Refused,
    StartsInThePast,
    StartsTooLate,
    TooManyPeriods,
    TooManyPlans,
    TotalCapTooLarge,
    TotalCapTooSmall,
    UnknownMeter,
)
from cercle.limits import MAX_START

from .service_town import LARGE, LIST, METER, SMALL, STOP, SWITCH, WORDS

OTHER_METER = "0x00000000000000000000000000000000000e7e12"


@pytest.fixture(scope="module")
def town(founded_service):
    return founded_service


@pytest.fixture(scope="module")
def shelf(town):
    return town.shelf()


@pytest.fixture(scope="module")
def words(town):
    """What `build` needs besides the shelf and the choices."""
    return {
        **{"meter": METER.address, "passport_id": town.passport(town.customer)},
        **{"wallet": town.customer, "periods": 12, "period_cap": 6_000},
        **{"total_cap": 60_000, "deposit": 10_000},
    }


def answer(town, ladder):
    """What the contract says of a ladder: terms, or its refusal."""
    lists = town.deployment.contract("PriceLists")
    read = lists.read("admitted", ladder.words, town.passport(town.customer), town.customer)
    (told,) = town.chain.try_read([read], town.chain.head(fresh=True))
    return told


def test_build__good_choices__is_what_the_contract_admits(town, shelf, words):
    ladder = build(shelf, [(1, SWITCH), (2, STOP), (3, STOP)], **words)
    terms = admitted(ladder, shelf, words["passport_id"], words["wallet"])
    assert (terms.reach, terms.limit, terms.lowest) == (2, 60, 1_000)
    assert Terms.of(answer(town, ladder)) == terms


def test_build__good_choices__opens(service):
    number = service.open()
    terms = service.book.terms(number)
    assert [rung.plan_id for rung in terms.rungs] == [1, 2, 3]


CHOICES = [
    ([], EmptyLadder, "one plan"),
    ([(1, SWITCH), (2, SWITCH)], LadderWithoutEnd, "has to stop"),
    ([(1, SWITCH), None, (2, STOP)], GapInLadder, "no gap"),
    ([(2, SWITCH), (1, STOP)], LadderMustRise, "Plan 1 covers 20 units: no more than the 60"),
    ([(1, SWITCH), (1, STOP)], LadderMustRise, "Plan 1 covers 20"),
    ([(1, SWITCH), (9, STOP)], NoSuchPlan, "no plan 9"),
    ([(1, STOP)] * 7, TooManyPlans, "six plans"),
]
NUMBERS = [
    ({"period_cap": 1_999, "total_cap": 60_000}, CapBelowBase, "Plan 2 has a base price of 2000"),
    ({"deposit": 999}, EscrowTooSmall, "Pay in 1000"),
    ({"deposit": MONEY + 1}, EscrowTooLarge, "so much money"),
    ({"total_cap": MONEY + 1}, TotalCapTooLarge, "cap in total"),
    ({"total_cap": 5_999}, TotalCapTooSmall, "below the cap of a period"),
    ({"period_cap": 0}, NoCap, "cost at most"),
    ({"periods": 0}, NoPeriods, "one period"),
    ({"periods": 4_096}, TooManyPeriods, "4,095"),
    ({"starts_at": 1}, StartsInThePast, "past"),
    ({"starts_at": 2**40}, StartsTooLate, "90 days"),
    ({"meter": OTHER_METER}, UnknownMeter, "registered this meter"),
]


@pytest.mark.parametrize(("choices", "refused", "why"), CHOICES)
def test_build__bad_choices__says_why(shelf, words, choices, refused, why):
    with pytest.raises(refused, match=why):
        build(shelf, choices, **words)


@pytest.mark.parametrize(("changes", "refused", "why"), NUMBERS)
def test_build__bad_numbers__says_what_the_contract_would(
    town, shelf, words, changes, refused, why
):
    with pytest.raises(refused, match=why):
        build(shelf, [(1, SWITCH), (2, STOP)], **(words | changes))
    good = build(shelf, [(1, SWITCH), (2, STOP)], **words)
    ladder = good.model_copy(update=changes)
    if refused in (EscrowTooLarge, TotalCapTooLarge):  # the book itself looks at these two
        with pytest.raises(refused):
            town.chain.simulate(calls.open(town.deployment, ladder), town.customer)
    else:
        assert isinstance(answer(town, ladder), refused)


def test_build__own_or_anothers_meter__is_refused(shelf, words):
    with pytest.raises(OwnMeter):
        build(shelf, [(1, STOP)], **(words | {"wallet": METER.address}))
    theirs = shelf.model_copy(update={"meters": {METER.address: 7}})
    with pytest.raises(AnothersMeter):
        build(theirs, [(1, STOP)], **words)


def test_admitted__list_or_plan_that_moved__is_refused(town, shelf, words):
    good = build(shelf, [(1, STOP)], **words)
    who = words["passport_id"], words["wallet"]
    with pytest.raises(ListWasChanged):
        admitted(good.model_copy(update={"revision": 2}), shelf, *who)
    nobodys = shelf.price_list.model_copy(update={"company_id": 0})
    with pytest.raises(NoSuchList):
        admitted(good, shelf.model_copy(update={"price_list": nobodys}), *who)
    plan = SMALL.model_copy(update={"base_price": 999})
    cheaper = good.model_copy(update={"rungs": (Rung(plan_id=1, plan=plan, at_capacity=STOP),)})
    with pytest.raises(OtherPlanTerms, match="plan 1 on other terms"):
        admitted(cheaper, shelf, *who)
    assert isinstance(answer(town, cheaper), OtherPlanTerms)


def test_build__personal_plan__is_for_one_who_allows_it(service, keys):
    mine, deadline = service.passport(service.customer), service.now() + 3_600
    offer = typed_data.personal_offer(
        *(service.deployment, service.controller),
        **{
            "list_id": LIST,
            "passport_id": mine,
            "plan": SMALL.model_copy(update={"base_price": 7}),
        },
        **{"content_hash": WORDS, "nonce": 1, "deadline": deadline},
    )
    raw = Account.sign_typed_data(keys[15], full_message=offer.full).signature
    signed = typed_data.SignedMessage(message=offer, signature="0x" + raw.hex())
    with pytest.raises(OptimisingNotAllowed):
        service.send(calls.publish_offer(service.deployment, signed), service.outsider)
    service.allow_offers(service.customer)
    call = calls.publish_offer(service.deployment, signed)
    number = calls.made(service.deployment, call, service.receipt(call, service.outsider)["logs"])
    assert number == 4
    shelf = service.shelf()
    assert [one.plan_id for one in shelf.offers_for(mine)] == [1, 2, 3, 4]
    assert [one.plan_id for one in shelf.offers_for(mine + 1)] == [1, 2, 3]
    for person, plans in ((None, [0, 1, 2, 3, 4]), (mine, [0, 1, 2, 3, 4]), (0, [0, 1, 2, 3])):
        assert sorted(service.lists.words(LIST, person)) == plans
    assert sorted(service.lists.words(LIST, mine + 1)) == [0, 1, 2, 3]
    service.open((4, STOP), period_cap=100, total_cap=1_000, deposit=50)
    words = {
        **{"meter": METER.address, "wallet": service.customer, "periods": 1},
        **{"period_cap": 100, "total_cap": 100, "deposit": 50},
    }
    with pytest.raises(AnothersPlan, match="Plan 4"):
        build(shelf, [(4, STOP)], passport_id=mine + 1, **words)
    with pytest.raises(OptimisingNotAllowed):
        build(
            shelf.model_copy(update={"allowing": frozenset()}),
            [(4, STOP)],
            passport_id=mine,
            **words,
        )


def mostly(good, *bad):
    """Now and then something bad, so that often one thing alone is."""
    return st.sampled_from([good] * 6 * len(bad) + list(bad))


@st.composite
def drawn_ladders(draw, shelf):
    """A ladder of the list's plans with something wrong, or nothing."""
    numbers = draw(st.sets(st.sampled_from([1, 2, 3]), min_size=1))
    numbers = draw(mostly(sorted(numbers), [], [2, 1], [1, 9], [3, 3]))
    rungs = []
    for place, number in enumerate(numbers, 1):
        plan = shelf.offers[number].plan if number in shelf.offers else LARGE
        plan = plan.model_copy(update={"unit_price": plan.unit_price + draw(mostly(0, 1))})
        stops = place == len(numbers) and draw(mostly(True, False))
        at = STOP if stops or draw(st.booleans()) else SWITCH
        rungs.append(Rung(plan_id=number, plan=plan, at_capacity=at))
    near = draw(mostly(0, -1, 1, MAX_START, MAX_START + 1))
    cap = draw(mostly(6_000, 0, 1_999, 2_000))
    return Ladder(
        list_id=LIST,
        revision=draw(mostly(3, 4)),
        meter=draw(mostly(METER.address, OTHER_METER)),
        starts_at=near and shelf.now + near,
        periods=draw(mostly(12, 0, 4_096)),
        period_cap=cap,
        total_cap=draw(mostly(60_000, cap, 0)),
        deposit=draw(mostly(10_000, 999, 1_000)),
        rungs=tuple(rungs),
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_admitted__any_ladder__is_what_the_contract_says(town, shelf, words, data):
    """To the refusal: the first thing that is wrong is the same."""
    ladder = data.draw(drawn_ladders(shelf))
    told = answer(town, ladder)
    event(type(told).__name__)
    if isinstance(told, Refused):
        with pytest.raises(type(told)):
            admitted(ladder, shelf, words["passport_id"], words["wallet"])
    else:
        assert Terms.of(told) == admitted(ladder, shelf, words["passport_id"], words["wallet"])


def test_plan__no_worse__is_so_in_every_field():
    assert SMALL.is_no_worse_than(SMALL)
    for name, step in (("base_price", 1), ("unit_price", 1), ("included", -1), ("capacity", -1)):
        worse = SMALL.model_copy(update={name: getattr(SMALL, name) + step})
        assert not worse.is_no_worse_than(SMALL)
        assert SMALL.is_no_worse_than(worse)
