"""Keys that are left with somebody, and given back, in a real browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from cercle.vault import keys
from cercle.vault.keys import bytes_of, text_of
from cercle.vault.rings import Ring, make_ring, open_ring, share, take_back
from tests.browser.vault.desk import (
    FRIEND,
    LEDGER,
    ME,
    PHRASE,
    PLACE,
    Desk,
    grouped,
)


def test_contact__left_with_somebody__is_sealed_to_them_alone(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    friend = keys.new_private()
    task: dict[str, Any] = {"kind": "contact", "said": "Trust no. 9", "does": "Trust them"}
    task["contact"] = {"passport_id": FRIEND, "public_key": text_of(keys.public_of(friend))}
    desk.open(ring=ring, task=task).unlock()
    desk.is_open()
    expect(desk.page.get_by_text(grouped(task["contact"]["public_key"]))).to_be_visible()
    desk.fill("Passphrase", PHRASE)
    desk.press("Trust them")
    again = Ring.model_validate(desk.made()[0]["value"])
    assert again.contact is not None
    info = LEDGER.contact(ME, FRIEND).as_bytes()
    assert keys.open(friend, bytes_of(again.contact.sealed), info) == mine
    assert open_ring(again, PHRASE, LEDGER, ME) == mine


def test_letters__of_ones_own_key__are_shown_once_it_is_open(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    desk.open(ring=ring)
    shown = desk.page.get_by_text(grouped(text_of(keys.public_of(mine))))
    assert shown.count() == 0
    desk.unlock()
    desk.page.get_by_text("The letters of your key").click()
    expect(shown).to_be_visible()


def test_recover__asked__the_letters_are_of_the_key_that_this_browser_made(
    desk: Desk, ring: dict[str, Any]
) -> None:
    desk.open(ring=ring, task={"kind": "recover", "said": "Show this.", "does": "Ask them"})
    desk.press("Ask them")
    to = desk.made()[0]["value"]
    shown = desk.page.get_by_text(grouped(to))
    assert shown.count() == 0
    desk.open(task=None, asked=True)  # a page later, whatever key the service says was asked for
    expect(shown).to_be_visible()


def test_recovered__service_names_another_key_as_the_contacts__nothing_is_sealed_to_it(
    desk: Desk, mine: bytes
) -> None:
    friend, liar = keys.new_private(), text_of(keys.public_of(keys.new_private()))
    left = share(mine, LEDGER, ME, FRIEND, keys.public_of(friend))
    ring = make_ring(PHRASE, LEDGER, ME, mine, contact=left).model_dump(mode="json")
    ring["contact"]["public_key"] = liar
    desk.open(ring=ring, task={"kind": "recover", "said": "Show this.", "does": "Ask them"})
    desk.press("Ask them")
    to = desk.made()[0]["value"]
    sealed = keys.seal(bytes_of(to), mine, LEDGER.recovery(ME, FRIEND, to).as_bytes())
    task = {"kind": "recovered", "said": "They answered.", "does": "Take my key back"}
    desk.open(task={**task, "contact_id": FRIEND, "sealed": text_of(sealed)})
    desk.fill("Passphrase", "nouvelle phrase du lundi")
    desk.fill("The same once more", "nouvelle phrase du lundi")
    desk.press("Take my key back")
    again = Ring.model_validate(desk.made(2)[1]["value"])
    assert again.contact is not None
    assert again.contact.sealed == left.sealed


def test_recover__by_the_contacts_answer__gives_the_key_back_under_a_new_passphrase(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    desk.open(ring=ring, task={"kind": "recover", "said": "Show this.", "does": "Ask them"})
    desk.press("Ask them")
    to = desk.made()[0]["value"]
    sealed = keys.seal(bytes_of(to), mine, LEDGER.recovery(ME, FRIEND, to).as_bytes())
    task = {"kind": "recovered", "said": "They answered.", "does": "Take my key back"}
    # A page later: the key that they answered to waited in the browser.
    desk.open(task={**task, "contact_id": FRIEND, "sealed": text_of(sealed)})
    desk.fill("Passphrase", "nouvelle phrase du lundi")
    desk.fill("The same once more", "nouvelle phrase du lundi")
    desk.press("Take my key back")
    again = Ring.model_validate(desk.made(2)[1]["value"])
    assert open_ring(again, "nouvelle phrase du lundi", LEDGER, ME) == mine
    desk.is_open()


def test_help__as_a_contact__seals_their_key_to_what_they_showed(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    lost, fresh = keys.new_private(), keys.new_private()
    given = share(lost, LEDGER, FRIEND, ME, keys.public_of(mine))
    task = {"kind": "help", "said": "No. 9 asks for their key.", "does": "Give it back"}
    task |= {"place": {**PLACE, "passport_id": FRIEND}, "contact_id": ME}
    task |= {"sealed": given.sealed, "to": text_of(keys.public_of(fresh))}
    desk.open(ring=ring, task=task).unlock()
    desk.press("Give it back")
    assert take_back(desk.made()[0]["value"], fresh, LEDGER, FRIEND, ME) == lost
