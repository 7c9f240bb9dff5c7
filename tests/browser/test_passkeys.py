"""Somebody with a phone and nothing else: an account, a passport, a membership, a vote."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.authenticator import Passkey
from tests.browser.kit.looks import axe, no_sideways_scroll, settled, shot, until
from tests.browser.kit.processes import Server
from tests.browser.kit.relayer import Relayer
from tests.browser.presses import row
from tests.browser.relayed import FIRST, SECOND, Resident, said, vote
from tests.browser.town import Town
from tests.browser.walks import press


@pytest.fixture
def town(relayed_town: Town) -> Town:
    return relayed_town


@pytest.fixture
def app(relayed_app: Server) -> Server:
    return relayed_app


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def use_device(page: Page, button: str) -> None:
    """Answer the question how this device is to be used."""
    page.locator(".wallet").get_by_role("button", name="Use this device").click()
    dialog(page).get_by_role("button", name=button, exact=True).click()


def account(page: Page) -> str:
    expect(page.locator(".wallet .account")).to_be_visible()
    settled(page)
    return str(page.locator(".wallet .account").get_attribute("title"))


# ---- one who comes ----------------------------------------------------------------------


def test_newcomer__with_a_phone_alone__joins_and_is_known_after_a_reload(
    phone, town: Town, app: Server, relayer: Relayer
) -> None:
    page, device = phone()
    page.goto(town.invitation(f"{app.url}/card"))
    page.locator(".st-key-card_device button").click()
    dialog(page).get_by_role("button", name="Make one", exact=True).click()
    page.locator(".st-key-card_register button").click()
    expect(page.get_by_text("Your device will ask for your fingerprint")).to_be_visible()
    press(page, "Sign with this device")
    page.locator(".st-key-card_join button").click()
    press(page, "Sign with this device")
    expect(page.get_by_role("heading", name="You have 0 points")).to_be_visible()
    mine = account(page)
    _, member_no = town.ask("Membership", "member_of", mine)
    assert member_no == town.ask("Membership", "member_count")
    assert [one["rpId"] for one in device.passkeys] == ["localhost"]
    assert town.chain.request("eth_getBalance", [mine, "latest"]) == "0x0"
    page.reload()
    expect(page.get_by_role("heading", name="You have 0 points")).to_be_visible()
    assert account(page) == mine


def test_newcomer__nobody_makes_accounts_just_now__goes_on_with_the_same_passkey(
    phone, town: Town, app: Server, relayer: Relayer
) -> None:
    page, device = phone()
    page.goto(town.invitation(f"{app.url}/card"))
    relayer.stop()
    try:
        use_device(page, "Make one")
        expect(dialog(page).get_by_role("alert")).to_contain_text("Your passkey is kept")
    finally:
        relayer.start()
    page.reload()
    use_device(page, "Make its account")
    mine = account(page)
    assert town.chain.request("eth_getCode", [mine, "latest"]) != "0x"
    assert len(device.passkeys) == 1


def test_newcomer__without_an_invitation__is_told_where_to_ask(phone, app: Server) -> None:
    page, _ = phone()
    page.goto(f"{app.url}/card")
    page.locator(".st-key-card_device button").click()
    expect(dialog(page)).to_contain_text("you need an invitation")
    expect(dialog(page).get_by_role("button", name="Make one")).to_have_count(0)


def test_newcomer__declines__nothing_has_changed(phone, town: Town, app: Server) -> None:
    page, device = phone()
    device.finger(is_right=False)
    page.goto(town.invitation(f"{app.url}/card"))
    use_device(page, "Make one")
    expect(dialog(page).get_by_role("alert")).to_contain_text("Nothing has changed.")
    expect(dialog(page).get_by_role("button", name="Make one")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(page.locator(".wallet").get_by_role("button", name="Use this device")).to_be_visible()
    assert device.passkeys == []


# ---- one who is there -------------------------------------------------------------------


def test_resident__on_another_device__is_found_and_votes(
    phone, town: Town, app: Server, resident: Resident, poll: int
) -> None:
    page, _ = phone(resident.passkey)
    page.goto(f"{app.url}/votes")
    use_device(page, "I have one already")
    assert account(page) == resident.account
    vote(page, poll, FIRST)
    press(page, "Sign with this device")
    expect(said(page, poll, FIRST)).to_be_visible()
    assert town.ask("Polls", "tally", poll) == [0, 1, 0, 0]
    page.reload()
    expect(said(page, poll, FIRST)).to_be_visible()
    vote(page, poll, SECOND, "Change my vote")
    press(page, "Sign with this device")
    expect(said(page, poll, SECOND)).to_be_visible()
    assert town.ask("Polls", "tally", poll) == [0, 0, 1, 0]


def test_resident__declines_the_devices_question__nothing_is_sent(
    phone, town: Town, app: Server, resident: Resident, poll: int
) -> None:
    page, device = phone(resident.passkey)
    page.goto(f"{app.url}/votes")
    use_device(page, "I have one already")
    account(page)
    device.finger(is_right=False)
    vote(page, poll, FIRST)
    press(page, "Sign with this device")
    expect(row(page, "You declined it: nothing has changed.")).to_be_visible()
    assert town.ask("Polls", "tally", poll) == [0, 0, 0, 0]


def test_resident__nobody_carries__is_told_and_offered_no_other_way(
    phone, town: Town, app: Server, resident: Resident, relayer: Relayer, poll: int
) -> None:
    page, _ = phone(resident.passkey)
    page.goto(f"{app.url}/votes")
    use_device(page, "I have one already")
    account(page)
    vote(page, poll, FIRST)
    relayer.stop()
    try:
        press(page, "Sign with this device")
        expect(row(page, "Nobody can send it for you at the moment.")).to_be_visible()
        expect(page.get_by_role("button", name="Send it myself")).to_have_count(0)
    finally:
        relayer.start()
    assert town.ask("Polls", "tally", poll) == [0, 0, 0, 0]


def test_passkey__without_an_account__is_told_so(phone, app: Server) -> None:
    page, _ = phone(Passkey("a passkey of nobody", "localhost"))
    page.goto(f"{app.url}/card")
    use_device(page, "I have one already")
    expect(dialog(page).get_by_role("alert")).to_contain_text("No account belongs to this passkey")


# ---- where it cannot be -----------------------------------------------------------------


def test_device__page_under_another_name__is_told_the_right_one(phone, app: Server) -> None:
    page, _ = phone()
    page.goto(f"http://127.0.0.1:{app.port}/card")
    expect(page.get_by_text(f"Open {app.url} to use a passkey")).to_be_visible()
    expect(page.locator(".wallet button")).to_have_count(0)


def test_device__browser_without_passkeys__is_told_so(phone, app: Server) -> None:
    page, _ = phone()
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(f"{app.url}/card")
    expect(page.get_by_text("this browser knows none here")).to_be_visible()
    page.locator(".st-key-card_device button").click()
    expect(page.locator(".wallet .alert")).to_contain_text("this browser knows none here")


# ---- how it looks -----------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialog__on_a_phone__reads_well(
    phone, town: Town, app: Server, locale: str, scheme: str
) -> None:
    page, device = phone(locale=locale, color_scheme=scheme, viewport={"width": 360, "height": 800})
    page.goto(town.invitation(f"{app.url}/card"))
    page.locator(".st-key-card_device button").wait_for()
    assert axe(page) == []
    shot(page, f"passkey-card-{locale[:2]}-{scheme}")
    page.locator(".st-key-card_device button").click()
    expect(dialog(page)).to_be_visible()
    no_sideways_scroll(page)
    assert axe(page) == []
    shot(page, f"passkey-dialog-{locale[:2]}-{scheme}", full=False)
    device.finger(is_right=False)
    dialog(page).get_by_role("button").last.click()
    until(page, lambda: dialog(page).get_by_role("alert").inner_text() != "")
    assert axe(page) == []
    shot(page, f"passkey-declined-{locale[:2]}-{scheme}", full=False)
