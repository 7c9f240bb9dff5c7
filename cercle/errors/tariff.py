"""What the Tariff refuses to reckon with."""

from .base import Refused


class BaseTooLarge(Refused):
    """There is no place for a base price so large."""

    reason = "tariff: base too large"


class UnitPriceTooLarge(Refused):
    """There is no place for a unit price so large."""

    reason = "tariff: unit price too large"


class NoCapacity(Refused):
    """A plan covers one unit at least."""

    reason = "tariff: no capacity"


class CapacityTooLarge(Refused):
    """There is no place for a capacity so large."""

    reason = "tariff: capacity too large"


class IncludesTooMuch(Refused):
    """A plan does not include more than it covers."""

    reason = "tariff: includes too much"


class PlanNumberTooLarge(Refused):
    """No plan has a number so large."""

    reason = "tariff: unknown plan"


class UseTooLarge(Refused):
    """There is no place for a use so large."""

    reason = "tariff: use too large"


class BeyondTheRungs(Refused):
    """The ladder has fewer plans than that."""

    reason = "tariff: beyond the ladder"


class CapacitiesMustRise(Refused):
    """Each plan covers more units than the one before."""

    reason = "tariff: capacities must rise"


class EmptyTariff(Refused):
    """There is no plan to reckon with."""

    reason = "tariff: empty ladder"


class GapInTariff(Refused):
    """The plans to reckon with stand one after the other."""

    reason = "tariff: gap in the ladder"


class LadderTooShort(Refused):
    """No plan of this ladder covers one of these uses."""

    reason = "tariff: ladder too short"


class NoPeriodLength(Refused):
    """A period has a length."""

    reason = "tariff: no period"


class PeriodLengthTooLong(Refused):
    """A period lasts 366 days at most, and so does its part."""

    reason = "tariff: period too long"
