"""Choose before lists, texts and tokens that somebody wrote to mislead."""

import pytest

from cercle.agreements import Plan
from cercle.agreements.lists import Offer
from cercle.content import PlanDocument, PriceListDocument
from cercle.errors import EmptyLadder, ListWasChanged
from frontend import agreed, choosing, refusals
from frontend.agreed import Words
from frontend.services import Shown
from frontend.testing import agreements as fakes
from tests.frontend.test_choose import allowed
from tests.frontend.test_contracts import buttons, read, said

LARGEST = Plan(base_price=2**88 - 1, included=0, unit_price=2**63 - 1, capacity=2**40 - 1)


def offer(number, base, included, unit_price, capacity, passport_id=0):
    plan = Plan(base_price=base, included=included, unit_price=unit_price, capacity=capacity)
    return Offer(plan_id=number, plan=plan, passport_id=passport_id)


def put(fake, offers=None, purse=None, **changes):
    """Have the one list offer this, in this money."""
    one = fake.shelves[fakes.HOME]
    plans = {"offers": {offer.plan_id: offer for offer in offers}} if offers else {}
    changes["shelf"] = one.shelf.model_copy(update=plans)
    changes["purse"] = one.purse.model_copy(update=purse or {})
    fake.shelves = {fakes.HOME: one.model_copy(update=changes)}


def worded(wording, name=None, **unit):
    """The same words, but for what plan 1 is called and the unit."""
    told = wording.price_list.document.model_dump(mode="json")
    told |= {key: {"fr": text, "en": text} for key, text in unit.items()}
    plans = dict(wording.plans)
    if name:
        text = {"name": {"fr": name, "en": name}, "description": {"fr": "", "en": ""}}
        plans[1] = Shown[PlanDocument](document=PlanDocument.model_validate(text))
    document = PriceListDocument.model_validate(told)
    return wording.model_copy(
        update={"price_list": Shown[PriceListDocument](document=document), "plans": plans}
    )


# ---- names --------------------------------------------------------------------------------


def test_plans__alike_in_name_and_size__are_told_apart_and_the_picked_one_is_signed(
    show, agreements
):
    wording = agreements.shelves[fakes.HOME].wording
    alike = wording.model_copy(update={"plans": dict.fromkeys(range(1, 7), wording.plans[2])})
    put(agreements, [offer(n, 700 + n, 0, n, 2_000) for n in (1, 2, 3)], wording=alike)
    allowed(agreements)
    app = show("choose")
    options = app.multiselect[0].options
    assert read(options[1]) == "Medium, up to 20 GB no. 2"
    assert len(set(options)) == 3
    app.multiselect[0].set_value([2]).run()
    app.button(key="choose_open").click().run()
    (rung,) = agreements.built[0][1].rungs
    assert (rung.plan_id, rung.plan.base_price) == (2, 702)


def test_lists__of_one_name__are_told_apart(show, agreements):
    wording = agreements.shelves[fakes.HOME].wording
    agreements.shelves = {
        n: one.model_copy(update={"wording": wording}) for n, one in agreements.shelves.items()
    }
    pills = show("choose").pills[0].options
    assert pills == [r"Data in France no\. 1", r"Data in France no\. 2"]


def test_apart__name_that_imitates_a_number__is_told_apart_all_the_same():
    names = {1: "Small", 2: "Small", 3: "Small no. 2"}
    assert agreed.apart(names) == {1: "Small no. 1", 2: "Small no. 2", 3: "Small no. 2 no. 3"}


def test_summary__plan_named_like_a_sentence__stays_inside_its_quotes(show, agreements):
    name = "Small” up to 5 GB; there it stops. You pay nothing. “x"
    wording = worded(agreements.shelves[fakes.HOME].wording, name)
    put(agreements, wording=wording)
    app = show("choose")
    assert "“Small' up to 5 GB; there it stops. You pay nothing. 'x” up to 5 GB" in said(app)


