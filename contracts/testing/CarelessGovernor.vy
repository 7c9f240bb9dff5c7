# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Careless governor
@custom:contract-name CarelessGovernor
@license AGPL-3.0-only
@author The Cercle authors
@notice The Governor's twin with the faults that governors are known for: a proposal is named
        by what it does and says, whoever makes it, and its proposer may cancel it at any
        time (GHSA-5h3x-9wvq-w4m2); the quorum is the one of now, for old proposals too
        (GHSA-xrc4-737v-9q75); a vote begins at once and ends when it ends; and it tells
        every contract who voted how.
@dev For tests alone: the twin of Governor under attacks V1, V6 to V8 and V10 to V12.
"""


interface Ballots:
    def ballot(account: address, timepoint: uint256) -> (uint256, uint256): view


struct Proposal:
    proposer: address
    begins_at: uint256
    in_favour: uint256
    against: uint256
    is_canceled: bool
    is_executed: bool


VOTES: immutable(Ballots)
PERIOD: immutable(uint256)

quorum: public(uint256)
proposals: public(HashMap[bytes32, Proposal])
choices: public(HashMap[bytes32, HashMap[address, uint256]])  # 1 against, 2 in favour
_has_voted: HashMap[bytes32, HashMap[uint256, bool]]


@deploy
def __init__(votes_: Ballots, period_: uint256, quorum_: uint256):
    VOTES = votes_
    PERIOD = period_
    self.quorum = quorum_


@external
@payable
def __default__():
    """
    @notice Take the chain's coin into the treasury.
    """
    pass


@external
def set_quorum(quorum_: uint256):
    """
    @notice The fault: it counts for what was decided before.
    """
    self.quorum = quorum_


@external
@view
def id_of(
    target: address, amount: uint256, data: Bytes[1_024], description: String[256]
) -> bytes32:
    """
    @notice The fault: nobody's name in the description is looked at.
    """
    return self._id(target, amount, data, description)


@external
def propose(target: address, amount: uint256, data: Bytes[1_024], description: String[256]):
    """
    @notice Propose a call; it is voted on from now on.
    """
    id: bytes32 = self._id(target, amount, data, description)
    assert self.proposals[id].begins_at == 0, "careless_governor: proposed"
    self.proposals[id].proposer = msg.sender
    self.proposals[id].begins_at = block.timestamp


@external
def cancel(id: bytes32):
    """
    @notice The fault: whenever its proposer likes.
    """
    assert self.proposals[id].proposer == msg.sender, "careless_governor: not yours"
    self.proposals[id].is_canceled = True


@external
def vote(id: bytes32, is_in_favour: bool):
    """
    @notice Vote until the end, which nothing moves.
    """
    began_at: uint256 = self.proposals[id].begins_at
    assert not self.proposals[id].is_canceled, "careless_governor: canceled"
    assert block.timestamp <= began_at + PERIOD, "careless_governor: over"
    number: uint256 = 0
    weight: uint256 = 0
    number, weight = staticcall VOTES.ballot(msg.sender, began_at - 1)
    assert number != 0 and not self._has_voted[id][number], "careless_governor: has voted"
    self._has_voted[id][number] = True
    self.choices[id][msg.sender] = 2 if is_in_favour else 1
    if is_in_favour:
        self.proposals[id].in_favour += weight
    else:
        self.proposals[id].against += weight


@external
def execute(target: address, amount: uint256, data: Bytes[1_024], description: String[256]):
    """
    @notice The fault: as soon as the vote is over.
    """
    id: bytes32 = self._id(target, amount, data, description)
    one: Proposal = self.proposals[id]
    assert one.begins_at != 0 and block.timestamp > one.begins_at + PERIOD
    assert not one.is_canceled and not one.is_executed, "careless_governor: no more"
    assert one.in_favour > one.against, "careless_governor: lost"
    assert one.in_favour >= self.quorum, "careless_governor: no quorum"
    self.proposals[id].is_executed = True
    raw_call(target, data, value=amount)


@internal
@pure
def _id(target: address, amount: uint256, data: Bytes[1_024], description: String[256]) -> bytes32:
    return keccak256(abi_encode(target, amount, data, description))
