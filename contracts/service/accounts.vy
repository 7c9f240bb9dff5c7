# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Accounts
@custom:contract-name accounts
@license AGPL-3.0-only
@author The Cercle authors
@notice What changes in an agreement, in two words: how it stands, and its money.
@dev A module without storage.
"""

from ..interfaces import IAgreements


# ---- constants ------------------------------------------------------------------

# How it stands, from the lowest bit: begins at 36 | length of a period 25 | periods 12 | open
# period 12 | periods funded 12 | sequence 32 | register 40 | use 40 | outage in all 22 | outage of
# the period 20 | stopped 1 | warned 1 | worsened 1 | left 1 | gone on 1. Outages in minutes.
_STARTS_AT: constant(uint256) = 2**36 - 1
_PERIOD_AT: constant(uint256) = 36
_PERIOD: constant(uint256) = 2**25 - 1
_PERIODS_AT: constant(uint256) = 61
_COUNT: constant(uint256) = 2**12 - 1
_OPEN_AT: constant(uint256) = 73
_FUNDED_AT: constant(uint256) = 85
_SEQUENCE_AT: constant(uint256) = 97
SEQUENCE: constant(uint256) = 2**32 - 1
_REGISTER_AT: constant(uint256) = 129
UNITS: constant(uint256) = 2**40 - 1
_USE_AT: constant(uint256) = 169
_OUTAGE_TOTAL_AT: constant(uint256) = 209
OUTAGE_TOTAL: constant(uint256) = 2**22 - 1  # minutes: eight years
_OUTAGE_AT: constant(uint256) = 231
OUTAGE: constant(uint256) = 2**20 - 1  # minutes: two years, longer than any period
_STOPPED_AT: constant(uint256) = 251
_WARNED_AT: constant(uint256) = 252
_WORSENED_AT: constant(uint256) = 253
_LEFT_AT: constant(uint256) = 254
_GONE_ON_AT: constant(uint256) = 255

# Its money: escrow 79 | left of the cap in total 79 | price 79 | revision 16 | rung 3
MONEY: constant(uint256) = 2**79 - 1
_LEFT_MONEY_AT: constant(uint256) = 79
_PRICE_AT: constant(uint256) = 158
_REVISION_AT: constant(uint256) = 237
_REVISION: constant(uint256) = 2**16 - 1
_RUNG_AT: constant(uint256) = 253


# ---- internal -------------------------------------------------------------------------

@internal
@pure
def _unpacked(state: uint256, money: uint256) -> IAgreements.Account:
    return IAgreements.Account(
        period=(state >> _OPEN_AT) & _COUNT,
        periods=(state >> _PERIODS_AT) & _COUNT,
        use=(state >> _USE_AT) & UNITS,
        price=(money >> _PRICE_AT) & MONEY,
        outage=(state >> _OUTAGE_AT) & OUTAGE,
        escrow=money & MONEY,
        left=(money >> _LEFT_MONEY_AT) & MONEY,
        sequence=(state >> _SEQUENCE_AT) & SEQUENCE,
        register=(state >> _REGISTER_AT) & UNITS,
        outage_total=(state >> _OUTAGE_TOTAL_AT) & OUTAGE_TOTAL,
        revision=(money >> _REVISION_AT) & _REVISION,
        rung=money >> _RUNG_AT,
        funded=(state >> _FUNDED_AT) & _COUNT,
        is_stopped=(state >> _STOPPED_AT) & 1 == 1,
        is_warned=(state >> _WARNED_AT) & 1 == 1,
        is_worsened=(state >> _WORSENED_AT) & 1 == 1,
        has_left=(state >> _LEFT_AT) & 1 == 1,
        has_gone_on=state >> _GONE_ON_AT == 1,
    )


@internal
@pure
def _state(account: IAgreements.Account, starts_at: uint256, period: uint256) -> uint256:
    return (
        starts_at
        | period << _PERIOD_AT
        | account.periods << _PERIODS_AT
        | account.period << _OPEN_AT
        | account.funded << _FUNDED_AT
        | account.sequence << _SEQUENCE_AT
        | account.register << _REGISTER_AT
        | account.use << _USE_AT
        | account.outage_total << _OUTAGE_TOTAL_AT
        | account.outage << _OUTAGE_AT
        | convert(account.is_stopped, uint256) << _STOPPED_AT
        | convert(account.is_warned, uint256) << _WARNED_AT
        | convert(account.is_worsened, uint256) << _WORSENED_AT
        | convert(account.has_left, uint256) << _LEFT_AT
        | convert(account.has_gone_on, uint256) << _GONE_ON_AT
    )


@internal
@pure
def _money(account: IAgreements.Account) -> uint256:
    return (
        account.escrow
        | account.left << _LEFT_MONEY_AT
        | account.price << _PRICE_AT
        | account.revision << _REVISION_AT
        | account.rung << _RUNG_AT
    )


@internal
@view
def _is_entitled(state: uint256) -> bool:
    """
    @dev By the clock and one word. Within the period that was read last, whether it was stopped;
         later, whether the escrow paid for a period without use.
    """
    starts_at: uint256 = state & _STARTS_AT
    if block.timestamp < starts_at or state == 0:
        return False
    period: uint256 = (block.timestamp - starts_at) // ((state >> _PERIOD_AT) & _PERIOD)
    if period >= (state >> _PERIODS_AT) & _COUNT or (state >> _LEFT_AT) & 1 == 1:
        return False
    if period == (state >> _OPEN_AT) & _COUNT:
        return (state >> _STOPPED_AT) & 1 == 0
    return period < (state >> _FUNDED_AT) & _COUNT
