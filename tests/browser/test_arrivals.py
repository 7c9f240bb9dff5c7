"""Walks that begin elsewhere: with a link from the counter, with a claim, with a language.

The town's clock and codes are its own; what a page shows is carried to the contract and back.
"""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect
from zxingcpp import read_barcodes

from cercle.flags import ClaimState, Way
from cercle.lens import perks as perks_of
from cercle.loyalty import perks
from tests.browser.kit.looks import axe, no_sideways_scroll, shot, until
from tests.browser.kit.processes import Server
from tests.browser.town import Town
from tests.browser.walks import goto, press

TILL = 3
PHONE = {"viewport": {"width": 360, "height": 800}, "color_scheme": "dark"}


def claim(page: Page, name: str) -> None:
    press(page, name)
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name="1 perk waits for you")).to_be_visible()


# ---- an invitation ---------------------------------------------------------------------------


def test_invitation__from_the_counter__brings_a_newcomer_in(visit, town: Town) -> None:
    path = town.invitation("").lstrip("/")
    page, wallet = visit(town.newcomer_keys(1), path, **PHONE)
    expect(page.get_by_text("You are invited: open your card to join.")).to_be_visible()
    press(page, "Open my card")
    press(page, "Create my passport")
    press(page, "Open wallet")
    expect(page.get_by_text("You come with an invitation")).to_be_visible()
    page.reload()  # as after fetching a wallet: the invitation is not lost
    expect(page.get_by_text("You come with an invitation")).to_be_visible()
    assert axe(page) == []
    shot(page, "card-invited-en-dark-360")
    press(page, "Join")
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name="You have 0 points")).to_be_visible()
    passport = town.ask("Passport", "id_of", wallet.account)
    assert town.ask("Membership", "member_of", wallet.account) == (passport, 4)
    joined = town.told("Membership", "MemberJoined")[-1]
    assert (joined["passport_id"], joined["way"]) == (passport, Way.INVITED)
    expect(page).to_have_url(re.compile(r"^(?!.*invitation=)"))


# ---- the two ways a claim is collected --------------------------------------------------------


def test_code_perk__claimed__is_revealed_after_sign_in(visit, town: Town) -> None:
    page, wallet = visit(town.member_keys(1), "perks", **PHONE)
    claim(page, "Claim for 400 points")
    expect(page.get_by_text("SILLON-")).to_have_count(0)
    press(page, "Show my code")
    assert wallet.count("personal_sign") == 0  # nothing is asked before the member opens it
    press(page, "Open wallet")
    expect(page.get_by_text("SILLON-7Q4M")).to_be_visible()
    assert wallet.count("personal_sign") == 1
    assert axe(page) == []
    no_sideways_scroll(page)
    shot(page, "perks-code-en-dark-360")
    wallet.use_account(0)
    page.reload()
    expect(page.get_by_role("button", name="Show my code")).to_be_visible()
    expect(page.get_by_text("SILLON-")).to_have_count(0)


def test_store_perk__code_on_the_page__is_taken_by_the_till(visit, town: Town) -> None:
    page, wallet = visit(town.member_keys(2), "perks", **PHONE)
    claim(page, "Claim for 150 points")
    press(page, "Show my code")
    press(page, "Open wallet")
    picture = page.get_by_role("img", name="Your code for the till, as a QR code")
    expect(picture).to_be_visible()
    assert picture.bounding_box()["width"] >= 49 * 5  # pixels a square, quiet zone and all
    assert axe(page) == []
    no_sideways_scroll(page)
    shot(page, "perks-till-en-dark-360")
    shown = page.locator(".st-key-perks_qr_text code").inner_text()
    assert [code.text for code in read_barcodes(Image.open(BytesIO(picture.screenshot())))] == [
        shown
    ]
    town.act(TILL, perks.redeem_code(town.deployment, perks.read_redeem_code(shown)))
    views = perks_of(town.chain, town.deployment, wallet.account)
    assert [one.state for view in views for one in view.my_claims] == [ClaimState.FULFILLED]


# ---- the language --------------------------------------------------------------------------------


def test_language__picked__stays_at_every_address(new_context, app: Server) -> None:
    context = new_context(locale="fr-FR")
    page = context.new_page()
    goto(page, app, "votes")
    expect(page.get_by_role("heading", name="Ce que les membres décident")).to_be_visible()
    page.get_by_text("English", exact=True).click()
    heading = "What members decide"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    until(page, lambda: "cercle_language" in {one["name"] for one in context.cookies()})
    goto(page, app, "perks")
    expect(page.get_by_role("heading", name="What membership opens")).to_be_visible()
    other = context.new_page()
    goto(other, app, "votes")
    expect(other.get_by_role("heading", name=heading)).to_be_visible()
    other.reload()
    expect(other.get_by_role("heading", name=heading)).to_be_visible()
    goto(other, app, "votes?lang=fr")  # a link that names one is followed, this time
    expect(other.get_by_role("heading", name="Ce que les membres décident")).to_be_visible()
    goto(page, app, "votes")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
