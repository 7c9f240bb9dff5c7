"""How the demo's proof opens pages and reads them as a person does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, sync_playwright

from .node import DemoError

CHROMIUM = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 60_000  # milliseconds


@contextmanager
def browser() -> Iterator[Page]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        except BrowserError as why:
            raise DemoError("No Chromium was found. Run `make setup`.") from why
        try:
            yield started.new_context(locale="fr-FR", timezone_id="Europe/Paris").new_page()
        except BrowserError as why:
            raise DemoError(f"A page did not show what it should: {why.message}") from why
        finally:
            started.close()


def open_page(page: Page, url: str) -> None:
    page.goto(url, timeout=PATIENCE)
    page.locator("[data-test-script-state=notRunning]").first.wait_for(
        state="attached", timeout=PATIENCE
    )


def settled(page: Page) -> str:
    """What a page says once its run is over; a press is sent a moment after it is made."""
    page.wait_for_timeout(1_000)
    page.locator("[data-test-script-state=notRunning]").first.wait_for(
        state="attached", timeout=PATIENCE
    )
    return page.locator("[data-testid=stMain]").inner_text()


def changed(page: Page, before: str) -> str:
    """What a page says once it says something else."""
    for _ in range(PATIENCE // 1_000):
        if (shown := settled(page)) != before:
            return shown
    raise DemoError("The history does not turn its pages.")


def first_number(text: str) -> int:
    """The first number of a text, as French people write it."""
    found = re.search(r"\d[\d\u202f\u00a0 ]*", text)
    if found is None:
        raise DemoError(f"No number in {text!r}.")
    return int(re.sub(r"\D", "", found[0]))


def borrow(page: Page, url: str, wallet: str, *, first: bool) -> None:
    """Become a person of the demo, through the demo wallet's own dialog."""
    open_page(page, url)
    if first:
        page.locator("[data-key^=connect-]").first.click(timeout=PATIENCE)
    else:
        page.locator("[data-key=change]").click(timeout=PATIENCE)
    page.locator("#search").fill(wallet, timeout=PATIENCE)
    page.locator("dialog button.primary").click(timeout=PATIENCE)
    page.get_by_title(wallet).or_(page.get_by_text(f"{wallet[:6]}…{wallet[-4:]}")).first.wait_for(
        timeout=PATIENCE
    )


def amount(text: str) -> int:
    """The cents of an amount, as French people write it."""
    found = re.search(r"\d[\d\u202f\u00a0 ]*(?:,\d+)?", text)
    if found is None:
        raise DemoError(f"No amount in {text!r}.")
    whole, _, part = re.sub(r"[^\d,]", "", found[0]).partition(",")
    return int(whole) * 100 + int((part + "00")[:2])


__all__ = [
    "PATIENCE",
    "amount",
    "borrow",
    "browser",
    "changed",
    "first_number",
    "open_page",
    "settled",
]
