# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Ballot box
@custom:contract-name ballot_box
@license AGPL-3.0-only
@author The Cercle authors
@notice What members chose in a poll, a cell each, and how many chose what.
@dev A module. A choice is kept as its poll's kind wants it: under SINGLE the option less
     one, in 5 bits; under APPROVAL a bit an option. A cell holds it below a sequence of 7
     bits, which begins at 1: so a cell that is not zero is the proof of participation.
     To the outside, and here in the count, options are always bits, the first one lowest.
     Under APPROVAL the count knows one more, past the last: that of having taken part,
     for a ballot may name no option or several.
"""


# ---- constants ------------------------------------------------------------------

SINGLE_BITS: constant(uint256) = 5
SEQUENCE_BITS: constant(uint256) = 7
MAX_SEQUENCE: constant(uint256) = 127

# The tally: eight lanes of 32 bits a word; a member has one vote, and numbers have 32 bits.
_LANES: constant(uint256) = 8
_LANE_BITS: constant(uint256) = 32
_LANE: constant(uint256) = 2**32 - 1
WORDS: constant(uint256) = 5  # of the tally: of 32 options, and of who took part

# The lowest bit of each lane; and what lays eight copies of eight bits 31 bits apart, so
# that bit i of the i-th copy falls on it. No two bits of the copies meet.
_ONES: constant(uint256) = (
    1 | 2**32 | 2**64 | 2**96 | 2**128 | 2**160 | 2**192 | 2**224
)
_COPIES: constant(uint256) = (
    1 | 2**31 | 2**62 | 2**93 | 2**124 | 2**155 | 2**186 | 2**217
)


# ---- storage --------------------------------------------------------------------

# poll << 32 | member_no // cells in a word -> cells; a member's number has 32 bits
_cells: HashMap[uint256, uint256]
# poll << 3 | which -> a word of the tally
_tallies: HashMap[uint256, uint256]


# ---- internal: cells --------------------------------------------------------------

@internal
@view
def _cell(poll_id: uint256, member_no: uint256, choice_bits: uint256) -> uint256:
    if member_no > _LANE:
        return 0
    width: uint256 = choice_bits + SEQUENCE_BITS
    in_word: uint256 = 256 // width
    return (self._cells[poll_id << 32 | member_no // in_word] >> (member_no % in_word * width)) & (
        (1 << width) - 1
    )


@internal
def _put(
    poll_id: uint256, member_no: uint256, choice_bits: uint256, choice: uint256, signed: uint256
) -> (uint256, uint256):
    """
    @dev Put a choice into a member's cell, under the sequence that was signed, or under the
         next one when that is 0. Returns the cell as it was and the sequence: 0 when the
         one that was signed is stale, and nothing was put.
         Unsafe but proven: a width is 12 to 39, so all stays within a word.
    """
    width: uint256 = unsafe_add(choice_bits, SEQUENCE_BITS)
    in_word: uint256 = unsafe_div(256, width)
    key: uint256 = poll_id << 32 | unsafe_div(member_no, in_word)
    offset: uint256 = unsafe_mul(member_no % in_word, width)
    word: uint256 = self._cells[key]
    cell: uint256 = (word >> offset) & ((1 << width) - 1)
    sequence: uint256 = signed
    if signed == 0:
        sequence = min(unsafe_add(cell >> choice_bits, 1), MAX_SEQUENCE)
    elif signed <= cell >> choice_bits or signed > MAX_SEQUENCE:
        return cell, 0
    self._cells[key] = word ^ ((cell ^ (sequence << choice_bits | choice)) << offset)
    return cell, sequence


@internal
@pure
def _single_marks(cell: uint256) -> uint256:
    """
    @dev A cell's option under SINGLE, as a bit; none in an empty cell.
    """
    return 0 if cell == 0 else 1 << (cell & (2**SINGLE_BITS - 1))


# ---- internal: the tally ----------------------------------------------------------

@internal
def _move(poll_id: uint256, old: uint256, new: uint256):
    """
    @dev Count a ballot that says `new` where it said `old`.
    """
    left: uint256 = old ^ new
    key: uint256 = poll_id << 3
    first: uint256 = 0
    for _: uint256 in range(WORDS):
        if left == 0:
            break
        if left & 255 != 0:
            self._tallies[key] = self._moved(self._tallies[key], old >> first, new >> first)
        left >>= _LANES
        first = unsafe_add(first, _LANES)
        key = unsafe_add(key, 1)


@internal
@pure
def _moved(word: uint256, old: uint256, new: uint256) -> uint256:
    """
    @dev A word of the tally after one ballot, told by the lowest eight marks. No lane
         borrows: it counts who leaves it. The copies of eight bits lie in their lanes.
    """
    return unsafe_sub(
        unsafe_add(word, unsafe_mul(new & 255, _COPIES) & _ONES),
        unsafe_mul(old & 255, _COPIES) & _ONES,
    )


@internal
@view
def _tally_at(poll_id: uint256, index: uint256) -> uint256:
    return (self._tallies[poll_id << 3 | index // _LANES] >> (index % _LANES * _LANE_BITS)) & _LANE


@internal
@view
def _tally_words(poll_id: uint256, marks: uint256) -> uint256[WORDS]:
    """
    @dev The words that hold so many marks, for a batch to count in memory.
    """
    words: uint256[WORDS] = empty(uint256[WORDS])
    for i: uint256 in range((marks + _LANES - 1) // _LANES, bound=WORDS):
        words[i] = self._tallies[poll_id << 3 | i]
    return words


@internal
def _set_tally_words(poll_id: uint256, marks: uint256, words: uint256[WORDS]):
    for i: uint256 in range((marks + _LANES - 1) // _LANES, bound=WORDS):
        self._tallies[poll_id << 3 | i] = words[i]
