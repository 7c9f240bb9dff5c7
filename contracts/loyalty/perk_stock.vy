# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Perk stock
@custom:contract-name perk_stock
@license AGPL-3.0-only
@author The Cercle authors
@notice Units on a shelf, by variant: how many were offered, how many were taken. Never
        more taken than offered, and no serial twice.
@dev A module keyed by its host's id. A variant has 16 bits of stock and 16 of taken side
     by side, eight variants a slot, so taking a unit reads and writes one slot.
"""

from ..common import limits


# ---- constants ------------------------------------------------------------------

_PAIRS: constant(uint256) = 8
_PAIR_BITS: constant(uint256) = 32
_LANE: constant(uint256) = 2**16 - 1
_TAKEN_UNIT: constant(uint256) = 2**16


# ---- storage --------------------------------------------------------------------

# id -> (stock 16 | taken 16, from the right) x 8, twice
_words: HashMap[uint256, uint256[2]]


# ---- internal -------------------------------------------------------------------

@internal
def _fill(id: uint256, stock: DynArray[uint256, limits.MAX_VARIANTS]):
    assert len(stock) != 0, "perk_stock: no variants"
    words: uint256[2] = [0, 0]
    for i: uint256 in range(len(stock), bound=limits.MAX_VARIANTS):
        assert stock[i] <= _LANE, "perk_stock: stock too large"
        words[i // _PAIRS] |= stock[i] << (i % _PAIRS * _PAIR_BITS)
    self._words[id] = words


@internal
def _add(id: uint256, variant: uint256, amount: uint256):
    offset: uint256 = variant % _PAIRS * _PAIR_BITS
    word: uint256 = self._words[id][variant // _PAIRS]
    assert amount <= _LANE - ((word >> offset) & _LANE), "perk_stock: stock too large"
    self._words[id][variant // _PAIRS] = word + (amount << offset)


@internal
def _take(id: uint256, variant: uint256) -> uint256:
    """
    @dev Take one unit; returns its serial, counted from 1. Taken never passes stock, so
         its lane never runs over. The host knows that the variant exists.
    """
    offset: uint256 = variant % _PAIRS * _PAIR_BITS
    word: uint256 = self._words[id][variant // _PAIRS]
    pair: uint256 = word >> offset
    taken: uint256 = (pair >> 16) & _LANE
    assert taken < pair & _LANE, "perk_stock: sold out"
    self._words[id][variant // _PAIRS] = word + (_TAKEN_UNIT << offset)
    return taken + 1


@internal
def _give_back(id: uint256, variant: uint256):
    """
    @dev Serials never repeat, so a unit comes back as new stock; at the lane's top it is
         lost, for nothing that a member is owed may fail here.
    """
    offset: uint256 = variant % _PAIRS * _PAIR_BITS
    word: uint256 = self._words[id][variant // _PAIRS]
    if (word >> offset) & _LANE != _LANE:
        self._words[id][variant // _PAIRS] = word + (1 << offset)


@internal
@view
def _read(
    id: uint256, variants: uint256
) -> (DynArray[uint256, limits.MAX_VARIANTS], DynArray[uint256, limits.MAX_VARIANTS]):
    stock: DynArray[uint256, limits.MAX_VARIANTS] = []
    taken: DynArray[uint256, limits.MAX_VARIANTS] = []
    words: uint256[2] = self._words[id]
    for i: uint256 in range(variants, bound=limits.MAX_VARIANTS):
        pair: uint256 = words[i // _PAIRS] >> (i % _PAIRS * _PAIR_BITS)
        stock.append(pair & _LANE)
        taken.append((pair >> 16) & _LANE)
    return stock, taken
