"""A brand whose members pay nothing: a relayer beside the app, and people who are a passkey.

Pages are under `localhost`: a passkey is bound to a name, and an address is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from cercle import acts, governance, passkeys, typed_data
from cercle.acts import Act
from cercle.content import ContentStore, parse_document
from cercle.loyalty import membership
from demo import script
from tests.authenticator import Passkey
from tests.browser.kit.phone import Phone
from tests.browser.kit.processes import ROOT, Anvil, Server
from tests.browser.kit.relayer import Relayer
from tests.browser.town import DAY, Town, found, key_of

SITE = "localhost"
STEWARD, RICH, PAYER = 4, 18, 19  # seats: who admits, who pays for the stage, who pays the relayer
WINDOW = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@dataclass
class Resident:
    """A member who is a passkey."""

    passkey: Passkey
    account: str


@pytest.fixture(scope="session")
def relayed_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    node = Anvil(31_337, "--accounts", "20")
    yield found(node, tmp_path_factory.mktemp("relayed"))
    node.stop()


@pytest.fixture(scope="session")
def relayer(relayed_town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relayer]:
    folder = tmp_path_factory.mktemp("relayer")
    started = Relayer(relayed_town.node.url, relayed_town.path, key_of(PAYER), folder)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def relayed_app(relayed_town: Town, relayer: Relayer) -> Iterator[Server]:
    env = {
        "CERCLE_RPC_URLS": relayed_town.node.url,
        "CERCLE_DEPLOYMENT": str(relayed_town.path),
        "CERCLE_CONTENT": relayed_town.content,
        "CERCLE_RELAYER_URL": relayer.url,
    }
    started = Server(ROOT / "frontend" / "streamlit_app.py", env)
    started.url = f"http://{SITE}:{started.port}"
    yield started
    started.stop()


@pytest.fixture(scope="session")
def resident(relayed_town: Town) -> Resident:
    """A passkey with an account that is a member, and older than the poll that it votes in."""
    town, passkey = relayed_town, Passkey("a resident", SITE)
    credential = passkeys.Credential(
        credential_id=passkey.credential_id,
        key=passkeys.PublicKey(x=passkey.x, y=passkey.y),
        site=SITE,
    )
    account = passkeys.account_of(town.deployment, credential)
    town.act(RICH, passkeys.create(town.deployment, credential))
    carry(town, Resident(passkey, account), acts.register(town.deployment))
    passport_id = int(str(town.ask("Passport", "id_of", account)))
    town.act(STEWARD, membership.admit(town.deployment, [passport_id]))
    grow_old(town)
    return Resident(passkey, account)


def carry(town: Town, resident: Resident, act: Act) -> None:
    """Sign an act as the phone would, and carry it."""
    message = act.sign(town.chain, resident.account)
    asked = passkeys.message(resident.account, town.deployment.chain_id, message.digest())
    signature = "0x" + resident.passkey.answer(asked.digest()).packed().hex()
    town.act(RICH, typed_data.carry(town.deployment, act.signed(message, signature)))


def grow_old(town: Town) -> None:
    """Let a month pass, so that who joined has a voice in what opens next."""
    town.node.rpc("evm_increaseTime", 31 * DAY)
    town.node.rpc("evm_mine")
    town.chain.forget_head()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Callable[..., tuple[Page, Phone]]:
    """Opens a page on a phone of its own, with these passkeys on it."""

    def _open(*kept: Passkey, **options: object) -> tuple[Page, Phone]:
        page = new_context(**{**WINDOW, **options}).new_page()
        phone = Phone(page)
        for passkey in kept:
            phone.keep(passkey)
        return page, phone

    return _open


# ---- a poll of the test's own -----------------------------------------------------------

FIRST, SECOND = "Choirs of Brittany", "Afrobeat in Marseille"


@pytest.fixture
def poll(relayed_town: Town, resident: Resident) -> int:
    """A poll that opened after everybody here had a voice."""
    town = relayed_town
    seal = ContentStore(town.content).put(parse_document(script.POLLS[1]))
    closes = datetime.fromtimestamp(town.chain.head(fresh=True).timestamp + 5 * DAY, UTC)
    town.act(STEWARD, governance.open_poll(town.deployment, seal, 4, closes))
    return int(str(town.ask("Polls", "poll_count")))


def ballot(page: Page, poll: int) -> Locator:
    """A poll on the page."""
    return page.locator(f".st-key-votes_poll_{poll}")


def said(page: Page, poll: int, option: str) -> Locator:
    """What the page says that this member voted."""
    return ballot(page, poll).get_by_text(f"You said {option}", exact=True)


def vote(page: Page, poll: int, option: str, button: str = "Vote") -> None:
    """Pick an answer and press the poll's own button."""
    there = ballot(page, poll)
    there.get_by_test_id("stRadio").get_by_text(option, exact=True).click()
    there.get_by_role("button", name=button, exact=True).click()
