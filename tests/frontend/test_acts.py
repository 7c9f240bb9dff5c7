# ruff: noqa: RUF001  (French apostrophes)
"""What a press asks of the wallet, and what it says when the contract would refuse."""

import pytest

from cercle.errors import NoVoice, PerkSoldOut, UnknownRefusal
from cercle.flags import ClaimState
from cercle.slips import Invitation, RedeemCode
from frontend import services
from frontend.testing import fakes

SIGNATURE = "0x" + "ab" * 65


def invitation() -> Invitation:
    return Invitation(inviter=fakes.BRAND, nonce=7, deadline=2**33, signature=SIGNATURE)


# ---- joining ---------------------------------------------------------------------


def test_register__stranger__asks_the_wallet(show, wallet, community):
    wallet.account = fakes.STRANGER
    app = show("card")
    app.button(key="card_register").click().run()
    assert community.built == [("register",)]
    assert wallet.sent[0][1:] == (
        "Create your passport. It is public and yours for good.",
        50_000,
    )


def test_join__open_door__asks_the_wallet(show, wallet, community):
    wallet.account = fakes.PERSON
    app = show("card")
    app.button(key="card_join").click().run()
    assert community.built == [("join_open",)]


def test_join__invitation_link__uses_it(show, wallet, community):
    wallet.account = fakes.PERSON
    app = show("card", invitation=invitation().as_text())
    app.button(key="card_join").click().run()
    assert community.built == [("join", invitation())]


def test_join__damaged_link__says_so(show, wallet):
    wallet.account = fakes.PERSON
    app = show("card", invitation="not-a-link")
    assert app.warning[0].value.startswith("This invitation link is damaged.")


def test_join__done__lets_go_of_the_link(show, wallet):
    app = show("card", invitation=invitation().as_text())
    assert "invitation" not in app.query_params
    wallet.account = fakes.PERSON
    assert not [one for one in app.run().markdown if "invitation" in one.value]


def test_invitation__page_switch__stays_in_the_address(show, wallet):
    wallet.account = fakes.PERSON
    app = show("tour", invitation=invitation().as_text())
    app.switch_page("app_pages/card.py").run()
    assert app.query_params["invitation"] in (invitation().as_text(), [invitation().as_text()])


def test_join__no_door_and_no_invitation__says_how(show, wallet, community):
    wallet.account = fakes.PERSON
    community.brand_view = fakes.BRAND_VIEW.model_copy(update={"open_door_per_day": 0})
    app = show("card")
    assert app.info[0].value.startswith("One joins here by invitation.")
    assert not [button for button in app.button if button.key == "card_join"]


def test_leave__member__asks_the_wallet(show, wallet, community):
    app = show("card")
    app.button(key="card_leave").click().run()
    assert community.built == [("leave",)]


# ---- perks -----------------------------------------------------------------------


def test_claim__open_perk__asks_the_wallet_with_a_sentence(show, wallet, community):
    app = show("perks")
    app.button(key="perks_claim_3").click().run()
    assert community.built == [("claim", 3, 0)]
    assert wallet.sent[0][1] == "Claim “Screen-printed tote bag” for 400 points."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "All are taken. Some may come back if others cancel."),
        ("fr", "Tout est pris. Il peut s’en libérer si d’autres annulent."),
    ],
)
def test_claim__refused_when_tried__says_why_and_asks_nothing(
    show, wallet, community, language, sentence
):
    community.refusal = PerkSoldOut()
    app = show("perks", language)
    app.button(key="perks_claim_3").click().run()
    assert wallet.sent == []
    assert [box.value for box in app.warning] == [sentence]


def test_claim__refused_for_an_unknown_reason__never_quotes_it(show, community):
    community.refusal = UnknownRefusal("<script>alert(1)</script>")
    app = show("perks")
    app.button(key="perks_claim_3").click().run()
    assert "script" not in app.warning[0].value


