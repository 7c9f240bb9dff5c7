"""A perk's terms as staff write them, turned into the contract's struct."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from . import limits
from .deployments import Deployment
from .errors import CercleError, NotInVocabulary
from .flags import GateQuestion, PerkKind
from .gates import consent_asked, pack_gate

_FIELDS: Final = {
    *("kind", "price", "stock", "opens", "closes"),
    *("period_days", "limit", "fulfil_within_days", "gates"),
}
_AFTER: Final = re.compile(r"^\+(\d{1,4}) days?$")

__all__ = ["BadPerkFile", "PerkTerms"]


class BadPerkFile(CercleError):
    """The terms of a perk do not read; says which field."""


@dataclass(frozen=True)
class PerkTerms:
    """What a perk costs, for whom, how many and when."""

    kind: PerkKind
    price: int
    stock: tuple[int, ...]
    opens_at: datetime
    closes_at: datetime
    period: timedelta
    limit: int
    fulfil_within: timedelta
    gates: tuple[tuple[GateQuestion, int], ...]

    @classmethod
    def parse(cls, raw: Any, now: datetime) -> PerkTerms:
        """Read terms.

        Args:
            raw: A mapping: kind, price, stock, closes; and opens, period_days, limit,
                fulfil_within_days, gates where they differ from the usual.
            now: The chain's time, from which "+60 days" counts.

        Raises:
            BadPerkFile: A field is unknown, missing or out of bounds.
        """
        if not isinstance(raw, dict):
            raise BadPerkFile("terms must be a mapping of names to values.")
        if unknown := set(raw) - _FIELDS:
            raise BadPerkFile(f"terms know no field {sorted(map(str, unknown))[0]!r}.")
        if missing := {"kind", "price", "stock", "closes"} - set(raw):
            raise BadPerkFile(f"terms lack the field {sorted(missing)[0]!r}.")
        kind = str(raw["kind"]).upper()
        if kind not in PerkKind.__members__:
            raise BadPerkFile(f"kind must be one of {', '.join(PerkKind.__members__).lower()}.")
        opens_at = _moment("opens", raw.get("opens", now), now)
        closes_at = _moment("closes", raw["closes"], now)
        if closes_at <= max(opens_at, now):
            raise BadPerkFile("closes must lie after opens, and in the future.")
        return cls(
            kind=PerkKind[kind],
            price=_whole("price", raw["price"], 0, 2**64 - 1),
            stock=_stock(raw["stock"]),
            opens_at=opens_at,
            closes_at=closes_at,
            period=timedelta(days=_whole("period_days", raw.get("period_days", 0), 0, 3_650)),
            limit=_whole("limit", raw.get("limit", 1), 1, limits.MAX_CLAIMS),
            fulfil_within=timedelta(
                days=_whole("fulfil_within_days", raw.get("fulfil_within_days", 30), 1, 365)
            ),
            gates=_gates(raw.get("gates", [])),
        )

    def for_chain(self, deployment: Deployment) -> tuple[Any, ...]:
        """The `Terms` struct of the Perks contract."""
        return (
            int(self.kind),
            self.price,
            int(self.opens_at.timestamp()),
            int(self.closes_at.timestamp()),
            int(self.period.total_seconds()),
            self.limit,
            int(self.fulfil_within.total_seconds()),
            [pack_gate(deployment, question, value) for question, value in self.gates],
        )


def _whole(name: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadPerkFile(f"{name} must be a whole number from {low} to {high}.")
    return value


def _stock(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= limits.MAX_VARIANTS:
        raise BadPerkFile(f"stock must list 1 to {limits.MAX_VARIANTS} numbers, one a variant.")
    return tuple(_whole("stock", number, 0, 2**16 - 1) for number in value)


def _moment(name: str, value: Any, now: datetime) -> datetime:
    """An ISO date and time with its zone, or "+60 days"."""
    if isinstance(value, datetime):
        # YAML turns a time with a zone into one, and a bare time into one without.
        if value.tzinfo is None:
            raise BadPerkFile(f"{name} must name its zone, such as 2027-01-31T18:00:00Z.")
        return value.astimezone(UTC)
    if isinstance(value, str) and (after := _AFTER.match(value)):
        return now + timedelta(days=int(after[1]))
    raise BadPerkFile(f'{name} must be a time with its zone, or such as "+60 days".')


def _gates(value: Any) -> tuple[tuple[GateQuestion, int], ...]:
    if not isinstance(value, list) or len(value) > limits.MAX_GATES:
        raise BadPerkFile(f"gates must list at most {limits.MAX_GATES} questions.")
    questions = {str(q.name).lower(): q for q in GateQuestion if q is not GateQuestion.OTHER}
    found = []
    for gate in value:
        if not isinstance(gate, dict) or len(gate) != 1:
            raise BadPerkFile("a gate is one question with its value, such as {tier: 2}.")
        (name, number), *_ = gate.items()
        if name not in questions:
            raise BadPerkFile(f"a gate asks one of {', '.join(questions)}.")
        if questions[name] is GateQuestion.CONSENT:
            found.append((GateQuestion.CONSENT, _consent(number)))
            continue
        found.append((questions[name], _whole(f"gate {name}", number, 1, 2**88 - 1)))
    return tuple(found)


def _consent(value: Any) -> int:
    """A consent by the vocabulary's codes, such as {company: 2, purpose: …, category: …}."""
    if not isinstance(value, dict) or set(value) != {"company", "purpose", "category"}:
        raise BadPerkFile("gate consent names a company, a purpose and a category.")
    company = _whole("gate consent: company", value["company"], 1, 2**64 - 1)
    purpose, category = value["purpose"], value["category"]
    if not isinstance(purpose, str) or not isinstance(category, str):
        raise BadPerkFile("gate consent names purpose and category by the vocabulary's codes.")
    try:
        return consent_asked(company, purpose, category).value
    except NotInVocabulary as why:
        raise BadPerkFile(f"gate consent: {why}") from why
