"""What Membership refuses: joining, standing, tiers."""

from .base import Refused


class MembershipBeforeSeal(Refused):
    """The brand has not opened yet: its Charter is not sealed."""

    reason = "membership: charter unsealed"


class PassportNeeded(Refused):
    """This wallet has no passport: open one first."""

    reason = "membership: no passport"


class AlreadyAMember(Refused):
    """This person is a member already."""

    reason = "membership: already a member"


class NotAMember(Refused):
    """This takes a membership: join first."""

    reason = "membership: not a member"


class InviterNoSteward(Refused):
    """Who signed this invitation is not one of the brand's staff: ask for a new one."""

    reason = "membership: inviter no steward"


class NoOpenDoor(Refused):
    """This brand takes members by invitation only: ask for one."""

    reason = "membership: no open door"


class NotTheRewards(Refused):
    """Only the brand's Rewards may change standing."""

    reason = "membership: not the rewards"


class UnknownGateQuestion(Refused):
    """Membership answers for a tier or a standing only."""

    reason = "membership: unknown question"


class MembershipNeedsElectorate(Refused):
    """Membership needs the address of its Electorate."""

    reason = "membership: zero electorate"


class CapTooHigh(Refused):
    """This cap is too high."""

    reason = "intake: cap too high"


class CapPeriodTooShort(Refused):
    """The period of the standing cap is a day at least."""

    reason = "intake: period under a day"


class OpenDoorFull(Refused):
    """The open door has taken in all it may today: come back tomorrow."""

    reason = "intake: open door cap"


class AdmissionsFull(Refused):
    """No more members can be admitted today: come back tomorrow."""

    reason = "intake: admissions cap"


class StandingCapReached(Refused):
    """No more standing can be given in this period."""

    reason = "intake: standing cap"


class TiersRaisedTooSoon(Refused):
    """Tiers may be raised once a year."""

    reason = "ladder: raised too soon"


class TiersNotAscending(Refused):
    """Each tier must take more standing than the one before."""

    reason = "ladder: not ascending"


class ThresholdTooHigh(Refused):
    """This tier takes more standing than can be reached."""

    reason = "ladder: threshold too high"
