"""What is typed stays where it is typed, whatever else is chosen meanwhile."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.vault.desk import (
    ADDRESS,
    PHRASE,
    Desk,
)

TASK = {"kind": "record", **ADDRESS, "vault_key": None, "said": "Address", "does": "Seal"}


def test_passphrase__something_is_chosen_while_it_is_typed__stays(desk: Desk, ring: dict[str, Any]):
    desk.open(ring=ring)
    desk.fill("Passphrase", PHRASE)
    desk.again(task=TASK)
    expect(desk.page.get_by_text("Open it first")).to_be_visible()
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_have_value(PHRASE)
    desk.press("Open")
    desk.is_open()
    expect(desk.page.get_by_label("Address")).to_be_visible()


def test_passphrase__something_is_chosen_while_it_opens__opens(desk: Desk, ring: dict[str, Any]):
    desk.open(ring=ring)
    desk.unlock()
    desk.again(task=TASK)
    desk.is_open()
    expect(desk.page.get_by_label("Address")).to_be_visible()
