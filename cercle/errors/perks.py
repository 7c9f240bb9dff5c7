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

    reason = "perk_stock: sold out"


class PerkLimitReached(Refused):
    """You have claimed this perk as often as one may for now."""

    reason = "perk_claims: limit reached"


class GateClosed(Refused):
    """This perk asks for something that you do not have yet."""

    reason = "perk_gates: closed"


class GateDoesNotAnswer(Refused):
    """What this perk asks for cannot be checked: the gate does not answer."""

    reason = "perk_gates: does not answer"


class PerkNeedsMembership(Refused):
    """Perks are for members: join first."""

    reason = "perks: not a member"


class UnknownVariant(Refused):
    """This perk has no such variant."""

    reason = "perks: unknown variant"


class UnknownClaim(Refused):
    """There is no claim of this number."""

    reason = "perk_claims: unknown claim"


class ClaimSettled(Refused):
    """This claim is settled already."""

    reason = "perk_claims: already settled"


class ClaimPastDeadline(Refused):
    """This claim is past its deadline: its points go back."""

    reason = "perk_claims: past its deadline"


class NotMissedYet(Refused):
    """The brand still has time to deliver this claim."""

    reason = "perk_claims: not missed yet"


class NotTheMembersWallet(Refused):
    """This wallet is not one of the member who claimed this."""

    reason = "perks: not the member's wallet"


class OtherClaimNumber(Refused):
    """This was signed for another claim than the one that comes next: sign it again."""

    reason = "perks: other claim number"


class NotTheirsToCancel(Refused):
    """Only the member takes this claim back; a code may have been read, so staff must."""

    reason = "perks: not theirs to cancel"


class NeedsTheMembersCode(Refused):
    """This perk is delivered at the till, by the code that the member signs."""

    reason = "perks: needs the member's code"


class SentNotCollected(Refused):
    """This perk is sent: no till hands it out."""

    reason = "perks: is sent, not collected"


class OrderMissing(Refused):
    """What is sent needs an order: claim it with the order's hash."""

    reason = "perks: no order"


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

    reason = "perk_terms: empty window"


class OpensTooLate(Refused):
    """This perk would open too far in the future."""

    reason = "perk_terms: opens too late"


class ClosesTooLate(Refused):
    """This perk would close too far in the future."""

    reason = "perk_terms: closes too late"


class WindowIsOver(Refused):
    """The window of this perk is over."""

    reason = "perk_terms: window is over"


class FulfilmentOutOfRange(Refused):
    """The time to deliver is too short or too long."""

    reason = "perk_terms: bad fulfil_within"


class LimitOutOfRange(Refused):
    """A member may claim 1 to 4 times in a period."""

    reason = "perk_terms: bad limit"


class PeriodTooLong(Refused):
    """The period of this perk is too long."""

    reason = "perk_terms: period too long"


class PriceTooLarge(Refused):
    """This price is too high."""

    reason = "perk_terms: price too large"


class StockTooLarge(Refused):
    """A variant has 65,535 pieces at most."""

    reason = "perk_stock: stock too large"


class NoVariants(Refused):
    """A perk needs at least one variant."""

    reason = "perks: no variants"


class NothingToAdd(Refused):
    """Add at least one piece."""

    reason = "perks: nothing to add"


class OneKindOnly(Refused):
    """A perk is of one kind, not of several."""

    reason = "perk_terms: one kind only"


class PerksNeedPassport(Refused):
    """Perks needs the address of the Passport."""

    reason = "perks: zero passport"


class PerksNeedPoints(Refused):
    """Perks needs the address of Points."""

    reason = "perks: points without code"


class PerksNeedMembership(Refused):
    """Perks needs the address of Membership."""

    reason = "perks: zero membership"
