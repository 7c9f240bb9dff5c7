"""My contracts: served or stopped, what it costs and why, and what one may do."""

import html

import pytest

from cercle.agreements import GoingOn
from cercle.errors import MoneyIsBound
from frontend.testing import agreements as fakes
from frontend.testing.fakes import MEMBER, MEMBER_CARD, STRANGER
from tests.frontend.test_numbers import says, table


def buttons(app):
    return {one.key for one in app.button}


def metrics(app):
    return {one.label: read(one.value) for one in app.metric}


def said(app):
    """All that the page says, escapes and hard blanks taken out."""
    kinds = ("title", "markdown", "caption", "error", "warning", "info")
    found = [str(one.value) for kind in kinds for one in app.get(kind)]
    return read("\n".join(found))


def read(text):
    """Markdown as a browser shows it: escapes and hard blanks taken out."""
    return html.unescape(text).replace("\\", "").replace("\xa0", " ").replace("\u2060", "")


@pytest.mark.parametrize("account", [None, STRANGER])
def test_contracts__nobody_with_a_passport__is_told_what_this_is(show, wallet, account):
    wallet.account = account
    app = show("contracts")
    assert app.title[0].value == "Your service contracts"
    assert not app.metric


def test_contracts__none__says_how_to_get_one(show, agreements):
    fakes.empty(agreements)
    app = show("contracts")
    assert app.title[0].value == "You have no service contract"
    assert says(app, "Choose a provider's plans and sign them once")


def test_contract__served__says_how_much_is_used_left_and_paid(show):
    app = show("contracts")
    assert app.title[0].value == "1 service contract runs"
    assert "You are served: 12.3 GB of 20 GB are used." in said(app)
    assert metrics(app) == {
        "Used": "12.3 GB",
        "This period so far": "9.30 EURC",
        "Period ends in": "12 days",
        "Paid in and left": "30.00 EURC",
    }
    assert "Paid for until 25 July 2026" in said(app)
    assert "Beyond 20 GB it stops: nothing more is charged unless you say so." in said(app)
    plans = "“Small” up to 5 GB · “Medium” up to 20 GB, where it stops · “Large” up to 80 GB"
    assert plans in said(app)


def test_contract__in_french__is_said_so(show):
    app = show("contracts", "fr")
    assert app.title[0].value == "1 contrat de service en cours"
    assert "Données en France" in app.header[0].value
    assert "12,3 Go sur 20 Go" in said(app)


def test_contract__below_a_switch__says_which_plan_is_next_and_its_price(show, agreements):
    agreements.have(fakes.contract(use=310))
    told = said(show("contracts"))
    assert "From 4.01 GB on it is on “Medium”: 7.00 EURC a period, 10 GB included" in told
    assert "then 1.00 EURC for each GB more" in told


def test_contract__near_its_limit__warns_and_offers_to_go_on(show, agreements):
    agreements.have(fakes.contract(use=1_740))
    app = show("contracts")
    assert "17.4 GB of 20 GB" in read(app.warning[0].value)
    assert "contracts_go_on" in buttons(app)


def test_contract__at_its_limit__has_stopped_until_one_says_so(show, wallet, agreements):
    agreements.have(fakes.contract(use=2_400))
    app = show("contracts")
    assert app.title[0].value == "1 of your contracts has stopped"
    told = "Stopped at your limit of 20 GB. It goes on by itself in 12 days."
    assert told in said(app)
    app.button(key="contracts_go_on").click().run()
    assert agreements.built == [("go_on", 1, 8_000, 35_00)]
    assert read(wallet.sent[0][1]) == (
        "Go on up to 80 GB until 27 March 2026, for 35.00 EURC at most in this period."
    )


def test_contracts__two_have_stopped__speaks_of_both(show, agreements):
    agreements.have(fakes.contract(use=2_400), fakes.contract(2, use=2_400))
    app = show("contracts")
    assert app.title[0].value == "2 of your contracts have stopped"
    assert "Nothing more is used or charged in them until they go on." in said(app)


def test_contract__gone_on__has_its_new_limit(show, agreements):
    going = GoingOn(period=2, limit=8_000, period_cap=35_00)
    agreements.have(fakes.contract(use=2_400, going=going, escrow=60_00))
    app = show("contracts")
    assert "24 GB of 80 GB" in said(app)
    assert metrics(app)["This period so far"] == "15.00 EURC"


def test_contract__without_money__asks_to_pay_in_what_is_missing(show, wallet, agreements):
    agreements.have(fakes.contract(use=1_600, escrow=9_00))
    app = show("contracts")
    assert "Stopped: what you paid in does not hold this period any more." in said(app)
    assert "by itself" not in said(app)
    assert app.number_input(key="contracts_amount_1").value == 5.0
    assert "contracts_go_on" not in buttons(app)
    app.number_input(key="contracts_amount_1").set_value(12.34).run()
    app.button(key="contracts_top_up_allow").click().run()
    assert agreements.built == [("approve", fakes.TOKEN, 12_34)]


def test_contract__allowed__is_paid_in_at_the_second_step(show, agreements):
    one = fakes.contract()
    purse = fakes.PURSE.model_copy(update={"allowed": 50_00})
    agreements.have(one.model_copy(update={"purse": purse}))
    app = show("contracts")
    assert "contracts_top_up_allow" not in buttons(app)
    app.button(key="contracts_top_up").click().run()
    assert agreements.built == [("top_up", 1, 5_00)]


