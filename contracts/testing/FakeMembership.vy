# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake membership
@custom:contract-name FakeMembership
@license AGPL-3.0-only
@author The Cercle authors
@notice Looks like a Membership to Perks and an Electorate to Polls; a test says who is a member,
        under which number, from when to when they have a voice, and which tier they hold.
@dev For tests alone: anybody may set anything, also the highest number there can be.
"""

from ..common import limits
from ..interfaces import IGate

implements: IGate

from ..interfaces import IPassport

PASSPORT: immutable(IPassport)
ASKS_TIER: constant(uint256) = 1

member_no_of: public(HashMap[uint256, uint256])
passport_of: public(HashMap[uint256, uint256])
is_active: public(HashMap[uint256, bool])
tier_of: public(HashMap[uint256, uint256])
voice_from: public(HashMap[uint256, uint256])
voice_to: public(HashMap[uint256, uint256])


@deploy
def __init__(passport_: IPassport):
    PASSPORT = passport_


@external
def enrol(passport_id: uint256, member_no: uint256):
    """
    @notice Make somebody a member under any number.
    """
    self.member_no_of[passport_id] = member_no
    self.passport_of[member_no] = passport_id
    self.is_active[passport_id] = True


@external
def set_active(passport_id: uint256, is_active: bool):
    """
    @notice Let somebody leave, or come back.
    """
    self.is_active[passport_id] = is_active


@external
def set_tier(passport_id: uint256, tier: uint256):
    """
    @notice Say which tier somebody holds.
    """
    self.tier_of[passport_id] = tier


@external
def set_voice(passport_id: uint256, first: uint256, end: uint256):
    """
    @notice Say in which seconds somebody has a unit of their own: from `first`, before `end`.
    """
    self.voice_from[passport_id] = first
    self.voice_to[passport_id] = end


@external
@view
def member_of(account: address) -> (uint256, uint256):
    """
    @notice The passport, and the number of who is a member now.
    """
    passport_id: uint256 = staticcall PASSPORT.id_of(account)
    if not self.is_active[passport_id]:
        return (passport_id, 0)
    return (passport_id, self.member_no_of[passport_id])


@external
@view
def own(account: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice The number, and a unit if they had one then.
    """
    assert timepoint < block.timestamp, "fake_membership: not past"
    return self._own(account, timepoint)


@external
@view
def owns(
    words: DynArray[uint256, limits.MAX_BATCH], timepoint: uint256
) -> uint256[limits.MAX_BATCH]:
    """
    @notice `own` for the wallets in the upper 160 bits of several words.
    """
    assert timepoint < block.timestamp, "fake_membership: not past"
    packed: uint256[limits.MAX_BATCH] = empty(uint256[limits.MAX_BATCH])
    for i: uint256 in range(len(words), bound=limits.MAX_BATCH):
        member_no: uint256 = 0
        units: uint256 = 0
        member_no, units = self._own(convert(words[i] >> 96, address), timepoint)
        packed[i] = member_no << 128 | units
    return packed


@external
@view
def open_for(passport_id: uint256, argument: uint96) -> bool:
    """
    @notice At least this tier, to who is a member now.
    """
    assert convert(argument, uint256) >> 88 == ASKS_TIER, "fake_membership: unknown question"
    least: uint256 = convert(argument, uint256) & (2**88 - 1)
    return self.is_active[passport_id] and self.tier_of[passport_id] >= least


@internal
@view
def _own(account: address, timepoint: uint256) -> (uint256, uint256):
    passport_id: uint256 = staticcall PASSPORT.id_of(account)
    units: uint256 = 0
    if self.voice_from[passport_id] <= timepoint and timepoint < self.voice_to[passport_id]:
        units = 1
    return (self.member_no_of[passport_id], units)
