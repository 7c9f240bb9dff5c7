"""One person's data as the pages show it: plain values, and how they follow from the SDK's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from cercle import limits
from cercle.consent import (
    CATEGORIES,
    KNOWN_CATEGORIES,
    MOVABLE,
    PURPOSES,
    Acknowledgement,
    Category,
    ConsentBoard,
    ConsentLine,
    ConsentStatus,
    DecisionState,
    DecisionView,
    IncomeView,
    MoveView,
    categories_in,
)
from cercle.index.history import Entry
from cercle.lens.rounds import whole
from cercle.models import Head
from cercle.values import Frozen, Hash, hash_text, moment

Key = tuple[int, int]  # company, purpose; or purpose, category

# What concerns one person's data, by their passport.
KINDS = (
    *(("Consent", name) for name in ("ConsentRequested", "ConsentGiven", "ConsentRefused")),
    *(("Consent", name) for name in ("ConsentWithdrawn", "EverythingWithdrawn", "EndNoted")),
    *(("Consent", name) for name in ("CompanyDenied", "PurposeDenied")),
    *(("Vault", name) for name in ("AccessRequested", "PriceSet", "SharesSet")),
    *(("Decisions", name) for name in ("DecisionCommitted", "DecisionOpened", "SilenceMarked")),
)
LONGEST = 16  # characters of a token's symbol that are shown
MOST_DECIMALS = 36


# ---- who may see what ---------------------------------------------------------------


class Notice(Frozen):
    """What a company says that it would do for one purpose."""

    company_id: int
    purpose: int
    version: int
    categories: int = Field(description="a bit each")
    content_hash: Hash


class Company(Frozen):
    """A company that may ask."""

    id: int
    uri: str = Field(description="its own words; raw")
    is_denied: bool = Field(description="whether this person shut it out")
    is_brands: bool = Field(description="whether it is this brand's own")
    notices: tuple[Notice, ...] = Field(description="those that stand, by purpose")

    def notice(self, purpose: int) -> Notice | None:
        """What it says of a purpose now."""
        return next((one for one in self.notices if one.purpose == purpose), None)


class Consent(Frozen):
    """What one person and one company have to do with each other for one purpose."""

    company_id: int
    purpose: int
    status: ConsentStatus
    categories: int = Field(
        description="a bit each; 0: nothing was ever given, or it was withdrawn"
    )
    until: datetime | None
    reads: int
    reads_used: int = Field(description="under this very grant")
    read_at: datetime | None = Field(description="the last time; None: it holds nothing")
    reminder: int = Field(description="50, 80 or 95 when so much of the time has passed; else 0")
    is_purpose_denied: bool
    is_company_denied: bool
    asked: int = Field(description="what it asked for last, a bit each")
    asked_at: datetime | None
    due_at: datetime | None = Field(description="until when what it read must be deleted")
    bond: Decimal = Field(description="which it loses if it deletes too late, in `symbol`")
    is_overdue: bool = Field(description="so marked")

    @property
    def is_denied(self) -> bool:
        """Whether a standing refusal beats whatever is given here."""
        return self.is_purpose_denied or self.is_company_denied

    @property
    def counts(self) -> bool:
        """Whether the company may look now."""
        return self.status.counts

    @property
    def data(self) -> tuple[Category, ...]:
        """What was given."""
        return categories_in(self.categories) if self.categories else ()

    @property
    def asked_data(self) -> tuple[Category, ...]:
        """What was asked for."""
        return categories_in(self.asked) if self.asked else ()

    @property
    def reads_left(self) -> int:
        """How often it may still look."""
        return max(0, self.reads - self.reads_used)


class MyData(Frozen):
    """Everything between one person and the companies that matter to them."""

    head: Head
    passport_id: int
    withdrawn_at: datetime | None = Field(description="everything, the last time")
    denied_purposes: tuple[int, ...]
    symbol: str = Field(description="of the money in which companies stake bonds; raw")
    companies: tuple[Company, ...]
    consents: tuple[Consent, ...]

    def of(self, company_id: int) -> tuple[Consent, ...]:
        """Those with one company."""
        return tuple(one for one in self.consents if one.company_id == company_id)


def concerned(told: Iterable[Entry]) -> tuple[int, ...]:
    """The companies that anything ever happened with."""
    return tuple(
        sorted({one.event.args["company_id"] for one in told if "company_id" in one.event.args})
    )


def my_data(board: ConsentBoard, told: Iterable[Entry], symbol: str, decimals: int) -> MyData:
    """What the chain says, with what each company asked for last."""
    asks = {
        (one.event.args["company_id"], one.event.args["purpose"]): one.event.args["categories"]
        for one in told
        if one.event.name == "ConsentRequested"
    }
    denied = tuple(one for one in board.denied_purposes if one < len(PURPOSES))
    return MyData(
        head=board.head,
        passport_id=board.passport_id,
        withdrawn_at=board.withdrawn_at,
        denied_purposes=denied,
        symbol=symbol,
        companies=tuple(
            Company(
                id=one.company.id,
                uri=one.company.uri,
                is_denied=one.is_denied,
                is_brands=one.is_brands,
                notices=tuple(_notice(line) for line in one.lines if _is_open(line)),
            )
            for one in board.companies
        ),
        consents=tuple(
            _consent(
                line,
                asks.get((line.company_id, line.purpose), 0) & KNOWN_CATEGORIES,
                decimals,
                is_purpose_denied=line.purpose in denied,
                is_company_denied=one.is_denied,
            )
            for one in board.companies
            for line in one.lines
        ),
    )


def _is_open(line: ConsentLine) -> bool:
    """Whether one can agree to it, and know to what."""
    asked = line.notice.categories
    return line.notice.counts and asked != 0 and not asked & ~KNOWN_CATEGORIES


def _notice(line: ConsentLine) -> Notice:
    return Notice(
        company_id=line.company_id,
        purpose=line.purpose,
        version=line.notice.version,
        categories=line.notice.categories,
        content_hash=line.notice.content_hash,
    )


def _consent(
    line: ConsentLine,
    asked: int,
    decimals: int,
    *,
    is_purpose_denied: bool,
    is_company_denied: bool,
) -> Consent:
    grant, duty = line.grant, line.duty
    return Consent(
        company_id=line.company_id,
        purpose=line.purpose,
        status=line.status,
        categories=grant.categories & KNOWN_CATEGORIES if grant else 0,
        until=moment(grant.until) if grant else None,
        reads=grant.reads if grant else 0,
        reads_used=line.reads_used,
        read_at=duty.read_at if duty else None,
        reminder=line.reminder,
        is_purpose_denied=is_purpose_denied,
        is_company_denied=is_company_denied,
        asked=asked,
        asked_at=line.asked_at,
        due_at=duty.due_at if duty else None,
        bond=whole(duty.bond, decimals) if duty else Decimal(0),
        is_overdue=duty is not None and duty.is_overdue,
    )


# ---- a move -------------------------------------------------------------------------------


class Notified(Frozen):
    """One company and a category that changed."""

    company_id: int
    state: Acknowledgement
    expected_until: datetime


class Move(Frozen):
    """What is kept of a person in one category, and who took note of its last change."""

    category: int
    version: int
    moved_at: datetime
    is_erased: bool
    notified: tuple[Notified, ...]


# Of a company that may see something for several purposes, the first of these is said.
_GRAVEST = (
    Acknowledgement.LATE,
    Acknowledgement.EXPECTED,
    Acknowledgement.ACKNOWLEDGED,
    Acknowledgement.NOT_ALLOWED,
)


def moves(found: Iterable[MoveView]) -> tuple[Move, ...]:
    """The changes that were told, the newest first, each with one line a company."""
    made = []
    for one in found:
        if one.moved_at is None:
            continue
        by_company: dict[int, list[int]] = {}
        for company, _, state in one.told:
            if state in _GRAVEST:
                by_company.setdefault(company, []).append(_GRAVEST.index(state))
        end = one.moved_at + timedelta(seconds=limits.ACKNOWLEDGE_TIME)
        made.append(
            Move(
                category=one.category,
                version=one.version,
                moved_at=one.moved_at,
                is_erased=one.is_erased,
                notified=tuple(
                    Notified(company_id=company, state=_GRAVEST[min(ranks)], expected_until=end)
                    for company, ranks in sorted(by_company.items())
                ),
            )
        )
    return tuple(sorted(made, key=lambda one: one.moved_at, reverse=True))


def movable() -> tuple[int, ...]:
    """The categories that change when somebody moves house, then all others."""
    first = [one.bit for one in CATEGORIES if one.mask & MOVABLE]
    return (*first, *(one.bit for one in CATEGORIES if one.bit not in first))


# ---- who looked -----------------------------------------------------------------------------


class Look(Frozen):
    """One look of a company, as it was logged before it could."""

    at: datetime
    company_id: int
    purpose: int
    category: int
    order_hash: Hash
    read: int = Field(description="its number under the grant, from 1")
    price: Decimal
    tx_hash: Hash


class Price(Frozen):
    """What a look costs."""

    purpose: int
    category: int
    price: Decimal


class Share(Frozen):
    """A co-owner of what data earns."""

    passport_id: int
    basis_points: int


class Part(Frozen):
    """What another person's data has for this one."""

    owner: int = Field(description="whose data it is, by passport")
    due: Decimal


