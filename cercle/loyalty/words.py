"""Packed words, in one place: awards, claims and ballots."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import PlanError
from ..limits import MAX_CLAIMS
from ..values import checksum

MAX_LANES = MAX_CLAIMS
MAX_AMOUNT = 2**48 - 1  # of points or standing, in one award


class Award(NamedTuple):
    """One line of an award batch: base units of points, and standing."""

    account: str
    points: int
    standing: int


class ClaimKey(NamedTuple):
    """What a claim's number says."""

    perk_id: int
    member_no: int
    period: int
    lane: int


def pack_award(award: Award) -> int:
    """Rewards' word: account 160 | points 48 | standing 48."""
    for name, amount in (("points", award.points), ("standing", award.standing)):
        if not 0 <= amount <= MAX_AMOUNT:
            raise PlanError(f"An award holds {amount} {name}; 0 to {MAX_AMOUNT} fit.")
    return int(checksum(award.account), 16) << 96 | award.points << 48 | award.standing


def unpack_award(word: int) -> Award:
    """Read Rewards' word."""
    account = checksum("0x" + (word >> 96).to_bytes(20, "big").hex())
    return Award(account, (word >> 48) & MAX_AMOUNT, word & MAX_AMOUNT)


def claim_id_of(perk_id: int, member_no: int, period: int, lane: int) -> int:
    """A claim's number: perk 176 | member 32 | period 40 | lane 8."""
    if not (0 < perk_id < 2**176 and 0 < member_no < 2**32):
        raise ValueError("there is no such perk or member")
    if not (0 <= period < 2**40 and 0 <= lane < MAX_LANES):
        raise ValueError("there is no such period or lane")
    return perk_id << 80 | member_no << 48 | period << 8 | lane


def read_claim_id(claim_id: int) -> ClaimKey:
    """What a claim's number says."""
    return ClaimKey(
        claim_id >> 80,
        (claim_id >> 48) & (2**32 - 1),
        (claim_id >> 8) & (2**40 - 1),
        claim_id & 255,
    )


def period_at(opens_at: int, period: int, timestamp: int) -> int:
    """Which period of a perk a moment lies in, counted from its opening; 0: only one."""
    return 0 if period == 0 or timestamp < opens_at else (timestamp - opens_at) // period


def unpack_pair(word: int) -> tuple[int, int]:
    """The Electorate's batch words: member number 128 | units 128."""
    return word >> 128, word & (2**128 - 1)


__all__ = [
    "MAX_AMOUNT",
    "MAX_LANES",
    "Award",
    "ClaimKey",
    "claim_id_of",
    "pack_award",
    "period_at",
    "read_claim_id",
    "unpack_award",
    "unpack_pair",
]
