"""Every page in every state and both languages: it is drawn, and nothing breaks through."""

import pytest

from frontend.testing import decisions as deciding
from frontend.testing import fakes

PAGES = (
    *("tour", "card", "perks", "votes", "proposals", "voice", "treasury"),
    *("contracts", "choose"),
)
PEOPLE = {
    "member": fakes.MEMBER,
    "stranger": fakes.STRANGER,
    "person": fakes.PERSON,
    "nobody": None,
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("page", PAGES)
def test_page__full__is_drawn(show, wallet, page, who, language):
    wallet.account = PEOPLE[who]
    app = show(page, language)
    assert not app.exception
    assert not app.error
    assert app.title


@pytest.mark.parametrize("scene", fakes.SCENES)
@pytest.mark.parametrize("page", PAGES)
def test_page__scene__is_drawn(show, community, decisions, page, scene):
    fakes.SCENES[scene](community)
    deciding.SCENES.get(scene, lambda _: None)(decisions)
    app = show(page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_page__no_node__says_so_in_one_sentence(show, community, page):
    fakes.down(community)
    app = show(page)
    assert [box.value for box in app.warning] == [
        "The ledger does not answer at the moment. Nothing is lost: try again in a minute."
    ]
    assert not app.title
