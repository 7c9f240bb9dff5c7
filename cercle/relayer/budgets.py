"""How much is carried in a day: per member, per kind, in gas and in money.

A day is the operator's own, from midnight to midnight UTC by this machine's clock: it is their
money and their patience, and a chain's clock may jump. Deadlines are the chain's.
"""

from __future__ import annotations

from . import declined
from .book import DAY, PROTECTED
from .declined import Declined
from .settings import Settings
from .store import Store


class Budgets:
    """What is left today; asked within the transaction that spends it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    def refusal(self, struct: str, person: str, now: float) -> Declined | None:
        """Why one more act of this kind and person is too many, or None."""
        day = int(now // DAY)
        wait = max(1, int((day + 1) * DAY - now))
        if person.startswith(PROTECTED):
            if self._count("person", person, day) >= self._settings.protective_per_member:
                return declined.over_budget("all that protects one person in a day", wait)
            if not self.can_spend(0, 0, now, protects=True):
                return declined.over_budget("all that it pays for in a day", wait)
            return None
        if self._count("person", person, day) >= self._settings.per_member:
            return declined.over_budget("all that it carries for one member in a day", wait)
        if self._count("struct", struct, day) >= self._settings.of_kind(struct):
            return declined.over_budget("all that it carries of this kind in a day", wait)
        if not self.can_spend(0, 0, now):
            return declined.over_budget("all that it pays for in a day", wait)
        return None

    def can_spend(self, gas: int, wei: int, now: float, *, protects: bool = False) -> bool:
        """Whether so much more fits into today; what protects somebody has a reserve besides."""
        spent_gas, spent_wei = self.spent(int(now // DAY))
        settings = self._settings
        room = settings.gas_per_day - spent_gas, settings.ether_per_day - spent_wei
        if protects:
            reserve = settings.reserve_gas_per_day, settings.reserve_ether_per_day
            room = room[0] + reserve[0], room[1] + reserve[1]
        return gas < room[0] and wei < room[1]

    def spent(self, day: int) -> tuple[int, int]:
        """Gas and wei of a day: what was mined, and the most that what is on its way may take."""
        row = self._store.row(
            "SELECT SUM(iif(state = 'pending', gas, gas_used)), SUM(iif(state = 'pending', gas * ("
            "  SELECT MAX(max_fee) FROM transactions WHERE transactions.nonce = slots.nonce"
            "), wei)) FROM slots WHERE day = ?",
            day,
        )
        return (0, 0) if row is None else (row[0] or 0, row[1] or 0)

    def _count(self, column: str, value: str, day: int) -> int:
        question = f"SELECT COUNT(*) FROM acts WHERE {column} = ? AND day = ?"
        if column == "struct":
            question += f" AND person NOT GLOB '{PROTECTED}*'"
        return self._store.number(question, value, day) or 0


__all__ = ["Budgets"]
