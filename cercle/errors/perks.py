"""What Perks refuses."""

from .base import Refused


class UnknownPerk(Refused):
    """There is no perk of this number."""

    reason = "perks: unknown perk"


class PerkNotOpenYet(Refused):
    """This perk is not open yet: come back when it opens."""

    reason = "perks: not open yet"


class PerkClosed(Refused):
    """This perk is closed."""

    reason = "perks: closed"


class PerkSoldOut(Refused):
    """None of these are left: try another variant, or come back later."""

    reason = "perks: sold out"


class PerkLimitReached(Refused):
    """You have claimed this perk as often as one may for now."""

    reason = "perks: limit reached"


class GateClosed(Refused):
    """This perk asks for something that you do not have yet."""

    reason = "perks: gate closed"


class GateDoesNotAnswer(Refused):
    """What this perk asks for cannot be checked: the gate does not answer."""

    reason = "perks: gate does not answer"


class PerkNeedsMembership(Refused):
    """Perks are for members: join first."""

    reason = "perks: not a member"


class UnknownVariant(Refused):
    """This perk has no such variant."""

    reason = "perks: unknown variant"


class UnknownClaim(Refused):
    """There is no claim of this number."""

    reason = "perks: unknown claim"


class ClaimSettled(Refused):
    """This claim is settled already."""

    reason = "perks: already settled"


class ClaimPastDeadline(Refused):
    """This claim is past its deadline: its points go back."""

    reason = "perks: past its deadline"


class NotMissedYet(Refused):
    """The brand still has time to deliver this claim."""

    reason = "perks: not missed yet"


class NotTheMembersWallet(Refused):
    """This wallet is not one of the member who claimed this."""

    reason = "perks: not the member's wallet"


class NeedsTheMembersCode(Refused):
    """This perk is delivered at the till, by the code that the member signs."""

    reason = "perks: needs the member's code"


class OnlyStaffCancelsACode(Refused):
    """A code cannot be given back by who may have read it: ask the staff."""

    reason = "perks: only staff cancels a code"


class RefundRefused(Refused):
    """The points could not be sent back."""

    reason = "perks: refund refused"


class PerkWithoutContent(Refused):
    """A perk needs its text."""

    reason = "perks: empty content"


class FulfilmentWithoutEvidence(Refused):
    """Say by what the delivery is shown."""

    reason = "perks: empty evidence"


class EmptyWindow(Refused):
    """A perk must open before it closes, and close later than now."""

    reason = "perks: empty window"


class ClosesTooLate(Refused):
    """This perk would close too far in the future."""

    reason = "perks: closes too late"


class WindowIsOver(Refused):
    """The window of this perk is over."""

    reason = "perks: window is over"


class FulfilmentOutOfRange(Refused):
    """The time to deliver is too short or too long."""

    reason = "perks: fulfilled out of range"


class LimitOutOfRange(Refused):
    """A member may claim 1 to 4 times in a period."""

    reason = "perks: limit out of range"


class PeriodTooLong(Refused):
    """The period of this perk is too long."""

    reason = "perks: period too long"


class PriceTooLarge(Refused):
    """This price is too high."""

    reason = "perks: price too large"


class StockTooLarge(Refused):
    """A variant has 65,535 pieces at most."""

    reason = "perks: stock too large"


class NoVariants(Refused):
    """A perk needs at least one variant."""

    reason = "perks: no variants"


class NothingToAdd(Refused):
    """Add at least one piece."""

    reason = "perks: nothing to add"


class OneKindOnly(Refused):
    """A perk is of one kind, not of several."""

    reason = "perks: one kind only"


class PerksNeedMembership(Refused):
    """Perks needs the address of Membership."""

    reason = "perks: zero membership"
