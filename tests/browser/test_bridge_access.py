"""The bridge for everybody: keyboard, screen reader, phone, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import connect
from tests.browser.kit.fake_wallet import FakeWallet
from tests.browser.kit.looks import axe, no_sideways_scroll, shot, until
from tests.browser.kit.processes import Anvil, Server
from tests.browser.presses import SENDING, press, registered, status

LONG = "Claim an espresso at the counter for 150 points: it is kept for you for thirty days. " * 2
FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.dataset.key ?? null"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bridge__every_state__is_accessible_and_fits(
    new_context: Callable[..., BrowserContext],
    server: Server,
    node: Anvil,
    other_node: Anvil,
    scheme: str,
) -> None:
    context = new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    wallet = FakeWallet(
        context,
        [node.funded_key()],
        {node.chain_id: node.url, other_node.chain_id: other_node.url},
        chain_id=other_node.chain_id,
    )
    wallet.policy[SENDING] = "hold"
    page = context.new_page()
    page.goto(f"{server.url}?label={LONG}")
    expect(page.get_by_role("button", name="Connect Fake Fox")).to_be_visible()
    check(page, f"bridge_offered_{scheme}")
    connect(page, page.url, wallet)
    press(page, "Register")
    expect(page.get_by_role("button", name="Open wallet")).to_be_visible()
    check(page, f"bridge_asked_{scheme}")
    press(page, "Open wallet")
    wallet.wait_held()
    check(page, f"bridge_waiting_{scheme}")
    wallet.approve()
    registered(page)
    check(page, f"bridge_done_{scheme}")


def check(page: Page, name: str) -> None:
    assert axe(page) == []
    no_sideways_scroll(page)
    shot(page, name, full=False)
    shot(page, f"{name}_wide", width=1280, full=False)


def test_keyboard__a_whole_errand__without_a_mouse(page: Page, wallet: FakeWallet) -> None:
    page.get_by_role("button", name="Register", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Register")).to_be_visible()
    until(page, lambda: page.evaluate(FOCUSED) == "card")  # the question came to the reader
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "cancel"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "open"
    page.keyboard.press("Enter")
    registered(page)
    assert wallet.count(SENDING) == 1
    focused = "() => document.activeElement.textContent"
    until(page, lambda: page.evaluate(focused) == "Register")  # and back where it came from


def test_live_region__says_what_is_waited_for(page: Page, wallet: FakeWallet) -> None:
    wallet.policy[SENDING] = "hold"
    expect(status(page)).to_have_attribute("role", "status")
    expect(status(page)).to_be_empty()
    press(page, "Register now")
    wallet.wait_held()
    expect(status(page)).to_have_text("Waiting for your answer in Fake Fox…")
    wallet.reject()
    expect(status(page)).to_be_empty()


def test_card__on_a_long_page__comes_into_view(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 300})
    page.get_by_role("button", name="Show code").scroll_into_view_if_needed()
    press(page, "Text")
    expect(page.get_by_role("button", name="Open wallet")).to_be_in_viewport()
