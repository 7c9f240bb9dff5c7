"""Where a consent stands: the names are DPV's, the numbers those of the contract."""

from __future__ import annotations

from enum import IntEnum

from .context import DPV


class ConsentStatus(IntEnum):
    """The state of one person's consent to one company for one purpose."""

    NONE = 0
    REQUESTED = 1
    REFUSED = 2
    GIVEN = 3
    RENEWED = 4
    EXPIRED = 5
    INVALIDATED = 6
    WITHDRAWN = 7

    @property
    def dpv_name(self) -> str:
        """The name in DPV's vocabulary."""
        return _NAMES[self]

    @property
    def iri(self) -> str:
        """The name in full."""
        return DPV + _NAMES[self]

    @property
    def counts(self) -> bool:
        """Whether data may be used under it."""
        return self in (ConsentStatus.GIVEN, ConsentStatus.RENEWED)


_NAMES = {
    ConsentStatus.NONE: "ConsentUnknown",
    ConsentStatus.REQUESTED: "ConsentRequested",
    ConsentStatus.REFUSED: "ConsentRefused",
    ConsentStatus.GIVEN: "ConsentGiven",
    ConsentStatus.RENEWED: "RenewedConsentGiven",
    ConsentStatus.EXPIRED: "ConsentExpired",
    ConsentStatus.INVALIDATED: "ConsentInvalidated",
    ConsentStatus.WITHDRAWN: "ConsentWithdrawn",
}

__all__ = ["ConsentStatus"]
