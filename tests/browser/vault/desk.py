"""The vault's part of a page in a real browser, and a test's hands and ears at it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from cercle.values import checksummed
from cercle.vault import keys
from cercle.vault.bindings import Ledger
from cercle.vault.envelopes import Envelope, Record, seal_record
from tests.browser.kit.looks import settled, until
from tests.browser.kit.processes import Server

CONSENT = checksummed("0x" + "abcdef0123" * 4)  # capitals: the page has to make them small
LEDGER = Ledger(chain_id=31_337, consent=CONSENT)
ME, FRIEND = 7, 9
PLACE = {"chain_id": LEDGER.chain_id, "consent": CONSENT, "passport_id": ME}
PHRASE = "lilas violon 42 cailloux"
SAID = "12, rue des Lilas, 44000 Nantes"
ADDRESS = {"category": 1, "code": "PhysicalAddress", "version": 3}


class Desk:
    """What the page is told, what it made, and every frame that left the browser."""

    def __init__(self, page: Page, server: Server, box: Path) -> None:
        self.page, self.server, self.box = page, server, box
        self.frames: list[bytes] = []
        page.on("websocket", lambda wire: wire.on("framesent", self.note))
        page.on("request", lambda asked: self.note(asked.post_data_buffer or b""))
        self.told: dict[str, Any] = {"place": PLACE, "ring": None, "records": [], "task": None}

    def note(self, frame: str | bytes) -> None:
        self.frames.append(frame.encode() if isinstance(frame, str) else frame)

    def open(self, **told: Any) -> Desk:
        self.told |= told
        (self.box / "told.json").write_text(json.dumps(self.told), "utf-8")
        self.page.goto(f"{self.server.url}/?box={self.box}")
        expect(self.page.locator(".vault h3, .vault form, .vault .row").first).to_be_visible()
        settled(self.page)
        return self

    def again(self, **told: Any) -> None:
        """Tell it something else, without a new page."""
        now = json.loads((self.box / "told.json").read_text("utf-8")) | told
        (self.box / "told.json").write_text(json.dumps(now), "utf-8")
        self.press("Again")

    def made(self, count: int = 1) -> list[dict[str, Any]]:
        path = self.box / "made.jsonl"
        until(self.page, lambda: path.exists() and len(path.read_text().splitlines()) >= count)
        return [json.loads(line) for line in path.read_text().splitlines()]

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def unlock(self, phrase: str = PHRASE) -> None:
        self.fill("Passphrase", phrase)
        self.press("Open")

    def is_open(self) -> None:
        expect(self.page.get_by_text("in this window alone")).to_be_visible()


def kept(mine: bytes, content: str = SAID, ledger: Ledger = LEDGER) -> Envelope:
    record = Record.new(1, content, datetime.now(UTC))
    return seal_record(record, ledger, ME, 3, keys.public_of(mine))


def grouped(text: str) -> str:
    """Letters as one reads them out."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def listed(envelope: Envelope) -> list[dict[str, Any]]:
    told = envelope.model_dump(mode="json")
    return [{"envelope": told, "code": "PhysicalAddress", "label": "Postal address"}]


__all__ = [
    "ADDRESS",
    "CONSENT",
    "FRIEND",
    "LEDGER",
    "ME",
    "PHRASE",
    "PLACE",
    "SAID",
    "Desk",
    "grouped",
    "kept",
    "listed",
]
