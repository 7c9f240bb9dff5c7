# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Votes
@custom:contract-name votes
@license AGPL-3.0-only
@author The Cercle authors
@notice Votes that are counted by id, delegated from id to id, and remember every
        past moment. Any Vyper 0.4 project can build ERC-5805 on it.
@dev A module. The host decides what an id is (a person, a token: any number of up
     to 64 bits), who may act for it, and what its units are worth; it says which
     account stands for an id in the standard's events. Each id has two traces. OWN says what it has itself: the host may write it ahead of the
     clock. VOTES says what was delegated to it: only counted units move there,
     so that at every past second

         the sum of all VOTES = the total = the sum of all counted units.

     An id is enrolled before it can count, delegate or be delegated to. Enrolment
     delegates to oneself; dismissal takes the units out and ends the delegation,
     but what others delegated to the dismissed id stays there until they, or
     whoever the host lets, take it back. The tag is the host's own 32-bit name of
     the id, answered by each look-up without a second read.
"""

from ..interfaces import IVotes
from . import checkpoints
from . import signatures

uses: checkpoints
uses: signatures


# ---- constants ------------------------------------------------------------------

DELEGATION_TYPE_HASH: constant(bytes32) = keccak256(
    "Delegation(address delegatee,uint256 nonce,uint256 expiry)"
)

# Which of an id's traces: the id itself names VOTES.
_OWN: constant(uint256) = 1 << 64
_TOTAL: constant(uint256) = 1 << 65

# Beside an id's VOTES: delegatee 64 | delegation expires at 40 | counted units 54
_ID_BITS: constant(uint256) = 64
_EXPIRY_BITS: constant(uint256) = 40
_UNITS_BITS: constant(uint256) = 54
_UNITS_MASK: constant(uint256) = 2**_UNITS_BITS - 1
_EXPIRY_MASK: constant(uint256) = 2**_EXPIRY_BITS - 1
_ID_SHIFT: constant(uint256) = _EXPIRY_BITS + _UNITS_BITS


# ---- structs --------------------------------------------------------------------

struct Delegation:
    to_id: uint256  # 0: not enrolled
    expires_at: uint256  # 0: never
    units: uint256  # counted ones


# ---- storage --------------------------------------------------------------------

# signer -> the next nonce of `delegateBySig`
_nonces: HashMap[address, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__():
    pass


# ---- external: views --------------------------------------------------------------

@external
@view
def clock() -> uint48:
    """
    @notice The clock that past votes are looked up by.
    @return Unix seconds.
    """
    return convert(block.timestamp, uint48)


@external
@view
def CLOCK_MODE() -> String[14]:
    """
    @notice What the clock counts.
    @return ERC-6372's word for seconds.
    """
    return "mode=timestamp"


@external
@view
def getPastTotalSupply(timepoint: uint256) -> uint256:
    """
    @notice The units that counted at a past second.
    @param timepoint Unix seconds, past.
    @return The total of all votes.
    """
    return self._total_at(timepoint)


@external
@view
def nonces(owner: address) -> uint256:
    """
    @notice What the next signed `delegateBySig` of this account must carry.
    @param owner The signer.
    @return The nonce.
    """
    return self._nonces[owner]


# ---- internal: changes ------------------------------------------------------------

@internal
def _enrol(id: uint256, tag: uint256, account: address):
    """
    @dev Let the id count, delegating to itself.
    """
    assert id != 0 and id >> _ID_BITS == 0  # dev: id too wide
    assert checkpoints._side_of(id) == 0  # dev: enrolled already
    checkpoints._set_side(id, id << _ID_SHIFT)
    if checkpoints._tag(id) != tag:
        checkpoints._set_tag(id, tag)
        checkpoints._set_tag(id | _OWN, tag)
    log IVotes.DelegateChanged(delegator=account, fromDelegate=empty(address), toDelegate=account)


@internal
def _dismiss(id: uint256, account: address, to_account: address):
    """
    @dev Take the id's units out, now and as planned, and end its delegation.
    """
    self._set_counted(id, 0, to_account)
    self._set_own(id, block.timestamp, 0)
    checkpoints._set_side(id, 0)
    log IVotes.DelegateChanged(
        delegator=account, fromDelegate=to_account, toDelegate=empty(address)
    )


@internal
def _set_own(id: uint256, time: uint256, units: uint256):
    """
    @dev Say what the id has itself from `time` on: now, or one plan ahead.
    """
    checkpoints._set(id | _OWN, time, units)


@internal
def _set_counted(id: uint256, units: uint256, to_account: address) -> uint256:
    """
    @dev Let the id's counted units be `units`; returns what they were.
         `to_account` stands for its delegatee.
    """
    word: uint256 = checkpoints._side_of(id)
    assert word != 0  # dev: not enrolled
    assert units <= _UNITS_MASK  # dev: units too wide
    old: uint256 = word & _UNITS_MASK
    if units != old:
        diff: int256 = convert(units, int256) - convert(old, int256)
        self._move(word >> _ID_SHIFT, diff, to_account, id, word - old + units)
        checkpoints._push(_TOTAL, diff)
    return old


@internal
def _delegate(
    id: uint256,
    to_id: uint256,
    expires_at: uint256,
    account: address,
    from_account: address,
    to_account: address,
):
    """
    @dev Give the id's counted units to another, or back to itself. The accounts
         stand for the delegator, its former delegatee and the new one.
    """
    word: uint256 = checkpoints._side_of(id)
    assert word != 0, "votes: not enrolled"
    assert expires_at <= _EXPIRY_MASK, "votes: expiry too far"
    from_id: uint256 = word >> _ID_SHIFT
    units: uint256 = word & _UNITS_MASK
    if to_id != id:
        assert checkpoints._side_of(to_id) != 0, "votes: delegatee not enrolled"
    word = to_id << _ID_SHIFT | expires_at << _UNITS_BITS | units
    log IVotes.DelegateChanged(delegator=account, fromDelegate=from_account, toDelegate=to_account)
    if from_id == to_id or units == 0:
        checkpoints._set_side(id, word)
        return
    self._move(from_id, -convert(units, int256), from_account, id, word)
    self._move(to_id, convert(units, int256), to_account, id, word)


@internal
def _move(id: uint256, diff: int256, account: address, by_id: uint256, word: uint256):
    """
    @dev Change the votes of `id`, and write the delegation of `by_id` along.
    """
    old: uint256 = 0
    new: uint256 = 0
    if id == by_id:
        old, new = checkpoints._push_beside(id, diff, word)
    else:
        old, new = checkpoints._push(id, diff)
        checkpoints._set_side(by_id, word)
    log IVotes.DelegateVotesChanged(delegate=account, previousVotes=old, newVotes=new)


@internal
def _use_delegation(
    delegatee: address, nonce: uint256, expiry: uint256, v: uint8, r: bytes32, s: bytes32
) -> address:
    """
    @dev Who signed this ERC-5805 delegation; its nonce is spent.
    """
    signatures._require_live(expiry)
    digest: bytes32 = signatures.eip712_domain_separator._hash_typed_data_v4(
        keccak256(abi_encode(DELEGATION_TYPE_HASH, delegatee, nonce, expiry))
    )
    signer: address = empty(address)
    if convert(s, uint256) <= signatures._HALF_ORDER:
        signer = ecrecover(digest, v, r, s)
    assert signer != empty(address), "votes: bad signature"
    assert nonce == self._nonces[signer], "votes: wrong nonce"
    self._nonces[signer] = nonce + 1
    return signer


# ---- internal: look-ups -------------------------------------------------------------

@internal
@view
def _delegation(id: uint256) -> Delegation:
    word: uint256 = checkpoints._side_of(id)
    return Delegation(
        to_id=word >> _ID_SHIFT,
        expires_at=(word >> _UNITS_BITS) & _EXPIRY_MASK,
        units=word & _UNITS_MASK,
    )


@internal
@view
def _require_past(timepoint: uint256):
    assert timepoint < block.timestamp, "votes: future lookup"


@internal
@view
def _votes(id: uint256) -> uint256:
    return checkpoints._latest(id)


@internal
@view
def _own(id: uint256) -> uint256:
    return checkpoints._latest(id | _OWN)


@internal
@view
def _total() -> uint256:
    return checkpoints._latest(_TOTAL)


@internal
@view
def _votes_at(id: uint256, timepoint: uint256) -> (uint256, uint256):
    """
    @dev The id's tag, and the votes it cast at that past second.
    """
    self._require_past(timepoint)
    return checkpoints._at(id, timepoint)


@internal
@view
def _own_at(id: uint256, timepoint: uint256) -> (uint256, uint256):
    """
    @dev The id's tag, and the units it had itself at that past second.
    """
    self._require_past(timepoint)
    return checkpoints._at(id | _OWN, timepoint)


@internal
@view
def _total_at(timepoint: uint256) -> uint256:
    self._require_past(timepoint)
    tag: uint256 = 0
    total: uint256 = 0
    tag, total = checkpoints._at(_TOTAL, timepoint)
    return total
