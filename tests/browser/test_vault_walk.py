"""The jersey: sealed in the browser, allowed, claimed, packed, sent; then everything stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cercle.consent import company
from cercle.content import ContentStore, parse_document
from cercle.loyalty import perks
from cercle.perk_file import PerkTerms
from cercle.vault.keys import text_of
from demo import script
from demo.companies import COMPANIES, OFFER, envelope_key_of, hpke_of
from tests.browser.kit.looks import axe, no_sideways_scroll, shot, still
from tests.browser.kit.processes import ROOT, Anvil, Server
from tests.browser.kit.relayer import Relayer
from tests.browser.kit.vault import Packer, Vault
from tests.browser.test_consent import pictures
from tests.browser.town import Town, found, key_of
from tests.browser.walks import goto, press
from tools.ports import free_port

ADMIN, STEWARD, CUSTODIAN, PAYER = 0, 4, 14, 19  # seats
SEATS = {1: 15, 2: 16}  # of the companies: the shop, who carries its parcels
LOOKS = {
    1: ("club", [("FulfilmentOfContractualObligation", "ClothingSize")]),
    2: ("delivery", [("DeliveryOfGoods", "Name"), ("DeliveryOfGoods", "PhysicalAddress")]),
}
WISHES: dict[int, list[str]] = {1: ["Clothing size"], 2: []}  # what the company could do without
PAID_IN = 100_00
PHRASE = "lilas violon 42 cailloux"
TYPED = {
    "Name": "Aïcha Morel",
    "Postal address": "12 montée de la Grande-Côte, 69001 Lyon",
    "Clothing size": "M, plutôt ample",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jersey")


@pytest.fixture(scope="module")
def town(folder: Path) -> Iterator[Town]:
    node = Anvil(31_337, "--accounts", "20")
    made = found(node, folder, is_paid=True)
    settle_companies(made)
    offer_jersey(made)
    yield made
    node.stop()


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def vault(town: Town, folder: Path, port: int) -> Iterator[Vault]:
    site = f"http://127.0.0.1:{port}"
    started = Vault(town.node.url, town.path, folder / "vault", site, key_of(CUSTODIAN))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def packer(town: Town, vault: Vault, folder: Path) -> Iterator[Packer]:
    rows = [
        {
            "id": number,
            "key": key_of(SEATS[number]),
            "envelope_key": text_of(envelope_key_of(number)),
            "looks": looks,
        }
        for number, (_, looks) in LOOKS.items()
    ]
    started = Packer(town, vault, folder, town.accounts[STEWARD], rows)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def carrier(town: Town, folder: Path) -> Iterator[Relayer]:
    started = Relayer(town.node.url, town.path, key_of(PAYER), folder)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def app(town: Town, carrier: Relayer, vault: Vault, port: int) -> Iterator[Server]:
    env = {
        "CERCLE_RPC_URLS": town.node.url,
        "CERCLE_DEPLOYMENT": str(town.path),
        "CERCLE_CONTENT": town.content,
        "CERCLE_RELAYER_URL": carrier.url,
        "CERCLE_VAULT_URL": vault.url,
        "CERCLE_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    started = Server(ROOT / "frontend" / "streamlit_app.py", env, port)
    yield started
    started.stop()


# ---- who else is there -------------------------------------------------------------------------


def settle_companies(town: Town) -> None:
    """The shop and its carrier, each with a notice, money and a key for envelopes."""
    book, euro = town.deployment, town.euro
    for number, seat in SEATS.items():
        one, offer = COMPANIES[number - 1], OFFER[LOOKS[number][0]]
        town.act(seat, company.register(book, hpke_of(number), f"https://{one.site}/"))
        seal = ContentStore(town.content).put(offer.notice)
        mask = offer.notice.categories
        town.act(seat, company.publish_notice(book, number, offer.number, mask, seal))
        town.act(ADMIN, euro.call("mint", town.accounts[seat], PAID_IN))
        town.act(seat, euro.call("approve", book.address("Vault"), PAID_IN))
        town.act(seat, company.deposit(book, number, PAID_IN))
        town.act(seat, company.set_bond(book, number, one.bond))
    town.act(ADMIN, book.contract("Charter").call("set_company_id", 1))


def offer_jersey(town: Town) -> None:
    """A jersey that asks for what a parcel needs."""
    jersey = script.PERKS[script.JERSEY - 1]
    content = replace(jersey, content={**jersey.content, "name": {"fr": NAME, "en": NAME}}).content
    seal = ContentStore(town.content).put(parse_document(content))
    now = datetime.fromtimestamp(town.chain.head(fresh=True).timestamp, UTC)
    raw = {
        **{"kind": "SHIP", "price": 200, "stock": [5, 5], "opens": now, "closes": "+60 days"},
        "gates": [
            {"consent": {"company": number, "purpose": purpose, "category": category}}
            for number, purpose, category in jersey.consents
        ],
    }
    terms = PerkTerms.parse(raw, now).for_chain(town.deployment)
    town.act(STEWARD, perks.open_perk(town.deployment, seal, terms, (5, 5)))


NAME = "The walk's jersey"


# ---- a member's hands --------------------------------------------------------------------------


def in_the_vault(page: Page, **typed: str) -> None:
    for label, words in typed.items():
        page.locator(".vault").get_by_label(label, exact=True).fill(words)


def enter(page: Page, app: Server) -> None:
    """A page loaded anew knows nobody: sign in once more."""
    goto(page, app, "vault")
    press(page, "Sign in")
    press(page, "Open wallet")
    expect(page.locator(".vault form").first).to_be_visible()


def make_key(page: Page) -> None:
    fields = page.locator(".vault form[data-form=make] input")
    fields.nth(0).fill(PHRASE)
    fields.nth(1).fill(PHRASE)
    press(page, "Make my key")
    expect(page.get_by_text("in this window alone")).to_be_visible()


def keep(page: Page, name: str, content: str) -> None:
    """Choose what it is, type it in the vault's own form, tell the ledger."""
    still(page)
    what = page.locator("[data-testid=stSelectbox]").get_by_role("combobox")
    if what.input_value() != name:  # it names the first that is not kept yet
        what.click()
        what.press_sequentially(name)
        page.get_by_role("option", name=name, exact=True).click()
        still(page)
    press(page, "Type it in")
    page.locator(".vault form[data-form=record] textarea").fill(content)
    press(page, "Seal it")
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    for before in ("Sealed, but not on the ledger yet", "the vault takes it up in a moment"):
        expect(page.get_by_text(before)).to_have_count(0)


