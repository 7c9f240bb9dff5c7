"""What points should be, in plain Python: the model that the machine and the campaign check.

Every rule gives the reason of its refusal, or None and the changed state. Amounts burnt by the
clock leave the raw balances only when they are swept, as on the chain.
"""

from dataclasses import dataclass, field

LOW = "points: balance too low"
FROZEN = "points: frozen"


@dataclass
class Holding:
    """One account."""

    raw: int = 0
    active: int = 0
    period: int = 0
    is_frozen: bool = False
    is_endless: bool = False

    def live(self, now: int) -> int:
        """What can be spent at that second."""
        return self.raw if self.is_endless or now < self.active + self.period else 0


@dataclass
class PointsModel:
    """All accounts, the period of today, and who is being recovered or has an heir."""

    period: int
    escrow: str
    holdings: dict[str, Holding] = field(default_factory=dict)
    recovering: set[str] = field(default_factory=set)
    heirs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of(self.escrow).is_endless = True

    def of(self, who: str) -> Holding:
        return self.holdings.setdefault(who, Holding())

    @property
    def supply(self) -> int:
        return sum(holding.raw for holding in self.holdings.values())

    def live(self, who: str, now: int) -> int:
        return self.of(who).live(now)

    # ---- what happens -----------------------------------------------------------

    def mint(self, now: int, who: str, amount: int) -> str | None:
        if amount:
            self._receive(now, who, amount, self.period)
        return None

    def move(self, now: int, sender: str, receiver: str, amount: int) -> str | None:
        source = self.of(sender)
        if source.is_frozen:
            return FROZEN
        if amount > source.live(now):
            return LOW
        if amount:
            source.raw -= amount
            source.active = now
            self._receive(now, receiver, amount, source.period)
        return None

    def burn(self, now: int, who: str, amount: int) -> str | None:
        holding = self.of(who)
        if holding.is_frozen:
            return FROZEN
        if amount > holding.live(now):
            return LOW
        if amount:
            holding.raw -= amount
            holding.active = now
        return None

    def reverse(self, now: int, who: str, amount: int) -> int:
        self.sweep(now, who)
        burnt = min(amount, self.of(who).raw)
        self.of(who).raw -= burnt
        return burnt

    def sweep(self, now: int, who: str) -> None:
        holding = self.of(who)
        holding.raw = holding.live(now)

    def freeze(self, who: str) -> str | None:
        if self.of(who).is_frozen:
            return "point_recovery: frozen already"
        if who not in self.recovering and who not in self.heirs:
            return "point_recovery: not recovering"
        self.of(who).is_frozen = True
        return None

    def thaw(self, who: str) -> str | None:
        if not self.of(who).is_frozen:
            return "point_recovery: not frozen"
        if who in self.recovering:
            return "point_recovery: still recovering"
        if who in self.heirs:
            return "point_recovery: replaced"
        self.of(who).is_frozen = False
        return None

    def pull(self, now: int, heir: str, old: str) -> str | None:
        if self.heirs.get(old) != heir:
            return "point_recovery: not the heir"
        self.sweep(now, old)
        lost = self.of(old)
        amount, lost.raw, lost.is_frozen = lost.raw, 0, True
        if amount:
            self._receive(now, heir, amount, lost.period)
        return None

    def _receive(self, now: int, who: str, amount: int, period: int) -> None:
        self.sweep(now, who)
        holding = self.of(who)
        holding.raw += amount
        holding.active = now
        holding.period = max(holding.period, period)
