"""What PriceLists refuses: lists, plans, offers, meters, and ladders that do not fit them."""

from .base import Refused


class ListNotTheCompany(Refused):
    """Only who acts for the company may do this."""

    reason = "price_lists: not the company"


class ListNotTheProvider(Refused):
    """Only who acts for the list's provider may do this."""

    reason = "price_lists: not the provider"


class OwnOperator(Refused):
    """A provider does not operate the meters of its own customers."""

    reason = "price_lists: own operator"


class UnknownOperator(Refused):
    """No company of this number could operate meters."""

    reason = "price_lists: unknown operator"


class PriceWithoutToken(Refused):
    """There is no token at this address."""

    reason = "price_lists: no token"


class ListPeriodTooShort(Refused):
    """A period lasts a day at least."""

    reason = "price_lists: period too short"


class ListPeriodTooLong(Refused):
    """A period lasts 366 days at most."""

    reason = "price_lists: period too long"


class GraceTooLong(Refused):
    """The grace lasts 31 days at most, and no longer than a period."""

    reason = "price_lists: grace too long"


class CreditTooLarge(Refused):
    """An outage is credited tenfold at most."""

    reason = "price_lists: credit too large"


class ListWithoutContent(Refused):
    """Say in words what this is: their hash is missing."""

    reason = "price_lists: no content"


class NoSuchPlan(Refused):
    """The list offers no plan of this number."""

    reason = "price_lists: no plan"


class OtherPlanTerms(Refused):
    """The list offers this plan on other terms: read it again."""

    reason = "price_lists: other terms"


class OfferToNobody(Refused):
    """A personal offer needs a passport's number."""

    reason = "price_lists: no person"


class OptimisingNotAllowed(Refused):
    """The person does not allow this provider to improve things for them."""

    reason = "price_lists: not allowed"


class AnothersPlan(Refused):
    """This plan was made for somebody else."""

    reason = "price_lists: another's plan"


class MeterRegisteredAlready(Refused):
    """This meter has an operator already, for good."""

    reason = "price_lists: meter registered"


class UnknownMeter(Refused):
    """Nobody has registered this meter."""

    reason = "price_lists: unknown meter"


class AnothersMeter(Refused):
    """The list counts meters of another operator."""

    reason = "price_lists: another's meter"


class OwnMeter(Refused):
    """A meter does not measure its own wallet's contract."""

    reason = "price_lists: own meter"


class NoSuchList(Refused):
    """There is no price list of this number."""

    reason = "price_lists: no price list"


class ListWasChanged(Refused):
    """The prices changed since you read them: look again."""

    reason = "price_lists: list was changed"


class StartsInThePast(Refused):
    """A contract cannot begin in the past."""

    reason = "price_lists: starts in the past"


class StartsTooLate(Refused):
    """A contract begins within 90 days."""

    reason = "price_lists: starts too late"


class NoPeriods(Refused):
    """A contract lasts one period at least."""

    reason = "price_lists: no period"


class TooManyPeriods(Refused):
    """A contract lasts 4,095 periods at most."""

    reason = "price_lists: too many periods"


class NoCap(Refused):
    """Say what a period may cost at most."""

    reason = "price_lists: no cap"


class TotalCapTooSmall(Refused):
    """The cap in total may not be below the cap of a period."""

    reason = "price_lists: total cap too small"


class CapBelowBase(Refused):
    """The cap does not pay for the base price of every plan up to the stop."""

    reason = "price_lists: cap below the base"


class EscrowTooSmall(Refused):
    """Pay in the lowest base price at least."""

    reason = "price_lists: escrow too small"


class EmptyLadder(Refused):
    """Choose one plan at least."""

    reason = "price_lists: empty ladder"


class GapInLadder(Refused):
    """The plans of a ladder stand one after the other, with no gap."""

    reason = "price_lists: gap in the ladder"


class LadderMustRise(Refused):
    """Each plan of a ladder covers more than the one before."""

    reason = "price_lists: must rise"


class LadderWithoutEnd(Refused):
    """The last plan of a ladder has to stop at its limit."""

    reason = "price_lists: ladder has no end"


class TooManyRevisions(Refused):
    """This list was changed as often as it can be: open a new one."""

    reason = "price_lists: too many revisions"
