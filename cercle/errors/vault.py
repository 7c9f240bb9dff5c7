"""What the Vault refuses: reads, deletions, prices and funds."""

from .base import Refused


class VaultNeedsPassport(Refused):
    """This wallet, or this number, is nobody's: there is no passport."""

    reason = "vault: no passport"


class VaultNeedsMainWallet(Refused):
    """Only the passport's main wallet decides what data earns: switch to it."""

    reason = "vault: not the main wallet"


class VaultUnknownNumber(Refused):
    """There is no person, or no company, of this number."""

    reason = "vault: unknown number"


class VaultUnknownCompany(Refused):
    """There is no company of this number."""

    reason = "vault: unknown company"


class VaultUnknownPurpose(Refused):
    """There is no purpose of this number."""

    reason = "vault: unknown purpose"


class VaultUnknownCategory(Refused):
    """There is no kind of data of this number."""

    reason = "vault: unknown category"


class VaultNotTheCompany(Refused):
    """Only the company's agent or its controller reads and attests in its name."""

    reason = "vault: not the company"


class VaultNotTheController(Refused):
    """Only the company's controller decides about its funds."""

    reason = "vault: not the controller"


class AccessNotAllowed(Refused):
    """The person does not allow the company to see this for this purpose."""

    reason = "vault: not allowed"


class AccessWithoutOrder(Refused):
    """Who looks says by which order, by its hash: this names none."""

    reason = "vault: no order"


class NoReadsLeft(Refused):
    """The company has looked as often as the person allowed."""

    reason = "vault: no reads left"


class NotForSale(Refused):
    """The person has set no price, and so sells nothing."""

    reason = "vault: not for sale"


class DearerThanAgreed(Refused):
    """The person asks more than the company would pay."""

    reason = "vault: dearer than agreed"


class TooLittlePaidIn(Refused):
    """The company has paid in too little for this."""

    reason = "vault: too little paid in"


class NothingPaidIn(Refused):
    """Nothing is paid in by this."""

    reason = "vault: nothing paid"


class VaultAmountTooHigh(Refused):
    """This is more than can be counted."""

    reason = "vault: too much"


class NothingToDelete(Refused):
    """The company holds nothing of this person for this purpose, by its own word."""

    reason = "vault: nothing to delete"


class DeletionWithoutCertificate(Refused):
    """A deletion names what was done by a hash: this one names none."""

    reason = "vault: no certificate"


class NotOverdue(Refused):
    """The company has time left to attest the deletion, or nothing to delete."""

    reason = "vault: not overdue"


class OverdueAlready(Refused):
    """This is written down as overdue already."""

    reason = "vault: marked already"
