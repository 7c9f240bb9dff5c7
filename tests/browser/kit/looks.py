"""How a page looks and reads: pictures, accessibility, sideways scroll."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from .processes import ROOT

SCREENS = ROOT / "build" / "screens"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA, and what everybody should do besides.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Streamlit dims what a run has not drawn again yet: half-way, no contrast is what it will be.
MOVING = """() => {
  const roots = [document, ...[...document.querySelectorAll("*")]
    .map((element) => element.shadowRoot).filter(Boolean)];
  const moves = (one) => one.playState === "running" &&
    one.effect?.getComputedTiming().endTime !== Infinity;
  return document.querySelector("[data-stale=true]") !== null ||
    roots.some((root) => root.getAnimations().some(moves));
}"""
# A run may also begin while axe reads: then what it found is of a page half-way, and says so.
BY = f"""async (tags) => {{
  const moving = {MOVING};
  let moved = moving();
  const watch = new MutationObserver(() => {{ moved = true; }});
  watch.observe(document.documentElement, {{subtree: true, attributes: true,
    attributeFilter: ["data-stale", "data-test-script-state"]}});
  const {{violations}} = await axe.run(document, {{runOnly: tags, resultTypes: ["violations"]}});
  watch.disconnect();
  return [moved || moving(), violations.map(({{id, impact, nodes}}) =>
    [id, impact, nodes.slice(0, 3).map((node) => node.target.join(" ")),
     nodes[0].failureSummary])];
}}"""


def settled(page: Page) -> None:
    """Wait until Streamlit says that its run is over."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def until(page: Page, is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something about the page; a policy without `eval` stops `wait_for_function`."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to pass"
        page.wait_for_timeout(50)


def still(page: Page) -> None:
    """Wait until the run is over and nothing fades in or out."""
    settled(page)
    until(page, lambda: not page.evaluate(MOVING))


def violations(page: Page, stands: Callable[[Page], None] = lambda _: None) -> list[Any]:
    """
    All that axe-core finds on a page, looked at until it stood still all the while.

    Args:
        page: The page.
        stands: What to wait for before each look.
    """
    # Through the protocol, not a <script>: the page's own policy would rightly stop it.
    page.evaluate(AXE.read_text())
    found: list[Any] = []

    def looked() -> bool:
        stands(page)
        moved, found[:] = page.evaluate(BY, TAGS)
        return not moved

    until(page, looked)
    return found


def axe(page: Page, *, impacts: tuple[str, ...] = ("serious", "critical")) -> list[Any]:
    """What axe-core finds on a page of the app, of these impacts."""
    return [one for one in violations(page, still) if one[1] in impacts]


def no_sideways_scroll(page: Page) -> None:
    """Nothing is wider than the window, once charts have measured a new one."""
    wider: list[Any] = []

    def fits() -> bool:
        wider[:] = page.evaluate(
            """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
              .filter((element) => element && element.scrollWidth > element.clientWidth + 1)
              .map((element) => [element.tagName, element.scrollWidth, element.clientWidth])"""
        )
        return not wider

    until(page, fits, seconds=10)


def shot(
    page: Page,
    name: str,
    *,
    width: int | None = None,
    scheme: str | None = None,
    full: bool = True,
) -> Path:
    """Write build/screens/<name>.png; the language is the context's (`locale`)."""
    size = page.viewport_size or {"width": 1280, "height": 900}
    if width is not None:
        page.set_viewport_size({"width": width, "height": size["height"]})
    if scheme is not None:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    if width is not None or scheme is not None:
        page.wait_for_timeout(400)  # a chart measures its new width; nothing is asserted of it
        still(page)
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = SCREENS / f"{name}.png"
    # Streamlit scrolls inside its main block: a tall window shows all of it.
    if full:
        tall = page.evaluate(
            "() => document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 0"
        )
        if page.viewport_size and tall > page.viewport_size["height"]:
            page.set_viewport_size({"width": page.viewport_size["width"], "height": int(tall)})
    page.screenshot(path=path)
    page.set_viewport_size(size)
    return path
