# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Checkpoints
@custom:contract-name checkpoints
@license AGPL-3.0-only
@author The Cercle authors
@notice Numbers that remember: many traces of (time, value), each looked up at any
        time, in as few storage slots as they fit.
@dev A module. A trace is named by a number of the host's choice. Its newest slot
     holds the last one or two checkpoints, the length, and a 32-bit tag that is
     the host's own, so that a look-up of the recent past reads one slot:

         tag 32 | spilt 1 | length 27 | one before 98 | newest 98

     A checkpoint is time 40 | value 58. Older ones lie in pairs, a slot a pair. A
     new slot is what costs, so a trace has one more place: a host that writes 158
     bits of its own beside a change anyway (the side slot) lets one checkpoint
     spill there, and the new slot waits for another change.
     Times rise strictly: two changes in one second are one checkpoint. One
     checkpoint may lie ahead of the clock (a plan); whatever is pushed before its
     time replaces it, so a time that has passed never reads differently. A trace
     with plans never spills.
"""


# ---- constants ------------------------------------------------------------------

TAG_BITS: constant(uint256) = 32
LENGTH_BITS: constant(uint256) = 27
SIDE_BITS: constant(uint256) = 158
TIME_BITS: constant(uint256) = 40
VALUE_BITS: constant(uint256) = 58

_PAIR_SHIFT: constant(uint256) = TIME_BITS + VALUE_BITS
_LENGTH_SHIFT: constant(uint256) = 2 * _PAIR_SHIFT
_TAG_SHIFT: constant(uint256) = _LENGTH_SHIFT + LENGTH_BITS + 1
_SPILT: constant(uint256) = 2**(_TAG_SHIFT - 1)
_VALUE_MASK: constant(uint256) = 2**VALUE_BITS - 1
_POINT_MASK: constant(uint256) = 2**_PAIR_SHIFT - 1
_PAIR_MASK: constant(uint256) = 2**_LENGTH_SHIFT - 1
_LENGTH_MASK: constant(uint256) = 2**LENGTH_BITS - 1
_TAG_MASK: constant(uint256) = 2**TAG_BITS - 1


# ---- storage --------------------------------------------------------------------

# trace -> its newest slot
_newest: HashMap[uint256, uint256]

# trace -> index -> two checkpoints, the later one in the low bits
_history: HashMap[uint256, HashMap[uint256, uint256]]

# trace -> the host's own 158 | a spilt checkpoint, later than all of the history 98
_side: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__():
    pass


# ---- internal: writing ------------------------------------------------------------

@internal
def _set_tag(trace: uint256, tag: uint256):
    assert tag <= _TAG_MASK  # dev: tag too wide
    word: uint256 = self._newest[trace]
    self._newest[trace] = word & (2**_TAG_SHIFT - 1) | tag << _TAG_SHIFT


@internal
def _set_side(trace: uint256, side: uint256):
    assert side >> SIDE_BITS == 0  # dev: side too wide
    self._side[trace] = self._side[trace] & _POINT_MASK | side << _PAIR_SHIFT


@internal
def _push(trace: uint256, diff: int256) -> (uint256, uint256):
    """
    @dev From now on the value differs by `diff`. Returns the old and new amount.
    """
    old: uint256 = self._latest(trace)
    new: uint256 = convert(convert(old, int256) + diff, uint256)
    self._append(trace, block.timestamp, new, 0, False)
    return (old, new)


@internal
def _push_beside(trace: uint256, diff: int256, side: uint256) -> (uint256, uint256):
    """
    @dev The same, and the host's side slot is written along.
    """
    assert side >> SIDE_BITS == 0  # dev: side too wide
    old: uint256 = self._latest(trace)
    new: uint256 = convert(convert(old, int256) + diff, uint256)
    word: uint256 = self._side[trace] & _POINT_MASK | side << _PAIR_SHIFT
    self._side[trace] = self._append(trace, block.timestamp, new, word, True)
    return (old, new)


@internal
def _set(trace: uint256, time: uint256, amount: uint256):
    """
    @dev From `time` on the value is `amount`. `time` is now, or one plan ahead.
    """
    self._append(trace, time, amount, 0, False)


@internal
def _append(
    trace: uint256, time: uint256, amount: uint256, side: uint256, may_spill: bool
) -> uint256:
    """
    @dev Returns the side slot as the host is to write it, if it may spill.
    """
    assert time >= block.timestamp  # dev: the past never changes
    assert time >> TIME_BITS == 0  # dev: time too far
    assert amount <= _VALUE_MASK  # dev: value too wide
    word: uint256 = self._newest[trace]
    length: uint256 = (word >> _LENGTH_SHIFT) & _LENGTH_MASK
    spilt: uint256 = word & _SPILT
    pair: uint256 = word & _PAIR_MASK
    beside: uint256 = side
    if length != 0 and (pair & _POINT_MASK) >> VALUE_BITS > block.timestamp:
        # A plan whose time has not come gives way.
        length -= 1
        pair >>= _PAIR_SHIFT
        if length != 0 and length & 1 == 0:
            pair = self._history[trace][length // 2 - 1]
    point: uint256 = time << VALUE_BITS | amount
    if length != 0 and (pair & _POINT_MASK) >> VALUE_BITS == time:
        pair = pair >> _PAIR_SHIFT << _PAIR_SHIFT | point
    else:
        if spilt != 0:
            # The newest slot is full, too: the spilt one and the older there are a pair.
            spill: uint256 = self._side[trace] & _POINT_MASK
            self._history[trace][length // 2 - 1] = (spill << _PAIR_SHIFT | pair >> _PAIR_SHIFT)
            spilt = 0
            pair = (pair & _POINT_MASK) << _PAIR_SHIFT | point
        elif length == 0 or length & 1 == 1:
            pair = pair << _PAIR_SHIFT | point
        elif may_spill:
            beside = side >> _PAIR_SHIFT << _PAIR_SHIFT | pair >> _PAIR_SHIFT
            spilt = _SPILT
            pair = (pair & _POINT_MASK) << _PAIR_SHIFT | point
        else:
            self._history[trace][length // 2 - 1] = pair
            pair = point
        length += 1
        assert length <= _LENGTH_MASK  # dev: full, after four years of a change a second
    self._newest[trace] = (
        word >> _TAG_SHIFT << _TAG_SHIFT | spilt | length << _LENGTH_SHIFT | pair
    )
    return beside


# ---- internal: reading ------------------------------------------------------------

@internal
@view
def _tag(trace: uint256) -> uint256:
    return self._newest[trace] >> _TAG_SHIFT


@internal
@view
def _side_of(trace: uint256) -> uint256:
    """
    @dev What the host wrote beside the trace.
    """
    return self._side[trace] >> _PAIR_SHIFT


@internal
@view
def _length(trace: uint256) -> uint256:
    return (self._newest[trace] >> _LENGTH_SHIFT) & _LENGTH_MASK


@internal
@view
def _latest(trace: uint256) -> uint256:
    """
    @dev The value now; a plan ahead of the clock does not count yet.
    """
    tag: uint256 = 0
    amount: uint256 = 0
    tag, amount = self._at(trace, block.timestamp)
    return amount


@internal
@view
def _at(trace: uint256, time: uint256) -> (uint256, uint256):
    """
    @dev The tag, and the value that held at `time`: the last one not after it.
    """
    word: uint256 = self._newest[trace]
    tag: uint256 = word >> _TAG_SHIFT
    point: uint256 = word & _POINT_MASK
    if point >> VALUE_BITS <= time:
        return (tag, point & _VALUE_MASK)  # an empty trace reads 0
    length: uint256 = (word >> _LENGTH_SHIFT) & _LENGTH_MASK
    if word & _SPILT != 0:
        length -= 1
    if length & 1 == 0:
        point = (word >> _PAIR_SHIFT) & _POINT_MASK
        if point >> VALUE_BITS <= time:
            return (tag, point & _VALUE_MASK)
    if word & _SPILT != 0:
        point = self._side[trace] & _POINT_MASK
        if point >> VALUE_BITS <= time:
            return (tag, point & _VALUE_MASK)
    return (tag, self._search(trace, (length - 1) // 2, time))


@internal
@view
def _search(trace: uint256, pairs: uint256, time: uint256) -> uint256:
    """
    @dev The value at `time` among the first `pairs` pairs of the history; 0 before it.
    """
    low: uint256 = 0  # every pair before it starts at or before `time`
    high: uint256 = pairs  # every pair from it on starts after `time`
    found: uint256 = 0
    for _: uint256 in range(LENGTH_BITS):
        if low >= high:
            break
        middle: uint256 = (low + high) // 2
        pair: uint256 = self._history[trace][middle]
        if pair >> (_PAIR_SHIFT + VALUE_BITS) <= time:
            found = pair
            low = middle + 1
        else:
            high = middle
    later: uint256 = found & _POINT_MASK
    if later >> VALUE_BITS <= time:
        return later & _VALUE_MASK
    return (found >> _PAIR_SHIFT) & _VALUE_MASK
