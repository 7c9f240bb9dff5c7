"""Records in a real browser against the Python half: sealed on one side, open on the other."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from cercle.vault import keys
from cercle.vault.envelopes import Envelope, key_of, open_record
from cercle.vault.keys import SealBroken, bytes_of, text_of
from tests.browser.vault.desk import (
    ADDRESS,
    LEDGER,
    ME,
    PHRASE,
    SAID,
    Desk,
    kept,
    listed,
)


def test_record__typed_in_the_page__opens_in_python_and_was_in_no_frame(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    vault = keys.new_private()
    task = {"kind": "record", **ADDRESS, "said": "Your postal address", "does": "Seal it"}
    task["vault_key"] = text_of(keys.public_of(vault))
    desk.open(ring=ring, task=task).unlock()
    desk.fill("Your postal address", SAID)
    desk.press("Seal it")
    envelope = Envelope.model_validate(desk.made()[0]["value"])
    record = open_record(envelope, LEDGER, mine)
    assert (record.content, record.category) == (SAID, "PhysicalAddress")
    assert key_of(envelope, LEDGER, vault, "vault") == key_of(envelope, LEDGER, mine, "member")
    sent = b"".join(desk.frames)
    assert envelope.ciphertext.encode() in sent
    assert not [word for word in (SAID, "Lilas", PHRASE, record.secret) if word.encode() in sent]
    stored = desk.page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Lilas" not in stored
    assert PHRASE not in stored


def test_record__only_with_me__has_no_wrap_for_the_vault(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    task = {"kind": "record", **ADDRESS, "said": "Address", "does": "Seal it", "vault_key": None}
    desk.open(ring=ring, task=task).unlock()
    desk.press("Seal it")
    expect(desk.page.locator(".vault [role=alert]")).to_have_text("Type what is to be kept.")
    desk.fill("Address", "y" * 4_097)
    desk.press("Seal it")
    expect(desk.page.locator(".vault [role=alert]")).to_contain_text("This is too long")
    desk.fill("Address", "e\u0301t\u00e9")
    desk.press("Seal it")
    envelope = Envelope.model_validate(desk.made()[0]["value"])
    assert envelope.vault is None
    assert open_record(envelope, LEDGER, mine).content == "\u00e9t\u00e9"


def test_record__while_it_is_typed__stands_alone(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    """The way out stands below the vault: nothing comes between it and what is asked."""
    task = {"kind": "record", **ADDRESS, "said": "Address", "does": "Seal it", "vault_key": None}
    desk.open(ring=ring, task=task, records=listed(kept(mine))).unlock()
    desk.fill("Address", SAID)
    assert desk.page.get_by_role("button", name="Show: Postal address").count() == 0
    desk.press("Seal it")
    expect(desk.page.get_by_role("button", name="Show: Postal address")).to_be_visible()


def test_reading__sealed_in_python__is_shown_as_letters(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    hostile = "<img src=x onerror=alert(1)> **x**"
    desk.open(ring=ring, records=listed(kept(mine, hostile))).unlock()
    desk.press("Show: Postal address")
    expect(desk.page.locator(".vault .content")).to_have_text(hostile)
    assert desk.page.locator(".vault img").count() == 0
    desk.press("Hide: Postal address")
    expect(desk.page.locator(".vault .content")).to_have_text("")
    assert hostile.encode() not in b"".join(desk.frames)


@pytest.mark.parametrize(
    "change", [{"record_version": 4}, {"category": 2}, {"commitment": "0x" + "00" * 32}]
)
def test_reading__changed_binding__does_not_open(
    desk: Desk, ring: dict[str, Any], mine: bytes, change: dict[str, Any]
) -> None:
    desk.open(ring=ring, records=listed(kept(mine).model_copy(update=change))).unlock()
    desk.press("Show: Postal address")
    expect(desk.page.locator(".vault .content")).to_contain_text("This does not open with your key")


def test_leave__to_the_vault__gives_it_the_key(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    vault, envelope = keys.new_private(), kept(mine)
    task = {"kind": "leave", "said": "The vault could read it.", "does": "Let the vault"}
    task |= {
        "envelope": envelope.model_dump(mode="json"),
        "vault_key": text_of(keys.public_of(vault)),
    }
    desk.open(ring=ring, task=task).unlock()
    desk.press("Let the vault")
    left = envelope.model_copy(update={"vault": desk.made()[0]["value"]})
    assert key_of(left, LEDGER, vault, "vault") == key_of(left, LEDGER, mine, "member")


def test_ask__answered__opens_for_that_company_and_that_order_alone(
    desk: Desk, ring: dict[str, Any], mine: bytes
) -> None:
    company, envelope = keys.new_private(), kept(mine)
    info = LEDGER.release(
        ME, category=1, version=3, company_id=2, purpose=4, order_hash="0x" + "0a" * 32,
        issued_at=1_700_000_000, expires_at=1_800_000_000,
    )  # fmt: skip
    asked = info.model_dump(mode="json") | {"public_key": text_of(keys.public_of(company))}
    task = {"kind": "ask", "said": "Colis Brume asks.", "does": "Let it see"}
    task |= {"envelope": envelope.model_dump(mode="json"), "ask": asked}
    desk.open(ring=ring, task=task).unlock()
    desk.press("Let it see")
    wrap = bytes_of(desk.made()[0]["value"])
    assert keys.open(company, wrap, info.as_bytes()) == key_of(envelope, LEDGER, mine, "member")
    with pytest.raises(SealBroken):
        keys.open(company, wrap, info.model_copy(update={"company_id": 3}).as_bytes())
