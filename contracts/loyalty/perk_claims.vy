# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Perk claims
@custom:contract-name perk_claims
@license AGPL-3.0-only
@author The Cercle authors
@notice What members claimed: CLAIMED -> FULFILLED | CANCELLED | MISSED, each end once, on
        its side of the deadline, and none leads back.
@dev A module. A member's claims of one perk in one period share a slot of four lanes,
     each, from the right: state 4 | variant 4 | serial 16 | claimed_at 40. A claim's
     number is perk_id | member_no 32 | period 40 | lane 8, and its first three the key of
     the slot. Lanes are never used again, so a number means one claim for ever.
"""

from ..common import limits
from ..interfaces import IPerks


# ---- constants ------------------------------------------------------------------

_LANE_BITS: constant(uint256) = 64
_LANE: constant(uint256) = 2**64 - 1
_STATE: constant(uint256) = 15
_CLAIMED: constant(uint256) = 1  # as in `IPerks.State`
_FULFILLED: constant(uint256) = 2
_MEMBER_NO: constant(uint256) = 2**32 - 1
_PERIOD: constant(uint256) = 2**40 - 1


# ---- storage --------------------------------------------------------------------

_lanes: HashMap[uint256, uint256]


# ---- internal: numbers ------------------------------------------------------------

@internal
@pure
def _key(perk_id: uint256, member_no: uint256, period: uint256) -> uint256:
    return perk_id << 72 | member_no << 40 | period


@internal
@pure
def _perk_id(claim_id: uint256) -> uint256:
    return claim_id >> 80


@internal
@pure
def _member_no(claim_id: uint256) -> uint256:
    return (claim_id >> 48) & _MEMBER_NO


# ---- internal: writing ------------------------------------------------------------

@internal
def _add(key: uint256, spare: uint256, unit: uint256) -> uint256:
    """
    @dev `spare` is the limit less one; `unit` the serial and the variant in their places.
    """
    lanes: uint256 = self._lanes[key]
    offset: uint256 = 0
    if lanes != 0:
        offset = self._free_offset(lanes, spare)
    self._lanes[key] = lanes | ((block.timestamp << 24 | unit | _CLAIMED) << offset)
    return key << 8 | unsafe_div(offset, _LANE_BITS)


@internal
@pure
def _free_offset(lanes: uint256, spare: uint256) -> uint256:
    """
    @dev Where the next claim goes; only what is CLAIMED or FULFILLED counts against the
         limit.
    """
    rest: uint256 = lanes
    offset: uint256 = 0
    live: uint256 = 0
    for _: uint256 in range(limits.MAX_CLAIMS):
        if rest == 0:
            break
        if rest & _STATE <= _FULFILLED:
            live += 1
        rest >>= _LANE_BITS
        offset += _LANE_BITS
    assert live <= spare and offset < 256, "perk_claims: limit reached"
    return offset


@internal
def _end(claim_id: uint256, state: IPerks.State, within: uint256):
    lane: uint256 = self._lane(claim_id)
    assert lane & _STATE == _CLAIMED, "perk_claims: already settled"
    if state == IPerks.State.MISSED:
        assert block.timestamp > (lane >> 24) + within, "perk_claims: not missed yet"
    else:
        assert block.timestamp <= (lane >> 24) + within, "perk_claims: past its deadline"
    # `^` turns CLAIMED into the new state and leaves the other lanes alone.
    self._lanes[claim_id >> 8] ^= (_CLAIMED ^ convert(state, uint256)) << (
        (claim_id & 255) * _LANE_BITS
    )


# ---- internal: reading ------------------------------------------------------------

@internal
@view
def _lane(claim_id: uint256) -> uint256:
    index: uint256 = claim_id & 255
    assert index < limits.MAX_CLAIMS, "perk_claims: unknown claim"
    lane: uint256 = (self._lanes[claim_id >> 8] >> (index * _LANE_BITS)) & _LANE
    assert lane != 0, "perk_claims: unknown claim"
    return lane


@internal
@view
def _variant(claim_id: uint256) -> uint256:
    return (self._lane(claim_id) >> 4) & 15


@internal
@view
def _read(claim_id: uint256, within: uint256, price: uint256) -> IPerks.Claim:
    lane: uint256 = self._lane(claim_id)
    deadline: uint256 = (lane >> 24) + within
    state: IPerks.State = convert(lane & _STATE, IPerks.State)
    held: uint256 = 0
    if state == IPerks.State.CLAIMED:
        held = price
        if block.timestamp > deadline:
            state = IPerks.State.MISSED
    return IPerks.Claim(
        perk_id=self._perk_id(claim_id),
        member_no=self._member_no(claim_id),
        variant=(lane >> 4) & 15,
        serial=(lane >> 8) & (2**16 - 1),
        claimed_at=lane >> 24,
        deadline=deadline,
        state=state,
        held=held,
    )


@internal
@view
def _list(
    perk_id: uint256, member_no: uint256, period: uint256
) -> DynArray[uint256, limits.MAX_CLAIMS]:
    claim_ids: DynArray[uint256, limits.MAX_CLAIMS] = []
    # Larger numbers would spill into their neighbours in the key.
    if member_no > _MEMBER_NO or period > _PERIOD:
        return claim_ids
    key: uint256 = self._key(perk_id, member_no, period)
    rest: uint256 = self._lanes[key]
    for index: uint256 in range(limits.MAX_CLAIMS):
        if rest == 0:
            break
        claim_ids.append(key << 8 | index)
        rest >>= _LANE_BITS
    return claim_ids


@internal
@view
def _next(perk_id: uint256, member_no: uint256, period: uint256) -> uint256:
    """
    @dev The number of a member's next claim in a period; 0 when there is no lane left.
    """
    if member_no > _MEMBER_NO or period > _PERIOD:
        return 0
    key: uint256 = self._key(perk_id, member_no, period)
    lanes: uint256 = self._lanes[key]
    for index: uint256 in range(limits.MAX_CLAIMS):
        if (lanes >> (index * _LANE_BITS)) == 0:
            return key << 8 | index
    return 0
