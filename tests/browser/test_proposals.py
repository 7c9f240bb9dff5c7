"""A proposal from the draft to the act: two hundred signed ballots, and one from a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from eth_account.signers.local import LocalAccount
from playwright.sync_api import Locator, Page, expect

from cercle.loyalty import points
from cercle.proposals import Draft, acts, build, draft_of
from cercle.relayer.client import RelayerClient
from cercle.relayer.wire import ActStatus
from tests.browser.crowd import gather, pass_time, vote
from tests.browser.kit.looks import axe, no_sideways_scroll, shot, still, until
from tests.browser.kit.processes import ROOT, Anvil, Server
from tests.browser.kit.relayer import Relayer
from tests.browser.presses import SENDING
from tests.browser.town import DAY, Town, found, key_of
from tests.browser.walks import goto, press

CROWD = 200
PAYER, FRIEND = 19, 17  # seats: who pays the relayer, and who gets the points
CHEST, GIFT = 400, 20
POINTS_CLASS = 2  # the class that pays points
SIGNING = "eth_signTypedData_v4"
PHONE = {
    "locale": "fr-FR",
    "timezone_id": "Europe/Paris",
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proposals")


@pytest.fixture(scope="module")
def town(folder: Path) -> Iterator[Town]:
    node = Anvil(31_337, "--accounts", "20", "--auto-impersonate")
    yield found(node, folder)
    node.stop()


@pytest.fixture(scope="module")
def crowd(town: Town) -> list[LocalAccount]:
    return gather(town, CROWD)


@pytest.fixture(scope="module")
def carrier(town: Town, crowd: list[LocalAccount], folder: Path) -> Iterator[Relayer]:
    """A relayer that gathers ballots for some seconds."""
    key = key_of(PAYER)
    started = Relayer(town.node.url, town.path, key, folder, BATCH_SECONDS="5")
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
def draft(town: Town, crowd: list[LocalAccount]) -> Draft:
    """A payment of points, proposed by a member."""
    governor, proposer = town.deployment.address("Governor"), town.members[1]
    town.act(8, points.transfer(town.deployment, governor, CHEST))
    pay = build.pay_token(town.deployment.address("Points"), town.accounts[FRIEND], GIFT)
    text = "Des fleurs · Flowers\n\nPour la scène.\n\nFor the stage."
    made = draft_of([pay], text, POINTS_CLASS).reserved_for(proposer)
    town.act(8, acts.propose(town.deployment, made))
    return made


# What the page says of it, on a phone in French and on a wide window in English.
WORDS = {
    "pending": ("Le vote s’ouvre", "The vote opens"),  # noqa: RUF001  (French)
    "active": ("Le vote se ferme", "The vote closes"),
    "succeeded": (
        "Acceptée. Il reste à la mettre en attente",
        "Accepted. It still has to be",
    ),
    "queued": ("Acceptée. Elle peut être exécutée", "Accepted. It can be carried out"),
    "due": ("Acceptée, et son heure est venue", "Accepted, and its time has come"),
    "executed": ("Acceptée et exécutée.", "Accepted and carried out."),
}


FRENCH, ENGLISH = 0, 1


def told(page: Page, app: Server | None, draft: Draft, step: str, language: int) -> Locator:
    """The proposal, as a page that is asked again (or that stands there) says where it stands."""
    if app is not None:
        goto(page, app, "proposals")
    there = page.locator(f".st-key-proposals_one_{draft.id}")
    expect(there.get_by_text(WORDS[step][language]).first).to_be_visible()
    no_sideways_scroll(page)
    if step in ("pending", "executed"):  # an open vote is drawn again while one looks
        assert axe(page) == [], (step, language)
    still(page)
    shot(page, f"proposals-{step}-{('fr-390', 'en-1280')[language]}")
    return there


def all_settled(client: RelayerClient, posted: Sequence[ActStatus]) -> bool:
    return all(client.status(one.id).is_settled for one in posted)


def test_proposal__from_the_draft_to_the_act__each_page_tells_each_step(
    visit, town: Town, app: Server, carrier: Relayer, crowd: list[LocalAccount], draft: Draft
) -> None:
    phone, mine = visit(town.member_keys(0), **PHONE)
    wide, _ = visit(town.member_keys(1))
    french = told(phone, app, draft, "pending", FRENCH)
    expect(french.get_by_role("heading", name="Des fleurs")).to_be_visible()
    english = told(wide, app, draft, "pending", ENGLISH)
    expect(english.get_by_text(f"Pay {GIFT} points to").first).to_be_visible()

    pass_time(town, DAY + 60)
    told(phone, app, draft, "active", FRENCH)
    before = town.node.web3.eth.get_transaction_count(town.accounts[PAYER])
    french.get_by_test_id("stRadio").get_by_text("Pour", exact=True).click()
    french.get_by_role("button", name="Voter", exact=True).click()
    press(phone, "Ouvrir le portefeuille")
    client = RelayerClient(carrier.url)
    posted = vote(town, client, draft, crowd)
    until(phone, lambda: all_settled(client, posted))
    assert {client.status(one.id).state for one in posted} == {"mined"}
    expect(french.get_by_text("Vous avez voté\u00a0: Pour")).to_be_visible()
    assert (mine.count(SIGNING), mine.count(SENDING)) == (1, 0)
    after = town.node.web3.eth.get_transaction_count(town.accounts[PAYER])
    assert 2 <= after - before <= 4
    against = sum(place % 7 == 0 for place in range(CROWD))
    in_favour = CROWD + 1 - against
    assert town.ask("Governor", "proposalVotes", draft.id) == (against, in_favour, 0)
    told(wide, app, draft, "active", ENGLISH)
    row = english.locator("tr").filter(has_text="For").first
    expect(row.locator("td").nth(1)).to_have_text(str(in_favour))

    pass_time(town, 4 * DAY)
    told(wide, app, draft, "succeeded", ENGLISH)
    told(phone, app, draft, "succeeded", FRENCH)
    french.get_by_role("button", name="La mettre en attente", exact=True).click()
    press(phone, "Ouvrir le portefeuille")
    told(phone, None, draft, "queued", FRENCH)
    told(wide, app, draft, "queued", ENGLISH)

    pass_time(town, DAY)
    told(phone, app, draft, "due", FRENCH)
    told(wide, app, draft, "due", ENGLISH)
    english.get_by_role("button", name="Carry it out", exact=True).click()
    press(wide, "Open wallet")
    told(wide, None, draft, "executed", ENGLISH)
    told(phone, app, draft, "executed", FRENCH)
    assert town.ask("Points", "balanceOf", town.accounts[FRIEND]) == GIFT
    assert town.ask("Points", "balanceOf", town.deployment.address("Governor")) == CHEST - GIFT
