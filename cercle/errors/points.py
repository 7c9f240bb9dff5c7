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


class PointsFrozenAlready(Refused):
    """These points are frozen already."""

    reason = "point_recovery: frozen already"


class PointsNotFrozen(Refused):
    """These points are not frozen."""

    reason = "point_recovery: not frozen"


class NotRecovering(Refused):
    """This wallet is not being recovered, so nothing is frozen."""

    reason = "point_recovery: not recovering"


class StillRecovering(Refused):
    """This wallet is still being recovered: its points stay frozen."""

    reason = "point_recovery: still recovering"


class WalletReplaced(Refused):
    """This wallet was replaced by a recovery: its points wait for the new one."""

    reason = "point_recovery: replaced"


class NotTheHeir(Refused):
    """Only the wallet that replaced this one may pull its points."""

    reason = "point_recovery: not the heir"


class OwnHeir(Refused):
    """A wallet does not inherit from itself."""

    reason = "point_recovery: own heir"


class LacksTheRight(Refused):
    """Only a contract that the brand's Charter names may do this."""

    reason = "point_rights: lacks the right"


class UnknownContractName(Refused):
    """Points knows no rights for a contract of this name."""

    reason = "point_rights: unknown name"


class NothingToRecognise(Refused):
    """The Charter names no new contract here."""

    reason = "point_rights: nothing new"


class PointsBeforeSeal(Refused):
    """The Charter is not sealed yet: seal it first."""

    reason = "point_rights: charter unsealed"


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

    reason = "point_recovery: zero passport"
