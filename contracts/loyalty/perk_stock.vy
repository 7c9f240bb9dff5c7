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
     by side, eight variants a slot. The first variant lies in a word of the host's: most
     perks have no other, and then a claim touches one slot less.
"""

from ..common import limits


# ---- constants ------------------------------------------------------------------

TAKEN_UNIT: constant(uint256) = 2**16

_PAIRS: constant(uint256) = 8
_PAIR_BITS: constant(uint256) = 32
_LANE: constant(uint256) = 2**16 - 1
_TAKEN: constant(uint256) = 16


# ---- storage --------------------------------------------------------------------

# id -> the pairs of the second variant and those after it
_words: HashMap[uint256, uint256[2]]


# ---- internal: one word -----------------------------------------------------------

@internal
@pure
def _added(word: uint256, offset: uint256, amount: uint256) -> uint256:
    assert amount <= _LANE - ((word >> offset) & _LANE), "perk_stock: stock too large"
    return word + (amount << offset)


@internal
@pure
def _next_serial(pair: uint256) -> uint256:
    """
    @dev The serial of one unit more, counted from 1; the host then adds TAKEN_UNIT. Taken
         never passes stock, so its lane never runs over.
    """
    taken: uint256 = (pair >> _TAKEN) & _LANE
    assert taken < pair & _LANE, "perk_stock: sold out"
    return unsafe_add(taken, 1)


@internal
@pure
def _given_back(word: uint256, offset: uint256) -> uint256:
    """
    @dev Serials never repeat, so a unit comes back as new stock; at the lane's top it is
         lost, for nothing that a member is owed may fail here.
    """
    if (word >> offset) & _LANE == _LANE:
        return word
    return word + (1 << offset)


# ---- internal: the other variants ---------------------------------------------------

@internal
@pure
def _place(variant: uint256) -> (uint256, uint256):
    return (variant - 1) // _PAIRS, (variant - 1) % _PAIRS * _PAIR_BITS


@internal
def _add(id: uint256, variant: uint256, amount: uint256):
    index: uint256 = 0
    offset: uint256 = 0
    index, offset = self._place(variant)
    self._words[id][index] = self._added(self._words[id][index], offset, amount)


@internal
def _take(id: uint256, variant: uint256) -> uint256:
    index: uint256 = 0
    offset: uint256 = 0
    index, offset = self._place(variant)
    word: uint256 = self._words[id][index]
    serial: uint256 = self._next_serial(word >> offset)
    self._words[id][index] = unsafe_add(word, TAKEN_UNIT << offset)
    return serial


@internal
def _give_back(id: uint256, variant: uint256):
    index: uint256 = 0
    offset: uint256 = 0
    index, offset = self._place(variant)
    self._words[id][index] = self._given_back(self._words[id][index], offset)


@internal
@view
def _read(
    id: uint256, first_pair: uint256, variants: uint256
) -> (DynArray[uint256, limits.MAX_VARIANTS], DynArray[uint256, limits.MAX_VARIANTS]):
    stock: DynArray[uint256, limits.MAX_VARIANTS] = [first_pair & _LANE]
    taken: DynArray[uint256, limits.MAX_VARIANTS] = [(first_pair >> _TAKEN) & _LANE]
    for variant: uint256 in range(1, variants, bound=limits.MAX_VARIANTS):
        index: uint256 = 0
        offset: uint256 = 0
        index, offset = self._place(variant)
        pair: uint256 = self._words[id][index] >> offset
        stock.append(pair & _LANE)
        taken.append((pair >> _TAKEN) & _LANE)
    return stock, taken
