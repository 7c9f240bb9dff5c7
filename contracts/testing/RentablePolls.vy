# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Rentable polls
@custom:contract-name RentablePolls
@license AGPL-3.0-only
@author The Cercle authors
@notice Polls' twin without what makes a vote a bad thing to buy: a voter speaks with all that
        was delegated to them, and a vote that was cast is final.
@dev For tests alone: the twin of Polls under attack V10.
"""

from ..interfaces import IElectorate

ELECTORATE: immutable(IElectorate)

poll_count: public(uint256)
_snapshots: HashMap[uint256, uint256]
_has_voted: HashMap[uint256, HashMap[uint256, bool]]
_counts: HashMap[uint256, uint256[3]]


@deploy
def __init__(electorate_: IElectorate):
    ELECTORATE = electorate_


@external
def open_poll(
    content_hash: bytes32, kind: uint256, option_count: uint256, closes_at: uint256
) -> uint256:
    """
    @notice Ask a question with two options; what else is said of it is not looked at.
    """
    self.poll_count += 1
    self._snapshots[self.poll_count] = block.timestamp - 1
    return self.poll_count


@external
def vote(poll_id: uint256, option: uint256):
    """
    @notice Answer once, with all the votes that you carry.
    """
    assert option == 1 or option == 2, "rentable_polls: no option"
    member_no: uint256 = 0
    units: uint256 = 0
    member_no, units = staticcall ELECTORATE.ballot(msg.sender, self._snapshots[poll_id])
    assert units != 0, "rentable_polls: no votes"
    assert not self._has_voted[poll_id][member_no], "rentable_polls: has voted"
    self._has_voted[poll_id][member_no] = True
    self._counts[poll_id][option] += units


@external
@view
def tally(poll_id: uint256) -> DynArray[uint256, 2]:
    """
    @notice The count.
    """
    return [self._counts[poll_id][1], self._counts[poll_id][2]]
