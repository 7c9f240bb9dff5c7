"""What the votes of a membership refuse."""

from .base import Refused


class NotEnrolled(Refused):
    """This account carries no votes: join first."""

    reason = "votes: not enrolled"


class DelegateeNotEnrolled(Refused):
    """A voice can be given only to another member."""

    reason = "votes: delegatee not enrolled"


class BadDelegation(Refused):
    """The delegation is not signed by the member."""

    reason = "votes: bad signature"


class DelegationOutOfOrder(Refused):
    """This signed delegation was used, or another comes before it."""

    reason = "votes: wrong nonce"


class DelegationTooLong(Refused):
    """This delegation would end too far in the future."""

    reason = "votes: expiry too far"


class FutureLookup(Refused):
    """Votes can be looked up in the past only."""

    reason = "votes: future lookup"
