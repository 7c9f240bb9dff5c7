"""What the Electorate refuses: delegations, and whoever is not its membership."""

from .base import Refused


class UnknownMember(Refused):
    """There is no member of this number."""

    reason = "electorate: unknown member"


class DelegationInThePast(Refused):
    """The delegation must end later than now."""

    reason = "electorate: expiry passed"


class NothingDelegated(Refused):
    """This member delegates to nobody else."""

    reason = "electorate: nothing delegated"


class DelegationNotExpired(Refused):
    """This delegation has not expired yet."""

    reason = "electorate: not expired"


class BadUnitCap(Refused):
    """A unit cap belongs to the rule CAPPED, and to no other."""

    reason = "electorate: bad unit cap"


class OneUnitRule(Refused):
    """A membership has one unit rule: ONE, SQRT or CAPPED."""

    reason = "electorate: one unit rule"


class MaturityTooLong(Refused):
    """Membership counts after 180 days at the latest."""

    reason = "electorate: maturity too long"


class NotTheMembership(Refused):
    """Only its Membership says who has a voice."""

    reason = "electorate: not the membership"


class ElectorateIsBound(Refused):
    """This Electorate has its Membership already: deploy another."""

    reason = "electorate: bound already"


class ElectorateNeedsPassport(Refused):
    """The Electorate needs the address of the Passport."""

    reason = "electorate: zero passport"
