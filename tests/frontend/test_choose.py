"""Choose: plans beside each other, a contract put together, read and signed."""

import pytest

from cercle.errors import EscrowTooSmall
from frontend import refusals
from frontend.testing import agreements as fakes
from frontend.testing.fakes import MEMBER, MEMBER_CARD, STRANGER
from tests.frontend.test_contracts import buttons, read, said
from tests.frontend.test_numbers import says, table

AFTER = "1_1-4-3_4"  # what money depends on: the list, its plans, where to stop
CAP, DEPOSIT = f"choose_cap_{AFTER}", f"choose_deposit_{AFTER}_2140"


def allowed(fake, amount=500_00):
    """Let the book take so much of the member's."""
    purse = fakes.PURSE.model_copy(update={"allowed": amount})
    fake.shelves = {n: one.model_copy(update={"purse": purse}) for n, one in fake.shelves.items()}


def test_choose__nothing_offered__says_what_will_be_here(show, agreements):
    fakes.empty(agreements)
    app = show("choose")
    assert app.title[0].value == "There are no plans to choose from yet"


def test_choose__list_without_plans__says_so(show, agreements):
    shelf = agreements.shelves[fakes.HOME].shelf.model_copy(update={"offers": {}})
    one = agreements.shelves[fakes.HOME].model_copy(update={"shelf": shelf})
    agreements.shelves = {fakes.HOME: one}
    assert read(show("choose").title[0].value) == "“Data in France” offers nothing at the moment"


def test_compare__own_periods__answers_with_the_cheapest(show):
    app = show("choose")
    assert read(app.title[0].value) == "“For you” would cost you least"
    assert says(app, "Over your last 2 periods it would have cost 16")
    assert says(app, "You paid 19")
    rows = [tuple(map(read, row)) for row in table(app)]
    assert rows[0][0] == "Small"
    assert rows[0][2] == "not covered"
    assert rows[1][0] == ":material/star: **For you** · for you alone"
    assert rows[1][2] == "16.70 EURC"
    assert rows[1][1] == (
        "6.00 EURC a period · 12 GB included · 1.00 EURC for each GB more · up to 20 GB"
    )
    assert rows[3][2] == "30.00 EURC"


@pytest.mark.parametrize("account", [None, STRANGER])
def test_compare__nobody_with_a_passport__tries_a_use_and_signs_nothing(show, wallet, account):
    wallet.account = account
    app = show("choose")
    assert read(app.title[0].value) == "“Small” would cost you least"
    app.number_input(key="choose_use_1").set_value(70.0).run()
    assert read(app.title[0].value) == "“Large” would cost you least"
    assert "for you alone" not in said(app)
    assert not {one for one in buttons(app) if one.startswith("choose_open")}


def test_compare__contract_of_several_plans_was_cheaper__recommends_no_plan(show, agreements):
    past = agreements.pasts[1]
    cheap = tuple(one.model_copy(update={"price": 8_35}) for one in past.periods)
    agreements.pasts[1] = past.model_copy(update={"periods": cheap})
    assert read(show("choose").title[0].value) == "No plan alone costs less than what you have"


def test_compare__more_than_any_plan_covers__says_so(show, agreements):
    past = fakes.checked(fakes.contract(), (310, 1_670))
    wide = past.periods[1].model_copy(update={"use": 9_000})
    agreements.pasts[1] = past.model_copy(update={"periods": (past.periods[0], wide)})
    assert show("choose").title[0].value == "No plan alone covers all that you used"


def test_sign__proposed_contract__is_read_in_words_and_allowed_first(show, wallet, agreements):
    app = show("choose")
    assert "Each period the cheapest counts of “Small” up to 5 GB and “For you”" in said(app)
    assert "14.00 EURC at most. All 12 of them cost 168.00 EURC at most." in said(app)
    app.button(key="choose_open_allow").click().run()
    assert agreements.built == [("approve", fakes.TOKEN, 21_40)]
    assert read(wallet.sent[0][1]) == "Let your contracts take 21.40 EURC of yours, and no more."


def test_sign__allowed__opens_the_ladder_that_was_read(show, wallet, agreements):
    allowed(agreements)
    app = show("choose")
    app.button(key="choose_open").click().run()
    function, ladder = agreements.built[0]
    assert (function, ladder.period_cap, ladder.total_cap) == ("open", 14_00, 168_00)
    assert [(one.plan_id, one.stops) for one in ladder.rungs] == [(1, False), (4, True), (3, True)]
    assert (ladder.deposit, ladder.periods, ladder.meter) == (21_40, 12, fakes.METER)
    assert read(wallet.sent[0][1]) == (
        "Sign “Data in France”: 14.00 EURC at most a period, 168.00 EURC at most in all."
    )


