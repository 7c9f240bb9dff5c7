"""From what the contracts answer to the values that pages read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..limits import DEMAND_WINDOW, OPENING_TIME
from ..values import ZERO_ADDRESS, hash_text, moment
from .terms import Grant
from .views import CompanyView, DecisionState, DecisionView, Duty, NoticeView

Told = Mapping[str, Any]


def company(number: int, told: Told | None) -> CompanyView | None:
    """A company; None for a number that nobody has."""
    if told is None or told["controller"] == ZERO_ADDRESS:
        return None
    return CompanyView(
        id=number,
        controller=told["controller"],
        candidate=_account(told["candidate"]),
        agent=_account(told["agent"]),
        hpke_key=hash_text(told["hpke_key"]),
        uri=told["uri"],
    )


def notice(company_id: int, purpose: int, told: Told) -> NoticeView:
    """What a company says of a purpose."""
    return NoticeView(
        company_id=company_id,
        purpose=purpose,
        version=told["version"],
        since=moment(told["since"]),
        categories=told["categories"],
        is_ended=told["is_ended"],
        content_hash=hash_text(told["content_hash"]),
    )


def grant(told: Told | None) -> Grant | None:
    """What was given; None for nothing ever."""
    if told is None or not told["issued_at"]:
        return None
    return Grant(**told)


def duty(told: Told | None, due_at: int | None) -> Duty | None:
    """What a company read; None for nothing ever."""
    if told is None or not told["issued_at"]:
        return None
    return Duty(
        reads=told["reads"],
        issued_at=told["issued_at"],
        read_at=moment(told["read_at"]),
        due_at=moment(due_at or 0),
        bond=told["bond"],
        is_overdue=told["is_overdue"],
    )


def decision(number: int, told: Told | None, state: int | None) -> DecisionView | None:
    """A decision; None for a number that none has."""
    if told is None or not told["committed_at"]:
        return None
    demanded = told["demanded_at"]
    return DecisionView(
        id=number,
        company_id=told["company_id"],
        passport_id=told["passport_id"],
        commitment=hash_text(told["commitment"]),
        committed_at=_at(told["committed_at"]),
        demanded_at=moment(demanded),
        due_at=moment(demanded + OPENING_TIME) if demanded else None,
        opened_at=moment(told["opened_at"]),
        demand_until=_at(told["committed_at"] + DEMAND_WINDOW),
        state=DecisionState(state or 0),
    )


def _account(address: str) -> str | None:
    return None if address == ZERO_ADDRESS else address


def _at(seconds: int) -> datetime:
    found = moment(seconds)
    assert found is not None  # a block's own time
    return found


__all__ = ["company", "decision", "duty", "grant", "notice"]