def leave_to_vault(page: Page, category: int) -> None:
    page.locator(f".st-key-vault_leave_{category} button").click()
    page.locator(".vault form[data-form=leave] button.primary").click()
    expect(page.locator(f".st-key-vault_alone_{category}")).to_be_visible()


def allow(page: Page, number: int, *besides: str) -> None:
    """Allow what the company cannot do without, and what else is named."""
    card = page.locator(f".st-key-data_company_{number}")
    card.get_by_text("Read what it says, and allow it").click()
    for name in besides:
        card.locator("[class*=st-key-grant_data_]").get_by_text(name, exact=True).click()
        still(page)
    card.get_by_role("button", name="Allow this", exact=True).click()
    press(page, "Open wallet")


def at_the_table(context: BrowserContext, packer: Packer) -> Page:
    page = context.new_page()
    page.goto(packer.url + "/?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sillon")
    return page


def pass_blocks(town: Town, count: int = 12) -> None:
    """What a ledger does by itself: blocks that bury what was logged."""
    for _ in range(count):
        town.node.rpc("evm_mine")


# ---- the walk ----------------------------------------------------------------------------------


def test_jersey__from_the_first_key_to_the_stop__only_the_allowed_see_it(
    visit, context: BrowserContext, town: Town, app: Server, vault: Vault, packer: Packer
) -> None:
    page, wallet = visit(town.member_keys(0), "vault")
    frames: list[bytes] = []
    page.on("websocket", lambda wire: wire.on("framesent", lambda sent: frames.append(raw(sent))))

    # ---- a key of their own, and three things shut with it
    enter(page, app)
    make_key(page)
    pictures_of(page, "vault-key")
    for name, content in TYPED.items():
        keep(page, name, content)
    for category in (0, 1):  # name and address: the parcel need not wait for the member
        leave_to_vault(page, category)
    expect(page.get_by_role("heading", name="Your vault keeps 3 things")).to_be_visible()
    press(page, "Name this vault")
    press(page, "Open wallet")
    expect(page.get_by_role("button", name="Name it no longer")).to_be_visible()
    pictures_of(page, "vault-kept")

    # ---- the perk says what it needs; the member allows it, and claims
    for number in SEATS:
        goto(page, app, "perks")
        called = OFFER[LOOKS[number][0]].notice.controller.name
        page.get_by_role("link", name=f"Allow “{called}” on My data").first.click()
        expect(page.get_by_role("heading", name="Another company")).to_be_visible()
        allow(page, number, *WISHES[number])
        told = re.compile(rf"^{number} compan(y|ies) may see data of yours")
        expect(page.get_by_role("heading", level=1)).to_have_text(told)
    goto(page, app, "perks")
    perk = page.locator("[class*=st-key-offer_perks_]").filter(has_text=NAME)
    perk.get_by_role("button", name="Claim for 200 points").click()
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name="On its way to you")).to_be_visible()
    pictures_of(page, "vault-claimed")
    (claim,) = town.told("Perks", "PerkClaimed")

    # ---- at the table: each look is on the ledger first; the size waits for the member
    table = at_the_table(context, packer)
    expect(table.get_by_role("heading", level=2)).to_contain_text(NAME)
    looked(table, town)
    for name in ("Name", "Postal address"):
        expect(table.get_by_text(TYPED[name])).to_be_visible()
    expect(table.get_by_text("has to open this themselves")).to_be_visible()
    assert {one["order_hash"] for one in town.told("Vault", "AccessRequested")} == {
        claim["order_hash"]
    }

    # ---- the member answers
    enter(page, app)
    expect(page.get_by_role("heading", name="1 company waits for you")).to_be_visible()
    press(page, "Answer it")
    expect(page.get_by_text("Open it first")).to_be_visible()
    in_the_vault(page, Passphrase=PHRASE)
    page.locator(".vault form[data-form=unlock] button.primary").click()
    pictures_of(page, "vault-asked")
    press(page, "Open it for them")
    expect(page.get_by_role("heading", name="What went out")).to_be_visible()
    looked(table, town)
    expect(table.get_by_text(TYPED["Clothing size"])).to_be_visible()
    assert len(town.told("Vault", "AccessRequested")) == 3  # each thing was looked at once
    table.set_viewport_size({"width": 360, "height": 900})
    no_sideways_scroll(table)
    shot(table, "packer-en-light-360")
    table.get_by_label("Number of the parcel").fill("FR 4711")
    table.get_by_role("button", name="It is on its way").click()
    expect(table.get_by_text("Sent. The member sees it")).to_be_visible()
    assert town.ask("Perks", "escrowed") == 0

    # ---- everything stops: the next order opens nothing
    goto(page, app, "data")
    press(page, "Stop everything")
    press(page, "Open wallet")
    expect(page.get_by_role("heading", name="Nobody may see your data")).to_be_visible()

    # ---- and erased: the vault signs that nothing is left
    enter(page, app)
    page.locator(".st-key-vault_erase_1 button").click()
    press(page, "Open wallet")
    expect(page.get_by_text("You had it erased")).to_be_visible()
    pass_blocks(town)
    expect(page.get_by_text("The vault signed on")).to_be_visible()
    pictures_of(page, "vault-erased")

    # ---- what was typed went nowhere: not to the site, not into the vault's files
    kept = vault.everything() + b"".join(frames)
    for words in (*TYPED.values(), PHRASE):
        assert words.encode() not in kept
    assert wallet.count("eth_sendTransaction") == 0


def raw(sent: str | bytes) -> bytes:
    return sent.encode() if isinstance(sent, str) else sent


def looked(table: Page, town: Town) -> None:
    """Press; each look is on the ledger, and opens once it lies as deep as its category asks."""
    for _ in range(2):
        table.get_by_role("button", name="Where does it go?").click()
        expect(table.locator("li").first).to_be_visible()
        expect(table.get_by_role("button", name="What is to be sent?")).to_be_enabled()
        if not table.get_by_text("The ledger has to go on").count():
            break
        pass_blocks(town)


def pictures_of(page: Page, name: str) -> None:
    """English here; the French ones are of the pages over plain values."""
    pictures(page, name)
    assert axe(page) == []
