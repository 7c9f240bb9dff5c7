"""The example pages beside a running gateway, and a browser to look at them with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from examples.serving import PageServer, Question
from tests.browser.kit.looks import SCREENS, violations
from tools.chromium import find
from tools.places import ROOT

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PATIENCE = 30_000  # ms
expect.set_options(timeout=PATIENCE)


@contextmanager
def serving(name: str, questions: dict[str, Question]) -> Iterator[str]:
    """One of the example pages; its address."""
    server = PageServer(0, ROOT / "examples" / name / "static", questions)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield started
        started.close()


class Visit:
    """One window on one page, which must show neither error nor trespass."""

    def __init__(self, browser: Browser, url: str, *, width: int, language: str) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale="fr-FR" if language == "fr" else "en-GB",
            timezone_id="Europe/Paris",
        )
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._heard)
        self.page.goto(url)
        self.name = f"{width}-{language}"

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "409" not in message.text:  # a refusal is an answer
            self.errors.append(message.text)

    def show(self, text: str) -> None:
        """Type what somebody shows, and look."""
        self.page.locator("#shown").fill(text)
        self.page.locator("#go").click()

    def sees(self, text: str) -> None:
        expect(self.page.locator("#result")).to_contain_text(text)

    def looks_right(self, name: str) -> Path:
        """Nobody is shut out, nothing is wider than the window; a picture of it."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert violations(self.page) == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 1
        assert self.errors == []
        self.page.emulate_media(color_scheme="light")
        SCREENS.mkdir(parents=True, exist_ok=True)
        path = SCREENS / f"{name}-{self.name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def close(self) -> None:
        self.context.close()


__all__ = ["Visit", "browsing", "serving"]
