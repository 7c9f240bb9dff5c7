"""What Rewards refuses."""

from .base import Refused


class OverBudget(Refused):
    """These awards are more than what is left of this period's budget."""

    reason = "rewards: over budget"


class BatchIdUsed(Refused):
    """This batch was awarded already: nothing is paid twice."""

    reason = "rewards: batch id used"


class NoAwards(Refused):
    """A batch needs at least one award."""

    reason = "rewards: no awards"


class UnknownBatch(Refused):
    """No batch of this number was awarded."""

    reason = "rewards: unknown batch"


class NotThatBatch(Refused):
    """These are not the awards of that batch."""

    reason = "rewards: not that batch"


class NoSuchAward(Refused):
    """The batch has no award at this place."""

    reason = "rewards: no such award"


class ReversalTooLate(Refused):
    """An award can be reversed for 7 days, and this one is older."""

    reason = "rewards: too late"


class AwardWasSkipped(Refused):
    """This award reached nobody, so there is nothing to reverse."""

    reason = "rewards: was skipped"


class AlreadyReversed(Refused):
    """This award is reversed already."""

    reason = "rewards: already reversed"


class BudgetTooHigh(Refused):
    """This budget is too high."""

    reason = "rewards: budget too high"


class BadBudgetPeriod(Refused):
    """The budget's period is out of range."""

    reason = "rewards: bad period"


class RewardsNeedPassport(Refused):
    """Rewards needs the address of the Passport."""

    reason = "rewards: zero passport"


class RewardsNeedMembership(Refused):
    """Rewards needs the address of Membership."""

    reason = "rewards: zero membership"


class RewardsNeedPoints(Refused):
    """Rewards needs the address of Points."""

    reason = "rewards: zero points"
