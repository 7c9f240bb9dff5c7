# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Proposals
@custom:contract-name proposals
@license AGPL-3.0-only
@author The Cercle authors
@notice Where a proposal stands, in OpenZeppelin's eight states, told by the clock and the
        count: pending -> active -> succeeded -> queued -> executed, or defeated, or
        canceled. None ever expires.
@dev A module. A proposal fills one slot beside its tally:

         canceled 1 | executed 1 | queued 1 | (voting period 24 | quorum 14), and once
         queued (eta 38) | terms' version 12 | class 4 | snapshot 36 | proposer 160

     A vote reads that and the tally, no terms. Once queued, the vote is over, and what
     the eta stands in place of is read from the terms that the proposal was made under.
"""

from . import counting

uses: counting

from . import governor_errors
from . import terms
from ..interfaces import IGuard


# ---- constants ------------------------------------------------------------------

PENDING: constant(uint256) = 0
ACTIVE: constant(uint256) = 1
CANCELED: constant(uint256) = 2
DEFEATED: constant(uint256) = 3
SUCCEEDED: constant(uint256) = 4
QUEUED: constant(uint256) = 5
EXECUTED: constant(uint256) = 7

_SNAPSHOT_AT: constant(uint256) = 160
_SNAPSHOT: constant(uint256) = 2**36 - 1
_CLASS_AT: constant(uint256) = 196
_CLASS: constant(uint256) = 2**4 - 1
_VERSION_AT: constant(uint256) = 200
_VERSION: constant(uint256) = 2**12 - 1
_TAIL_AT: constant(uint256) = 212
_TAIL: constant(uint256) = 2**38 - 1
_QUORUM_BITS: constant(uint256) = 14
_QUORUM: constant(uint256) = 2**14 - 1
_PERIOD: constant(uint256) = 2**24 - 1
_IS_QUEUED: constant(uint256) = 2**250
_IS_EXECUTED: constant(uint256) = 2**251
_IS_CANCELED: constant(uint256) = 2**252


# ---- immutables -----------------------------------------------------------------

GUARD: immutable(IGuard)


# ---- storage --------------------------------------------------------------------

_cores: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(guard_: IGuard):
    GUARD = guard_


# ---- internal: writing ------------------------------------------------------------

@internal
def _open(proposal_id: uint256, proposer: address, class_id: uint256, word: uint256) -> uint256:
    """
    @dev Let it begin; returns its snapshot.
    """
    snapshot: uint256 = block.timestamp + terms._voting_delay(word)
    assert snapshot <= _SNAPSHOT  # dev: in the year 4147
    tail: uint256 = terms._voting_period(word) << _QUORUM_BITS | terms._quorum(word)
    self._cores[proposal_id] = (
        tail << _TAIL_AT
        | terms._version(word) << _VERSION_AT
        | class_id << _CLASS_AT
        | snapshot << _SNAPSHOT_AT
        | convert(proposer, uint256)
    )
    return snapshot


@internal
def _queue(proposal_id: uint256) -> uint256:
    """
    @dev Let a proposal that has succeeded wait for its act; returns when that is due.
    """
    core: uint256 = self._cores[proposal_id]
    self._require_state(proposal_id, core, SUCCEEDED)
    eta: uint256 = block.timestamp + terms._queue_delay(self._terms(core))
    self._cores[proposal_id] = (core & ~(_TAIL << _TAIL_AT)) | eta << _TAIL_AT | _IS_QUEUED
    return eta


@internal
def _execute(proposal_id: uint256) -> uint256:
    """
    @dev Note that a queued proposal whose time has come is executed; returns it as it was.
    """
    core: uint256 = self._cores[proposal_id]
    self._require_state(proposal_id, core, QUEUED)
    eta: uint256 = self._eta(core)
    if block.timestamp < eta:
        governor_errors._unmet_delay(proposal_id, eta)
    self._cores[proposal_id] = core | _IS_EXECUTED
    return core


@internal
def _cancel(proposal_id: uint256):
    self._cores[proposal_id] |= _IS_CANCELED


# ---- internal: states ---------------------------------------------------------------

@internal
@view
def _state(proposal_id: uint256, core: uint256) -> uint256:
    if core & _IS_EXECUTED != 0:
        return EXECUTED
    if core & _IS_CANCELED != 0:
        return CANCELED
    if core == 0:
        governor_errors._nonexistent(proposal_id)
    if core & _IS_QUEUED != 0:
        return QUEUED
    if block.timestamp <= self._snapshot(core):
        return PENDING
    tally: uint256 = counting._tallies[proposal_id]
    if block.timestamp <= self._deadline(core, tally):
        return ACTIVE
    return SUCCEEDED if counting._is_won(tally, self._quorum(core)) else DEFEATED


@internal
@view
def _require_state(proposal_id: uint256, core: uint256, expected: uint256):
    current: uint256 = self._state(proposal_id, core)
    if current != expected:
        governor_errors._unexpected_state(proposal_id, current, 1 << expected)


@internal
@view
def _require_active(proposal_id: uint256, core: uint256, tally: uint256):
    """
    @dev The same question as `_require_state` asks, where both words are at hand.
         Unsafe but proven: no part of a deadline has more than 36 bits.
    """
    snapshot: uint256 = (core >> _SNAPSHOT_AT) & _SNAPSHOT
    voting: uint256 = unsafe_add(
        (core >> (_TAIL_AT + _QUORUM_BITS)) & _PERIOD, counting._extension(tally)
    )
    if (
        core >= _IS_QUEUED
        or block.timestamp <= snapshot
        or block.timestamp > unsafe_add(snapshot, voting)
    ):
        self._require_state(proposal_id, core, ACTIVE)


# ---- internal: a proposal's parts -----------------------------------------------------

@internal
@pure
def _proposer(core: uint256) -> address:
    return convert(core & (2**160 - 1), address)


@internal
@pure
def _snapshot(core: uint256) -> uint256:
    return (core >> _SNAPSHOT_AT) & _SNAPSHOT


@internal
@pure
def _class_id(core: uint256) -> uint256:
    return (core >> _CLASS_AT) & _CLASS


@internal
@pure
def _version(core: uint256) -> uint256:
    return (core >> _VERSION_AT) & _VERSION


@internal
@view
def _terms(core: uint256) -> uint256:
    """
    @dev The terms it was made under, whatever its class's are now.
    """
    return staticcall GUARD.word_at(self._class_id(core), self._version(core))


@internal
@view
def _deadline(core: uint256, tally: uint256) -> uint256:
    """
    @dev The last second in which votes count.
    """
    period: uint256 = 0
    if core & _IS_QUEUED == 0:
        period = (core >> (_TAIL_AT + _QUORUM_BITS)) & _PERIOD
    else:
        period = terms._voting_period(self._terms(core))
    return unsafe_add(unsafe_add(self._snapshot(core), period), counting._extension(tally))


@internal
@view
def _quorum(core: uint256) -> uint256:
    """
    @dev In basis points of the votable supply.
    """
    if core & _IS_QUEUED == 0:
        return (core >> _TAIL_AT) & _QUORUM
    return terms._quorum(self._terms(core))


@internal
@pure
def _eta(core: uint256) -> uint256:
    return (core >> _TAIL_AT) & _TAIL if core & _IS_QUEUED != 0 else 0
