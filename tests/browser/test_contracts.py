"""A member chooses plans, signs them once, uses past the limit, is warned, stopped, goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.kit.looks import settled, shot, still
from tests.browser.kit.processes import ROOT, Anvil, Server
from tests.browser.kit.relayer import Relayer
from tests.browser.presses import SENDING
from tests.browser.service_town import DAY, PERIOD, Mobile
from tests.browser.town import Town, found, key_of
from tests.browser.walks import goto, pictures, press, titled

PAYER = 19  # the seat of who pays the relayer
MINE = 1  # the member's contract
SIGNING = "eth_signTypedData_v4"
FRENCH = {"locale": "fr-FR", "timezone_id": "Europe/Paris"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contracts")


@pytest.fixture(scope="module")
def town(folder: Path) -> Iterator[Town]:
    node = Anvil(31_337, "--accounts", "20")
    yield found(node, folder, is_paid=True)
    node.stop()


@pytest.fixture(scope="module")
def mobile(town: Town) -> Mobile:
    made = Mobile(town)
    made.provide()
    return made


@pytest.fixture(scope="module")
def carrier(town: Town, folder: Path) -> Iterator[Relayer]:
    permits = f"{town.euro.address}=100000"  # cents
    started = Relayer(town.node.url, town.path, key_of(PAYER), folder, TOKENS=permits)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def app(town: Town, mobile: Mobile, carrier: Relayer) -> Iterator[Server]:
    env = {
        "CERCLE_RPC_URLS": town.node.url,
        "CERCLE_DEPLOYMENT": str(town.path),
        "CERCLE_CONTENT": town.content,
        "CERCLE_RELAYER_URL": carrier.url,
    }
    started = Server(ROOT / "frontend" / "streamlit_app.py", env)
    yield started
    started.stop()


def test_contracts__from_the_choice_to_the_explanation__each_page_tells_each_step(
    visit, town: Town, app: Server, mobile: Mobile
) -> None:
    town.node.rpc("anvil_setBalance", town.members[0], "0x0")
    page, wallet = visit(town.member_keys(0), "contracts")
    french, _ = visit(town.member_keys(0), "contracts", **FRENCH)
    titled(page, "You have no service contract")

    def everywhere(path: str, name: str) -> None:
        for one in (page, french):
            goto(one, app, path)
            pictures(one, name)

    # ---- the member compares, and signs two of three plans once
    everywhere("choose", "choose-plans")
    titled(page, "“Small” would cost you least")
    page.locator(".st-key-choose_summary").get_by_text("there it stops").wait_for()
    press(page, "Allow 11.00 dEUR to be paid in")
    press(page, "Open wallet")
    page.get_by_role("button", name="Sign, and pay in 11.00 dEUR").wait_for()
    still(page)
    shot(page, "choose-sign-en-light-1280")
    press(page, "Sign, and pay in 11.00 dEUR")
    press(page, "Open wallet")
    expect(page.get_by_text("You have a contract for this already.").first).to_be_visible()
    everywhere("contracts", "contracts-new")
    titled(page, "1 service contract runs")

    # ---- the meter is read: a warning at 80 %, then a stop
    mobile.wait(DAY)
    mobile.read(MINE, 420)
    goto(page, app, "contracts")
    warned = page.get_by_test_id("stAlert").filter(has_text="4.2 GB of 5 GB are used")
    expect(warned).to_be_visible()
    everywhere("contracts", "contracts-near")
    assert [one["agreement_id"] for one in town.told("Agreements", "LimitNeared")] == [MINE]
    mobile.read(MINE, 560)
    everywhere("contracts", "contracts-stopped")
    titled(page, "1 of your contracts has stopped")
    expect(page.get_by_text("Stopped at your limit of 5 GB.").first).to_be_visible()

    # ---- only on the member's word it goes on, and then switches by itself
    press(page, "Go on")
    press(page, "Open wallet")
    titled(page, "1 service contract runs")
    mobile.read(MINE, 800)
    goto(page, app, "contracts")
    expect(page.get_by_text("8 GB of").first).to_be_visible()
    (switched,) = town.told("Agreements", "PlanSwitched")
    assert switched["agreement_id"] == MINE
    everywhere("contracts", "contracts-switched")

    # ---- the next period: an outage is credited by itself, and the last one is explained
    mobile.wait(PERIOD)
    mobile.read(MINE, 900, outage=3 * 24 * 60)
    goto(page, app, "contracts")
    page.get_by_text("Periods that are over").click()
    expect(page.get_by_text("Explain a period")).to_be_visible()
    still(page)
    expect(page.get_by_text("counted: “Medium”").first).to_be_visible()
    expect(page.get_by_text("are taken off for the time without service").first).to_be_visible()
    pictures(page, "contracts-explained")
    page.get_by_text("Proof", exact=True).click()
    expect(page.get_by_text("Every price was reckoned again here").first).to_be_visible()

    # ---- and it ends, with what is free paid back
    page.get_by_text("Pay in, end it, take money back").click()
    settled(page)
    press(page, "End it with this period")
    press(page, "Open wallet")
    expect(page.get_by_text("what is left is then yours to take back").first).to_be_visible()
    assert (wallet.count(SIGNING), wallet.count(SENDING)) == (4, 0)  # the member has no ether
    assert [one["is_at_once"] for one in town.told("Agreements", "AgreementEnded")] == [False]
