# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Perk stock
@custom:contract-name perk_stock
@license AGPL-3.0-only
@author The Cercle authors
@notice Units on a shelf: how many were offered, how many were taken. Never more taken
        than offered, and no serial twice.
@dev A module without storage: it reckons in the 32 bits that end its host's word at
     STOCK_AT, 16 of stock below 16 of taken.
"""

from . import perk_terms


# ---- constants ------------------------------------------------------------------

_LANE: constant(uint256) = 2**16 - 1
TAKEN_AT: constant(uint256) = perk_terms.STOCK_AT + 16


# ---- internal -------------------------------------------------------------------

@internal
@pure
def _added(word: uint256, amount: uint256) -> uint256:
    assert amount <= _LANE - self._stock(word), "perk_stock: stock too large"
    return word + (amount << perk_terms.STOCK_AT)


@internal
@pure
def _one_taken(word: uint256) -> uint256:
    """
    @dev The serial of a unit, counted from 1, is what `_taken` says then. Taken never
         passes stock, so its lane never runs over.
    """
    assert word >> TAKEN_AT < (word >> perk_terms.STOCK_AT) & _LANE, "perk_stock: sold out"
    return unsafe_add(word, 1 << TAKEN_AT)


@internal
@pure
def _one_given_back(word: uint256) -> uint256:
    """
    @dev Serials never repeat, so a unit comes back as new stock; at the lane's top it is
         lost, for nothing that a member is owed may fail here.
    """
    if self._stock(word) == _LANE:
        return word
    return word + (1 << perk_terms.STOCK_AT)


@internal
@pure
def _stock(word: uint256) -> uint256:
    return (word >> perk_terms.STOCK_AT) & _LANE


@internal
@pure
def _taken(word: uint256) -> uint256:
    return word >> TAKEN_AT
