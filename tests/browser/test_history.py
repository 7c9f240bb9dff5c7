"""What happened, as a member reads it: from the index, from the ledger, from the index again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cercle.index.history import open_history
from tests.browser.kit.looks import axe, no_sideways_scroll, shot, until
from tests.browser.kit.processes import ROOT, Process, Server, wait_until
from tests.browser.town import Town
from tests.browser.walks import choose, goto, press

UP_TO_DATE = "Read from this shop's index, which is up to date."
SILENT = "This shop's index does not answer at the moment: read from the ledger itself"


class Index:
    """The index, as a process of its own beside the app."""

    def __init__(self, town: Town, path: Path) -> None:
        self.town, self.path = town, path
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "cercle.index", "run", "--url", str(self.path)]
        command += ["--rpc", self.town.node.url, "--deployment", str(self.town.path)]
        self.process = Process([*command, "--every", "0.2"], "index", {"PYTHONPATH": str(ROOT)})
        wait_until(self.is_in_step, 60, "the index does not read")

    def is_in_step(self) -> bool:
        self.town.chain.forget_head()
        history = open_history(self.town.chain, self.town.deployment, str(self.path))
        served = history.served()
        return served.source == "index" and not served.behind

    def stop(self) -> None:
        self.process.stop()


@pytest.fixture(scope="module")
def index(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    started = Index(town, tmp_path_factory.mktemp("index") / "index.sqlite")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def app(town: Town, index: Index) -> Iterator[Server]:
    env = {
        "CERCLE_RPC_URLS": town.node.url,
        "CERCLE_DEPLOYMENT": str(town.path),
        "CERCLE_CONTENT": town.content,
        "CERCLE_INDEX_URL": str(index.path),
    }
    started = Server(ROOT / "frontend" / "streamlit_app.py", env)
    yield started
    started.stop()


def read(page: Page, app: Server, index: Index) -> None:
    """Open the history once the index has seen what there is."""
    wait_until(index.is_in_step, 60, "the index does not follow")
    goto(page, app, "history")


def days(page: Page) -> str:
    page.locator("[class*=st-key-history_day_]").first.wait_for()
    return "\n".join(page.locator("[class*=st-key-history_day_]").all_inner_texts())


def test_history__member_acts__it_appears_with_its_proof(
    visit, town: Town, app: Server, index: Index
) -> None:
    page, _ = visit(town.member_keys(0), "votes")
    choose(page, "Choirs of Brittany")
    press(page, "Vote")
    press(page, "Open wallet")
    expect(page.get_by_text("You said Choirs of Brittany")).to_be_visible()
    voted = town.node.rpc("eth_getBlockByNumber", "latest", False)["transactions"][0]
    read(page, app, index)
    expect(page.get_by_text(UP_TO_DATE)).to_be_visible()
    said = days(page)
    assert "You voted Choirs of Brittany on “Which record shall we reissue in spring?”." in said
    assert "The shop awarded you 1,250 points." in said
    assert "You took passport no. 1." in said
    assert voted not in said
    page.locator(".st-key-history_proof label").first.click()
    expect(page.get_by_text(voted)).to_be_visible()
    assert axe(page) == []
    no_sideways_scroll(page)
    shot(page, "history-proof-en-1280")


def test_history__from_the_card_on_a_phone__is_two_presses_away(
    visit, town: Town, app: Server, index: Index
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "fr-FR"}
    page, _ = visit(town.member_keys(1), **phone, color_scheme="dark")
    page.get_by_text("Voir ce qui s’est passé, par date").click()  # noqa: RUF001
    expect(page.get_by_text("La boutique vous a attribué").first).to_be_visible()
    page.locator(".st-key-history_kind").get_by_text("Votes", exact=True).click()
    expect(page.get_by_text("La boutique vous a attribué")).to_have_count(0)
    assert axe(page) == []
    no_sideways_scroll(page)
    shot(page, "history-phone-fr")


def test_votes__course__is_drawn_for_who_unfolds_it(visit, town: Town, app: Server) -> None:
    page, _ = visit(town.member_keys(2), "votes")
    page.get_by_text("How the votes came in").first.click()
    expect(page.get_by_text("In front")).to_be_visible()
    assert axe(page) == []


def test_history__index_stops_and_goes__says_so_and_recovers(
    visit, town: Town, app: Server, index: Index
) -> None:
    page, _ = visit(town.member_keys(0), "history")
    before = days(page)
    index.stop()
    town.node.rpc("anvil_mine", "0x3")

    def shows(words: str) -> bool:
        goto(page, app, "history")
        page.locator("[class*=st-key-history_day_]").first.wait_for()
        return page.get_by_text(words).count() == 1

    until(page, lambda: shows("which is 3 blocks behind the ledger."))
    away = index.path.rename(index.path.with_suffix(".away"))
    until(page, lambda: shows(SILENT))
    assert days(page) == before
    away.rename(index.path)
    index.start()
    until(page, lambda: shows(UP_TO_DATE))
    assert days(page) == before
