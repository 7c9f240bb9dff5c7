"""Answers arrive once through reloads, tabs, cut wires and restarts, and only where they belong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import HERE, connect
from tests.browser.kit.fake_wallet import FakeWallet
from tests.browser.kit.looks import settled, until
from tests.browser.kit.processes import Server, Wire
from tests.browser.presses import SENDING, ask, counted, press, registered

LONG = 90_000  # ms


@pytest.fixture
def held(wallet: FakeWallet) -> FakeWallet:
    """A wallet whose popup stays open."""
    wallet.policy[SENDING] = "hold"
    return wallet


def test_reload__while_the_wallet_asks__is_told_and_never_asked_again(
    context: BrowserContext, held: FakeWallet, server: Server
) -> None:
    page = connect(context.new_page(), server.url, held)
    ask(page)
    held.wait_held()
    page.reload()
    expect(page.get_by_text("This page was reloaded while your wallet was asking.")).to_be_visible()
    held.approve()  # the popup outlives the page
    registered(page)  # by itself
    expect(page.get_by_text("Your account has sent something since")).to_be_visible()
    assert held.count(SENDING) == 1
    page.reload()
    registered(page)
    expect(page.get_by_text("This page was reloaded")).to_have_count(0)  # told once


def test_tabs__each_has_its_own_questions(
    context: BrowserContext, held: FakeWallet, server: Server
) -> None:
    first = connect(context.new_page(), server.url, held)
    second = context.new_page()
    second.goto(server.url)
    expect(second.get_by_text(f"account: {held.account}")).to_be_visible()
    for page in (first, second):
        ask(page)
    held.wait_held(2)
    held.approve(1)
    registered(second)
    held.reject(0)
    expect(first.get_by_text("You declined it: nothing has changed.")).to_be_visible()
    assert held.count(SENDING) == 2
    for page in (first, second):
        counted(page, handled=1)
    held.use_account(1)
    for page in (first, second):
        expect(page.get_by_text(f"account: {held.account}")).to_be_visible()


def test_wire__cut_while_the_wallet_asks__the_answer_still_arrives(
    context: BrowserContext, held: FakeWallet, wire: Wire
) -> None:
    page = connect(context.new_page(), wire.url, held)
    ask(page)
    held.wait_held()
    settled(page)
    wire.cut()
    page.wait_for_timeout(500)
    held.approve()
    page.wait_for_timeout(500)
    wire.mend()
    expect(page.get_by_text("passport: none")).to_have_count(0, timeout=LONG)
    counted(page, handled=1)
    assert held.count(SENDING) == 1


def test_server__restarted_while_the_wallet_asks__the_page_shows_the_truth(
    context: BrowserContext, held: FakeWallet, server_env: dict[str, str]
) -> None:
    own = Server(HERE / "bridge_app.py", server_env)
    try:
        page = connect(context.new_page(), own.url, held)
        ask(page)
        held.wait_held()
        own.stop()
        held.approve()
        own.start()
        expect(page.get_by_text("passport: none")).to_have_count(0, timeout=LONG)
        assert held.count(SENDING) == 1
    finally:
        own.stop()


def test_journal__many_questions__stays_bounded(
    context: BrowserContext, wallet: FakeWallet, server: Server
) -> None:
    page = context.new_page()
    entries = {f"old{n}": {"method": "personal_sign", "label": "x"} for n in range(200)}
    page.goto(f"{server.url}/_stcore/health")
    page.evaluate(
        "(all) => sessionStorage.setItem('cercle.wallet.journal', all)", json.dumps(entries)
    )
    connect(page, server.url, wallet)
    ask(page)
    registered(page)
    kept = "() => Object.keys(JSON.parse(sessionStorage['cercle.wallet.journal'])).length"
    until(page, lambda: page.evaluate(kept) <= 30)


def test_press__while_an_answer_is_taken_in__the_page_shows_what_came_of_both(
    page: Page, wallet: FakeWallet, deployment: Path
) -> None:
    press(page, "Late text")
    press(page, "Open wallet")
    until(page, deployment.with_suffix(".busy").exists)
    press(page, "Text")  # what the answer set off is under way until this has come
    expect(page.get_by_text("signature: 0x")).to_be_visible()
    press(page, "Open wallet")
    until(page, lambda: wallet.count("personal_sign") == 2)
    counted(page, asked=2, handled=2, deliveries=2, queue=0)
