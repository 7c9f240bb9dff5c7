"""User text in a real browser: it stays letters, whatever it would like to become."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kit.processes import Server

HOSTILE: list[str] = json.loads(Path(__file__).with_name("hostile_texts.json").read_text("utf-8"))
JOINER = "\u2060"  # the escape's own, invisible mark


@pytest.fixture(scope="module")
def shown(browser: Browser, server_env: dict[str, str]) -> Iterator[Page]:
    server = Server(Path(__file__).parent / "user_text_app.py", server_env)
    page = browser.new_page()
    page.goto(server.url)
    page.locator(f".st-key-text-{len(HOSTILE) - 1} p").first.wait_for(timeout=60_000)
    yield page
    page.close()
    server.stop()


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=[repr(text) for text in HOSTILE])
def test_user_text__hostile__stays_letters(shown: Page, number: int) -> None:
    box = shown.locator(f".st-key-text-{number} [data-testid=stMarkdownContainer]").first
    tags = set(box.evaluate("box => [...box.querySelectorAll('*')].map(found => found.tagName)"))
    assert tags <= {"P", "BR"}
    assert box.evaluate("box => box.innerText").replace(JOINER, "") == HOSTILE[number]
