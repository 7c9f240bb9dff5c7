"""Whom an event concerns: wallets, persons (by passport) and members (by number)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from ..loyalty.words import read_claim_id
from ..values import ZERO_ADDRESS
from .specs import EventSpec
from .types import number

# Arguments that name a person or a member, in whichever event they stand.
_BY_NAME = {"passport_id": "passport", "member_no": "member"}
# In these the owner of an income, and who has a share of it, are persons.
_INCOMES = ("vault_income_collected", "vault_income_credited", "vault_shares_set")
_TOKEN = {"passport_transfer": "token_id", "passport_locked": "tokenId"}

Reader = Callable[[Any], Sequence[str]]


def wallet(address: str) -> str:
    """The subject that a wallet is."""
    return address.lower()


def passport(passport_id: int) -> str:
    """The subject that a person is."""
    return f"passport:{passport_id}"


def member(member_no: int) -> str:
    """The subject that a member is."""
    return f"member:{member_no}"


def subjects_in(spec: EventSpec, cells: Sequence[Any]) -> set[str]:
    """Whom the event with these cells concerns; nobody twice."""
    found: set[str] = set()
    for place, read in _readers(spec):
        found.update(read(cells[place]))
    return found


@cache
def _readers(spec: EventSpec) -> tuple[tuple[int, Reader], ...]:
    return tuple(
        (place, reader)
        for place, field in enumerate(spec.fields)
        if (reader := _reader(spec, field.name, field.kind)) is not None
    )


def _reader(spec: EventSpec, name: str, kind: str) -> Reader | None:
    if kind == "address":
        return lambda cell: () if cell == ZERO_ADDRESS else (cell,)
    if name == "claim_id":
        return lambda cell: (member(read_claim_id(number(cell)).member_no),)
    if spec.table == "membership_standing_credited":
        return lambda cell: [passport(word >> 96) for word in json.loads(cell)]
    if name == _TOKEN.get(spec.table):
        return lambda cell: (passport(number(cell)),)
    if spec.table in _INCOMES and name in ("account", "payee"):
        return lambda cell: (passport(number(cell)),) if cell else ()
    if spec.table in _INCOMES and name == "shares":
        return lambda cell: [passport(one["payee"]) for one in json.loads(cell)]
    if name in _BY_NAME:
        start = _BY_NAME[name]
        return lambda cell: (f"{start}:{number(cell)}",) if cell else ()
    return None


__all__ = ["member", "passport", "subjects_in", "wallet"]
