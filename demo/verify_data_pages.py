"""The pages about one's data as a person reads them, beside the script's own sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

from . import independent_consents
from .companies import OFFERS
from .consents import FEATURED, LOOKS, is_read
from .independent_consents import GIVEN, LATE, Sums
from .made import Made
from .node import DemoError
from .reading import PATIENCE, amount, borrow, first_number, open_page, settled
from .verify_consents import WITH_ADDRESS, Since, acted_since, today_of

SILENT = 4


@dataclass(frozen=True)
class Featured:
    """What the pages of member number 1 must say."""

    wallet: str
    companies: int  # that may see something
    late: int  # that did not take note of the move in time
    looks: int
    income: int  # cents
    silent: int  # decisions whose reasons never came

    @classmethod
    def of(
        cls,
        sums: Sums,
        order: Sequence[int],
        wallets: Mapping[int, str],
        made: Made,
        now: int,
        since: Since,
    ) -> Featured | None:
        """None where a visitor has acted as that member since."""
        if order.index(FEATURED) + 1 in acted_since(since) or since("Vault", "IncomeCollected"):
            return None
        board, today = sums.boards[FEATURED], today_of(made, now)
        given = {one.company_id for one in OFFERS if board.status(one, today) == GIVEN}
        told = independent_consents.decisions(list(order))
        return cls(
            wallet=wallets[FEATURED],
            companies=len(given),
            late=sum(board.note(one, today) == LATE for one in WITH_ADDRESS),
            looks=sum(is_read(place, FEATURED) for place in range(len(LOOKS))),
            income=board.income,
            silent=told.count((FEATURED, SILENT)),
        )


def data_pages(page: Page, url: str, who: Featured) -> Iterator[str]:
    """Read the figures of the four pages; what each was about.

    Raises:
        DemoError: One differs; the text says which.
    """
    borrow(page, url, who.wallet, first=False)
    for path, what, expected in (
        ("data", "companies that may see data", who.companies),
        ("moved", "companies late to take note", who.late),
        ("looked", "looks", who.looks),
        ("why", "companies that owe their reasons", who.silent),
    ):
        open_page(page, f"{url}/{path}")
        title = page.locator("[data-testid=stMain] h1").first
        title.wait_for(timeout=PATIENCE)
        settled(page)
        _same(what, expected, first_number(title.inner_text()))
        if path == "looked":
            figures = page.locator(".st-key-looked_figures [data-testid=stMetricValue]")
            figures.nth(2).wait_for(timeout=PATIENCE)
            due, _, income = (amount(one) for one in figures.all_inner_texts())
            _same("cents to collect", who.income, due)
            _same("cents in all", who.income, income)
        yield f"the page of {what} ({expected})"


def _same(what: str, script: int, shown: int) -> None:
    if script != shown:
        raise DemoError(f"The {what}: {shown} on the page, the script says {script}.")


__all__ = ["Featured", "data_pages"]
