"""A member's walks through the app, in a real browser, on a real chain, with their own wallet.

After each act the page is compared with what the chain answers when it is asked directly.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.kit.looks import axe, no_sideways_scroll, shot
from tests.browser.kit.processes import Anvil, Server
from tests.browser.presses import SENDING
from tests.browser.town import Town
from tests.browser.walks import choose, goto, press

PAGES = ("", "card", "perks", "votes", "history", "proposals", "voice", "treasury")


# ---- what everybody may do -------------------------------------------------------------


def test_tour__without_a_wallet__shows_the_chains_numbers(
    context: BrowserContext, app: Server, town: Town
) -> None:
    page = context.new_page()
    goto(page, app, "")
    members = page.get_by_test_id("stMetric").filter(has_text="Members")
    expect(members).to_contain_text(str(town.ask("Membership", "active_count")))
    expect(page.get_by_role("heading", name="Sillon").first).to_be_visible()
    assert axe(page) == []


def test_card__connected__shows_what_the_chain_says(visit, town: Town) -> None:
    page, wallet = visit(town.member_keys(0))
    expect(page.get_by_role("heading", name="You have 1,250 points")).to_be_visible()
    assert town.ask("Points", "balanceOf", wallet.account) == 1_250
    expect(page.get_by_role("heading", name="Tier: Music lover")).to_be_visible()
    assert town.ask("Membership", "tier_of", 1) == 1
    expect(page.get_by_text("130 more points of standing to Collector")).to_be_visible()
    assert axe(page) == []


# ---- a vote ------------------------------------------------------------------------------


def test_vote__cast_and_changed__counts_once(visit, town: Town, app: Server) -> None:
    page, wallet = visit(town.member_keys(0), "votes")
    choose(page, "Choirs of Brittany")
    press(page, "Vote")
    press(page, "Open wallet")
    expect(page.get_by_text("You said Choirs of Brittany")).to_be_visible()
    assert town.ask("Polls", "tally", 1) == [1, 1, 0, 0]
    choose(page, "Afrobeat in Marseille")
    press(page, "Change my vote")
    press(page, "Open wallet")
    expect(page.get_by_text("You said Afrobeat in Marseille")).to_be_visible()
    assert town.ask("Polls", "tally", 1) == [1, 0, 1, 0]
    assert wallet.count(SENDING) == 2
    row = page.locator("tr").filter(has_text="Afrobeat in Marseille")
    expect(row.locator("td").nth(1)).to_have_text("1")
    assert axe(page) == []


def test_vote__declined_in_the_wallet__changes_nothing(visit, town: Town) -> None:
    page, wallet = visit(town.member_keys(1), "votes")
    before = town.ask("Polls", "tally", 1)
    wallet.policy[SENDING] = "reject"
    choose(page, "Jazz in Lyon, 1962")
    press(page, "Vote")
    press(page, "Open wallet")
    expect(page.get_by_text("You declined it").first).to_be_visible()
    assert town.ask("Polls", "tally", 1) == before


def test_vote__wallet_on_another_chain__is_switched_first(
    visit, town: Town, other_node: Anvil
) -> None:
    page, wallet = visit(town.member_keys(1), "votes")
    wallet.use_chain(other_node.chain_id)
    before = other_node.web3.eth.get_transaction_count(wallet.account)
    choose(page, "Electronics, the lost tapes")
    press(page, "Vote")
    press(page, "Open wallet")
    expect(page.get_by_text("You said Electronics, the lost tapes")).to_be_visible()
    assert wallet.count("wallet_switchEthereumChain") == 1
    assert other_node.web3.eth.get_transaction_count(wallet.account) == before


# ---- a perk --------------------------------------------------------------------------------


def test_perk__claimed_then_cancelled__gives_the_points_back(visit, town: Town) -> None:
    page, wallet = visit(town.member_keys(0), "perks")
    press(page, "Claim for 150 points")
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name="1 perk waits for you")).to_be_visible()
    assert town.ask("Points", "balanceOf", wallet.account) == 1_100
    assert town.ask("Perks", "escrowed") == 150
    assert axe(page) == []
    shot(page, "perks-claimed-en")
    page.locator("[class*=st-key-perks_cancel_] button").click()
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name="open to you")).to_be_visible()
    assert town.ask("Points", "balanceOf", wallet.account) == 1_250
    assert town.ask("Perks", "escrowed") == 0


# ---- joining -----------------------------------------------------------------------------


def test_newcomer__takes_a_passport_and_joins(visit, town: Town) -> None:
    page, wallet = visit(town.newcomer_keys())
    page.locator(".st-key-card_register button").click()
    press(page, "Open wallet")
    expect(page.locator(".st-key-card_join button")).to_be_visible()
    assert town.ask("Passport", "id_of", wallet.account) == 4
    page.locator(".st-key-card_join button").click()
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name="You have 0 points")).to_be_visible()
    assert town.ask("Membership", "member_of", wallet.account) == (4, 4)


# ---- on a phone, in French, by night ---------------------------------------------------------


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pages__any_width_language_and_light__read_well(
    visit, town: Town, app: Server, locale: str, scheme: str, width: int
) -> None:
    page, _ = visit(
        town.member_keys(2),
        locale=locale,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        timezone_id="Europe/Paris",
    )
    other = {"fr": ("Votes are public", "Members"), "en": ("Les votes sont", "Membres")}[locale[:2]]
    for path in PAGES:
        goto(page, app, path)
        page.get_by_role("heading").first.wait_for()
        no_sideways_scroll(page)
        assert axe(page) == [], path
        for words in other:
            expect(page.get_by_text(re.compile(rf"\b{words}\b"))).to_have_count(0)
        shot(page, f"{path or 'tour'}-{locale[:2]}-{scheme}-{width}")
