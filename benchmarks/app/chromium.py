"""One person in a real browser: from the click on the menu until the page is there."""

from __future__ import annotations

import time

from playwright.sync_api import Page, sync_playwright

from tools.chromium import find

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PATIENCE = 60_000  # ms
ROUNDS = 4
WALK = (("Perks", "/perks"), ("Votes", "/votes"), ("My card", "/card"), ("Discover", "/"))
RESTING = "[data-testid=stApp][data-test-script-state=notRunning]"
# The page itself takes the time: the driver's own way there and back is none of the app's.
CLICK = """(name) => new Promise((resolve) => {
  const app = document.querySelector("[data-testid=stApp]");
  const title = () => document.querySelector("h1")?.innerText ?? "";
  const before = title();
  const links = [...document.querySelectorAll("[data-testid=stTopNavLink], nav a, header a")];
  const link = links.find((one) => one.innerText.trim().endsWith(name));
  if (!link) return resolve(-1);
  const start = performance.now();
  const look = () => {
    const rests = app.getAttribute("data-test-script-state") === "notRunning";
    if (rests && title() !== before) return resolve(performance.now() - start);
    requestAnimationFrame(look);
  };
  link.click();
  requestAnimationFrame(look);
})"""


def clicks(url: str) -> tuple[float, list[float]]:
    """Seconds of the first load, and of each click."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        try:
            page = browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="en-GB"
            ).new_page()
            page.set_default_timeout(PATIENCE)
            begin = time.perf_counter()
            page.goto(url)
            page.wait_for_selector("h1")
            page.wait_for_selector(RESTING)
            first = time.perf_counter() - begin
            return first, [_click(page, name) for name, _ in WALK * ROUNDS]
        finally:
            browser.close()


def _click(page: Page, name: str) -> float:
    page.wait_for_timeout(500)  # a person reads before the next click
    taken = float(page.evaluate(CLICK, name))
    if taken < 0:
        raise RuntimeError(f"no link named {name}")
    return taken / 1_000
