"""What pages show of decisions: proposals, their classes, the treasury, who speaks for whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import Field

from .flags import ProposalState
from .models import Head, RecentView
from .proposals import Draft, Said
from .values import Address, Frozen


class ClassView(Frozen):
    """The terms of a class of proposals, as they are for one made now."""

    id: int
    voting_delay: timedelta
    voting_period: timedelta
    late_extension: timedelta
    queue_delay: timedelta
    threshold: int = Field(description="votes that a proposer needs")
    quorum: Decimal = Field(description="share of the votable supply, 1 is all")
    season_share: Decimal | None = Field(description="of the treasury; None: nothing bounds it")
    has_veto: bool


class ProposalView(Frozen):
    """A proposal, as one account sees it."""

    id: int
    proposer: Address
    draft: Draft
    said: tuple[Said, ...] = Field(description="what it would do, an action a sentence")
    class_id: int
    state: ProposalState
    snapshot: datetime = Field(description="whose votes count: those of this second")
    deadline: datetime
    eta: datetime | None = Field(description="from when it may be executed, once queued")
    against: int
    in_favour: int
    abstaining: int
    quorum: int | None = Field(description="votes that it needs; None until its snapshot")
    supply: int | None = Field(description="all votes there were; None until its snapshot")
    has_voted: bool | None = Field(default=None, description="None: nobody was asked about")
    my_votes: int | None = Field(default=None, description="None: nobody, or too early to say")

    @property
    def turnout(self) -> Decimal | None:
        """The share of all votes that was cast."""
        if not self.supply:
            return None
        return Decimal(self.against + self.in_favour + self.abstaining) / self.supply

    @property
    def has_quorum(self) -> bool:
        """Whether enough are in favour or abstain."""
        return self.quorum is not None and self.in_favour + self.abstaining >= self.quorum


class ProposalsView(Frozen):
    """All proposals, and what they are judged by."""

    head: Head
    classes: tuple[ClassView, ...]
    proposals: tuple[ProposalView, ...] = Field(description="the newest first")
    recent: RecentView | None = Field(description="who joined in the last thirty days")


class SpendingView(Frozen):
    """What one class may pay of one asset in this season."""

    class_id: int
    asset: Address | None = Field(description="None: the chain's own coin")
    season: int
    treasury: int | None = Field(description="the most before a payment; None: none yet")
    spent: int
    most: int = Field(
        description="at a full turnout, of that treasury or of what is there now, whichever is more"
    )


class TreasuryView(Frozen):
    """What the Governor holds of the bounded assets, and what may leave."""

    head: Head
    governor: Address
    balances: dict[str, int] = Field(description="by token; the chain's own coin under `ether`")
    spending: tuple[SpendingView, ...]


class DelegationView(Frozen):
    """Who speaks for somebody, and for how many votes they speak."""

    head: Head
    account: Address
    delegate: Address | None = Field(description="None: not a member")
    is_away: bool = Field(description="somebody else has their voice")
    expires_at: datetime | None = Field(description="None: until they say so")
    is_expired: bool = Field(description="past its date, and nobody has ended it yet: anyone may")
    own: int = Field(description="units of their own that count")
    votes: int = Field(description="that they speak with now")


class DelegateView(Frozen):
    """Somebody who speaks with others' votes, or their own."""

    account: Address
    votes: int


__all__ = [
    "ClassView",
    "DelegateView",
    "DelegationView",
    "ProposalView",
    "ProposalsView",
    "SpendingView",
    "TreasuryView",
]
