"""The proof at the end of `make demo`: what the pages show equals the file's own sum.

Everybody's points, standing and tier are compared on the chain; a few people's pages, and the
two tallies, are opened in a headless browser and read as a person reads them. What visitors
did since the stage was set is taken from the ledger's events and allowed for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from playwright.sync_api import Page

from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.events import Event
from cercle.flags import ProposalState
from cercle.index.every import every_event
from cercle.index.history import History, open_history
from cercle.values import ZERO_ADDRESS

from . import independent, script
from .history import DAY
from .made import Made
from .node import DemoError
from .progress import say
from .reading import PATIENCE, borrow, browser, changed, first_number, open_page, settled
from .verify_consents import compare_consents
from .verify_contracts import compare_contracts, contract_page
from .verify_data_pages import Featured, data_pages
from .verify_decisions import Found, Since, compare_decisions

SAMPLE = 3
COUNTED = (ProposalState.ACTIVE, ProposalState.SUCCEEDED, ProposalState.QUEUED)  # in the open
_AWARDED = re.compile(r"attribué (\d[\d\u202f\u00a0 ]*)")


@dataclass(frozen=True)
class Expected:
    """What the file says that the ledger and the pages must show."""

    people: dict[int, independent.Person]
    wallets: dict[int, str]
    tallies: dict[int, list[int]]
    acted: set[str]  # wallets that moved points after the stage was set


def compare(
    url: str, chain: Chain, deployment: Deployment, made: Made, index: str | None = None
) -> None:
    """Compare chain, index and pages with the file.

    Raises:
        DemoError: A number differs; the text says which, and both values.
    """
    history = open_history(chain, deployment, index)
    expected = _expect(chain, deployment, made, history)
    _compare_chain(chain, deployment, expected)
    say(f"  {len(expected.people)} members on the chain: as in the file")
    _compare_history(history, expected, is_indexed=index is not None)
    told = sum(len(person.purchases) for person in expected.people.values())
    say(f"  {told} purchases in the index: as in the file")
    since = _since(history, chain, deployment, made)
    found = compare_decisions(chain, deployment, made, expected.people, since)
    say(f"  {len(found)} proposals, the chest and the office of admin: as in the script")
    order = list(expected.wallets)
    sums = compare_consents(chain, deployment, made, order, since)
    say(f"  {sums.looks} looks, what they earned and who may look: as in the script")
    readings = compare_contracts(chain, deployment, since)
    say(f"  {readings} readings of meters, and what each period came to: as in the script")
    now, first = chain.head().timestamp, expected.wallets[order[0]]
    featured = Featured.of(sums, order, expected.wallets, made, now, since)
    with browser() as page:
        for label in _pages(page, url, expected, found):
            say(f"  {label}: as in the file")
        if featured is not None:
            for label in data_pages(page, url, featured):
                say(f"  {label}: as in the script")
        for label in contract_page(page, url, first, made, now, since):
            say(f"  {label}: as in the script")


# ---- what must be there ----------------------------------------------------------------


def _expect(
    chain: Chain, deployment: Deployment, made: Made, history: History | None = None
) -> Expected:
    history = history or open_history(chain, deployment)
    now = chain.head(fresh=True)
    last_day = dt.datetime.fromtimestamp(made.last_day * DAY, dt.UTC).date()
    claimed_at = dt.datetime.fromtimestamp(made.claimed_at, dt.UTC)
    at = max(dt.datetime.now(dt.UTC), now.time)
    people = independent.people(made.members, last_day, claimed_at, at)
    order = sorted(people.values(), key=lambda p: (min(day for day, _ in p.purchases), p.number))
    passport = deployment.contract("Passport")
    owners: list[str] = []
    for start in range(0, len(order), 200):
        ids = range(start + 1, min(start + 200, len(order)) + 1)
        owners += chain.read([passport.read("wallet_of", i) for i in ids], now)
    wallets = {person.number: owner for person, owner in zip(order, owners, strict=True)}
    tallies = {
        poll: independent.tally(poll, list(people)) for poll in range(1, len(script.POLLS) + 1)
    }
    since = _since(history, chain, deployment, made)
    for event in since("Polls", "BallotCast"):
        counts = tallies.get(event.args["poll_id"])
        if counts is not None:
            for place in range(len(counts)):
                counts[place] += event.args["new_options"] >> place & 1
                counts[place] -= event.args["old_options"] >> place & 1
    moved = since("Points", "Transfer")
    acted = {str(value) for event in moved for value in event.args.values()}
    return Expected(people, wallets, tallies, acted)


def _since(history: History, chain: Chain, deployment: Deployment, made: Made) -> Since:
    """Ask for the events of what visitors did since the stage was set."""

    def since(contract: str, event: str) -> tuple[Event, ...]:
        first = made.block + 1
        return every_event(history, chain, deployment, contract, event, first=first)

    return since


def _compare_chain(chain: Chain, deployment: Deployment, expected: Expected) -> None:
    members, points = deployment.contract("Membership"), deployment.contract("Points")
    head = chain.head(fresh=True)
    everybody = list(expected.wallets.items())
    for start in range(0, len(everybody), 100):
        part = everybody[start : start + 100]
        numbers = [start + i + 1 for i in range(len(part))]
        reads = [members.read("standing_of", n) for n in numbers]
        reads += [members.read("tier_of", n) for n in numbers]
        reads += [points.read("balanceOf", wallet) for _, wallet in part]
        found = chain.read(reads, head)
        size = len(part)
        for i, (number, wallet) in enumerate(part):
            person = expected.people[number]
            _same(f"standing of customer {number}", person.standing, found[i])
            _same(f"tier of customer {number}", person.tier, found[size + i])
            if wallet not in expected.acted:
                _same(f"points of customer {number}", person.points, found[2 * size + i])


def _compare_history(history: History, expected: Expected, *, is_indexed: bool) -> None:
    """Each person's purchases and what they brought, as their history tells them."""
    kinds = (("Points", "Transfer"), ("Membership", "StandingCredited"))
    order = sorted(
        expected.people.values(), key=lambda p: (min(day for day, _ in p.purchases), p.number)
    )
    for passport_id, person in enumerate(order, 1):
        wallet = expected.wallets[person.number]
        counts, points, standing = 0, 0, 0
        page, before = None, None
        while page is None or before is not None:
            page = history.of_passport(passport_id, limit=200, before=before, kinds=kinds)
            before = page.older
            if is_indexed and page.served.source != "index":
                raise DemoError("The index does not answer; see build/demo/index/index.log.")
            for args in (entry.event.args for entry in page.entries):
                if "credits" in args:
                    words = [word for word in args["credits"] if word >> 96 == passport_id]
                    counts += len(words)
                    standing += sum(word & (2**96 - 1) for word in words)
                elif args["sender"] == ZERO_ADDRESS and args["receiver"] == wallet:
                    points += args["value"]
        number = person.number
        earned = [independent.earned(dollars) for _, dollars in person.purchases]
        _same(f"purchases of customer {number}", len(earned), counts)
        _same(f"points ever awarded to {number}", sum(one for one, _ in earned), points)
        _same(f"standing ever credited to {number}", sum(rise for _, rise in earned), standing)


