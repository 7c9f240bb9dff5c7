# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Loose decisions
@custom:contract-name LooseDecisions
@license AGPL-3.0-only
@author The Cercle authors
@notice Seals that bind nobody: whoever copies one has the reasons, too, once they are out; and
        what is opened late was never silent.
"""

seals: public(HashMap[uint256, bytes32])
due_at: HashMap[uint256, uint256]
is_silent: public(HashMap[uint256, bool])
is_opened: public(HashMap[uint256, bool])


@external
def commit(id: uint256, seal: bytes32):
    """
    @notice Commit to something.
    """
    self.seals[id] = seal


@external
def demand(id: uint256, due_at: uint256):
    """
    @notice Demand that it is opened.
    """
    self.due_at[id] = due_at


@external
def mark(id: uint256):
    """
    @notice Have the silence written down.
    """
    assert block.timestamp > self.due_at[id], "loose_decisions: not silent"
    self.is_silent[id] = True


@external
def open(id: uint256, digest: bytes32, secret: bytes32):
    """
    @notice Open it.
    """
    assert self.seals[id] == self._seal(digest, secret), "loose_decisions: something else"
    self.is_opened[id] = True
    self.is_silent[id] = False


@external
@pure
def seal(digest: bytes32, secret: bytes32) -> bytes32:
    """
    @notice What is committed to.
    """
    return self._seal(digest, secret)


@internal
@pure
def _seal(digest: bytes32, secret: bytes32) -> bytes32:
    return keccak256(abi_encode(digest, secret))