def test_words__endless_texts__leave_room_for_the_figures():
    told = fakes.HOME_WORDS.price_list.document.model_dump(mode="json")
    long = {"fr": "so " * 1_000 + "on", "en": "so " * 1_000 + "on"}
    told |= {"provider": "O" * 120, "name": {"fr": "n" * 120, "en": "n" * 120}, "description": long}
    document = PriceListDocument.model_validate(told)
    wording = fakes.HOME_WORDS.model_copy(
        update={"price_list": Shown[PriceListDocument](document=document)}
    )
    say = Words(wording, fakes.PURSE)
    assert [len(one) for one in (say.provider, say.name, say.description)] == [60, 60, 240]
    assert say.name.endswith("n…")


@pytest.mark.parametrize("unit", ["GB for 0.00 EURC", "GB, and nothing beyond is charged"])
def test_use__unit_that_says_more_than_a_unit__is_not_shown(unit):
    wording = worded(fakes.HOME_WORDS, shown_as=unit)
    assert read(Words(wording, fakes.PURSE).use(2_000)) == "2,000 units"


@pytest.mark.parametrize("unit", ["m³", "kWh", "min."])
def test_use__unit_that_is_one__is_shown(unit):
    assert (
        read(Words(worded(fakes.HOME_WORDS, shown_as=unit), fakes.PURSE).use(2_000)) == f"20 {unit}"
    )


# ---- figures --------------------------------------------------------------------------------


def test_choose__figures_as_large_as_the_chain_holds__are_shown(show, agreements):
    agreements.have()
    put(agreements, [offer(1, 1, 0, 1, 5), Offer(plan_id=2, plan=LARGEST)])
    app = show("choose")
    assert not app.error
    assert "3,094,850,098,213,450,687,247,810.55 EURC a period" in read(
        app.table[0].value.iloc[1, 1]
    )


@pytest.mark.parametrize(("units", "told"), [(0, "0.00"), (1, "0." + "0" * 17 + "1")])
def test_money__very_little__is_never_nothing(units, told):
    purse = fakes.PURSE.model_copy(update={"decimals": 18})
    assert read(Words(fakes.HOME_WORDS, purse).money(units)) == f"{told} EURC"


@pytest.mark.parametrize("base", [7 * 10**18 + 1, 333_333_333_333_333_333, 5 * 10**9])
def test_sign__amounts_with_many_digits__are_signed_to_the_unit(show, agreements, base):
    agreements.have()
    put(agreements, [offer(1, base, 500, 0, 500)], {"decimals": 18, "balance": 10**30})
    allowed(agreements, 10**30)
    one = agreements.shelves[fakes.HOME]
    purse = one.purse.model_copy(update={"decimals": 18, "balance": 10**30})
    agreements.shelves = {fakes.HOME: one.model_copy(update={"purse": purse})}
    app = show("choose")
    app.button(key="choose_open").click().run()
    ladder = agreements.built[0][1]
    assert (ladder.period_cap, ladder.total_cap, ladder.deposit) == (base, 12 * base, 2 * base)


# ---- plans ------------------------------------------------------------------------------------


def test_proposed__plan_that_just_covers_and_is_dear__is_not_stopped_at():
    offers = [offer(1, 700, 1_000, 1, 2_000), offer(2, 699, 0, 100, 1_700)]
    draft = choosing.proposed(offers, [1_670])
    assert (draft.stop, draft.period_cap) == (1, 1_700)


def test_rising__as_large_with_a_lower_base_but_dearer__is_not_taken():
    offers = [offer(1, 700, 1_000, 1, 2_000), offer(2, 699, 0, 100, 2_000)]
    assert [one.plan_id for one in choosing.rising(offers, [1_670])] == [1]