class Earnings(Frozen):
    """Who looked, what that earned, who has a part of it."""

    head: Head
    looks: tuple[Look, ...] = Field(description="the newest first")
    symbol: str = Field(description="of the money; raw")
    decimals: int
    income: Decimal = Field(description="all that ever came in")
    due: Decimal = Field(description="what this person may fetch now")
    collected: Decimal
    shares: tuple[Share, ...]
    next_shares: tuple[Share, ...] | None = Field(description="None: they stay as they are")
    next_from: datetime | None
    prices: tuple[Price, ...] = Field(description="those that are set")
    parts: tuple[Part, ...] = Field(description="of what others' data earned, the largest first")
    is_main: bool = Field(description="whether this wallet may decide about them")


def money(income: IncomeView) -> tuple[str, int]:
    """What prices are paid in: its symbol, raw, and its decimals. The token is anybody's code."""
    decimals = income.decimals
    return income.symbol[:LONGEST], decimals if decimals <= MOST_DECIMALS else 0


def priced(told: Iterable[Entry]) -> tuple[Key, ...]:
    """The purposes and categories that a person ever set a price for."""
    found = {
        (one.event.args["purpose"], one.event.args["category"])
        for one in told
        if one.event.name == "PriceSet"
    }
    return tuple(sorted(one for one in found if _is_known(*one)))


