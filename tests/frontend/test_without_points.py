"""A brand without points: a card, a voice, and not a word of what it does not have."""

import pytest

from frontend.testing import decisions as deciding
from frontend.testing import fakes

PAGES = ("tour", "card", "votes", "history", "proposals", "voice", "treasury")
# "point" but not the button that points somewhere; "avantage" is a perk in French.
WORDS = {"en": ("point", "perk", "standing", "tier"), "fr": ("point", "avantage", "statut")}


@pytest.fixture(autouse=True)
def staff(community, decisions):
    fakes.without_points(community)
    deciding.without_points(decisions)


def texts(app):
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.button)
    said = [getattr(one, "label", None) or one.value for kind in kinds for one in kind]
    return said + [one.label for one in app.metric]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", [fakes.MEMBER, fakes.PERSON, fakes.STRANGER, None])
def test_page__without_points__is_drawn(show, wallet, page, who, language):
    wallet.account = who
    app = show(page, language)
    assert not app.exception
    assert not app.error
    assert app.title


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", [fakes.MEMBER, fakes.PERSON, fakes.STRANGER, None])
def test_page__without_points__speaks_of_none(show, wallet, page, who, language):
    wallet.account = who
    app = show(page, language)
    spoken = [text.lower() for text in texts(app)]
    found = [(word, text) for word in WORDS[language] for text in spoken if word in text]
    assert found == []


def test_card__without_points__says_since_when_one_belongs(show):
    app = show("card")
    assert [one.value for one in app.title] == ["You belong here"]
    assert "See what is being decided" in [one.label for one in app.get("page_link")]


def test_menu__without_perks__does_not_lead_there(show, community):
    assert "Perks" not in [one.label for one in show("votes").get("page_link")]
    community.deployment = fakes.DEPLOYMENT
    assert "Perks" in [one.label for one in show("votes").get("page_link")]


def test_menu__without_a_governor__does_not_lead_to_its_pages(show, community):
    assert "Proposals" in [one.label for one in show("votes").get("page_link")]
    kept = {name: one for name, one in fakes.DEPLOYMENT.contracts.items() if name != "Governor"}
    community.deployment = fakes.DEPLOYMENT.model_copy(update={"contracts": kept})
    assert "Proposals" not in [one.label for one in show("votes").get("page_link")]
    assert "See who speaks for you" not in [one.label for one in show("card").get("page_link")]
