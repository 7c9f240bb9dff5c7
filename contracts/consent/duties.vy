# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Duties
@custom:contract-name duties
@license AGPL-3.0-only
@author The Cercle authors
@notice What a company read of a person for a purpose, and owes for it, in one word.
@dev A module without storage.
"""

from ..interfaces import IVault


# ---- constants ------------------------------------------------------------------

# From the lowest bit: issued_at 40 | reads 16 | read_at 40 | overdue 1 | bond 128
READS: constant(uint256) = 40
READ_AT: constant(uint256) = 56
BOND: constant(uint256) = 97
TIME: constant(uint256) = 2**40 - 1
COUNT: constant(uint256) = 2**16 - 1
_OVERDUE: constant(uint256) = 96


# ---- internal -------------------------------------------------------------------

@internal
@pure
def _packed(duty: IVault.Duty) -> uint256:
    return (
        duty.issued_at
        | duty.reads << READS
        | duty.read_at << READ_AT
        | convert(duty.is_overdue, uint256) << _OVERDUE
        | duty.bond << BOND
    )


@internal
@pure
def _unpacked(word: uint256) -> IVault.Duty:
    return IVault.Duty(
        issued_at=word & TIME,
        reads=(word >> READS) & COUNT,
        read_at=(word >> READ_AT) & TIME,
        bond=word >> BOND,
        is_overdue=(word >> _OVERDUE) & 1 == 1,
    )