def test_sign__other_plans_and_stop__move_the_caps_along(show, agreements):
    allowed(agreements)
    app = show("choose")
    app.multiselect(key="choose_plans_1").set_value([1, 2]).run()
    app.select_slider(key="choose_stop_1_1-2").set_value(1).run()
    told = said(app)
    assert "One plan counts, “Small” up to 5 GB; there it stops." in told
    assert "Beyond that only if you say so, up to 20 GB." in told
    app.button(key="choose_open").click().run()
    assert agreements.built[0][1].period_cap == 8_00


def test_sign__too_little_paid_in__is_refused_in_words(show, agreements):
    app = show("choose")
    app.number_input(key=DEPOSIT).set_value(4.99).run()
    assert refusals.say(EscrowTooSmall()) in [one.value for one in app.warning]
    assert not {one for one in buttons(app) if one.startswith("choose_open")}


def test_sign__amount_finer_than_the_token__is_cut_off(show, agreements):
    allowed(agreements)
    app = show("choose")
    app.number_input(key=DEPOSIT).set_value(10.019).run()
    app.button(key="choose_open").click().run()
    assert agreements.built[0][1].deposit == 10_01


def test_sign__another_wallet_than_the_main__is_sent_to_it(show, community):
    card = MEMBER_CARD.model_copy(update={"main_wallet": STRANGER})
    community.cards = {**community.cards, MEMBER: card}
    app = show("choose")
    assert "Only your main wallet signs contracts" in said(app)
    assert not app.multiselect


def test_sign__nobody_reads_meters__says_so(show, agreements):
    one = agreements.shelves[fakes.HOME].model_copy(update={"meters": ()})
    agreements.shelves = {fakes.HOME: one}
    assert "Nobody reads meters for this list yet" in said(show("choose"))


def test_sign__contract_that_ends_soon__may_be_followed(show, agreements):
    allowed(agreements)
    agreements.have(fakes.contract(periods=3))
    app = show("choose")
    assert "You have a contract for this already." in said(app)
    app.toggle(key="choose_later").set_value(True).run()
    assert "It begins on 27 March 2026" in said(app)
    app.button(key="choose_open").click().run()
    assert agreements.built[0][1].starts_at == agreements.contracts[1].view.standing.ends_at


def test_sign__contract_that_ends_far_off__is_only_told(show, agreements):
    app = show("choose")
    assert "You have a contract for this already." in said(app)
    assert not app.toggle


def test_lists__several__are_chosen_by_name(show, agreements):
    app = show("choose")
    app.pills(key="choose_list").set_value(fakes.ROAMING).run()
    assert read(app.title[0].value) == "“Trip” would cost you least"


def test_texts__forged__are_not_shown_but_the_figures_are(show, agreements):
    fakes.forged(agreements)
    app = show("choose")
    assert "Medium" not in said(app)
    assert "Text withheld: it does not match its seal on the ledger." in said(app)


def test_choose__no_node__is_said_in_a_sentence(show, agreements):
    fakes.down(agreements)
    app = show("choose")
    assert len(app.warning) == 1
    assert not app.exception


def test_proof__anybody__names_the_money_and_who_reads(show, wallet):
    wallet.account = None
    app = show("choose")
    assert [one.value for one in app.code] == [fakes.TOKEN, fakes.METER]
    assert says(app, "Price list no. 1, of company no. 5; company no. 6 reads.")


def test_top_up__contract_of_this_list__is_paid_into_from_here(show, agreements):
    purse = fakes.PURSE.model_copy(update={"allowed": 50_00})
    one = agreements.contracts[1]
    agreements.have(one.model_copy(update={"purse": purse}))
    app = show("choose")
    app.number_input(key="contracts_amount_1").set_value(12.5).run()
    app.button(key="contracts_top_up").click().run()
    assert agreements.built == [("top_up", 1, 12_50)]


def test_top_up__nothing_runs_under_this_list__is_not_offered(show, agreements):
    agreements.have(fakes.contract(1, 250, fakes.terms(fakes.TRIP, fakes.ROAMING)))
    app = show("choose")
    assert not [one for one in app.number_input if one.key.startswith("contracts_amount")]
