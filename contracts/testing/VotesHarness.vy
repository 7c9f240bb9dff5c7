# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Votes harness
@custom:contract-name VotesHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice Opens the `checkpoints` and `votes` modules to their unit tests. A holder's
        tag is the low end of its id.
"""

from ..common import checkpoints

initializes: checkpoints

from ..common import signatures

initializes: signatures

from ..common import votes

initializes: votes[checkpoints := checkpoints, signatures := signatures]

exports: (
    signatures.eip712_domain_separator.eip712Domain,
    votes.clock,
    votes.CLOCK_MODE,
    votes.getPastTotalSupply,
    votes.nonces,
)


# ---- storage --------------------------------------------------------------------

id_of: public(HashMap[address, uint256])
holder_of: public(HashMap[uint256, address])


@deploy
def __init__():
    signatures.__init__("VotesHarness", "1")
    checkpoints.__init__()
    votes.__init__()


# ---- checkpoints ------------------------------------------------------------------

@external
def set_value(trace: uint256, time: uint256, number: uint256):
    """
    @notice From a second on, the trace reads so.
    """
    checkpoints._set(trace, time, number)


@external
def set_values(trace: uint256, numbers: DynArray[uint256, 8]):
    """
    @notice Several changes in one second.
    """
    for number: uint256 in numbers:
        checkpoints._set(trace, block.timestamp, number)


@external
def push(trace: uint256, diff: int256) -> (uint256, uint256):
    """
    @notice From now on, the trace reads that much more.
    """
    return checkpoints._push(trace, diff)


@external
def push_beside(trace: uint256, diff: int256, side: uint256) -> (uint256, uint256):
    """
    @notice The same, with a side slot written along.
    """
    return checkpoints._push_beside(trace, diff, side)


@external
def push_twice(trace: uint256, diff: int256, side: uint256):
    """
    @notice Twice in one second, with a side slot written along.
    """
    checkpoints._push_beside(trace, diff, side)
    checkpoints._push_beside(trace, diff, side)


@external
def set_side(trace: uint256, side: uint256):
    """
    @notice Write the side slot alone.
    """
    checkpoints._set_side(trace, side)


@external
@view
def side_of(trace: uint256) -> uint256:
    """
    @notice What the host wrote beside the trace.
    """
    return checkpoints._side_of(trace)


@external
def set_tag(trace: uint256, tag: uint256):
    """
    @notice Write the host's 32 bits.
    """
    checkpoints._set_tag(trace, tag)


@external
@view
def tag_of(trace: uint256) -> uint256:
    """
    @notice The host's 32 bits.
    """
    return checkpoints._tag(trace)


@external
@view
def length_of(trace: uint256) -> uint256:
    """
    @notice How many checkpoints the trace has.
    """
    return checkpoints._length(trace)


@external
@view
def latest(trace: uint256) -> uint256:
    """
    @notice What the trace reads now.
    """
    return checkpoints._latest(trace)


@external
@view
def value_at(trace: uint256, time: uint256) -> (uint256, uint256):
    """
    @notice The tag, and what the trace read at a second.
    """
    return checkpoints._at(trace, time)


# ---- votes ------------------------------------------------------------------------

@external
def enrol(holder: address, id: uint256):
    """
    @notice Let a holder count.
    """
    self.id_of[holder] = id
    self.holder_of[id] = holder
    votes._enrol(id, id & (2**32 - 1), holder)


@external
def dismiss(holder: address):
    """
    @notice Take a holder out.
    """
    votes._dismiss(self.id_of[holder], holder, self._delegate_of(holder))


@external
def set_own(holder: address, time: uint256, units: uint256):
    """
    @notice Say what a holder has itself, from a second on.
    """
    votes._set_own(self.id_of[holder], time, units)


@external
def set_counted(holder: address, units: uint256) -> uint256:
    """
    @notice Say how many of a holder's units count.
    """
    return votes._set_counted(self.id_of[holder], units, self._delegate_of(holder))


@external
def delegate_to(holder: address, to: address, expires_at: uint256):
    """
    @notice Delegate as a holder.
    """
    self._delegate(holder, to, expires_at)


@external
def delegateBySig(
    delegatee: address, nonce: uint256, expiry: uint256, v: uint8, r: bytes32, s: bytes32
):
    """
    @notice Delegate as who signed.
    """
    signer: address = votes._use_delegation(delegatee, nonce, expiry, v, r, s)
    self._delegate(signer, delegatee, 0)


@external
@view
def delegation_of(holder: address) -> votes.Delegation:
    """
    @notice A holder's delegation.
    """
    return votes._delegation(self.id_of[holder])


@external
@view
def votes_of(holder: address) -> uint256:
    """
    @notice What was delegated to a holder, now.
    """
    return votes._votes(self.id_of[holder])


@external
@view
def own_of(holder: address) -> uint256:
    """
    @notice What a holder has itself, now.
    """
    return votes._own(self.id_of[holder])


@external
@view
def total() -> uint256:
    """
    @notice What all have, now.
    """
    return votes._total()


@external
@view
def votes_at(holder: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice The tag, and what was delegated to a holder at a past second.
    """
    return votes._votes_at(self.id_of[holder], timepoint)


@external
@view
def own_at(holder: address, timepoint: uint256) -> (uint256, uint256):
    """
    @notice The tag, and what a holder had itself at a past second.
    """
    return votes._own_at(self.id_of[holder], timepoint)


@internal
def _delegate(holder: address, to: address, expires_at: uint256):
    votes._delegate(
        self.id_of[holder],
        self.id_of[to],
        expires_at,
        holder,
        self._delegate_of(holder),
        to,
    )


@internal
@view
def _delegate_of(holder: address) -> address:
    return self.holder_of[votes._delegation(self.id_of[holder]).to_id]
