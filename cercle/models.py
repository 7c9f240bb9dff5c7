"""What a page shows, as plain frozen values: UTC datetimes, whole points as Decimals."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import Field

from .errors import Refused
from .flags import AvatarKind, ClaimState, GateQuestion, PerkKind, PollKind, PollState, Role
from .values import Address, Frozen, Hash


class Head(Frozen):
    """One block: what every figure of a page was read at."""

    number: int
    hash: Hash
    timestamp: int = Field(description="unix seconds, the chain's own clock")
    time: datetime


class Card(Frozen):
    """A person at one brand. Zero and None mean: not there (yet)."""

    head: Head
    account: Address
    roles: Role = Role(0)
    passport_id: int = 0
    main_wallet: Address | None = None
    member_no: int = Field(default=0, description="stays the person's for ever, also after leaving")
    joined_at: datetime | None = None
    is_active: bool = False
    standing: int = 0
    tier: int = Field(default=0, description="0 is below the first threshold")
    thresholds: tuple[int, ...] = ()
    tier_kept_until: datetime | None = None
    points: Decimal = Decimal(0)
    points_last_active: datetime | None = None
    points_expire_at: datetime | None = Field(default=None, description="None: never")
    is_frozen: bool = False
    points_symbol: str = ""
    points_decimals: int = 0
    face_value: Decimal = Field(default=Decimal(0), description="of one point, in `currency`")
    currency: str = ""
    counts_from: datetime | None = Field(default=None, description="when the votes begin to count")
    votes: int = Field(default=0, description="own and delegated, now")
    delegate: Address | None = None

    @property
    def has_passport(self) -> bool:
        """Whether this wallet belongs to a registered person."""
        return self.passport_id != 0

    @property
    def next_threshold(self) -> int | None:
        """The standing that opens the next tier; None at the highest."""
        return next((t for t in self.thresholds if t > self.standing), None)

    @property
    def to_next_tier(self) -> int:
        """How much standing is missing for the next tier; 0 at the highest."""
        return 0 if self.next_threshold is None else self.next_threshold - self.standing

    @property
    def points_worth(self) -> Decimal:
        """The points at their face value, in `currency`."""
        return self.points * self.face_value


class AvatarView(Frozen):
    """How a person appears in one world."""

    world: Hash
    kind: AvatarKind
    reference: Hash
    token: Address | None = None
    token_id: int | None = None
    is_verified: bool = Field(description="now: shown as unverified otherwise")


class ProfileView(Frozen):
    """How a person appears: a text of their own, and avatars."""

    head: Head
    passport_id: int
    content_hash: Hash | None = Field(
        default=None, description="their document in the content store"
    )
    avatars: tuple[AvatarView, ...] = ()


class WorldView(Frozen):
    """A place where people appear, and who answers for it."""

    id: Hash
    controller: Address
    candidate: Address | None = Field(description="to whom it is offered")
    key: Address
    key_since: int = Field(description="only what was attested after this second counts")


class GateView(Frozen):
    """A question that a perk asks before it opens."""

    gate: Address
    argument: int
    question: GateQuestion
    value: int = Field(
        description="the tier, the standing, the poll or the consent (`gates.read_consent`)"
    )
    is_open: bool | None = Field(description="None: nobody was asked about")


class VariantView(Frozen):
    """One variant of a perk: a size, a colour, a date."""

    stock: int
    taken: int
    left: int


class ClaimView(Frozen):
    """One claim of a member."""

    id: int
    perk_id: int
    member_no: int
    variant: int
    serial: int
    claimed_at: datetime
    deadline: datetime
    state: ClaimState
    is_overdue: bool = Field(
        description="missed by the clock, and its price not sent home yet: anyone may"
    )

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it, for the brand or for the member."""
        return self.state != ClaimState.CLAIMED and not self.is_overdue


