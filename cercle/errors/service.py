"""What the package itself finds wrong with service contracts, before anything is sent."""

from .base import CercleError


class AgreementError(CercleError):
    """Something about a service contract cannot be used."""

    code = "agreement"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or (self.__doc__ or "").partition("\n")[0])


class AgreementUnknown(AgreementError):
    """There is no contract, or no price list, of this number."""

    code = "agreement_unknown"


class TooManyPlans(AgreementError):
    """A ladder has six plans at most."""

    code = "too_many_plans"


class MalformedReading(AgreementError):
    """This is not a meter's reading as it is written down."""

    code = "malformed_reading"


class ForgedReading(AgreementError):
    """The meter did not sign this."""

    code = "forged_reading"
