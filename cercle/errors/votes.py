"""What the votes of a membership refuse."""

from .base import Refused


class AlreadyEnrolled(Refused):
    """This person carries votes already."""

    reason = "votes: already enrolled"


class NotEnrolled(Refused):
    """This account carries no votes: join first."""

    reason = "votes: not enrolled"


class DelegateeNotEnrolled(Refused):
    """A voice can be given only to another member."""

    reason = "votes: delegatee not enrolled"


class VoterIdTooWide(Refused):
    """This voter's number is out of range."""

    reason = "votes: bad id"


class BadDelegation(Refused):
    """The delegation is not signed by the member."""

    reason = "votes: bad signature"


class DelegationExpired(Refused):
    """This signed delegation has expired: sign a new one."""

    reason = "votes: signature expired"


class DelegationOutOfOrder(Refused):
    """This signed delegation was used, or another comes before it."""

    reason = "votes: wrong nonce"


class DelegationTooLong(Refused):
    """This delegation would end too far in the future."""

    reason = "votes: expiry too far"


class FutureLookup(Refused):
    """Votes can be looked up in the past only."""

    reason = "votes: future lookup"


class UnitsTooWide(Refused):
    """These are more votes than can be counted."""

    reason = "votes: units too wide"
