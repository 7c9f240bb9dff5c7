"""Real Chromium against the app's own server, a local chain, and a wallet in the test's hand."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from vyper.cli.vyper_compile import compile_files
from web3 import Web3

from cercle.deployments import Deployed, Deployment
from tests.browser.kit.fake_wallet import FakeWallet
from tests.browser.kit.looks import SCREENS, settled
from tests.browser.kit.processes import ROOT, Anvil, Server, Wire
from tests.browser.relayed import (  # noqa: F401  (for every file here)
    phone,
    poll,
    relayed_app,
    relayed_town,
    relayer,
    resident,
)
from tests.browser.walks import app, town, visit  # noqa: F401  (for every file here)
from tools.chromium import find

HERE = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PATIENCE = 60_000  # ms; the machine may be busy
expect.set_options(timeout=PATIENCE)


# ---- processes ---------------------------------------------------------------------


@pytest.fixture(scope="session")
def node() -> Iterator[Anvil]:
    """The chain that the app lives on."""
    anvil = Anvil(31_337)
    yield anvil
    anvil.stop()


@pytest.fixture(scope="session")
def other_node() -> Iterator[Anvil]:
    """A chain that it does not live on."""
    anvil = Anvil(31_338)
    yield anvil
    anvil.stop()


@pytest.fixture(scope="session")
def deployment(node: Anvil, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An address book with a Passport: what the bridge's own page needs."""
    source = [ROOT / "contracts" / "identity" / "Passport.vy"]
    built = next(iter(compile_files(source, ["bytecode"], paths=[str(ROOT)]).values()))
    sent = node.web3.eth.send_transaction(
        {"from": node.web3.eth.accounts[0], "data": built["bytecode"]}
    )
    receipt = node.web3.eth.wait_for_transaction_receipt(sent)
    code = node.web3.eth.get_code(receipt["contractAddress"])
    passport = Deployed(
        address=receipt["contractAddress"],
        block=receipt["blockNumber"],
        codehash=Web3.to_hex(Web3.keccak(code)),
    )
    path = tmp_path_factory.mktemp("deployment") / "local.json"
    book = Deployment(chain_id=node.chain_id, network="test", brand="Test")
    book.with_contract("Passport", passport).save(path)
    return path


@pytest.fixture(scope="session")
def server_env(node: Anvil, deployment: Path) -> dict[str, str]:
    return {"CERCLE_RPC_URLS": node.url, "CERCLE_DEPLOYMENT": str(deployment)}


@pytest.fixture(scope="session")
def server(server_env: dict[str, str]) -> Iterator[Server]:
    """The server around the bridge's own page."""
    started = Server(HERE / "bridge_app.py", server_env)
    yield started
    started.stop()


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    """A wire to the server that can be cut."""
    laid = Wire(server.port)
    yield laid
    laid.close()


# ---- the browser ---------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield started
        started.close()


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Let the windows know that their test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def new_context(
    browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes windows of any size, scheme and locale, closed after the test; of one that failed
    build/screens/failed-* has what they showed."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        defaults = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
        made.append(browser.new_context(**{**defaults, **options}))
        made[-1].set_default_timeout(PATIENCE)
        return made[-1]

    yield make
    for number, context in enumerate(made):
        for place, page in enumerate(context.pages):
            if request.node.stash.get(FAILED, False):
                shown = SCREENS / f"failed-{request.node.name}-{number}{place}"
                page.screenshot(path=f"{shown}.png")
                Path(f"{shown}.txt").write_text(page.locator("body").inner_text(), "utf-8")
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def wallet(context: BrowserContext, node: Anvil, other_node: Anvil) -> FakeWallet:
    """A wallet with two fresh accounts that knows both chains."""
    keys = [node.funded_key(), node.funded_key()]
    chains = {node.chain_id: node.url, other_node.chain_id: other_node.url}
    return FakeWallet(context, keys, chains, chain_id=node.chain_id)


@pytest.fixture
def page(context: BrowserContext, wallet: FakeWallet, server: Server) -> Page:
    """The bridge's own page, connected."""
    return connect(context.new_page(), server.url, wallet)


def connect(page: Page, url: str, wallet: FakeWallet) -> Page:
    """Open a page and connect the wallet by its button."""
    page.goto(url)
    page.get_by_role("button", name=f"Connect {wallet.name}", exact=True).click()
    expect(page.get_by_text(f"account: {wallet.account}")).to_be_visible()
    settled(page)
    return page