def test_cancel__waiting_claim__asks_the_wallet(show, wallet, community):
    fakes.busy(community)
    claim = fakes.claim(3, ClaimState.CLAIMED, days=27)
    app = show("perks")
    app.button(key=f"perks_cancel_{claim.id}").click().run()
    assert community.built == [("cancel", claim.id)]
    assert wallet.sent[0][1] == "Give it back; 400 points return to you."


def test_redeem__store_claim__signs_and_shows_a_code_the_till_reads(show, wallet, community):
    fakes.busy(community)
    claim = fakes.claim(3, ClaimState.CLAIMED, days=27)
    app = show("perks")
    app.button(key=f"perks_code_{claim.id}").click().run()
    message, label, kind = wallet.asked[0]
    assert message.message == {
        "wallet": fakes.MEMBER,
        "claim_id": claim.id,
        "deadline": int(fakes.NOW.timestamp()) + services.CODE_LIVES,
    }
    assert label == "Sign your code for the till. It works once, and for this only."
    wallet.signatures[kind] = services.Signed(
        message=message, account=fakes.MEMBER, signature=SIGNATURE
    )
    app.run()
    shown = RedeemCode.from_text(app.code[0].value)
    assert (shown.claim_id, shown.wallet, shown.signature) == (claim.id, fakes.MEMBER, SIGNATURE)


def test_redeem__signed_by_another_account__shows_nothing(show, wallet, community):
    fakes.busy(community)
    claim = fakes.claim(3, ClaimState.CLAIMED, days=27)
    wallet.signatures[f"redeem_{claim.id}"] = services.Signed(
        message=community.redeem_message(fakes.MEMBER, claim.id, 2**33),
        account=fakes.STRANGER,
        signature=SIGNATURE,
    )
    assert not show("perks").code


def test_code__only_after_sign_in__is_shown(show, community, monkeypatch):
    keeper = fakes.FakeCodes()
    monkeypatch.setattr(services, "codes", lambda: keeper)
    fakes.busy(community)
    claim = fakes.claim(2, ClaimState.CLAIMED, days=20)
    keeper.codes[claim.id] = "DELTA-7Q4M"
    app = show("perks")
    assert not app.code
    app.button(key=f"perks_code_{claim.id}").click().run()
    assert [code.value for code in app.code] == ["DELTA-7Q4M"]


def test_code__not_kept_yet__says_so(show, community, monkeypatch):
    keeper = fakes.FakeCodes()
    keeper.signed_in.add(fakes.MEMBER)
    monkeypatch.setattr(services, "codes", lambda: keeper)
    fakes.busy(community)
    app = show("perks")
    assert app.info[0].value.startswith("Your code is not here yet.")


# ---- votes -----------------------------------------------------------------------


def press_vote(app, option):
    app.radio(key="votes_choice_2").set_value(option)
    return app.button(key="votes_vote_2").click().run()


def test_vote__first_time__asks_the_wallet_with_a_sentence(show, wallet, community):
    press_vote(show("votes"), 2)
    assert community.built == [("vote", 2, 2)]
    assert wallet.sent[0][1] == (
        "Vote “World music” on “Which section should grow?”. "
        "You can change it until the poll closes."
    )


def test_vote__nothing_picked__asks_to_pick(show, wallet):
    app = show("votes")
    app.button(key="votes_vote_2").click().run()
    assert wallet.sent == []
    assert app.warning[0].value == "Pick an answer first."


def test_vote__change__offers_the_others(show, wallet, community):
    community.said[2] = {"my_options": (2,), "sequence": 1}
    app = show("votes")
    assert app.radio(key="votes_choice_2").value == 2
    press_vote(app, 2)
    assert wallet.sent == []
    press_vote(app, 3)
    assert community.built == [("vote", 2, 3)]


def test_vote__refused_when_tried__says_why(show, wallet, community):
    community.refusal = NoVoice()
    app = press_vote(show("votes"), 1)
    assert wallet.sent == []
    assert app.warning[0].value.startswith("You have no voice in this poll")
