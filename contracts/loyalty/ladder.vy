# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Ladder
@custom:contract-name ladder
@license AGPL-3.0-only
@author The Cercle authors
@notice The ladder of standing, and the promise that raising it demotes nobody within
        a year of reaching a tier.
@dev A module. All thresholds fit one slot, eight lanes of 32 bits, and one
     subtraction compares a standing with all of them. A person's `kept` word of 88
     bits remembers the last two climbs (tier 4 | second 40; the later one in the low
     bits). Two are enough: a climb since the last raise stands for all since then,
     one before it for all before, and between two raises passes a year, in which
     what lies before the former one has run out. A lowering, too, keeps a raise
     away for a year, for it lets people up without a climb of their own.
"""

from ..common import limits


# ---- constants ------------------------------------------------------------------

# The highest threshold: lanes hold 31 bits, so that a comparison may borrow the 32nd.
HIGHEST: constant(uint256) = 2**31 - 2

_LANE: constant(uint256) = 32
# 1 in each of eight lanes of 32 bits.
_ONES: constant(uint256) = (26959946673427741531515197488526605382048662297355296634326893985793)
_TOPS: constant(uint256) = _ONES * 2**31
_NEVER: constant(uint256) = 2**31 - 1  # a lane without a tier

_TIER_MASK: constant(uint256) = 2**4 - 1
_CLIMB_BITS: constant(uint256) = 44
_CLIMB_MASK: constant(uint256) = 2**44 - 1


# ---- storage --------------------------------------------------------------------

# Eight thresholds, the lowest in the low bits.
_steps: uint256

# Seconds of the last change, and of the last one that raised anything; 0: none yet.
_changed_at: uint256
_raised_at: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(thresholds_: DynArray[uint256, limits.MAX_TIERS]):
    self._steps = self._packed(thresholds_)


# ---- internal: the ladder ---------------------------------------------------------

@internal
def _set_steps(thresholds: DynArray[uint256, limits.MAX_TIERS]):
    old: uint256 = self._steps
    new: uint256 = self._packed(thresholds)
    for i: uint256 in range(limits.MAX_TIERS):
        if self._lane(new, i) > self._lane(old, i):
            assert (
                self._changed_at == 0 or block.timestamp >= self._changed_at + limits.TIER_KEPT
            ), "ladder: raised too soon"
            self._raised_at = block.timestamp
            break
    self._changed_at = block.timestamp
    self._steps = new


@internal
@view
def _thresholds() -> DynArray[uint256, limits.MAX_TIERS]:
    thresholds: DynArray[uint256, limits.MAX_TIERS] = []
    for i: uint256 in range(limits.MAX_TIERS):
        lane: uint256 = self._lane(self._steps, i)
        if lane != _NEVER:
            thresholds.append(lane)
    return thresholds


@internal
@pure
def _packed(thresholds: DynArray[uint256, limits.MAX_TIERS]) -> uint256:
    steps: uint256 = 0
    lowest: uint256 = 1
    for threshold: uint256 in thresholds:
        assert threshold >= lowest, "ladder: not ascending"
        assert threshold <= HIGHEST, "ladder: threshold too high"
        lowest = threshold + 1
    for i: uint256 in range(limits.MAX_TIERS):
        lane: uint256 = thresholds[i] if i < len(thresholds) else _NEVER
        steps |= lane << (i * _LANE)
    return steps


@internal
@pure
def _lane(steps: uint256, index: uint256) -> uint256:
    return (steps >> (index * _LANE)) & (2**_LANE - 1)


@internal
@pure
def _unreached(steps: uint256, standing: uint256) -> uint256:
    """
    @dev The top bit of each lane whose threshold lies above the standing.
    """
    # Each lane: 2**31 + threshold - (standing + 1) keeps its top bit if threshold >
    # standing. Unsafe but proven: both factors have 31 bits a lane, and each lane of
    # the minuend is at least 2**31, so no lane carries or borrows.
    above: uint256 = unsafe_add(min(standing, HIGHEST), 1)
    return unsafe_sub(steps | _TOPS, unsafe_mul(above, _ONES)) & _TOPS


@internal
@pure
def _tier(steps: uint256, standing: uint256) -> uint256:
    """
    @dev How many thresholds the standing has reached.
    """
    # Unsafe but proven: the product's top lane sums eight ones, the rest wraps away.
    unreached: uint256 = unsafe_mul(self._unreached(steps, standing) >> 31, _ONES) >> 224
    return limits.MAX_TIERS - unreached


# ---- internal: what a person keeps ---------------------------------------------------

@internal
@view
def _climb(kept: uint256, tier: uint256) -> uint256:
    """
    @dev The `kept` word of somebody who reaches a tier now.
    """
    last: uint256 = kept & _CLIMB_MASK
    before: uint256 = kept >> _CLIMB_BITS
    if last >> 4 < self._raised_at or last & _TIER_MASK > tier:
        before = last
    return before << _CLIMB_BITS | block.timestamp << 4 | tier


@internal
@pure
def _slip(kept: uint256, tier: uint256, since: uint256) -> uint256:
    """
    @dev The `kept` word of somebody who falls back to a tier because what lifted
         them since then was a mistake.
    """
    last: uint256 = kept & _CLIMB_MASK
    before: uint256 = kept >> _CLIMB_BITS
    if last >> 4 >= since:
        last = last >> 4 << 4 | min(last & _TIER_MASK, tier)
    if before >> 4 >= since:
        before = before >> 4 << 4 | min(before & _TIER_MASK, tier)
    return before << _CLIMB_BITS | last


@internal
@view
def _held(kept: uint256, standing: uint256) -> (uint256, uint256):
    """
    @dev The tier held now, and until when it is kept whatever the ladder (0: is not).
    """
    tier: uint256 = self._tier(self._steps, standing)
    until: uint256 = 0
    for climb: uint256 in [kept & _CLIMB_MASK, kept >> _CLIMB_BITS]:
        end: uint256 = (climb >> 4) + limits.TIER_KEPT
        if block.timestamp >= end:
            continue
        if climb & _TIER_MASK > tier:
            tier = climb & _TIER_MASK
            until = end
        elif climb & _TIER_MASK == tier and tier != 0:
            until = max(until, end)
    return (tier, until)


@internal
@view
def _holds(kept: uint256, standing: uint256, tier: uint256) -> bool:
    """
    @dev Whether at least this tier is held now: the usual case, a standing that has
         reached it, costs one comparison.
    """
    if tier == 0:
        return True
    if tier <= limits.MAX_TIERS:
        if min(standing, HIGHEST) >= self._lane(self._steps, tier - 1):
            return True
    held: uint256 = 0
    until: uint256 = 0
    held, until = self._held(kept, standing)
    return held >= tier
