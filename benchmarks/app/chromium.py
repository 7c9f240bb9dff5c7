"""One person in a real browser: from the click on the menu until the whole page is there."""

from __future__ import annotations

import time
from collections.abc import Mapping

from playwright.sync_api import Browser, Page, sync_playwright

from tools.chromium import find

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PATIENCE = 60_000  # ms
ROUNDS = 4
WALK = ("Perks", "Votes", "My card", "Discover")
RESTING = "[data-testid=stApp][data-test-script-state=notRunning]"
# The page itself takes the time: the driver's own way there and back is none of the app's.
# Streamlit says that it runs before it draws anything: a new title while it rests is a whole page.
CLICK = """([name, patience]) => new Promise((resolve) => {
  const app = document.querySelector("[data-testid=stApp]");
  const title = () => document.querySelector("h1")?.innerText ?? "";
  const links = [...document.querySelectorAll("[data-testid=stTopNavLink], nav a, header a")];
  const link = links.find((one) => one.innerText.trim().endsWith(name));
  const before = title();
  const start = performance.now();
  const look = () => {
    const rests = app.getAttribute("data-test-script-state") === "notRunning";
    const taken = performance.now() - start;
    if (rests && title() !== "" && title() !== before) resolve(taken);
    else if (taken > patience) resolve(Infinity);
    else requestAnimationFrame(look);
  };
  link.click();
  requestAnimationFrame(look);
})"""


def clicks(urls: Mapping[str, str]) -> dict[str, tuple[float, list[float]]]:
    """By name of the server: seconds of the first load, and of each click; in turns."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        try:
            pages = {name: _page(browser) for name in urls}
            first = {name: _open(page, urls[name]) for name, page in pages.items()}
            taken: dict[str, list[float]] = {name: [] for name in urls}
            for link in WALK * ROUNDS:
                for name, page in pages.items():
                    taken[name].append(_click(page, link))
            return {name: (first[name], taken[name]) for name in urls}
        finally:
            browser.close()


def _page(browser: Browser) -> Page:
    """A window of its own: nothing that another has loaded is there."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("about:blank")
    return page


def _open(page: Page, url: str) -> float:
    begin = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_selector(RESTING)
    return time.perf_counter() - begin


def _click(page: Page, link: str) -> float:
    page.bring_to_front()  # one that nobody sees draws nothing
    page.wait_for_timeout(500)  # a person reads before the next click
    return float(page.evaluate(CLICK, [link, PATIENCE])) / 1_000
