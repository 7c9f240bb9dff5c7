"""My voice: who speaks for me, until when, and how another is found."""

from datetime import timedelta

import pytest

from cercle.errors import DelegateeNotEnrolled
from frontend.testing import decisions as fakes
from frontend.testing.fakes import MEMBER, NOW, PERSON, STRANGER
from tests.frontend.test_numbers import says


def give(app, who, address=None):
    app.radio(key="voice_who").set_value(who).run()
    if address is not None:
        app.text_input(key="voice_address").set_value(address)
    return app.button(key="voice_give").click().run()


def test_voice__own__says_so_and_for_how_many_others(show):
    app = show("voice")
    assert app.title[0].value == "You speak for yourself"
    assert says(app, "Others lent you 2 votes")
    assert not [one for one in app.button if one.key == "voice_back"]


def test_voice__with_another__says_whose_and_until_when(show, decisions):
    decisions.voices[MEMBER] = fakes.AWAY
    app = show("voice")
    assert app.title[0].value == "Member no\\. 7 speaks for you"
    assert says(app, "They vote with your vote on every proposal, until 13 June 2026.")
    decisions.voices[MEMBER] = fakes.AWAY.model_copy(update={"expires_at": None})
    assert says(show("voice"), "until you end it")


def test_voice__past_its_end__says_that_it_does_not_come_back_by_itself(show, decisions):
    fakes.late(decisions)
    app = show("voice")
    assert app.title[0].value == "Member no\\. 7 still speaks for you"
    assert app.warning[0].value.startswith("You lent your voice until 14 March 2026.")


def test_voice__taken_back__names_oneself(show, wallet, decisions):
    decisions.voices[MEMBER] = fakes.AWAY
    show("voice").button(key="voice_back").click().run()
    assert decisions.built == [("delegate", MEMBER, None)]
    assert wallet.sent[0][1].startswith("Take your voice back.")


@pytest.mark.parametrize("account", [None, STRANGER, PERSON])
def test_voice__no_member__is_asked_nothing(show, wallet, account):
    wallet.account = account
    app = show("voice")
    assert app.title[0].value == "Who speaks for you"
    assert not app.radio


# ---- somebody else -----------------------------------------------------------------------


def test_finder__list__is_by_votes_without_oneself(show):
    app = show("voice")
    assert [one.replace("\\", "") for one in app.radio(key="voice_who").options] == [
        "Member no. 7 (0x15d3…6A65) · 24 votes, 6% of all",
        "Member no. 118 (0x9965…A4dc) · 2 votes, 1% of all",
        "0x9fE4…a6e0 · 1 vote, &#60;\u00a01% of all",
        "Somebody else, by their wallet",
    ]


def test_finder__who_speaks_already__is_not_offered_again(show, decisions):
    decisions.voices[MEMBER] = fakes.AWAY
    assert not any("no\\. 7 " in one for one in show("voice").radio(key="voice_who").options)


def test_give__of_the_list__is_for_half_a_year(show, wallet, decisions):
    give(show("voice"), fakes.FRIEND)
    until = NOW + timedelta(days=180)
    assert decisions.built == [("delegate", fakes.FRIEND, until)]
    assert wallet.sent[0][1] == (
        "Let member no. 7 vote for you on proposals, until 11 September 2026. "
        "You can end it before."
    )


def test_give__by_wallet__takes_its_address(show, decisions):
    app = give(show("voice"), "other", address=f"  {fakes.GIVER.lower()} ")
    assert decisions.built[0][:2] == ("delegate", fakes.GIVER)
    assert not app.warning


@pytest.mark.parametrize(
    ("who", "address", "sentence"),
    [
        (None, None, "Pick somebody first."),
        ("other", "0x12", "That is no wallet: copy all of it, from 0x on."),
        ("other", "", "That is no wallet: copy all of it, from 0x on."),
        ("other", MEMBER, "That is you. Pick somebody else."),
    ],
)
def test_give__nobody_in_particular__says_what_is_missing(
    show, wallet, decisions, who, address, sentence
):
    app = show("voice")
    app = give(app, who, address=address) if who else app.button(key="voice_give").click().run()
    assert (wallet.sent, decisions.built) == ([], [])
    assert [box.value for box in app.warning] == [sentence]


def test_give__to_no_member__says_why_not(show, community):
    community.refusal = DelegateeNotEnrolled()
    app = give(show("voice"), "other", address=fakes.GIVER)
    assert app.warning[0].value.startswith("No member has this wallet")


def test_finder__nobody_speaks_for_others__asks_for_a_wallet(show, decisions):
    decisions.speakers = ()
    app = show("voice")
    assert app.radio(key="voice_who").value == "other"
    assert app.text_input(key="voice_address")
