"""Texts that somebody else wrote stay texts, wherever a page shows them."""

import re

import pytest

from cercle.content import (
    BrandDocument,
    NoticeDocument,
    PlanDocument,
    PollDocument,
    PriceListDocument,
    escape_markdown,
)
from cercle.errors import ContentForged, ContentMissing
from frontend import vaults
from frontend.agreeing import Wording
from frontend.services import Shown
from frontend.testing import agreements as agreeing
from frontend.testing import consent as consenting
from frontend.testing import decisions as deciding
from frontend.testing import fakes
from frontend.testing import vault as vaulting

EVIL = "[press](javascript:alert(1)) <img src=x onerror=alert(1)> :material/key: $x$ **b** `c`"
EVERY = (
    *("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "radio"),
)


PAGES = [
    *("tour", "card", "perks", "votes", "history", "proposals", "treasury"),
    *("data", "vault", "moved", "looked", "why", "contracts", "choose"),
]


@pytest.fixture
def evil(community, decisions, consents, agreements, monkeypatch):
    monkeypatch.setattr(vaults, "has_vault", lambda: True)
    kept = vaulting.FakeVaults()
    monkeypatch.setattr(vaults, "vaults", lambda: kept)
    text = {"fr": EVIL, "en": EVIL}
    brand = fakes.BRAND_TEXT.model_dump(mode="json")
    community.texts = {
        fakes.seal(1): BrandDocument.model_validate(
            brand | {"name": EVIL, "motto": text, "tiers": [text] * 4, "support_hours": text}
        ),
        **{
            name: fakes.perk_text(EVIL, EVIL, [(EVIL, EVIL)] * 2, about_fr=EVIL, about_en=EVIL)
            for name in fakes.PERK_TEXTS
        },
        **{
            name: PollDocument.model_validate(
                {"question": text, "description": text, "options": [text] * len(old.options)}
            )
            for name, old in fakes.POLL_TEXTS.items()
        },
    }
    named = {"world": bytes(32), "controller": fakes.MEMBER, "key": fakes.MEMBER, "name": EVIL}
    world = fakes.happened(1_195, ("Profile", "WorldRegistered", named))
    strange = fakes.happened(1_194, (EVIL, EVIL, {"holder": fakes.MEMBER}))
    community.past = (*world, *strange, *fakes.PAST)
    said = deciding.build.set_dao_uri(deciding.BOOK, EVIL)
    for text in (EVIL, f"# {EVIL}\n\n{EVIL}"):
        one = deciding.proposal(deciding.ProposalState.ACTIVE, [said], text)
        decisions.every = (one, *decisions.every)
    vetoed = deciding.VETOED.course.model_copy(update={"veto": EVIL})
    decisions.every += (deciding.VETOED.model_copy(update={"course": vetoed, "id": 5}),)
    assets = [one.model_copy(update={"symbol": EVIL}) for one in deciding.ASSETS]
    decisions.holds = deciding.TREASURY.model_copy(update={"assets": tuple(assets)})
    consents.texts = {name: hostile_notice(old) for name, old in consenting.TEXTS.items()}
    companies = [one.model_copy(update={"uri": EVIL}) for one in consenting.COMPANIES]
    told = {"companies": tuple(companies), "symbol": EVIL}
    consents.mine = consenting.MINE.model_copy(update=told)
    consents.earned = consenting.EARNINGS.model_copy(update={"symbol": EVIL})
    hostile_contracts(agreements)


def hostile_contracts(agreements):
    """Lists, plans and a token with something evil in each field that takes words."""
    text = {"fr": EVIL, "en": EVIL}
    told = {"provider": EVIL, "per_shown": 100}
    told |= {name: text for name in ("name", "description", "unit", "shown_as")}
    plan = PlanDocument.model_validate({"name": text, "description": text})
    words = Wording(
        price_list=Shown[PriceListDocument](document=PriceListDocument.model_validate(told)),
        plans={number: Shown[PlanDocument](document=plan) for number in range(1, 5)},
    )
    changes = {"wording": words, "purse": agreeing.PURSE.model_copy(update={"symbol": EVIL})}
    stopped = agreeing.contract(2, 2_400, is_worse=True)
    agreements.have(*agreements.contracts.values(), stopped)
    for held in (agreements.contracts, agreements.shelves):
        held.update({number: one.model_copy(update=changes) for number, one in held.items()})


def hostile_notice(old):
    """A notice with something evil in each field that takes words."""
    text = {"fr": EVIL, "en": EVIL}
    told = old.model_dump(mode="json")
    told["controller"] |= {"name": EVIL, "address": EVIL, "contact": EVIL}
    told["recipients"] = [one | {"name": EVIL, "contact": EVIL} for one in told["recipients"]]
    told["authority"] |= {"name": EVIL, "contact": EVIL}
    told |= {name: text for name in ("sentence", "transfers", "retention", "withdrawal")}
    told["privacy_notice"] = "https://evil.example/[press](javascript:alert(1))"
    return NoticeDocument.model_validate(told)


def markdown_of(app) -> list[str]:
    """All that goes through Markdown, labels, tables and help included."""
    found = []
    for kind in EVERY:
        for element in app.get(kind):
            found += [str(element.value), getattr(element, "help", "") or ""]
    for radio in app.radio:
        found += list(radio.options)
    for pills in app.pills:
        found += list(pills.options)
    for kind in ("button", "number_input", "selectbox", "multiselect", "select_slider", "metric"):
        found += [element.label for element in app.get(kind)]
    found += [element.value for element in app.metric]
    for element in app.get("progress"):
        found.append(element.proto.text)
    for table in app.table:
        found += [str(cell) for row in table.value.itertuples(index=False) for cell in row]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_page__hostile_texts__are_escaped_everywhere(show, evil, page):
    app = show(page)
    if page == "history":
        app.toggle(key="history_proof").set_value(True)
    if page == "data":
        for toggle in app.toggle:
            toggle.set_value(True)
    if page == "votes":
        app.session_state["votes_course_2"] = True
    app.run()
    assert not app.exception
    whole = markdown_of(app)
    assert any(escape_markdown("[press]") in text for text in whole)
    for text in whole:
        assert "](javascript" not in text
        assert "<img" not in text
        assert "$x$" not in text
        assert ":material/key:" not in text


@pytest.mark.parametrize("page", PAGES)
def test_page__html__only_the_style_sheet(show, evil, page):
    bodies = [element.proto.body for element in show(page).get("html")]
    assert len(bodies) == 1
    assert re.fullmatch(r"<style>[^<]*</style>", bodies[0])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Text withheld: it does not match its seal on the ledger."),
        ("fr", "Texte retenu\u00a0: il ne correspond pas à son sceau au registre."),
    ],
)
def test_votes__forged_text__is_withheld_and_the_figures_stay(show, community, language, sentence):
    fakes.forged(community)
    app = show("votes", language)
    assert sentence in [box.value for box in app.warning]
    rows = list(app.table[0].value.itertuples(index=False))
    assert [row[1] for row in rows] == ["31", "58", "12", "**101**"]


def test_perks__missing_text__says_so_and_can_still_be_claimed(show, community):
    community.texts = {}
    community.problems = dict.fromkeys(fakes.PERK_TEXTS, ContentMissing)
    app = show("perks")
    assert "The text is not here yet; its seal is on the ledger." in [b.value for b in app.warning]
    assert any(head.value == "Perk no\\. 3" for head in app.subheader)
    assert [button.label for button in app.button] == ["Claim for 400 points", "Claim for free"]


def test_card__forged_brand__falls_back_on_the_house(show, community):
    community.texts.pop(fakes.seal(1))
    community.problems[fakes.seal(1)] = ContentForged
    app = show("card")
    assert not app.exception
    assert any("Tier 1" in head.value for head in app.header)
