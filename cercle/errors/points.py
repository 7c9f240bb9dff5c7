"""What Points refuses."""

from .base import Refused


class PointsTooFew(Refused):
    """There are not enough points in this wallet."""

    reason = "points: balance too low"


class AllowanceTooLow(Refused):
    """This was not allowed to spend so many points."""

    reason = "points: allowance too low"


class BadReceiver(Refused):
    """Points cannot be sent to this address."""

    reason = "points: bad receiver"


class BadPermit(Refused):
    """The permit is not signed by the holder."""

    reason = "points: bad signature"


class PermitExpired(Refused):
    """This permit has expired: ask for a new one."""

    reason = "points: permit expired"


class PointsFrozen(Refused):
    """These points are frozen while their wallet is being recovered."""

    reason = "points: frozen"


class PointsNotFrozen(Refused):
    """These points are not frozen."""

    reason = "points: not frozen"


class NotRecovering(Refused):
    """This wallet is not being recovered, so nothing is frozen."""

    reason = "points: not recovering"


class StillRecovering(Refused):
    """This wallet is still being recovered: its points stay frozen."""

    reason = "points: still recovering"


class WalletReplaced(Refused):
    """This wallet was replaced by a recovery: its points wait for the new one."""

    reason = "points: replaced"


class NotTheHeir(Refused):
    """Only the wallet that replaced this one may pull its points."""

    reason = "points: not the heir"


class LacksTheRight(Refused):
    """Only a contract that the brand's Charter names may do this."""

    reason = "points: lacks the right"


class UnknownContractName(Refused):
    """Points knows no rights for a contract of this name."""

    reason = "points: unknown name"


class NothingToRecognise(Refused):
    """The Charter names no new contract here."""

    reason = "points: nothing new"


class PointsBeforeSeal(Refused):
    """The Charter is not sealed yet: seal it first."""

    reason = "points: charter unsealed"


class OnlyUpwards(Refused):
    """This value may only be raised, never lowered."""

    reason = "points: only upwards"


class FaceValueTooHigh(Refused):
    """This face value is too high."""

    reason = "points: value too high"


class ExpiryTooLong(Refused):
    """This period is too long: use 0 for points that never expire."""

    reason = "points: period too long"


class TooManyDecimals(Refused):
    """Points have 18 decimals at most."""

    reason = "points: too many decimals"


class PointsNeedPassport(Refused):
    """Points needs the address of the Passport."""

    reason = "points: zero passport"
