"""A company asks, a member allows, moves, and stops everything; the next look is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from eth_account import Account
from playwright.sync_api import expect

from cercle.consent import company
from cercle.consent.client import CompanyClient
from cercle.consent.commitments import salted_hash
from cercle.consent.sending import Sender
from cercle.content import ContentStore
from cercle.errors import AccessNotAllowed
from cercle.index.history import open_history
from demo.companies import OFFER
from tests.browser.kit.looks import shot, still
from tests.browser.kit.processes import ROOT, Anvil, Server
from tests.browser.kit.relayer import Relayer
from tests.browser.presses import SENDING
from tests.browser.town import Town, found, key_of
from tests.browser.walks import goto, pictures, press, titled

ADMIN, COMPANY, PAYER = 0, 15, 19  # seats: the founder, the company, who pays the relayer
OURS = 1  # the company's number
PASSPORT = 1  # the member's
BOND, PAID_IN = 5_00, 100_00
HPKE = "0x" + "09" + "00" * 31
SIGNING = "eth_signTypedData_v4"
FRENCH = {"locale": "fr-FR", "timezone_id": "Europe/Paris"}
DELIVERY, ADDRESS = "DeliveryOfGoods", "PhysicalAddress"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("consent")


@pytest.fixture(scope="module")
def town(folder: Path) -> Iterator[Town]:
    node = Anvil(31_337, "--accounts", "20")
    yield found(node, folder, is_paid=True)
    node.stop()


@pytest.fixture(scope="module")
def carrier(town: Town, folder: Path) -> Iterator[Relayer]:
    started = Relayer(town.node.url, town.path, key_of(PAYER), folder)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def app(town: Town, carrier: Relayer) -> Iterator[Server]:
    env = {
        "CERCLE_RPC_URLS": town.node.url,
        "CERCLE_DEPLOYMENT": str(town.path),
        "CERCLE_CONTENT": town.content,
        "CERCLE_RELAYER_URL": carrier.url,
    }
    started = Server(ROOT / "frontend" / "streamlit_app.py", env)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def client(town: Town) -> CompanyClient:
    """A company with a notice and a bond, at its own servers."""
    book, offer = town.deployment, OFFER["delivery"]
    town.act(COMPANY, company.register(book, HPKE, "https://coursiers.example/"))
    seal = ContentStore(town.content).put(offer.notice)
    mask = offer.notice.categories
    town.act(COMPANY, company.publish_notice(book, OURS, offer.number, mask, seal))
    euro = town.euro
    town.act(ADMIN, euro.call("mint", town.accounts[COMPANY], PAID_IN))
    town.act(COMPANY, euro.call("approve", book.address("Vault"), PAID_IN))
    town.act(COMPANY, company.deposit(book, OURS, PAID_IN))
    town.act(COMPANY, company.set_bond(book, OURS, BOND))
    sender = Sender(town.chain, Account.from_key(key_of(COMPANY)))
    return CompanyClient(sender, book, OURS, open_history(town.chain, book))


def order(number: int) -> str:
    """An order of the member's, as the company names it on the chain."""
    return salted_hash(f"order {number}".encode(), number.to_bytes(32, "big"))


def test_consent__from_the_request_to_the_end__each_page_tells_each_step(
    visit, town: Town, app: Server, client: CompanyClient
) -> None:
    page, wallet = visit(town.member_keys(0), "data")
    french, _ = visit(town.member_keys(0), "data", **FRENCH)
    titled(page, "Nobody may see your data")

    def everywhere(path: str, name: str) -> None:
        for one in (page, french):
            goto(one, app, path)
            pictures(one, name)

    # ---- the company asks, and may not look before it is allowed
    with pytest.raises(AccessNotAllowed):
        client.request_access(PASSPORT, DELIVERY, ADDRESS, order(1))
    assert client.ask(PASSPORT, DELIVERY, "Name", ADDRESS).tx_hash
    assert client.ask(PASSPORT, DELIVERY, "Name", ADDRESS).was_done
    everywhere("data", "consent-asked")
    expect(page.get_by_text("Les Coursiers du Rhône asks to see").first).to_be_visible()

    # ---- the member reads the notice, and allows it
    card = page.locator(f".st-key-data_company_{OURS}")
    card.get_by_text("Read what it says, and allow it").click()
    expect(card.get_by_text("We bring your parcels").first).to_be_visible()
    still(page)
    shot(page, "consent-notice-en-light-1280")
    card.get_by_role("button", name="Allow this", exact=True).click()
    press(page, "Open wallet")
    titled(page, "1 company may see data of yours")
    assert client.allowed(PASSPORT, DELIVERY, ADDRESS)
    everywhere("data", "consent-given")

    # ---- the company looks
    look = client.request_access(PASSPORT, DELIVERY, ADDRESS, order(1))
    assert (look.read, look.price) == (1, 0)
    assert client.request_access(PASSPORT, DELIVERY, ADDRESS, order(1)).was_done
    everywhere("looked", "consent-looked")
    titled(page, "Your data was looked at 1 time")
    assert town.ask("Vault", "funds_of", OURS)["free"] == PAID_IN - BOND

    # ---- the member moves; the company takes note
    goto(page, app, "moved")
    page.locator(".st-key-moved_content textarea").fill("1 place Bellecour, 69002 Lyon")
    page.locator(".st-key-moved_content textarea").press("Tab")
    still(page)
    press(page, "Tell every company")
    press(page, "Open wallet")
    titled(page, "1 company has yet to take note")
    everywhere("moved", "consent-moved")
    (due,) = client.moves()
    assert not due.is_late
    assert client.acknowledge(due.passport_id, due.purpose, due.category, due.version).tx_hash
    assert client.moves() == ()
    everywhere("moved", "consent-noted")
    titled(page, "Everybody took note")

    # ---- the member stops everything
    goto(page, app, "data")
    press(page, "Stop everything")
    press(page, "Open wallet")
    titled(page, "Nobody may see your data")
    everywhere("data", "consent-stopped")
    assert not client.allowed(PASSPORT, DELIVERY, ADDRESS)
    with pytest.raises(AccessNotAllowed):
        client.request_access(PASSPORT, DELIVERY, ADDRESS, order(2))
    (deletion,) = client.deletions()
    assert (deletion.passport_id, deletion.duty.bond) == (PASSPORT, BOND)

    # ---- the member signed, and paid nothing; what was typed went nowhere
    assert (wallet.count(SIGNING), wallet.count(SENDING)) == (3, 0)
    assert len(town.told("Vault", "AccessRequested")) == 1
