"""What Decisions refuses: reasons under seal, demanded and opened."""

from .base import Refused


class DecisionNeedsPassport(Refused):
    """This names nobody: there is no passport."""

    reason = "decisions: no passport"


class DecisionNotAboutYou(Refused):
    """Only whom a decision is about may demand its reasons."""

    reason = "decisions: not about you"


class NotTheDecider(Refused):
    """Only the company that decided may do this."""

    reason = "decisions: not the company"


class NoCommitment(Refused):
    """There is nothing under this seal: a commitment is a hash."""

    reason = "commit_open: no commitment"


class NothingCommitted(Refused):
    """Nobody has committed to anything under this number."""

    reason = "commit_open: nothing committed"


class NotToDemand(Refused):
    """This was demanded already, or is open."""

    reason = "commit_open: not to demand"


class DemandedTooLate(Refused):
    """Reasons may be demanded for a year: that has passed."""

    reason = "commit_open: too late"


class OpenedAlready(Refused):
    """This is open already."""

    reason = "commit_open: opened already"


class OpenedToSomethingElse(Refused):
    """This is not what was committed to."""

    reason = "commit_open: something else"


class NotSilent(Refused):
    """Nobody is silent here: it was not demanded, is open, or there is time left."""

    reason = "commit_open: not silent"


class SilenceMarkedAlready(Refused):
    """This silence is written down already."""

    reason = "commit_open: marked already"
