"""What Polls refuses."""

from .base import Refused


class UnknownPoll(Refused):
    """There is no poll of this number."""

    reason = "polls: unknown poll"


class PollNotOpen(Refused):
    """This poll takes no votes any more."""

    reason = "polls: not open"


class UnknownOption(Refused):
    """This poll has no such option."""

    reason = "polls: unknown option"


class NoVoice(Refused):
    """Your membership did not count yet when this poll opened."""

    reason = "polls: no voice"


class PollHasBallots(Refused):
    """Somebody has voted: this poll cannot be withdrawn any more."""

    reason = "polls: has ballots"


class PollWithoutContent(Refused):
    """A poll needs its text."""

    reason = "polls: empty content"


class TooFewOptions(Refused):
    """A poll has at least 2 options."""

    reason = "polls: too few options"


class TooManyOptions(Refused):
    """A poll has 32 options at most."""

    reason = "polls: too many options"


class PollTooShort(Refused):
    """A poll is open for an hour at least."""

    reason = "polls: too short"


class PollTooLong(Refused):
    """A poll is open for 90 days at most."""

    reason = "polls: too long"


class PollsNeedElectorate(Refused):
    """Polls needs the address of the Electorate."""

    reason = "polls: zero electorate"


class OneKindOfPoll(Refused):
    """A poll is of one kind, not of several."""

    reason = "polls: one kind"


class OneOptionOnly(Refused):
    """In this poll one picks exactly one answer."""

    reason = "polls: one option only"


class OptionsNotAscending(Refused):
    """Name each answer once, in the order of the text."""

    reason = "polls: options not ascending"


class StaleBallot(Refused):
    """A later ballot of yours counts already: this one is worth nothing any more."""

    reason = "polls: stale ballot"


class NoBallots(Refused):
    """There is no ballot in this batch."""

    reason = "polls: no ballots"
