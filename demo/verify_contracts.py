"""Service contracts as the demo's script has them, beside those on the chain and on their page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from cercle.agreements.client import HAPPENINGS, Agreements
from cercle.agreements.receipts import verify
from cercle.chain import Chain
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.events import Event

from . import independent_service, mobile
from .history import DAY
from .made import Made
from .mobile import ABROAD, CONTRACTS
from .network import HOUR
from .node import DemoError
from .reading import PATIENCE, borrow, first_number, open_page, settled

Since = Callable[[str, str], tuple[Event, ...]]
FEATURED = 1  # the member's place


def compare_contracts(chain: Chain, deployment: Deployment, since: Since) -> int:
    """Compare each book, what the operator earned, and the money that lies there.

    Args:
        chain: Where to read.
        deployment: The demo's brand.
        since: The events of what visitors did since the stage was set.

    Returns:
        How many readings were reckoned again.

    Raises:
        DemoError: Something differs; the text says what.
    """
    book = Agreements(chain, deployment)
    acted = acted_since(since)
    readings = 0
    for number, expected in enumerate(independent_service.books(), 1):
        checked = verify(book.history(number))
        for finding in checked.findings:
            raise DemoError(f"Contract {number}: {finding.sentence}")
        readings += len(checked.receipts)
        if number in acted:
            continue
        told = tuple(period.charge for period in checked.periods)
        if told != expected.charges:
            raise DemoError(
                f"The charges of contract {number}: {told} on the chain, the script says "
                f"{expected.charges}."
            )
        account = book.account(number)
        _same(f"escrow of contract {number}", expected.escrow, account.escrow)
        _same(f"open period of contract {number}", expected.period, account.period)
        _same(f"use of contract {number}", expected.use, account.use)
    if not acted:
        _compare_money(chain, deployment, book)
    return readings


def acted_since(since: Since) -> set[int]:
    """The contracts that somebody touched after the stage was set."""
    return {
        event.args["agreement_id"] for name in HAPPENINGS for event in since("Agreements", name)
    }


def _compare_money(chain: Chain, deployment: Deployment, book: Agreements) -> None:
    owed = sum(one.escrow for one in independent_service.books())
    for list_id, expected in independent_service.due().items():
        _same(f"earnings under list {list_id}", expected, book.due(list_id))
        owed += expected
    lists = deployment.contract("PriceLists")
    (told,) = chain.read([lists.read("list_of", 1)], chain.head())
    abi = [
        {
            "type": "function",
            "name": "balanceOf",
            "stateMutability": "view",
            "inputs": [{"name": "", "type": "address"}],
            "outputs": [{"name": "", "type": "uint256"}],
        }
    ]
    token = Contract("token", told["token"], tuple(abi))
    held = token.read("balanceOf", deployment.address("Agreements"))
    _same("cents in the book of contracts", owed, chain.read([held], chain.head())[0])


def contract_page(
    page: Page, url: str, wallet: str, made: Made, now: int, since: Since
) -> Iterator[str]:
    """Read what the page says of member number 1's contracts.

    Raises:
        DemoError: It is something else than the script has it.
    """
    mine = {number for number, one in enumerate(CONTRACTS, 1) if one.place == FEATURED}
    if mine & acted_since(since) or since("Agreements", "AgreementOpened"):
        return
    abroad = next(one for one in CONTRACTS if one.place == FEATURED and one.list_id == ABROAD)
    began = made.last_day * DAY + 12 * HOUR + 5 * HOUR - abroad.days_ago * DAY
    has_stopped = now < began + mobile.PERIOD * DAY  # then the next period begins by the clock
    borrow(page, url, wallet, first=False)
    open_page(page, f"{url}/contracts")
    title = page.locator("[data-testid=stMain] h1").first
    title.wait_for(timeout=PATIENCE)
    settled(page)
    expected = 1 if has_stopped else len(mine)
    shown = first_number(title.inner_text())
    if shown != expected:
        raise DemoError(f"The contracts: {shown} on the page, the script says {expected}.")
    yield f"the page of contracts ({expected} stopped)" if has_stopped else "the page of contracts"


def _same(what: str, script: int, shown: int) -> None:
    if script != shown:
        raise DemoError(f"The {what}: {shown} on the chain, the script says {script}.")


__all__ = ["acted_since", "compare_contracts", "contract_page"]
