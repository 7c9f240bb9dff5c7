"""What Agreements refuses: ladders, readings, the end, and money."""

from .base import Refused


class AgreementNeedsPassport(Refused):
    """This wallet has no passport: create one first."""

    reason = "agreements: no passport"


class AgreementNeedsMainWallet(Refused):
    """Only the passport's main wallet signs contracts: switch to it."""

    reason = "agreements: not the main wallet"


class NotTheCustomer(Refused):
    """This contract is somebody else's."""

    reason = "agreements: not the customer"


class NotTheProvider(Refused):
    """Only who acts for the provider may do this."""

    reason = "agreements: not the provider"


class NotTheProvidersController(Refused):
    """Only the provider's controller may collect its earnings."""

    reason = "agreements: not the controller"


class OtherTerms(Refused):
    """The contract's terms changed, or are others: read them again."""

    reason = "agreements: other terms"


class TotalCapTooLarge(Refused):
    """There is no place for a cap in total so large."""

    reason = "agreements: total cap too large"


class EscrowTooLarge(Refused):
    """There is no place for so much money in one contract."""

    reason = "agreements: too much"


class NothingPaid(Refused):
    """Name an amount to pay in."""

    reason = "agreements: nothing paid"


class NothingToPay(Refused):
    """Name an amount to take back."""

    reason = "agreements: nothing to pay"


class NothingEarned(Refused):
    """Nothing was earned since the last time."""

    reason = "agreements: nothing due"


class MoneyIsBound(Refused):
    """The caps of the periods that are not settled yet bind this money."""

    reason = "agreements: money is bound"


class AgreementOver(Refused):
    """This contract is over."""

    reason = "agreements: over"


class AgreementEndsAlready(Refused):
    """This contract ends by then already."""

    reason = "agreements: ends already"


class NothingIsWorse(Refused):
    """No plan of this contract got dearer: it ends with the period."""

    reason = "agreements: nothing is worse"


class AnotherPeriod(Refused):
    """Another period is open now: look again, and sign for that one."""

    reason = "agreements: another period"


class LessThanBefore(Refused):
    """The new limit and cap may not be lower than before."""

    reason = "agreements: less than before"


class NoMoreThanBefore(Refused):
    """Raise the limit or the cap to go on."""

    reason = "agreements: no more than before"


class BeyondTheLadder(Refused):
    """No plan of this contract covers so much: sign a new contract."""

    reason = "agreements: beyond the ladder"


class CapTooLarge(Refused):
    """There is no place for a cap so large."""

    reason = "agreements: cap too large"


class OldReading(Refused):
    """This reading, or a later one, was brought in before."""

    reason = "agreements: old reading"


class ReadingRolledBack(Refused):
    """The meter shows less than it did before."""

    reason = "agreements: rolled back"


class FutureReading(Refused):
    """The reading is dated in the future."""

    reason = "agreements: future reading"


class ReadingBeforeStart(Refused):
    """The reading was made before the contract began."""

    reason = "agreements: before the start"


class NotByTheMeter(Refused):
    """The contract's meter did not sign this reading."""

    reason = "agreements: not by the meter"


class RegisterTooLarge(Refused):
    """There is no place for a register so large."""

    reason = "agreements: register too large"


class SequenceTooLarge(Refused):
    """There is no place for a sequence number so large."""

    reason = "agreements: sequence too large"


class OutageTooLarge(Refused):
    """There is no place for so long an outage."""

    reason = "agreements: outage too large"
