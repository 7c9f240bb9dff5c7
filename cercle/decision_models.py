"""What pages show of decisions: proposals, their classes, the treasury, who speaks for whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import Field

from .flags import ProposalState
from .models import Head, RecentView
from .proposals import Course, Draft, Said
from .values import Address, Frozen


class ClassView(Frozen):
    """The terms of a class of proposals: as they are now, or as a proposal was made under them."""

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
    terms: ClassView | None = Field(default=None, description="those that it was made under")
    course: Course = Field(default=Course(), description="what became of it, if somebody read it")
    tx_hash: str | None = Field(default=None, description="in which it was made")

    @property
    def proposed_at(self) -> datetime | None:
        """When it was made."""
        return None if self.terms is None else self.snapshot - self.terms.voting_delay

    @property
    def is_extended(self) -> bool:
        """Whether its vote was prolonged, for the quorum came late."""
        if self.terms is None:
            return self.course.extended_to is not None
        return self.deadline > self.snapshot + self.terms.voting_period

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


class AssetView(Frozen):
    """A token, or the chain's own coin, that the treasury holds."""

    address: Address | None = Field(description="None: the chain's own coin")
    symbol: str = Field(description="what it calls itself: a stranger's text")
    decimals: int
    balance: int
    is_silent: bool = Field(
        default=False, description="it tells no balance: bounded classes pay no more"
    )

    def whole(self, amount: int) -> Decimal:
        """An amount of it in whole units."""
        return Decimal(amount).scaleb(-self.decimals)


class TreasuryView(Frozen):
    """What the Governor holds of the bounded assets, and what may leave."""

    head: Head
    governor: Address
    balances: dict[str, int] = Field(description="by token; the chain's own coin under `ether`")
    spending: tuple[SpendingView, ...]
    assets: tuple[AssetView, ...] = Field(default=(), description="the chain's own coin first")
    classes: tuple[ClassView, ...] = ()
    supply: int = Field(default=0, description="all votes that count now")
    warden_until: datetime | None = Field(default=None, description="when the office of veto ends")


class AllowedCall(Frozen):
    """A call that a further class of proposals may make."""

    class_id: int
    target: Address
    selector: bytes = Field(description="zeros: the chain's own coin alone")
    cap: int = Field(description="of that coin or, with an amount word, of that argument")
    amount_word: int = Field(description="which argument, from 1; 0: none")


class TakeView(Frozen):
    """How much of one asset proposals of a class could take, over all of this season."""

    asset: Address | None
    quiet: int = Field(description="if just enough vote for it, and nobody else")
    full: int = Field(description="if everybody votes")


class AttackView(Frozen):
    """What it takes to have a proposal of a class pass that nobody else wants."""

    class_id: int
    to_propose: int = Field(description="votes that its maker needs")
    to_pass: int = Field(description="votes in favour that are enough if nobody else votes")
    to_force: int = Field(description="votes in favour that are enough if all others are against")
    supply: int
    is_bounded: bool = Field(description="False: it may take all, and change every rule")
    takes: tuple[TakeView, ...]
    wait: timedelta = Field(description="from the proposal to the act, at least")
    veto_until: datetime | None = Field(description="None: nobody may stop it")


class DelegationView(Frozen):
    """Who speaks for somebody, and for how many votes they speak."""

    head: Head
    account: Address
    delegate: Address | None = Field(description="None: not a member")
    delegate_no: int = Field(
        default=0, description="their member number, once they are known by it"
    )
    is_away: bool = Field(description="somebody else has their voice")
    expires_at: datetime | None = Field(description="None: until they say so")
    is_expired: bool = Field(description="past its date, and nobody has ended it yet: anyone may")
    own: int = Field(description="units of their own that count")
    votes: int = Field(description="that they speak with now")


class DelegateView(Frozen):
    """Somebody who speaks with others' votes, or their own."""

    account: Address
    votes: int
    member_no: int = Field(default=0, description="0: too new to be known by it")


__all__ = [
    "AllowedCall",
    "AssetView",
    "AttackView",
    "ClassView",
    "DelegateView",
    "DelegationView",
    "ProposalView",
    "ProposalsView",
    "SpendingView",
    "TakeView",
    "TreasuryView",
]