def _is_known(purpose: int, category: int) -> bool:
    return purpose < len(PURPOSES) and category < len(CATEGORIES)


def earnings(
    income: IncomeView, told: Sequence[Entry], collected: int, *, is_main: bool
) -> Earnings:
    """What a person's data earned, with who looked.

    Args:
        income: What the chain says.
        told: The person's events, the oldest first.
        collected: What they fetched so far, in the token's smallest units.
        is_main: Whether the wallet that looks is the main one.
    """
    symbol, decimals = money(income)
    following = income.next_shares
    return Earnings(
        head=income.head,
        looks=tuple(
            _look(one, decimals)
            for one in reversed(told)
            if one.event.name == "AccessRequested"
            and _is_known(one.event.args["purpose"], one.event.args["category"])
        ),
        symbol=symbol,
        decimals=decimals,
        income=whole(income.income, decimals),
        due=whole(income.due, decimals),
        collected=whole(collected, decimals),
        shares=_shares(income.shares),
        next_shares=None if following is None else _shares(following),
        next_from=income.next_from,
        prices=tuple(
            Price(purpose=purpose, category=category, price=whole(price, decimals))
            for (purpose, category), price in sorted(income.prices.items())
        ),
        parts=tuple(
            Part(owner=owner, due=whole(due, decimals))
            for owner, due in sorted(income.parts, key=lambda one: -one[1])
        ),
        is_main=is_main,
    )


def _look(entry: Entry, decimals: int) -> Look:
    args = entry.event.args
    return Look(
        at=entry.at,
        company_id=args["company_id"],
        purpose=args["purpose"],
        category=args["category"],
        order_hash=hash_text(args["order_hash"]),
        read=args["read"],
        price=whole(args["price"], decimals),
        tx_hash=entry.event.tx_hash,
    )


def _shares(several: Iterable[tuple[int, int]]) -> tuple[Share, ...]:
    return tuple(Share(passport_id=one, basis_points=points) for one, points in several)


# ---- why ------------------------------------------------------------------------------------


class Opening(Frozen):
    """The salted hashes of what a company has to hand over."""

    rule: Hash
    inputs: Hash
    outcome: Hash
    counterfactual: Hash
    is_late: bool


class Decision(Frozen):
    """A decision of a company about one person."""

    id: int
    company_id: int
    state: DecisionState
    commitment: Hash
    committed_at: datetime
    demand_until: datetime
    due_at: datetime | None = Field(description="until when a demand is to be answered")
    opening: Opening | None
    is_marked: bool = Field(default=False, description="whether its silence is written down")
    was_allowed: bool = Field(description="whether the person ever allowed the company anything")


def decided(told: Iterable[Entry]) -> tuple[int, ...]:
    """The decisions about a person, the newest first."""
    numbers = [
        one.event.args["decision_id"] for one in told if one.event.name == "DecisionCommitted"
    ]
    return tuple(dict.fromkeys(reversed(numbers)))


def decisions(found: Iterable[DecisionView], told: Iterable[Entry]) -> tuple[Decision, ...]:
    """Where the reasons stand, with what was opened."""
    told = tuple(told)
    allowed = {one.event.args["company_id"] for one in told if one.event.name == "ConsentGiven"}
    marked = {one.event.args["decision_id"] for one in told if one.event.name == "SilenceMarked"}
    opened = {
        one.event.args["decision_id"]: _opening(one.event.args)
        for one in told
        if one.event.name == "DecisionOpened"
    }
    return tuple(
        Decision(
            id=one.id,
            company_id=one.company_id,
            state=one.state,
            commitment=one.commitment,
            committed_at=one.committed_at,
            demand_until=one.demand_until,
            due_at=one.due_at,
            opening=opened.get(one.id),
            is_marked=one.id in marked,
            was_allowed=one.company_id in allowed,
        )
        for one in found
    )


def _opening(args: Mapping[str, Any]) -> Opening:
    names = ("rule", "inputs", "outcome", "counterfactual")
    return Opening(**{name: hash_text(args[name]) for name in names}, is_late=args["is_late"])
