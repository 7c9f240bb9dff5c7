"""The flags of the interfaces: a Vyper flag's first member is bit 0, so 1."""

from enum import IntEnum, IntFlag


class Role(IntFlag):
    """What an account may do for a brand (`ICharter.Role`)."""

    ADMIN = 1
    ISSUER = 2
    TILL = 4
    STEWARD = 8
    CURATOR = 16
    TREASURER = 32
    WARDEN = 64


class AvatarKind(IntEnum):
    """What stands behind an avatar (`IProfile.Kind`)."""

    TOKEN = 1
    ATTESTED = 2
    STATED = 4


class UnitRule(IntEnum):
    """How many votes a membership carries (`IElectorate.UnitRule`)."""

    ONE = 1
    SQRT = 2
    CAPPED = 4


class Way(IntEnum):
    """How somebody became a member (`IMembership.Way`)."""

    INVITED = 1
    WALKED_IN = 2
    ADMITTED = 4


class Right(IntFlag):
    """What a contract may do to points (`IPoints.Right`)."""

    MINTER = 1
    SPENDER = 2
    REVERSER = 4


class Skip(IntEnum):
    """Why an award reached nobody (`IRewards.Skip`)."""

    NO_PASSPORT = 1
    NOT_A_MEMBER = 2


class PerkKind(IntEnum):
    """How a claimed perk is delivered (`IPerks.Kind`)."""

    STORE = 1
    CODE = 2
    SHIP = 4


class ClaimState(IntEnum):
    """Where a claim stands (`IPerks.State`)."""

    CLAIMED = 1
    FULFILLED = 2
    CANCELLED = 4
    MISSED = 8


class PollKind(IntEnum):
    """How many options a ballot may name (`IPolls.Kind`)."""

    SINGLE = 1
    APPROVAL = 2


class BallotSkip(IntEnum):
    """Why a ballot of a batch was not counted (`IPolls.Skip`)."""

    EXPIRED = 1
    BAD_OPTIONS = 2
    NO_VOICE = 4
    STALE = 8
    NOT_SIGNED = 16


class PollState(IntEnum):
    """Where a poll stands (`IPolls.State`)."""

    OPEN = 1
    CLOSED = 2
    WITHDRAWN = 4


class ProposalState(IntEnum):
    """Where a proposal stands, in OpenZeppelin's numbers; nothing expires (6)."""

    PENDING = 0
    ACTIVE = 1
    CANCELED = 2
    DEFEATED = 3
    SUCCEEDED = 4
    QUEUED = 5
    EXECUTED = 7


class Support(IntEnum):
    """What a ballot on a proposal says, in OpenZeppelin's numbers."""

    AGAINST = 0
    IN_FAVOUR = 1
    ABSTAIN = 2


class VoteSkip(IntEnum):
    """Why a ballot of a batch was not counted (`IGovernor.Skip`)."""

    EXPIRED = 1
    BAD_SUPPORT = 2
    NO_VOICE = 4
    ALREADY_VOTED = 8
    NOT_SIGNED = 16


class GateQuestion(IntEnum):
    """What a perk's gate asks, as Membership, Polls and Consent code it."""

    OTHER = 0
    TIER = 1
    STANDING = 2
    TOOK_PART = 3
    CONSENT = 4


__all__ = [
    "AvatarKind",
    "BallotSkip",
    "ClaimState",
    "GateQuestion",
    "PerkKind",
    "PollKind",
    "PollState",
    "ProposalState",
    "Right",
    "Role",
    "Skip",
    "Support",
    "UnitRule",
    "VoteSkip",
    "Way",
]
