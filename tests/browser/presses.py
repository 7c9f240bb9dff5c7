"""What the bridge's tests press and read on the bridge's own page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.kit.looks import settled, until

SENDING = "eth_sendTransaction"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def ask(page: Page) -> None:
    """Ask for a registration and open the wallet from the bridge's card."""
    press(page, "Register")
    press(page, "Open wallet")


def status(page: Page) -> Locator:
    return page.locator(".wallet .status")


def alert(page: Page) -> Locator:
    return page.locator(".wallet .alert")


def row(page: Page, text: str) -> Locator:
    """A row of the activity."""
    return page.get_by_test_id("stMarkdownContainer").filter(has_text=text).first


def registered(page: Page) -> None:
    expect(page.get_by_text("passport: none")).to_have_count(0)
    expect(page.get_by_text("passport: ")).to_be_visible()
    settled(page)


def counted(page: Page, **wanted: int) -> None:
    """Wait until the page's own count of what reached Python is this, and stays so."""

    def told() -> dict[str, int]:
        settled(page)
        line = page.get_by_text("deliveries").last.inner_text()
        return {name: int(number) for name, number in (part.split() for part in line.split(" · "))}

    until(page, lambda: wanted.items() <= told().items())
    page.wait_for_timeout(300)  # one more would have come by now
    assert wanted.items() <= told().items()
