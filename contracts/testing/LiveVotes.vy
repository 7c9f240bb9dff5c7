# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Live votes
@custom:contract-name LiveVotes
@license AGPL-3.0-only
@author The Cercle authors
@notice The Electorate's twin without its memory: a ballot weighs what was delegated to a
        voter at this very moment, whichever moment is asked for.
@dev For tests alone. What flash voting feeds on.
"""

member_no_of: public(HashMap[address, uint256])
delegates: public(HashMap[address, address])
getVotes: public(HashMap[address, uint256])
_count: uint256


@external
def join():
    """
    @notice Become a member with one vote.
    """
    assert self.member_no_of[msg.sender] == 0, "live_votes: a member"
    self._count += 1
    self.member_no_of[msg.sender] = self._count
    self.delegates[msg.sender] = msg.sender
    self.getVotes[msg.sender] += 1


@external
def delegate(delegatee: address):
    """
    @notice Give your vote to another.
    """
    self.getVotes[self.delegates[msg.sender]] -= 1
    self.delegates[msg.sender] = delegatee
    self.getVotes[delegatee] += 1


@external
@view
def ballot(account: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice The fault: the moment is not looked at.
    """
    return (self.member_no_of[account], self.getVotes[account])
