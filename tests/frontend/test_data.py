"""My data: who may see what, what needs me, and how I allow, refuse and stop it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cercle.errors import ContentForged, ContentMissing, OtherNotice
from frontend.testing import consent as fakes
from frontend.testing.fakes import NOW, PERSON, STRANGER, FakeCarrier, seal
from tests.frontend.test_numbers import says, table, texts

PLACE = f"{fakes.CARRIER}_{fakes.ADVERTS}"


def open_form(app, place=PLACE):
    return app.toggle(key=f"grant_open_{place}").set_value(True).run()


# ---- the answer --------------------------------------------------------------------------


def test_data__something_given__says_how_many_may_look(show):
    app = show("data")
    assert not app.exception
    assert app.title[0].value == "2 companies may see data of yours"


def test_data__nothing_given__offers_nothing_to_stop(show, consents):
    fakes.empty(consents)
    app = show("data")
    assert app.title[0].value == "Nobody may see your data"
    assert not [one for one in app.button if one.key == "data_stop"]
    assert says(app, "No company has asked you for anything, and you have allowed nothing.")


@pytest.mark.parametrize("account", [None, STRANGER])
def test_data__nobody_with_a_passport__is_told_what_this_is(show, wallet, account):
    wallet.account = account
    app = show("data")
    assert app.title[0].value == "Your data is yours"
    assert not [one for one in app.button if one.key.startswith("data_")]


def test_data__a_passport_without_membership__is_enough(show, wallet):
    wallet.account = PERSON
    assert show("data").title[0].value == "2 companies may see data of yours"


def test_data__no_node__says_so_in_a_sentence(show, consents):
    fakes.down(consents)
    assert show("data").warning[0].value.startswith("The ledger does not answer")


def test_data__in_french__says_it_in_french(show):
    app = show("data", language="fr")
    assert app.title[0].value == "2 entreprises peuvent voir des données de vous"


# ---- the matrix ---------------------------------------------------------------------------


def test_matrix__two_companies__stand_side_by_side(show, consents):
    consents.mine = fakes.MINE.model_copy(
        update={
            "companies": fakes.COMPANIES[:2],
            "consents": fakes.MINE.consents[:3],
        }
    )
    assert table(show("data")) == [
        ("**Delivery**", "—", "Yes, until 5 December 2026"),
        ("**Customer care**", "Yes, until 25 March 2026", "—"),
        ("**Marketing messages**", "—", "No"),
    ]


def test_matrix__more_companies__stand_in_a_list(show):
    rows = sorted(table(show("data")))
    assert rows == [
        ("Colis Brume (no. 2)", "Delivery", "Yes, until 5 December 2026"),
        ("Colis Brume (no. 2)", "Marketing messages", "No"),
        ("Disques Delta (no. 1)", "Customer care", "Yes, until 25 March 2026"),
        ("Labo Écoute (no. 3)", "Selling insights", "It asks"),
    ]


def test_matrix__a_name_without_a_text__is_a_number(show, consents):
    consents.texts = {}
    assert says(show("data"), "Company no\\. 2") or says(show("data"), "Company no. 2")


def test_company__given__says_which_data_until_when_how_often(show):
    app = show("data")
    assert says(app, "It sees: **Name, Postal address and Telephone number**")
    assert says(app, "Until 5 December 2026, in 9 months. It has looked 3 times; 9 left.")
    assert says(app, "It staked 5 EURC, which it loses to you if it deletes too late.")


def test_soon__most_of_the_time_passed__reminds(show):
    assert says(show("data"), "80% of the time has passed: Disques Delta, Customer care.")


# ---- what needs me ---------------------------------------------------------------------------


def test_waiting__a_request__is_shown_first_and_can_be_refused(show, wallet, consents):
    app = show("data")
    assert app.info[0].value.startswith("Labo Écoute asks to see Purchases.")
    app.button(key=f"data_refuse_{fakes.LAB}_{fakes.SELLING}").click().run()
    assert consents.built == [("refuse", fakes.LAB, fakes.SELLING)]
    assert "may not ask again for 30 days" in wallet.sent[0][1]


def test_waiting__a_late_deletion__can_be_written_down(show, wallet, consents):
    fakes.busy(consents)
    app = show("data")
    assert says(app, "Disques Delta should have deleted by 5 March 2026")
    app.button(key=f"data_overdue_{fakes.SHOP}_{fakes.CARE}").click().run()
    assert consents.built == [("mark_overdue", fakes.SHOP, fakes.CARE)]
    assert "stake" in wallet.sent[0][1]


def test_form__late_with_a_deletion__is_to_be_written_down_first(show, consents):
    fakes.busy(consents)
    app = show("data")
    app.toggle(key=f"grant_open_{fakes.SHOP}_{fakes.CARE}").set_value(True).run()
    assert says(app, "Have that written down first: allowing anew gives it more time")


def test_form__in_time__warns_of_nothing(show):
    app = show("data")
    app.toggle(key=f"grant_open_{fakes.CARRIER}_{fakes.DELIVERY}").set_value(True).run()
    assert not says(app, "Have that written down first")


def test_waiting__written_down_already__says_so_once(show, consents):
    fakes.late(consents)
    app = show("data")
    assert says(app, "That is written down for everybody.")
    assert not [one for one in app.button if one.key.startswith("data_overdue")]


# ---- stopping ----------------------------------------------------------------------------------


def test_stop__pressed__takes_everything_back_in_one_act(show, wallet, consents):
    show("data").button(key="data_stop").click().run()
    assert consents.built == [("withdraw_all",)]
    assert wallet.sent[0][1].startswith("Take back everything, from every company, at once.")


def test_stop__with_a_relayer__is_signed_and_costs_nothing(show, wallet, community):
    community.relayer = FakeCarrier()
    show("data").button(key="data_stop").click().run()
    assert len(wallet.carried) == 1
    assert not wallet.sent


def test_withdraw__one__takes_back_that_one(show, consents):
    show("data").button(key=f"data_withdraw_{fakes.CARRIER}_{fakes.DELIVERY}").click().run()
    assert consents.built == [("withdraw", fakes.CARRIER, fakes.DELIVERY)]


def test_shut__company__denies_it(show, consents):
    show("data").button(key=f"data_shut_{fakes.CARRIER}").click().run()
    assert consents.built == [("deny_company", fakes.CARRIER, True)]


def test_shut__company_that_is_shut_out__is_let_in_again(show, consents):
    fakes.busy(consents)
    app = show("data")
    assert says(app, "What you allowed does not count while you shut it out.")
    assert says(app, "You allowed: **Name, Postal address and Telephone number**")
    assert not [one for one in app.toggle if one.key.startswith(f"grant_open_{fakes.CARRIER}")]
    app.button(key=f"data_shut_{fakes.CARRIER}").click().run()
    assert consents.built == [("deny_company", fakes.CARRIER, False)]


def test_shut__purpose__denies_it_with_every_company(show, consents):
    app = show("data")
    app.selectbox(key="data_purpose").set_value(fakes.ADVERTS).run()
    app.button(key="data_shut_purpose").click().run()
    assert consents.built == [("deny_purpose", fakes.ADVERTS, True)]


def test_shut__purpose_that_is_shut_out__is_let_in_where_it_matters(show, consents):
    fakes.busy(consents)
    app = show("data")
    assert says(app, "You shut out “Selling insights” with every company.")
    app.button(key=f"data_lift_{fakes.LAB}_{fakes.SELLING}").click().run()
    assert consents.built == [("deny_purpose", fakes.SELLING, False)]


# ---- allowing ----------------------------------------------------------------------------------


def test_grant__before_it__the_notice_is_read_in_the_members_language(show):
    assert says(open_form(show("data")), "To write to you about our offers\\.")
    french = open_form(show("data", language="fr"))
    assert says(french, "Vous écrire nos offres\\.")


def test_grant__allowed__names_data_end_and_reads(show, wallet, consents):
    app = open_form(show("data"))
    app.date_input(key=f"grant_until_{PLACE}").set_value(date(2026, 9, 1))
    app.number_input(key=f"grant_reads_{PLACE}").set_value(3)
    app.button(key=f"grant_{PLACE}").click().run()
    until = datetime(2026, 9, 1, tzinfo=UTC)
    place = (fakes.CARRIER, fakes.ADVERTS, 1)
    assert consents.built == [("grant", *place, 4, until, until, 3, "en")]
    assert wallet.sent[0][1] == (
        "Allow Colis Brume to see Email address for “Marketing messages”, until 1 September 2026. "
        "You can take it back at any time."
    )


def test_grant__at_first__asks_a_year_and_what_is_needed(show, consents):
    place = f"{fakes.CARRIER}_{fakes.DELIVERY}"
    app = open_form(show("data"), place)
    assert app.date_input(key=f"grant_until_{place}").value == (NOW + timedelta(days=365)).date()
    app.button(key=f"grant_{place}").click().run()
    assert consents.built[0][4] == fakes.ADDRESS


def test_grant__of_nothing__says_what_is_missing(show, wallet, consents):
    app = open_form(show("data"))
    app.get("pills")  # drawn
    app.session_state[f"grant_data_{PLACE}"] = []
    app.run()
    assert says(app, "For this purpose it says that it also needs: Email address.")
    app.button(key=f"grant_{PLACE}").click().run()
    assert says(app, "Choose at least one kind of data.")
    assert (wallet.sent, consents.built) == ([], [])


@pytest.mark.parametrize("problem", [None, ContentForged, ContentMissing])
def test_grant__a_text_that_cannot_be_shown__cannot_be_allowed(show, consents, problem):
    del consents.texts[seal(202)]
    if problem:
        consents.problems[seal(202)] = problem
    app = open_form(show("data"))
    assert says(app, "You cannot allow what you cannot read.")
    assert not [one for one in app.button if one.key == f"grant_{PLACE}"]


def test_grant__refused__says_why_and_asks_no_wallet(show, wallet, community):
    community.refusal = OtherNotice()
    app = open_form(show("data"))
    app.button(key=f"grant_{PLACE}").click().run()
    assert says(app, "The company has changed what it says of this meanwhile")
    assert not wallet.sent


def test_others__a_company_by_its_number__can_be_looked_at(show):
    app = show("data")
    app.number_input(key="data_other").set_value(fakes.QUIET).run()
    assert app.toggle(key=f"grant_open_{fakes.QUIET}_{fakes.CARE}")


def test_others__a_company_that_a_link_names__can_be_looked_at(show):
    app = show("data", company=str(fakes.QUIET))
    assert app.toggle(key=f"grant_open_{fakes.QUIET}_{fakes.CARE}")


@pytest.mark.parametrize("named", ["-1", "01", "1e3", "9" * 16, "9" * 400, "<b>", ""])
def test_others__a_link_that_names_no_company__is_passed_over(show, named):
    app = show("data", company=named)
    assert app.number_input(key="data_other").value is None
    assert not app.exception


def test_others__a_number_of_nobody__is_said(show):
    app = show("data")
    app.number_input(key="data_other").set_value(99).run()
    assert says(app, "There is no company of this number.")


def test_words__outside_proof__name_no_machinery(show):
    said = " ".join(texts(show("data"))).lower()
    for word in ("hash", "transaction", "gas ", "mint"):
        assert word not in said
