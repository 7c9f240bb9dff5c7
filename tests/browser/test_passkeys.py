"""Somebody with a phone and nothing else: an account, a passport, a membership, a vote."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.kit.fake_relayer import FakeRelayer
from tests.browser.kit.phone import Phone
from tests.browser.kit.processes import ROOT, Anvil, Server
from tests.browser.town import Town, found
from tests.browser.walks import press

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    node = Anvil(31_337, "--accounts", "20")
    yield found(node, tmp_path_factory.mktemp("town"))
    node.stop()


@pytest.fixture(scope="module")
def relayer(town: Town) -> Iterator[FakeRelayer]:
    started = FakeRelayer(town.chain, town.deployment, town.accounts[19])
    yield started
    started.stop()


@pytest.fixture(scope="module")
def app(town: Town, relayer: FakeRelayer) -> Iterator[Server]:
    env = {
        "CERCLE_RPC_URLS": town.node.url,
        "CERCLE_DEPLOYMENT": str(town.path),
        "CERCLE_CONTENT": town.content,
        "CERCLE_RELAYER_URL": relayer.url,
    }
    started = Server(ROOT / "frontend" / "streamlit_app.py", env)
    started.url = f"http://localhost:{started.port}"  # an address is no site that a passkey keeps
    yield started
    started.stop()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Callable[..., tuple[Page, Phone]]:
    """Opens a page on a phone of its own."""

    def _open(**options: object) -> tuple[Page, Phone]:
        page = new_context(**{**PHONE, **options}).new_page()
        return page, Phone(page)

    return _open


def test_newcomer__with_a_phone_alone__joins_and_votes(
    phone, town: Town, app: Server, relayer: FakeRelayer
) -> None:
    page, device = phone()
    page.goto(town.invitation(f"{app.url}/card"))
    press(page, "Use this device")
    dialog = page.get_by_role("dialog", name="This device as your wallet")
    dialog.get_by_role("button", name="Make one").click()
    expect(page.locator(".wallet .account")).to_be_visible()
    page.locator(".st-key-card_register button").click()
    expect(page.get_by_text("Your device will ask for your fingerprint")).to_be_visible()
    press(page, "Sign with this device")
    page.locator(".st-key-card_join button").click()
    press(page, "Sign with this device")
    expect(page.get_by_role("heading", name="You have 0 points")).to_be_visible()
    account = page.locator(".wallet .account").get_attribute("title")
    assert town.ask("Membership", "member_of", account)[1] == 4
    assert relayer.acts[:3] == ["PasskeyAccount", "Register", "Join"]
    assert len(device.passkeys) == 1
