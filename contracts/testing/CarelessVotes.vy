# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Careless votes
@custom:contract-name CarelessVotes
@license AGPL-3.0-only
@author The Cercle authors
@notice The Electorate's twin with the faults that delegation accounting is known for: both
        balances are read before either is written, and each change is a checkpoint of
        its own, of which a look-up takes the first of its second.
@dev For tests alone.
"""

MAX_POINTS: constant(uint256) = 64

member_no_of: public(HashMap[address, uint256])
delegates: public(HashMap[address, address])
getVotes: public(HashMap[address, uint256])
_times: HashMap[address, DynArray[uint256, MAX_POINTS]]
_values: HashMap[address, DynArray[uint256, MAX_POINTS]]
_count: uint256


@external
def join():
    """
    @notice Become a member with one vote.
    """
    self._count += 1
    self.member_no_of[msg.sender] = self._count
    self.delegates[msg.sender] = msg.sender
    self._write(msg.sender, self.getVotes[msg.sender] + 1)


@external
def delegate(delegatee: address):
    """
    @notice Give your vote to another; or to the same, which is the fault.
    """
    former: address = self.delegates[msg.sender]
    less: uint256 = self.getVotes[former] - 1
    more: uint256 = self.getVotes[delegatee] + 1
    self.delegates[msg.sender] = delegatee
    self._write(former, less)
    self._write(delegatee, more)


@external
@view
def getPastVotes(account: address, timepoint: uint256) -> uint256:
    """
    @notice The first checkpoint of the last second that is not after.
    """
    return self._past(account, timepoint)


@external
@view
def ballot(account: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice The number, and the same.
    """
    return (self.member_no_of[account], self._past(account, timepoint))


@internal
@view
def _past(account: address, timepoint: uint256) -> uint256:
    found: uint256 = 0
    times: DynArray[uint256, MAX_POINTS] = self._times[account]
    for i: uint256 in range(len(times), bound=MAX_POINTS):
        if times[i] > timepoint:
            break
        if i == 0 or times[i] != times[i - 1]:
            found = self._values[account][i]
    return found


@internal
def _write(account: address, votes: uint256):
    self.getVotes[account] = votes
    self._times[account].append(block.timestamp)
    self._values[account].append(votes)
