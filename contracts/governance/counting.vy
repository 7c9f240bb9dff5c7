# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Counting
@custom:contract-name counting
@license AGPL-3.0-only
@author The Cercle authors
@notice Who has voted on a proposal, and how the votes stand: against, in favour,
        abstaining, beside the votes that there are in all. Any Vyper 0.4 governor can
        count with it.
@dev A module. What votes change lies in one slot, its tally:

         extension 24 | supply 58 | abstain 58 | in favour 58 | against 58

     The supply is written along with the first vote, so a proposal's quorum never moves
     after it. Who voted is a bitmap by the voter's number, which the host gives: one
     person is one bit, from whichever of their wallets they vote. Supports are those of
     Governor Bravo: 0 against, 1 in favour, 2 abstaining.
     No lane overflows: each holds a part of the supply, which has 58 bits.
"""


# ---- constants ------------------------------------------------------------------

SUPPORTS: constant(uint256) = 3
BASIS_POINTS: constant(uint256) = 10_000

_LANE_BITS: constant(uint256) = 58
_LANE: constant(uint256) = 2**58 - 1
_SUPPLY_AT: constant(uint256) = 3 * _LANE_BITS
_EXTENSION_AT: constant(uint256) = 4 * _LANE_BITS


# ---- storage --------------------------------------------------------------------

_tallies: HashMap[uint256, uint256]

# proposal -> voter's number // 256 -> bitmap
_voted: HashMap[uint256, HashMap[uint256, uint256]]


# ---- internal: who voted ----------------------------------------------------------

@internal
def _takes_ballot(proposal_id: uint256, number: uint256) -> bool:
    """
    @dev Note that they voted; False when they had already.
    """
    word: uint256 = self._voted[proposal_id][number >> 8]
    bit: uint256 = 1 << (number & 255)
    if word & bit != 0:
        return False
    self._voted[proposal_id][number >> 8] = word | bit
    return True


@internal
@view
def _has_voted(proposal_id: uint256, number: uint256) -> bool:
    return (self._voted[proposal_id][number >> 8] >> (number & 255)) & 1 == 1


# ---- internal: the tally ------------------------------------------------------------

@internal
@pure
def _counted(tally: uint256, support: uint256, weight: uint256) -> uint256:
    """
    @dev The tally with one more ballot. Unsafe but proven: see the lanes above.
    """
    return unsafe_add(tally, weight << unsafe_mul(support, _LANE_BITS))


@internal
@pure
def _with_supply(tally: uint256, supply: uint256) -> uint256:
    assert supply <= _LANE  # dev: a checkpoint has 58 bits
    return tally | supply << _SUPPLY_AT


@internal
@pure
def _with_extension(tally: uint256, seconds: uint256) -> uint256:
    assert seconds < 2**24  # dev: bounded by the settings
    return tally & (2**_EXTENSION_AT - 1) | seconds << _EXTENSION_AT


@internal
@pure
def _lane(tally: uint256, support: uint256) -> uint256:
    return (tally >> unsafe_mul(support, _LANE_BITS)) & _LANE


@internal
@pure
def _supply(tally: uint256) -> uint256:
    return (tally >> _SUPPLY_AT) & _LANE


@internal
@pure
def _extension(tally: uint256) -> uint256:
    return tally >> _EXTENSION_AT


@internal
@pure
def _turnout(tally: uint256) -> uint256:
    return self._lane(tally, 0) + self._lane(tally, 1) + self._lane(tally, 2)


@internal
@pure
def _for_quorum(tally: uint256) -> uint256:
    """
    @dev The votes that count towards the quorum: in favour and abstaining.
    """
    return unsafe_add((tally >> _LANE_BITS) & _LANE, (tally >> (2 * _LANE_BITS)) & _LANE)


@internal
@pure
def _quorum(supply: uint256, basis_points: uint256) -> uint256:
    """
    @dev Rounded down, but never nothing.
    """
    return max(1, unsafe_div(unsafe_mul(supply, basis_points), BASIS_POINTS))


@internal
@pure
def _has_quorum(tally: uint256, basis_points: uint256) -> bool:
    quorum: uint256 = self._quorum((tally >> _SUPPLY_AT) & _LANE, basis_points)
    return self._for_quorum(tally) >= quorum


@internal
@pure
def _reaches_quorum(before: uint256, after: uint256, basis_points: uint256) -> bool:
    """
    @dev Whether the ballots between two tallies are those that make the quorum.
    """
    quorum: uint256 = self._quorum((after >> _SUPPLY_AT) & _LANE, basis_points)
    return self._for_quorum(before) < quorum and self._for_quorum(after) >= quorum


@internal
@pure
def _is_won(tally: uint256, basis_points: uint256) -> bool:
    if self._lane(tally, 1) <= self._lane(tally, 0):
        return False
    return self._has_quorum(tally, basis_points)
