"""Who looked: the log, what it earned, prices and shares."""

from decimal import Decimal

import pytest

from cercle.errors import VaultNeedsMainWallet
from frontend.testing import consent as fakes
from frontend.testing.fakes import STRANGER
from tests.frontend.test_numbers import says, table


def metrics(app):
    return {one.label: one.value.replace("\\", "") for one in app.metric}


@pytest.mark.parametrize("account", [None, STRANGER])
def test_looked__nobody_with_a_passport__is_told_what_this_is(show, wallet, account):
    wallet.account = account
    app = show("looked")
    assert app.title[0].value == "Who looked at your data"
    assert not app.table


def test_looked__nobody_did__says_so(show, consents):
    fakes.empty(consents)
    app = show("looked")
    assert app.title[0].value == "Nobody has looked at your data"
    assert not app.metric


def test_log__each_look__says_who_what_for_and_by_which_order(show):
    app = show("looked")
    assert app.title[0].value == "Your data was looked at 3 times"
    assert says(app, "By 2 companies, as you allowed.")
    assert table(app)[0] == (
        *("14 March 2026, 10:30", "Labo Écoute"),
        "Purchases · Selling insights · Order 0000…02bd · Earned 2\\.5 EURC",
    )
    assert "Earned" not in table(app)[1][-1]


def test_log__many__are_shown_part_by_part(show, consents):
    many = fakes.EARNINGS.looks * 10
    consents.earned = fakes.EARNINGS.model_copy(update={"looks": many})
    app = show("looked")
    assert len(table(app)) == 20
    app.button(key="looked_older").click().run()
    assert len(table(app)) == 30


def test_money__earned__is_due_collected_and_in_all(show, wallet, consents):
    app = show("looked")
    assert metrics(app) == {
        "To collect": "4.5 EURC",
        "Collected": "1.5 EURC",
        "In all, with co-owners": "7.5 EURC",
    }
    app.button(key="looked_collect").click().run()
    assert consents.built == [("collect",)]
    assert wallet.sent[0][1] == "Have 4.5 EURC paid to your main wallet."


def test_parts__of_what_others_data_earned__are_collected_each(show, wallet, consents):
    app = show("looked")
    assert says(app, "Passport no. 31 shares with you: 0\\.75 EURC to collect.")
    app.button(key="looked_collect_31").click().run()
    assert consents.built == [("collect", 31)]
    assert wallet.sent[0][1] == "Have 0.75 EURC paid to your main wallet."


def test_parts__nobody_shares__says_nothing(show, consents):
    fakes.empty(consents)
    assert not [one for one in show("looked").button if one.key.startswith("looked_collect_")]


def test_prices__set__asks_so_much_from_now_on(show, wallet, consents):
    app = show("looked")
    app.selectbox(key="looked_purpose").set_value(fakes.SELLING)
    app.selectbox(key="looked_category").set_value(fakes.BIT_PURCHASE)
    app.number_input(key="looked_amount").set_value(1.25)
    app.button(key="looked_price").click().run()
    assert consents.built == [("set_price", fakes.SELLING, fakes.BIT_PURCHASE, Decimal("1.25"))]
    assert wallet.sent[0][1].startswith("Ask 1.25 EURC for each look at “Purchases”")


def test_prices__zero__asks_nothing_any_more(show, wallet):
    show("looked").button(key="looked_price").click().run()
    assert wallet.sent[0][1].startswith("Ask nothing any more")


def test_prices__another_wallet_than_the_main__is_sent_to_it(show, consents):
    consents.earned = fakes.EARNINGS.model_copy(update={"is_main": False})
    app = show("looked")
    assert says(app, "Only your main wallet decides what your data earns")
    assert not [one for one in app.button if one.key in ("looked_price", "looked_shares")]


def test_prices__refused__says_why(show, community, wallet):
    community.refusal = VaultNeedsMainWallet()
    app = show("looked")
    app.button(key="looked_price").click().run()
    assert says(app, "Only your main wallet decides what your data earns. Connect that one.")
    assert not wallet.sent


def test_shares__now_and_next_month__stand_with_the_owners_rest(show):
    app = show("looked")
    assert says(app, "- Passport no. 23: 20%\n- You: 80%")
    assert says(app, "- Passport no. 23: 10%\n- You: 90%")
    assert says(app, "From 27 March 2026 on")


def test_shares__written__count_from_the_next_month(show, wallet, consents):
    app = show("looked")
    app.text_area(key="looked_table").set_value("23 12,5 %\n\n9 30")
    app.button(key="looked_shares").click().run()
    assert consents.built == [("set_shares", (23, 1_250), (9, 3_000))]
    assert "passport no. 23 (12.5%) and passport no. 9 (30%)" in wallet.sent[0][1]


@pytest.mark.parametrize(
    "text", ["23", "x 10", "23 ten", "23 0", "23 101", "23 0.001", "1 1\n" * 9]
)
def test_shares__unreadable__asks_again(show, wallet, consents, text):
    app = show("looked")
    app.text_area(key="looked_table").set_value(text)
    app.button(key="looked_shares").click().run()
    assert says(app, "Write one co-owner a line")
    assert (wallet.sent, consents.built) == ([], [])


def test_looked__in_french__says_it_in_french(show):
    assert show("looked", language="fr").title[0].value == "Vos données ont été consultées 3 fois"
