# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Balances
@custom:contract-name balances
@license AGPL-3.0-only
@author The Cercle authors
@notice What each account holds of a brand's points, and how long it lives.
@dev A module of Points. A holder's word and the brand's are laid out here and nowhere
     else. The hot path, a transfer, lies with the host, which reads and writes both.
"""

from ethereum.ercs import IERC20

from ..interfaces import IPoints


# ---- constants -------------------------------------------------------------------

# A holder's word, from the lowest bit: balance 128, frozen 1, endless 1, rights 3, free
# 43, period 32, last active 48. `NEVER` in the period means that it does not expire.
BALANCE: constant(uint256) = 2**128 - 1
FROZEN: constant(uint256) = 2**128
ENDLESS: constant(uint256) = 2**129
MINTER: constant(uint256) = 2**130  # the three of IPoints.Right, in their order
SPENDER: constant(uint256) = 2**131
REVERSER: constant(uint256) = 2**132
RIGHTS: constant(uint256) = 7 * 2**130
RIGHTS_AT: constant(uint256) = 130
PERIOD: constant(uint256) = (2**32 - 1) * 2**176
PERIOD_AT: constant(uint256) = 176
NEVER: constant(uint256) = 2**32 - 1
ACTIVE_AT: constant(uint256) = 208
NOT_ACTIVE: constant(uint256) = 2**208 - 1
KEPT: constant(uint256) = 2**176 - 1  # what a receipt leaves: neither period nor activity

# The brand's word, from the lowest bit: supply 128, period 32, face value 96.
TERMS_PERIOD_AT: constant(uint256) = 128
TERMS_PERIOD: constant(uint256) = (2**32 - 1) * 2**128
FACE_VALUE_AT: constant(uint256) = 160


# ---- storage ---------------------------------------------------------------------

# account -> its word
_holders: HashMap[address, uint256]

# Supply, and the terms of what is minted from now on.
_brand: uint256


# ---- internal: what comes, and what has expired ----------------------------------

@internal
def _receive(receiver: address, amount: uint256, period: uint256):
    word: uint256 = self._swept(receiver, self._holders[receiver])
    # No balance exceeds the supply, whose bound is proven in `mint_batch`.
    self._holders[receiver] = (
        unsafe_add(word & KEPT, amount)
        | max(word & PERIOD, period)
        | (block.timestamp << ACTIVE_AT)
    )


@internal
def _swept(account: address, word: uint256) -> uint256:
    """
    @dev The account's word, its balance burnt and stored so if it has expired.
    """
    if not self._is_dead(word):
        return word
    rest: uint256 = word & ~BALANCE
    amount: uint256 = self._log_expired(account, word)
    if amount != 0:
        self._holders[account] = rest
        # `amount` is part of the supply.
        self._brand = unsafe_sub(self._brand, amount)
    return rest


@internal
def _log_expired(account: address, word: uint256) -> uint256:
    amount: uint256 = word & BALANCE
    if amount != 0:
        log IERC20.Transfer(sender=account, receiver=empty(address), value=amount)
        log IPoints.PointsExpired(holder=account, amount=amount)
    return amount


# ---- internal: a holder's word ---------------------------------------------------

@internal
@view
def _is_dead(word: uint256) -> bool:
    # Both terms are below 2**49.
    if block.timestamp < unsafe_add(word >> ACTIVE_AT, (word & PERIOD) >> PERIOD_AT):
        return False
    return word & ENDLESS == 0 and word & PERIOD != PERIOD


@internal
@view
def _live(word: uint256) -> uint256:
    return 0 if self._is_dead(word) else word & BALANCE
