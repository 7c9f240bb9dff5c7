"""What pages, scripts and servers read of consents: values, with the chain's own numbers inside."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from pydantic import Field

from ..models import Head
from ..values import Address, Frozen, Hash
from .reminders import reminder
from .status import ConsentStatus
from .terms import Grant


class Acknowledgement(IntEnum):
    """Whether a company took note of a person's last move (`Records.acknowledgement`)."""

    NOTHING = 0
    ACKNOWLEDGED = 1
    EXPECTED = 2
    LATE = 3
    NOT_ALLOWED = 4


class DecisionState(IntEnum):
    """Where the reasons of a decision stand (`Decisions.state`)."""

    NONE = 0
    COMMITTED = 1
    DEMANDED = 2
    OPENED = 3
    SILENT = 4
    UNASKED = 5


class CompanyView(Frozen):
    """A company, in its own words."""

    id: int
    controller: Address
    candidate: Address | None = None
    agent: Address | None = None
    hpke_key: Hash
    uri: str


class NoticeView(Frozen):
    """What a company says that it would do for a purpose; the text lies under `content_hash`."""

    company_id: int
    purpose: int
    version: int = Field(description="the newest; 0: none was ever published")
    since: datetime | None
    categories: int
    is_ended: bool
    content_hash: Hash

    @property
    def counts(self) -> bool:
        """Whether one can agree to it now."""
        return self.version > 0 and not self.is_ended


class Duty(Frozen):
    """What a company read for a purpose, and stakes on deleting it (`Vault`)."""

    reads: int = Field(description="under the grant under which it read last")
    issued_at: int = Field(description="of that grant")
    read_at: datetime | None = Field(description="None: it holds nothing, by its own word")
    due_at: datetime | None = Field(description="until when it must attest that it deleted")
    bond: int
    is_overdue: bool = Field(description="so marked")


class ConsentLine(Frozen):
    """One company and one purpose, for one person."""

    company_id: int
    purpose: int
    status: ConsentStatus
    notice: NoticeView
    grant: Grant | None = Field(description="what was given last, whether or not it counts")
    kept_until: datetime | None = Field(description="what was read may not be kept from then on")
    asked_at: datetime | None
    refused_at: datetime | None
    duty: Duty | None = Field(description="None: nothing was ever read, or there is no Vault")
    now: int = Field(description="the chain's time")

    @property
    def is_asked(self) -> bool:
        """Whether the company waits for an answer: it asked, or has a new notice."""
        return self.status == ConsentStatus.REQUESTED

    @property
    def reads_used(self) -> int:
        """How often the company looked under the grant that counts."""
        if self.grant is None or self.duty is None or self.duty.issued_at != self.grant.issued_at:
            return 0
        return self.duty.reads

    @property
    def reads_left(self) -> int:
        """How often it may still look."""
        if self.grant is None or not self.status.counts:
            return 0
        return max(0, self.grant.reads - self.reads_used)

    @property
    def reminder(self) -> int:
        """50, 80 or 95 when so much of the time has passed in percent; else 0."""
        if self.grant is None or not self.status.counts:
            return 0
        return reminder(self.grant.issued_at, self.grant.until, self.now)


class CompanyBoard(Frozen):
    """One company and a person: a line for each purpose that it speaks of, or once did."""

    company: CompanyView
    is_denied: bool
    is_brands: bool = Field(description="whether it is the company of this brand's Charter")
    lines: tuple[ConsentLine, ...]


class ConsentBoard(Frozen):
    """All that a person allows whom, at one block."""

    head: Head
    passport_id: int
    withdrawn_at: datetime | None = Field(description="everything, the last time")
    denied_purposes: tuple[int, ...]
    companies: tuple[CompanyBoard, ...]

    @property
    def lines(self) -> tuple[ConsentLine, ...]:
        """All of them, company by company."""
        return tuple(line for board in self.companies for line in board.lines)

    @property
    def asks(self) -> tuple[ConsentLine, ...]:
        """Those that wait for an answer."""
        return tuple(line for line in self.lines if line.is_asked)

    @property
    def reminders(self) -> tuple[ConsentLine, ...]:
        """Those of which at least half of the time has passed, the most urgent first."""
        due = [line for line in self.lines if line.reminder]
        return tuple(sorted(due, key=lambda line: -line.reminder))


class MoveView(Frozen):
    """How what is kept of a person in a category stands, and who took note of it."""

    category: int
    version: int
    moved_at: datetime | None
    is_erased: bool
    told: tuple[tuple[int, int, Acknowledgement], ...] = Field(
        default=(), description="company, purpose, and whether it took note"
    )


class IncomeView(Frozen):
    """What a person's data earns, in the Vault's token."""

    head: Head
    token: Address | None = Field(description="None: there is no Vault")
    symbol: str = ""
    decimals: int = 0
    income: int = Field(default=0, description="all that ever came in, co-owners' parts with it")
    due: int = Field(default=0, description="what the person may collect now")
    shares: tuple[tuple[int, int], ...] = Field(default=(), description="passport, basis points")
    next_shares: tuple[tuple[int, int], ...] | None = None
    next_from: datetime | None = Field(default=None, description="when those count")
    prices: dict[tuple[int, int], int] = Field(
        default_factory=dict, description="of (purpose, category), where one is set"
    )
    parts: tuple[tuple[int, int], ...] = Field(
        default=(), description="passport and amount: what others' data has for the person now"
    )


class DecisionView(Frozen):
    """A decision about a person, and where its reasons stand."""

    id: int
    company_id: int
    passport_id: int
    commitment: Hash
    committed_at: datetime
    demanded_at: datetime | None
    due_at: datetime | None = Field(description="until when a demand is to be answered")
    opened_at: datetime | None
    demand_until: datetime = Field(description="until when it may be demanded")
    state: DecisionState


__all__ = [
    "Acknowledgement",
    "CompanyBoard",
    "CompanyView",
    "ConsentBoard",
    "ConsentLine",
    "DecisionState",
    "DecisionView",
    "Duty",
    "IncomeView",
    "MoveView",
    "NoticeView",
]
