"""The vault in a real browser: its key, and that it is for everybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from cercle.vault import keys
from cercle.vault.keys import text_of
from cercle.vault.rings import Ring, make_ring, open_ring
from tests.browser.kit.looks import axe, no_sideways_scroll
from tests.browser.kit.processes import Server
from tests.browser.vault.desk import (
    ADDRESS,
    FRIEND,
    LEDGER,
    ME,
    PHRASE,
    PLACE,
    Desk,
    kept,
    listed,
)


def test_make__a_passphrase_twice__gives_a_ring_that_python_opens(desk: Desk) -> None:
    desk.open()
    desk.fill("Passphrase", PHRASE)
    desk.fill("The same once more", PHRASE)
    desk.press("Make my key")
    ring = Ring.model_validate(desk.made()[0]["value"])
    private = open_ring(ring, PHRASE, LEDGER, ME)
    assert text_of(keys.public_of(private)) == ring.public_key
    desk.is_open()
    sent = b"".join(desk.frames)
    assert ring.sealed.encode() in sent  # what is looked through is what was sent
    assert PHRASE.encode() not in sent
    assert text_of(private).encode() not in sent


def test_anew__a_key_that_is_lost__another_takes_its_place(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    task = {"kind": "anew", "said": "What that one sealed never opens.", "does": "Make another key"}
    desk.open(ring=ring, task=task)
    expect(desk.page.get_by_text("What that one sealed never opens.")).to_be_visible()
    desk.fill("Passphrase", "nouvelle phrase du lundi")
    desk.fill("The same once more", "nouvelle phrase du lundi")
    desk.press("Make another key")
    again = Ring.model_validate(desk.made()[0]["value"])
    assert open_ring(again, "nouvelle phrase du lundi", LEDGER, ME) != mine
    assert again.contact is None
    desk.is_open()


@pytest.mark.parametrize(
    ("once", "again", "said"),
    [
        (
            "court",
            "court",
            "Too short, or always the same letters: take at least twelve characters.",
        ),
        (
            "a" * 30,
            "a" * 30,
            "Too short, or always the same letters: take at least twelve characters.",
        ),
        (PHRASE, PHRASE + "!", "The two are not the same. Type them again."),
    ],
)
def test_make__no_good_passphrase__makes_nothing(
    desk: Desk, once: str, again: str, said: str
) -> None:
    desk.open()
    desk.fill("Passphrase", once)
    desk.fill("The same once more", again)
    desk.press("Make my key")
    expect(desk.page.locator(".vault [role=alert]")).to_have_text(said)
    assert not (desk.box / "made.jsonl").exists()


def test_unlock__ring_of_python__opens(desk: Desk, ring: dict[str, Any]) -> None:
    desk.open(ring=ring).unlock()
    desk.is_open()
    assert PHRASE.encode() not in b"".join(desk.frames)


def test_unlock__wrong_passphrase__says_so_and_empties_the_field(
    desk: Desk, ring: dict[str, Any]
) -> None:
    desk.open(ring=ring).unlock("another one altogether")
    expect(desk.page.locator(".vault [role=alert]")).to_contain_text("It does not open.")
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_have_value("")
    expect(desk.page.get_by_text("Forgotten? Further down")).to_be_visible()


def test_unlock__ring_of_another_person__does_not_open(desk: Desk, mine: bytes) -> None:
    desk.open(ring=make_ring(PHRASE, LEDGER, FRIEND, mine).model_dump(mode="json")).unlock()
    expect(desk.page.locator(".vault [role=alert]")).to_contain_text("It does not open.")


def test_key__a_quarter_of_an_hour_later__is_forgotten(desk: Desk, ring: dict[str, Any]) -> None:
    desk.page.clock.install()
    desk.open(ring=ring).unlock()
    desk.is_open()
    desk.page.clock.fast_forward("15:01")
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()


def test_key__shut_by_hand_or_reloaded__is_forgotten(desk: Desk, ring: dict[str, Any]) -> None:
    desk.open(ring=ring).unlock()
    desk.press("Shut now")
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()
    desk.unlock()
    desk.is_open()
    desk.page.reload()
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()


def test_key__another_persons_vault__shuts_it(desk: Desk, ring: dict[str, Any]) -> None:
    desk.open(ring=ring).unlock()
    desk.is_open()
    desk.again(place={**PLACE, "passport_id": FRIEND})
    expect(desk.page.get_by_label("Passphrase", exact=True)).to_be_visible()


def test_key__second_tab__stays_shut(
    desk: Desk, context: BrowserContext, server: Server, ring: dict[str, Any]
) -> None:
    desk.open(ring=ring).unlock()
    desk.is_open()
    Desk(context.new_page(), server, desk.box).open(ring=ring)
    second = context.pages[-1]
    expect(second.get_by_label("Passphrase", exact=True)).to_be_visible()
    assert (
        second.evaluate("() => JSON.stringify(window[Symbol.for('cercle.vault')])").count("key")
        == 0
    )


# ---- anybody, anywhere ---------------------------------------------------------------


def test_unable__a_browser_without_x25519__says_so_plainly(desk: Desk) -> None:
    desk.page.add_init_script(
        "crypto.subtle.generateKey = () => Promise.reject(new DOMException())"
    )
    (desk.box / "told.json").write_text(json.dumps(desk.told))
    desk.page.goto(f"{desk.server.url}/?box={desk.box}")
    expect(desk.page.get_by_text("This browser cannot keep a vault")).to_be_visible()


TASK = {"kind": "record", **ADDRESS, "said": "Your address", "does": "Seal", "vault_key": None}


@pytest.mark.parametrize("task", [TASK, None])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_vault__on_a_phone__is_for_everybody(
    browser: Browser,
    server: Server,
    tmp_path: Path,
    ring: dict[str, Any],
    mine: bytes,
    scheme: Any,
    task: dict[str, Any] | None,
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    desk = Desk(context.new_page(), server, tmp_path)
    desk.open(ring=ring, task=task, records=listed(kept(mine)))
    assert axe(desk.page) == []
    desk.unlock()
    desk.is_open()
    assert axe(desk.page) == []
    no_sideways_scroll(desk.page)
    sizes = desk.page.locator(".vault button, .vault input, .vault textarea").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    context.close()
