"""What Records refuses: moves, erasures, and who takes note of them."""

from .base import Refused


class RecordsNeedPassport(Refused):
    """This wallet has no passport, so nothing is kept of anybody here."""

    reason = "records: no passport"


class UnknownCategory(Refused):
    """There is no kind of data of this number."""

    reason = "records: unknown category"


class MoveWithoutCommitment(Refused):
    """A change names the new record by a commitment: this one names none."""

    reason = "records: no commitment"


class OtherVersion(Refused):
    """This is about another version of the record than the newest: look again."""

    reason = "records: other version"


class CustodianNamedTwice(Refused):
    """A custodian is named once."""

    reason = "records: named twice"


class ZeroCustodian(Refused):
    """The zero address keeps no records."""

    reason = "records: zero custodian"


class RecordsNotTheCompany(Refused):
    """Only the company's agent or its controller takes note in its name."""

    reason = "records: not the company"


class RecordsNotAllowed(Refused):
    """The company may not see this any more, so it has nothing to take note of."""

    reason = "records: not allowed"


class AcknowledgedAlready(Refused):
    """The company took note of this already."""

    reason = "records: acknowledged already"


class NotACustodian(Refused):
    """This key keeps none of this person's records."""

    reason = "records: no custodian"


class NotErased(Refused):
    """There is nothing to certify: the person has not erased this, or has said something since."""

    reason = "records: not erased"


class CertifiedAlready(Refused):
    """This custodian has certified this already."""

    reason = "records: certified already"
