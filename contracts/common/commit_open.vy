# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Commit and open
@custom:contract-name commit_open
@license AGPL-3.0-only
@author The Cercle authors
@notice Somebody says something under seal, and whom it concerns may have the seal broken: what
        comes out is what went in, or the silence is there for all to see.
@dev A module. committed -> (demanded) -> opened | silent -> opened late. The host says who
     commits, who may demand and what a digest is the hash of. The seal binds who committed
     and whom it concerns, so that nobody can pass it off as their own.
"""

from . import limits


# ---- constants ------------------------------------------------------------------

NOTHING: constant(uint256) = 0
COMMITTED: constant(uint256) = 1
DEMANDED: constant(uint256) = 2
OPENED: constant(uint256) = 3
SILENT: constant(uint256) = 4
UNASKED: constant(uint256) = 5  # nobody may demand it any more

# From the lowest bit: committer 64 | subject 64 | committed 40 | demanded 40 | opened 40 | marked 1
_SUBJECT: constant(uint256) = 64
_COMMITTED: constant(uint256) = 128
_DEMANDED: constant(uint256) = 168
_OPENED: constant(uint256) = 208
_MARKED: constant(uint256) = 1 << 248
_ID: constant(uint256) = 2**64 - 1
_TIME: constant(uint256) = 2**40 - 1


# ---- storage --------------------------------------------------------------------

count: uint256

_seals: HashMap[uint256, bytes32]
_words: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__():
    pass


# ---- internal: changes --------------------------------------------------------------

@internal
def _commit(committer: uint256, subject: uint256, seal: bytes32) -> uint256:
    assert seal != empty(bytes32), "commit_open: no commitment"
    assert committer <= _ID and subject <= _ID  # dev: ids too wide
    self.count += 1
    id: uint256 = self.count
    self._seals[id] = seal
    self._words[id] = committer | subject << _SUBJECT | block.timestamp << _COMMITTED
    return id


@internal
def _demand(id: uint256):
    assert self._state(id) != UNASKED, "commit_open: too late"
    assert self._state(id) == COMMITTED, "commit_open: not to demand"
    self._words[id] |= block.timestamp << _DEMANDED


@internal
def _open(id: uint256, digest: bytes32, secret: bytes32):
    """
    @dev Open it, asked or not, in time or not; whatever was committed to may come out.
    """
    state: uint256 = self._state(id)
    assert state != NOTHING, "commit_open: nothing committed"
    assert state != OPENED, "commit_open: opened already"
    word: uint256 = self._words[id]
    assert self._seals[id] == self._seal(
        self._committer(word), self._subject(word), digest, secret
    ), "commit_open: something else"
    self._words[id] = word | block.timestamp << _OPENED


@internal
def _mark(id: uint256):
    """
    @dev Have it said once that nothing came.
    """
    assert self._state(id) == SILENT, "commit_open: not silent"
    word: uint256 = self._words[id]
    assert word & _MARKED == 0, "commit_open: marked already"
    self._words[id] = word | _MARKED


# ---- internal: views ----------------------------------------------------------------

@internal
@view
def _state(id: uint256) -> uint256:
    word: uint256 = self._words[id]
    if word == 0:
        return NOTHING
    if self._opened_at(word) != 0:
        return OPENED
    if self._demanded_at(word) == 0:
        is_open: bool = block.timestamp <= self._committed_at(word) + limits.DEMAND_WINDOW
        return COMMITTED if is_open else UNASKED
    return DEMANDED if block.timestamp <= self._due_at(word) else SILENT


@internal
@pure
def _seal(committer: uint256, subject: uint256, digest: bytes32, secret: bytes32) -> bytes32:
    return keccak256(abi_encode(committer, subject, digest, secret))


@internal
@pure
def _committer(word: uint256) -> uint256:
    return word & _ID


@internal
@pure
def _subject(word: uint256) -> uint256:
    return (word >> _SUBJECT) & _ID


@internal
@pure
def _committed_at(word: uint256) -> uint256:
    return (word >> _COMMITTED) & _TIME


@internal
@pure
def _demanded_at(word: uint256) -> uint256:
    return (word >> _DEMANDED) & _TIME


@internal
@pure
def _opened_at(word: uint256) -> uint256:
    return (word >> _OPENED) & _TIME


@internal
@pure
def _due_at(word: uint256) -> uint256:
    """
    @dev The last second to open in; meaningless before a demand.
    """
    return self._demanded_at(word) + limits.OPENING_TIME