# ---- as a person reads ------------------------------------------------------------------


def _pages(page: Page, url: str, expected: Expected, decided: list[Found]) -> Iterator[str]:
    open_page(page, url)
    members = page.get_by_test_id("stMetric").filter(has_text="Membres").first
    shown = first_number(members.inner_text())
    if shown < len(expected.people):
        raise DemoError(f"The tour shows {shown} members; the file has {len(expected.people)}.")
    yield "the tour"
    for order, number in enumerate(_sample(expected)):
        person, wallet = expected.people[number], expected.wallets[number]
        borrow(page, url, wallet, first=order == 0)
        open_page(page, f"{url}/card")
        heading = page.get_by_role("heading", name=re.compile("^Vous avez")).first
        heading.wait_for(timeout=PATIENCE)
        if wallet not in expected.acted:
            _same(
                f"points on the card of {wallet}", person.points, first_number(heading.inner_text())
            )
        tier = script.BRAND["tiers"][person.tier]["fr"]
        if not page.get_by_role("heading", name=f"Palier : {tier}").first.is_visible():
            raise DemoError(f"The card of {wallet} does not show the tier {tier}.")
        yield f"the card of customer {number} ({person.points} points, {tier})"
        points = [points for points, _ in map(independent.earned, _dollars(person)) if points]
        _same(f"awards in the history of {wallet}", len(points), len(found := _awards(page, url)))
        _same(f"points in the history of {wallet}", sum(points), sum(found))
        yield f"the history of customer {number} ({len(points)} awards)"
    open_page(page, f"{url}/votes")
    for poll, counts in expected.tallies.items():
        for option, count in zip(script.POLLS[poll - 1]["options"], counts, strict=True):
            row = page.locator("tr").filter(has_text=option["fr"]).first
            row.wait_for(timeout=PATIENCE)
            _same(
                f"votes for {option['fr']!r}",
                count,
                first_number(row.locator("td").nth(1).inner_text()),
            )
    yield "the votes"
    open_page(page, f"{url}/proposals")
    for one in decided:
        page.get_by_role("heading", name=one.title).first.wait_for(timeout=PATIENCE)
        there = page.locator("[class*=st-key-proposals_one_]").filter(has_text=one.title)
        if one.state not in COUNTED:
            continue
        for answer, count in zip(("Contre", "Pour", "Abstention"), one.counts, strict=True):
            row = there.locator("tr").filter(has_text=answer).first
            row.wait_for(timeout=PATIENCE)
            shown = first_number(row.locator("td").nth(1).inner_text())
            _same(f"votes of {answer!r} on {one.title!r}", count, shown)
    yield "the proposals"
    open_page(page, f"{url}/perks")
    for perk in script.PERKS:
        name = perk.content["name"]["fr"]
        page.get_by_role("heading", name=name).first.wait_for(timeout=PATIENCE)
    yield "the perks"


