# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Council
@custom:contract-name Council
@license AGPL-3.0-only
@author The Cercle authors
@notice A vote reduced to its weighing: one question, asked of whatever answers
        `ballot(account, timepoint)`, at the second before it was opened.
@dev For tests alone.
"""


interface Ballots:
    def ballot(account: address, timepoint: uint256) -> (uint256, uint256): view


snapshot: public(immutable(uint256))
tally: public(uint256)
has_voted: public(HashMap[uint256, bool])
_ballots: immutable(Ballots)


@deploy
def __init__(ballots_: Ballots):
    _ballots = ballots_
    snapshot = block.timestamp - 1


@external
def vote():
    """
    @notice Say yes, with all the votes you have.
    """
    member_no: uint256 = 0
    units: uint256 = 0
    member_no, units = staticcall _ballots.ballot(msg.sender, snapshot)
    assert member_no != 0, "council: not a member"
    assert not self.has_voted[member_no], "council: voted already"
    self.has_voted[member_no] = True
    self.tally += units