def test_contract__more_than_the_wallet_holds__says_what_is_missing(show, agreements):
    app = show("contracts")
    app.number_input(key="contracts_amount_1").set_value(200.0).run()
    assert "Your wallet holds 120.00 EURC: 80.00 EURC are missing." in said(app)
    assert app.button(key="contracts_top_up_allow").disabled


def test_contract__total_cap_used_up__says_so_and_offers_no_going_on(show, agreements):
    agreements.have(fakes.contract(use=1_600, left=9_00))
    app = show("contracts")
    assert "Stopped: the most that this contract may cost in all is reached." in said(app)
    assert "contracts_go_on" not in buttons(app)


def test_contract__cap_of_the_period_reached__goes_on_with_a_higher_one(show, agreements):
    low = fakes.terms(period_cap=8_00)
    agreements.have(fakes.contract(use=1_230, of=low))
    app = show("contracts")
    assert "Stopped: this period would cost more than the 8.00 EURC" in said(app)
    app.select_slider(key="contracts_limit_1").set_value(2_000).run()
    app.button(key="contracts_go_on").click().run()
    assert agreements.built == [("go_on", 1, 2_000, 17_00)]


def test_withdraw__what_is_free__goes_to_the_main_wallet(show, wallet, agreements):
    app = show("contracts")
    app.button(key="contracts_withdraw").click().run()
    assert agreements.built == [("withdraw", 1, MEMBER_CARD.main_wallet, 10_00)]
    assert read(wallet.sent[0][1]) == "Have 10.00 EURC paid back to your main wallet."


def test_withdraw__refused__says_why(show, community, wallet):
    community.refusal = MoneyIsBound()
    app = show("contracts")
    app.button(key="contracts_withdraw").click().run()
    assert says(app, str(MoneyIsBound.sentence)) or app.warning
    assert not wallet.sent


def test_end__with_the_period__is_free_and_final(show, wallet, agreements):
    app = show("contracts")
    assert "contracts_end_at_once" not in buttons(app)
    app.button(key="contracts_end").click().run()
    assert agreements.built == [("end", 1, False)]
    assert "without a fee" in wallet.sent[0][1]


def test_end__plan_got_worse__may_be_at_once(show, agreements):
    agreements.have(fakes.contract(is_worse=True))
    app = show("contracts")
    app.button(key="contracts_end_at_once").click().run()
    assert agreements.built == [("end", 1, True)]


def test_end__already_the_last_period__is_only_told(show, agreements):
    agreements.have(fakes.contract(periods=3))
    app = show("contracts")
    assert "contracts_end" not in buttons(app)
    assert "It ends on 27 March 2026" in said(app)


def test_acts__another_wallet_than_the_main__is_sent_to_it(show, community, agreements):
    card = MEMBER_CARD.model_copy(update={"main_wallet": STRANGER})
    community.cards = {**community.cards, MEMBER: card}
    app = show("contracts")
    assert "Only your main wallet acts for this contract" in said(app)
    assert not buttons(app) & {"contracts_end", "contracts_withdraw", "contracts_top_up_allow"}


def test_why__the_open_period__has_a_price_on_every_plan(show):
    app = show("contracts")
    rows = [tuple(map(read, row)) for row in table(app)]
    assert rows == [
        ("Small", "5 GB", "not covered", ""),
        ("Medium", "20 GB", "9.30 EURC", "yes"),
        ("Large", "80 GB", "15.00 EURC", ""),
    ]
    assert "With 7.3 GB less it would cost 7.00 EURC, that is 2.30 EURC less." in said(app)


def test_past__each_period__is_explained(show, agreements):
    one = fakes.contract()
    agreements.pasts[1] = fakes.checked(one, (310, 1_670), outage=4_320)
    app = show("contracts")
    rows = [tuple(map(read, row)) for row in table(app, 1)]
    assert rows[0][1:] == ("16.7 GB", "12.33 EURC (13.70 EURC less 1.37 EURC for the outage)")
    assert rows[1][1:] == ("3.1 GB", "6.10 EURC")
    assert "1.37 EURC were taken off for the time without service." in said(app)
    app.selectbox(key="contracts_period_1").set_value(0).run()
    assert "The cheapest of your plans that covers 3.1 GB counted: “Small”." in said(app)


def test_compare__a_personal_plan_was_cheaper__says_by_how_much(show):
    told = said(show("contracts"))
    assert "Over the last 2 periods “For you” alone would have cost 16.70 EURC at today's" in told
    assert "prices: 3.10 EURC less than your contract." in told


def test_proof__book_that_does_not_follow__is_told_at_once(show, agreements):
    fakes.late(agreements)
    app = show("contracts")
    assert "does not follow from what you signed" in app.error[0].value
    assert "ReadingSettled, price: 1030 was written down, 930 is right." in said(app)
    assert "all of it is right" not in said(app)


def test_several__the_one_that_needs_me__stands_first(show, agreements):
    fakes.busy(agreements)
    app = show("contracts")
    assert app.header[0].value == "Data abroad"
    assert app.pills[0].options[0].endswith("Data abroad")
    app.pills(key="contracts_which").set_value(3).run()
    assert "It ended on 13 February 2026." in said(app)
    assert metrics(app) == {"Paid in and left": "4.20 EURC"}


def test_texts__forged__are_not_shown_but_the_figures_are(show, agreements):
    fakes.forged(agreements)
    app = show("contracts")
    assert app.header[0].value == "Service contract"
    assert metrics(app)["Used"] == "1,230 units"
    assert "Medium" not in said(app)


def test_contracts__no_node__is_said_in_a_sentence(show, agreements):
    fakes.down(agreements)
    app = show("contracts")
    assert len(app.warning) == 1
    assert not app.exception
