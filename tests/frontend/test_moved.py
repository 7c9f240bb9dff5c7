"""I moved: one form, then who took note."""

import json

import pytest

from cercle.consent import Acknowledgement, commitment
from cercle.content import canonical_bytes
from cercle.errors import MoveWithoutCommitment
from frontend import keeping
from frontend.testing import consent as fakes
from frontend.testing.fakes import STRANGER
from tests.frontend.test_numbers import says, table

SAID = "12, rue des Lilas, 44000 Nantes"


def tell(app, content=SAID):
    app.text_area(key="moved_content").set_value(content)
    return app.button(key="moved_tell").click().run()


@pytest.mark.parametrize("account", [None, STRANGER])
def test_moved__nobody_with_a_passport__is_told_what_this_is(show, wallet, account):
    wallet.account = account
    app = show("moved")
    assert app.title[0].value == "You moved? Say it once"
    assert not app.text_area


def test_moved__never_told__shows_the_form_alone(show, consents):
    fakes.empty(consents)
    app = show("moved")
    assert app.title[0].value == "You moved? Say it once"
    assert not app.table
    assert app.selectbox(key="moved_what").options[:2] == ["Postal address", "Telephone number"]


def test_board__each_company__stands_with_its_answer(show):
    app = show("moved")
    assert app.title[0].value == "1 company is late to take note"
    assert table(app) == [
        ("Disques Delta", ":material/check_circle: Took note"),
        ("Colis Brume", ":material/running_with_errors: Late since 14 March 2026"),
        ("Labo Écoute", ":material/lock: May not see it"),
    ]
    assert table(app, 1) == [("Colis Brume", ":material/schedule: Expected by 26 March 2026")]


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (Acknowledgement.EXPECTED, "1 company has yet to take note"),
        (Acknowledgement.ACKNOWLEDGED, "Everybody took note"),
        (Acknowledgement.NOT_ALLOWED, "Nobody has to take note"),
    ],
)
def test_answer__what_is_gravest__is_the_title(show, consents, state, title):
    move = fakes.MOVES[1]
    told = move.notified[0].model_copy(update={"state": state})
    consents.moved = (move.model_copy(update={"notified": (told,)}),)
    assert show("moved").title[0].value == title


def test_tell__a_change__publishes_a_seal_and_never_the_words(show, wallet, consents):
    app = tell(show("moved"))
    ((function, category, sealed),) = consents.built
    assert (function, category) == ("move", fakes.BIT_ADDRESS)
    label = wallet.sent[0][1]
    assert "Postal address" in label
    assert SAID not in f"{label}{sealed}{wallet.sent[0][0]}"
    assert app.text_area(key="moved_content").value == ""
    assert app.session_state["moved_kept"].commitment == sealed


def test_tell__twice_the_same__gives_two_seals(show, consents):
    tell(tell(show("moved")))
    assert consents.built[0][2] != consents.built[1][2]


def test_tell__nothing_typed__asks_for_it(show, wallet, consents):
    app = tell(show("moved"), "  ")
    assert says(app, "Type what it is now: it goes into your own file.")
    assert (wallet.sent, consents.built) == ([], [])


def test_tell__refused__keeps_what_was_typed(show, wallet, community):
    community.refusal = MoveWithoutCommitment()
    app = tell(show("moved"))
    assert app.text_area(key="moved_content").value == SAID
    assert "moved_kept" not in app.session_state
    assert not wallet.sent


def test_moved__in_french__says_it_in_french(show):
    assert show("moved", language="fr").title[0].value == "1 entreprise tarde à prendre note"


# ---- the member's own file ----------------------------------------------------------------


def test_file__opened_later__gives_the_seal_again():
    sealed = keeping.seal(fakes.BIT_ADDRESS, SAID)
    told = json.loads(sealed.file())
    assert told["record"]["content"] == SAID
    again = commitment(canonical_bytes(told["record"]), bytes.fromhex(told["secret"][2:]))
    assert again == told["commitment"] == sealed.commitment
