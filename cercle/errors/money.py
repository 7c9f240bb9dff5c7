"""What contracts that hold money refuse: payments of any token, and shared incomes."""

from .base import Refused


class NotPaid(Refused):
    """The token did not let this payment come: look at the balance and what is allowed."""

    reason = "tokens: not paid"


class NotSent(Refused):
    """The token did not let this payment go out: nothing was paid, and all of it is still due."""

    reason = "tokens: not sent"


class TokenTookAShare(Refused):
    """Less came than was paid: tokens that keep a share on the way are not taken."""

    reason = "tokens: took a share"


class TokenGaveTooMuch(Refused):
    """More came than was paid: tokens whose payments grow on the way are not taken."""

    reason = "tokens: gave too much"


class TokenTookTooMuch(Refused):
    """The token would have taken more than is paid out: nothing was paid."""

    reason = "tokens: took too much"


class TokenIsSilent(Refused):
    """The token does not tell a balance, so no payment can be counted."""

    reason = "tokens: silent token"


class IncomeTooLarge(Refused):
    """An income has no room for an amount so large."""

    reason = "splits: income too large"


class NothingDue(Refused):
    """There is nothing to collect at the moment."""

    reason = "splits: nothing due"


class UnknownPayee(Refused):
    """A share goes to a passport number, and this is none."""

    reason = "splits: unknown payee"


class OwnerHasTheRest(Refused):
    """The owner needs no share: what the others do not have is theirs."""

    reason = "splits: owner has the rest"


class EmptyShare(Refused):
    """A share of nothing is none: leave it out."""

    reason = "splits: empty share"


class SharesOverAll(Refused):
    """The shares come to more than all there is."""

    reason = "splits: more than all"


class PayeeNamedTwice(Refused):
    """Somebody is named twice: give them one share."""

    reason = "splits: named twice"
