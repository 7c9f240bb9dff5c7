"""What Consent refuses: companies, their notices, and what persons give them."""

from .base import Refused

# ---- a person's consent ---------------------------------------------------------------


class ConsentNeedsPassport(Refused):
    """This wallet has no passport, so there is nobody who consents: open one first."""

    reason = "consent: no passport"


class UnknownPurpose(Refused):
    """There is no purpose of this number."""

    reason = "consent: unknown purpose"


class UnknownCompany(Refused):
    """There is no company of this number."""

    reason = "consent: unknown company"


class NoNotice(Refused):
    """The company gives no notice of this purpose: there is nothing to agree to."""

    reason = "consent: no notice"


class OtherNotice(Refused):
    """The company has changed what it says of this purpose: read it anew before you agree."""

    reason = "consent: other notice"


class GrantWithoutData(Refused):
    """Consent is to some data: name at least one kind."""

    reason = "consent: no category"


class BeyondTheNotice(Refused):
    """The company's notice does not speak of all of these data."""

    reason = "consent: beyond the notice"


class ConsentDatedAhead(Refused):
    """This says that it was signed later than now: look at your clock."""

    reason = "consent: dated ahead"


class EmptyConsent(Refused):
    """This consent would be over before it begins."""

    reason = "consent: empty window"


class EndlessConsent(Refused):
    """Consent lasts five years at most."""

    reason = "consent: endless window"


class KeptTooShort(Refused):
    """What may be read may also be kept: the keeping cannot end before the reading."""

    reason = "consent: kept too short"


class KeptTooLong(Refused):
    """What was read may be kept ten years at most."""

    reason = "consent: kept too long"


class TooManyReads(Refused):
    """This is more reads than can be counted."""

    reason = "consent: too many reads"


class ConsentWithoutRecord(Refused):
    """Consent names its record by a hash: this one names none."""

    reason = "consent: no record"


class ConsentIssuedBefore(Refused):
    """You have said something newer about this: what counts is the last word."""

    reason = "consent: issued before"


class ConsentIssuedLongAgo(Refused):
    """You made up your mind more than an hour ago: look at it once more."""

    reason = "consent: issued long ago"


class WithdrawnSince(Refused):
    """This was signed before you took everything back, or at that moment: it counts no more."""

    reason = "consent: withdrawn since"


class ConsentDenied(Refused):
    """You have shut this company, or this purpose, out."""

    reason = "consent: denied"


class WithdrawalOutdated(Refused):
    """You have given this consent anew since you signed its withdrawal: sign again."""

    reason = "consent: outdated"


class NotWithdrawn(Refused):
    """No withdrawal of everything has ended this consent."""

    reason = "consent: not withdrawn"


# ---- asking ----------------------------------------------------------------------------


class ConsentGivenAlready(Refused):
    """The person has given all of this already."""

    reason = "consent: given already"


class AskedLately(Refused):
    """This person was asked less than a week ago: leave them time."""

    reason = "consent: asked lately"


class RefusedLately(Refused):
    """This person said no less than thirty days ago: leave them alone until then."""

    reason = "consent: refused lately"


class AsksTooMuch(Refused):
    """This company has asked as many people today as it may in a day."""

    reason = "companies: asks too much"


# ---- companies ---------------------------------------------------------------------------


class NotTheCompany(Refused):
    """Only the company's agent or its controller may do this."""

    reason = "companies: not the company"


class NotTheCompanysController(Refused):
    """Only the company's controller may do this."""

    reason = "companies: not the controller"


class NotTheCompanysCandidate(Refused):
    """This company was not offered to this account."""

    reason = "companies: not the candidate"


class CompanyWithoutKey(Refused):
    """A company needs a key to which one can write."""

    reason = "companies: no key"


class NoticeWithoutPurpose(Refused):
    """There is no purpose of this number to give notice of."""

    reason = "companies: unknown purpose"


class NoticeWithoutData(Refused):
    """A notice speaks of some data: name at least one kind."""

    reason = "companies: no category"


class NoticeOfUnknownData(Refused):
    """There is no kind of data of this number."""

    reason = "companies: unknown category"


class NoticeWithoutContent(Refused):
    """A notice names its text by a hash: this one names none."""

    reason = "companies: no content"


class NothingToEnd(Refused):
    """The company has no notice for this purpose, or has ended it already."""

    reason = "companies: no notice"


class TooManyNotices(Refused):
    """This notice was changed more often than versions can be counted."""

    reason = "companies: too many notices"