class PerkView(Frozen):
    """A perk, as one account sees it."""

    id: int
    content_hash: Hash
    kind: PerkKind
    price: Decimal
    opens_at: datetime
    closes_at: datetime | None = Field(description="None: no end in sight")
    period: timedelta | None = Field(description="None: the whole window is one period")
    limit: int
    fulfil_within: timedelta
    gates: tuple[GateView, ...] = ()
    variants: tuple[VariantView, ...]
    my_claims: tuple[ClaimView, ...] = ()
    refusal: type[Refused] | None = Field(
        default=None, description="why this account cannot claim it now; None: it can"
    )

    @property
    def can_claim(self) -> bool:
        """Whether the contract would say yes now, for at least one variant."""
        return self.refusal is None

    def is_over(self, now: datetime) -> bool:
        """Whether nobody claims it any more: it ended, or was closed before it opened."""
        return self.closes_at is not None and (
            now >= self.closes_at or self.closes_at == self.opens_at
        )

    @property
    def left(self) -> int:
        """How many are left, over all variants."""
        return sum(variant.left for variant in self.variants)


class PollView(Frozen):
    """A poll, as one account sees it. Options count from 1; `tally[0]` is option 1's."""

    id: int
    content_hash: Hash
    kind: PollKind = PollKind.SINGLE
    option_count: int
    snapshot: datetime
    closes_at: datetime
    state: PollState
    tally: tuple[int, ...]
    ballot_count: int = Field(description="how many members have voted")
    my_options: tuple[int, ...] | None = Field(default=None, description="None: I did not vote")
    has_voice: bool | None = Field(default=None, description="None: nobody was asked about")
    sequence: int = Field(default=0, description="of my ballot that counts; the next is higher")

    @property
    def is_approval(self) -> bool:
        """Whether a ballot may name several options, or none."""
        return self.kind is PollKind.APPROVAL

    @property
    def has_voted(self) -> bool:
        """Whether a ballot of mine counts."""
        return self.my_options is not None

    @property
    def my_choice(self) -> int | None:
        """The one option that I picked, where one picks one."""
        return self.my_options[0] if self.my_options and not self.is_approval else None

    @property
    def is_open(self) -> bool:
        """Whether it takes votes."""
        return self.state == PollState.OPEN


class ReplacementView(Frozen):
    """An announced replacement of one of the brand's contracts."""

    contract: Address
    codehash: Hash
    effective_at: datetime


class EntryView(Frozen):
    """One line of the brand's directory."""

    name: str
    contract: Address
    halted_until: datetime | None = Field(description="None: it runs, or is retired")
    is_retired: bool
    replacement: ReplacementView | None = None


class PointsTerms(Frozen):
    """What a brand's point is."""

    name: str
    symbol: str
    decimals: int
    face_value: Decimal
    currency: str
    expiry_period: timedelta | None = Field(description="of inactivity; None: never")
    supply: Decimal = Field(description="expired points count until somebody sweeps them")


class RecentView(Frozen):
    """What changed lately among those who vote."""

    since: datetime
    joined: int
    awards: int
    standing: int


class BrandView(Frozen):
    """A brand, read from its Charter and the contracts in its directory."""

    head: Head
    charter: Address
    admin: Address
    pending_admin: Address | None
    warden_until: datetime | None
    is_sealed: bool
    profile_hash: Hash | None = Field(description="the brand document in the content store")
    entries: tuple[EntryView, ...]
    points: PointsTerms | None
    thresholds: tuple[int, ...]
    member_count: int
    active_count: int
    recent: RecentView | None
    open_door_per_day: int
    admissions_per_day: int


__all__ = [
    "AvatarView",
    "BrandView",
    "Card",
    "ClaimView",
    "EntryView",
    "GateView",
    "Head",
    "PerkView",
    "PointsTerms",
    "PollView",
    "ProfileView",
    "RecentView",
    "ReplacementView",
    "VariantView",
    "WorldView",
]
