"""How a member appears elsewhere: what is verified, what is not, and how it is set and ended."""

from __future__ import annotations

import pytest

from cercle.content import BrandDocument
from cercle.flags import AvatarKind
from cercle.models import AvatarView
from cercle.slips import Attestation
from frontend.testing import fakes

WORLD = fakes.seal(77)
KEY = WORLD[:10]
TOKEN = fakes.GATE


@pytest.fixture
def worlds(community):
    """A brand that is present in one world."""
    named = {"id": WORLD, "name": {"fr": "Le port", "en": "The harbour"}}
    document = fakes.BRAND_TEXT.model_dump(mode="json") | {"worlds": [named]}
    community.texts[fakes.seal(1)] = BrandDocument.model_validate(document)


@pytest.fixture
def open_section(show):
    """The card with the section opened."""

    def run(**changes):
        app = show("card")
        app.session_state["card_appear"] = True
        return app.run()

    return run


def avatar(**changes) -> AvatarView:
    told = {"world": WORLD, "kind": AvatarKind.TOKEN, "reference": fakes.seal(5),
            "token": TOKEN, "token_id": 7, "is_verified": True}  # fmt: skip
    return AvatarView.model_validate(told | changes)


def text(app) -> str:
    return "\n".join(str(one.value) for one in (*app.markdown, *app.caption, *app.info))


def test_section__brand_in_no_world__says_so(open_section):
    assert "in no world yet" in text(open_section())


def test_section__no_avatar__says_so(open_section, worlds):
    app = open_section()
    assert "You do not appear here." in text(app)


def test_section__token_held_now__is_verified(open_section, worlds, community):
    community.avatars = (avatar(),)
    shown = text(open_section())
    assert "7 of 0xe7f1" in shown
    assert "Verified" in shown


def test_section__token_sold_on__is_shown_as_unverified(open_section, worlds, community):
    community.avatars = (avatar(is_verified=False),)
    shown = text(open_section())
    assert "Unverified" in shown
    assert "Staff do not recognise you by it" in shown


def test_section__from_another_wallet__changes_nothing(open_section, worlds, community):
    community.cards[fakes.MEMBER] = fakes.MEMBER_CARD.model_copy(
        update={"main_wallet": fakes.STRANGER}
    )
    community.avatars = (avatar(),)
    app = open_section()
    assert "connect your main wallet" in text(app)
    assert not [one for one in app.button if one.key and "avatar" in one.key]


def test_remove__avatar__asks_the_wallet(open_section, worlds, community, wallet):
    community.avatars = (avatar(),)
    app = open_section()
    app.button(key=f"card_avatar_end_{KEY}").click().run()
    assert community.built == [("remove_avatar", WORLD)]
    assert wallet.sent[0][1] == "Appear in The harbour no more."


def test_token__named__asks_the_wallet(open_section, worlds, community, wallet):
    app = open_section()
    app.text_input(key=f"card_token_{KEY}_place").set_value(TOKEN.lower())
    app.text_input(key=f"card_token_{KEY}_number").set_value("12")
    app.button(key=f"card_token_{KEY}").click().run()
    assert community.built == [("set_token_avatar", WORLD, TOKEN, 12)]


@pytest.mark.parametrize(
    ("place", "number"), [("0x12", "1"), (TOKEN, "-1"), (TOKEN, "1.5"), ("", ""), (TOKEN, "²")]
)
def test_token__nonsense__is_not_asked(open_section, worlds, community, wallet, place, number):
    app = open_section()
    app.text_input(key=f"card_token_{KEY}_place").set_value(place)
    app.text_input(key=f"card_token_{KEY}_number").set_value(number)
    app.button(key=f"card_token_{KEY}").click().run()
    assert (community.built, wallet.sent) == ([], [])
    assert any("begins with 0x" in one.value for one in app.warning)


def attestation(world: str) -> Attestation:
    return Attestation(
        key=fakes.STRANGER, world=world, reference=fakes.seal(6), passport_id=1,
        issued_at=1, deadline=2**33, signature="0x" + "1b" * 65,
    )  # fmt: skip


def test_attestation__pasted__asks_the_wallet(open_section, worlds, community, wallet):
    told = attestation(WORLD)
    app = open_section()
    app.text_area(key=f"card_attested_{KEY}_text").set_value(told.as_text())
    app.button(key=f"card_attested_{KEY}").click().run()
    assert community.built == [("set_attested_avatar", told)]
    assert wallet.sent[0][1] == "Appear in The harbour as what it confirms of you."


@pytest.mark.parametrize("pasted", ["", "nonsense", attestation(fakes.seal(78)).as_text()])
def test_attestation__nonsense_or_another_worlds__is_not_asked(
    open_section, worlds, community, wallet, pasted
):
    app = open_section()
    app.text_area(key=f"card_attested_{KEY}_text").set_value(pasted)
    app.button(key=f"card_attested_{KEY}").click().run()
    assert (community.built, wallet.sent) == ([], [])
    assert any("not a text of this world" in one.value for one in app.warning)