def test_choose__sixty_plans__shows_a_dozen_and_proposes_six_with_the_best(show, agreements):
    put(agreements, [offer(n, 100 * n, 50 * n, 0, 50 * n) for n in range(1, 61)])
    app = show("choose")
    assert read(app.title[0].value) == "No plan alone costs less than what you have"
    assert app.multiselect[0].value == [1, 2, 3, 7, 34, 60]
    shown = [read(name) for name in app.table[0].value["Plan"]]
    assert shown == [":material/star: **Plan 34**", *(f"Plan {n}" for n in range(35, 46))]
    told = ["All 60 plans", "Pay into the contract that you have", "Proof"]
    assert [one.label for one in app.expander] == told
    assert len(app.table[1].value) == 60
    app.multiselect[0].set_value(list(range(1, 8))).run()
    told = [one.value for one in app.warning]
    assert told == ["A contract has six plans at most: take some out."]


def test_stop__plan_as_large_that_was_not_picked__changes_no_label(show):
    assert [read(one) for one in show("choose").select_slider[0].options] == [
        "5 GB",
        "20 GB",
        "80 GB",
    ]


def test_sign__no_plan_picked__asks_for_one_and_proposes_none(show, agreements):
    allowed(agreements)
    app = show("choose")
    app.multiselect(key="choose_plans_1").set_value([]).run()
    assert refusals.say(EmptyLadder()) in [one.value for one in app.warning]
    assert "choose_open" not in buttons(app)


def test_choose__offer_for_somebody_else__is_nowhere(show, agreements):
    mine = agreements.shelves[fakes.HOME].shelf.offers.values()
    put(agreements, [*mine, offer(5, 1, 9_000, 0, 9_000, passport_id=77)])
    app = show("choose")
    assert "Plan 5" not in " ".join(map(str, app.table[0].value.to_numpy().ravel()))
    assert len(app.multiselect[0].options) == 4


def test_choose__plan_withdrawn_meanwhile__goes_on_with_the_others(show, agreements):
    app = show("choose")
    app.multiselect(key="choose_plans_1").set_value([1, 2, 3]).run()
    left = agreements.shelves[fakes.HOME].shelf.offers
    put(agreements, [one for number, one in left.items() if number != 2])
    app.run()
    assert app.multiselect(key="choose_plans_1").value == [1, 3]
    assert not app.exception


def test_sign__list_revised_meanwhile__signs_what_was_read_and_is_refused(
    show, community, agreements
):
    allowed(agreements)
    app = show("choose")
    one = agreements.shelves[fakes.HOME]
    dearer = offer(4, 900, 1_200, 1, 2_000)
    moved = one.shelf.price_list.model_copy(update={"revision": 5})
    shelf = {"price_list": moved, "offers": {**one.shelf.offers, 4: dearer}}
    agreements.shelves[fakes.HOME] = one.model_copy(
        update={"shelf": one.shelf.model_copy(update=shelf)}
    )
    community.refusal = ListWasChanged()
    app.button(key="choose_open").click().run()
    ladder = agreements.built[0][1]
    assert (ladder.revision, ladder.rungs[1].plan.base_price) == (4, 600)
    assert refusals.say(ListWasChanged()) in [read(one.value) for one in app.warning]


def test_lists__many__are_picked_by_name_and_only_the_picked_one_is_read(show, agreements):
    one = agreements.shelves[fakes.ROAMING]
    agreements.shelves = {
        fakes.HOME: agreements.shelves[fakes.HOME],
        **dict.fromkeys(range(2, 41), one),
    }
    read_in_full = []
    whole = agreements.offered
    agreements.offered = lambda number, card: read_in_full.append(number) or whole(number, card)
    app = show("choose")
    options = app.selectbox(key="choose_list").options
    assert (len(options), options[0], options[39]) == (40, "Data in France", "Data abroad no. 40")
    app.selectbox(key="choose_list").set_value(40).run()
    assert read(app.title[0].value) == "“Trip” would cost you least"
    assert read_in_full == [1, 40]
