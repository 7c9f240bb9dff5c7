"""The treasury: what is held, what may leave, what it would take to steal it."""

from frontend.testing import decisions as fakes
from tests.frontend.test_numbers import says, table


def meters(app):
    return [(one.proto.text, one.proto.value) for one in app.get("progress")]


def test_treasury__title__is_what_is_held(show):
    assert (
        show("treasury").title[0].value == "The members hold 1\\.5\u00a0ETH and 12\\,500\u00a0DELTA"
    )
    assert show("treasury", "fr").title[0].value.startswith("Les membres ont 1\\,5\u00a0ETH")


def test_treasury__empty__says_how_something_comes_in_and_leaves(show, decisions):
    fakes.empty(decisions)
    app = show("treasury")
    assert app.title[0].value == "The members hold nothing yet"
    assert says(app, "can only leave by a proposal")
    assert says(app, "There is nothing to pay yet.")
    assert says(app, "There is nothing left that it could take this year.")


def test_treasury__small_amounts__keep_their_figures(show, decisions):
    assets = (fakes.ASSETS[0].model_copy(update={"balance": 7}), *fakes.ASSETS[1:])
    decisions.holds = fakes.TREASURY.model_copy(update={"assets": assets})
    assert "0\\.000000000000000007" in show("treasury").title[0].value


def test_treasury__season__is_paid_left_and_when_it_ends(show):
    app = show("treasury")
    assert meters(app)[:2] == [
        ("0\\.1 of 0\\.2\u00a0ETH paid; 0\\.1\u00a0ETH left", 50),
        ("120 of 1\\,712\\.5\u00a0DELTA paid; 1\\,592\\.5\u00a0DELTA left", 7),
    ]
    assert says(app, "Class 2: up to 12.5% of the treasury")
    assert says(app, "The year ends in 7 months")


def test_treasury__attack__in_plain_figures_the_cheapest_first(show):
    app = show("treasury")
    assert [head.value for head in app.subheader][1:3] == [
        "By 39 votes of 398",
        "By 79 votes of 398",
    ]
    assert meters(app)[2:] == [
        ("10% of all votes, if nobody else votes", 9),
        ("20% of all votes, if nobody else votes", 19),
    ]
    assert says(app, "Against everybody else it takes 200 votes.")
    assert says(app, "It could take **47\\.8\u00a0DELTA** this year")
    assert says(app, "It could take **everything**.")
    assert says(app, "Everybody could see it for 6 days before it acts.")
    assert says(app, "The warden could stop it, until 9 January 2027.")


def test_treasury__class_without_a_bound__takes_what_it_may_call(show, decisions):
    free = fakes.CLASSES[1].model_copy(update={"season_share": None})
    update = {"classes": (fakes.CLASSES[0], free), "spending": ()}
    decisions.holds = fakes.TREASURY.model_copy(update=update)
    app = show("treasury")
    assert says(app, "It could take **12\\,500\u00a0DELTA**.")


def test_treasury__office_ended__nobody_else_stops_it(show, decisions):
    fakes.late(decisions)
    assert says(show("treasury"), "Nobody could stop it but the members' own votes.")


def test_treasury__no_votes_yet__nothing_can_be_accepted(show, decisions):
    decisions.holds = fakes.TREASURY.model_copy(update={"supply": 0})
    app = show("treasury")
    assert says(app, "Nobody's vote counts yet")
    assert len(meters(app)) == 2


def test_treasury__many_assets__stand_in_a_table(show, decisions):
    more = tuple(
        fakes.ASSETS[1].model_copy(update={"address": f"0x{n:040x}", "symbol": ""}) for n in (1, 2)
    )
    decisions.holds = fakes.TREASURY.model_copy(update={"assets": fakes.ASSETS + more})
    rows = table(show("treasury"))
    assert rows[0] == ("ETH", "1.5")
    assert rows[2][0].startswith("0x0000")


def test_treasury__rules__are_those_of_each_class(show):
    rows = table(show("treasury"))
    assert ("Must take part (quorum)", "20% of all votes") in rows
    assert ("May spend in a year", "Without limit") in rows


def test_treasury__token_that_tells_no_balance__is_a_warning(show, decisions):
    silent = fakes.ASSETS[1].model_copy(update={"balance": 0, "is_silent": True})
    decisions.holds = fakes.TREASURY.model_copy(update={"assets": (fakes.ASSETS[0], silent)})
    assert show("treasury").warning[0].value.startswith("DELTA does not say how much of it is held")
