"""What a walk through the app is made of: a small brand, the app around it, and a member's hands.

Each test file that asks for `town`, `app` or `visit` has a brand of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.kit.fake_wallet import FakeWallet
from tests.browser.kit.looks import axe, no_sideways_scroll, settled, shot, still
from tests.browser.kit.processes import ROOT, Anvil, Server
from tests.browser.town import Town, found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    node = Anvil(31_337, "--accounts", "20")
    yield found(node, tmp_path_factory.mktemp("town"))
    node.stop()


@pytest.fixture(scope="module")
def app(town: Town) -> Iterator[Server]:
    env = {
        "CERCLE_RPC_URLS": town.node.url,
        "CERCLE_DEPLOYMENT": str(town.path),
        "CERCLE_CONTENT": town.content,
        "CERCLE_CODES": str(town.codes.folder),
        "CERCLE_CODES_KEY": town.codes_key,
    }
    started = Server(ROOT / "frontend" / "streamlit_app.py", env)
    yield started
    started.stop()


@pytest.fixture
def visit(
    new_context: Callable[..., BrowserContext], town: Town, other_node: Anvil, app: Server
) -> Callable[..., tuple[Page, FakeWallet]]:
    """Open the app with a wallet that holds these keys, connected."""

    def _visit(keys: list[str], path: str = "card", **options: Any) -> tuple[Page, FakeWallet]:
        context = new_context(**options)
        chains = {town.node.chain_id: town.node.url, other_node.chain_id: other_node.url}
        wallet = FakeWallet(context, keys, chains, chain_id=town.node.chain_id)
        page = context.new_page()
        page.goto(f"{app.url}/{path}")
        page.get_by_role("button", name=wallet.name).click()
        expect(page.get_by_text(f"{wallet.account[:6]}…{wallet.account[-4:]}")).to_be_visible()
        settled(page)
        return page, wallet

    return _visit


def choose(page: Page, option: str) -> None:
    page.get_by_test_id("stRadio").get_by_text(option, exact=True).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def goto(page: Page, app: Server, path: str) -> None:
    page.goto(f"{app.url}/{path}")
    settled(page)


def titled(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()


def pictures(page: Page, name: str) -> None:
    """A page at both widths, by day and by night; nothing hangs over, nothing is unreadable."""
    locale = str(page.evaluate("navigator.language"))[:2]
    size = page.viewport_size
    for width in (1280, 360):
        for scheme in ("light", "dark"):
            shot(page, f"{name}-{locale}-{scheme}-{width}", width=width, scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        still(page)
        no_sideways_scroll(page)
        assert axe(page) == [], (name, locale, width)
    page.emulate_media(color_scheme="light")
    if size is not None:
        page.set_viewport_size(size)