def _dollars(person: independent.Person) -> list[Decimal]:
    return [dollars for _, dollars in person.purchases]


def _awards(page: Page, url: str) -> list[int]:
    """The points of each award that a person finds in their history, turning all its pages."""
    open_page(page, f"{url}/history")
    page.get_by_text("Lu dans l’index de cette boutique").wait_for(timeout=PATIENCE)  # noqa: RUF001
    kinds = page.locator(".st-key-history_kind")
    kinds.get_by_text("Points", exact=True).click(timeout=PATIENCE)
    found: list[int] = []
    before = ""
    while True:
        shown = changed(page, before) if before else settled(page)
        found += [int(re.sub(r"\D", "", one)) for one in re.findall(_AWARDED, shown)]
        older = page.get_by_role("button", name="Plus ancien")
        if not older.count():
            return found
        before = shown
        older.click(timeout=PATIENCE)


def _sample(expected: Expected) -> list[int]:
    """The one with most points, the one with most standing, and somebody with none left."""
    people = [p for p in expected.people.values() if expected.wallets[p.number]]
    most = max(people, key=lambda p: p.points)
    oldest = max(people, key=lambda p: p.standing)
    empty = min(people, key=lambda p: (p.points, p.number))
    return list(dict.fromkeys([most.number, oldest.number, empty.number]))[:SAMPLE]


def _same(what: str, file: int, shown: int) -> None:
    if file != shown:
        raise DemoError(f"The {what}: {shown} is shown, the file says {file}.")
