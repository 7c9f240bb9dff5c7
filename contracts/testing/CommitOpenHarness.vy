# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Commit-and-open harness
@custom:contract-name CommitOpenHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice Opens the `commit_open` module to its tests.
"""

from ..common import commit_open

initializes: commit_open


@deploy
def __init__():
    commit_open.__init__()


@external
def commit(committer: uint256, subject: uint256, seal: bytes32) -> uint256:
    """
    @notice Commit to something.
    """
    return commit_open._commit(committer, subject, seal)


@external
def demand(id: uint256):
    """
    @notice Demand that it is opened.
    """
    commit_open._demand(id)


@external
def open(id: uint256, digest: bytes32, secret: bytes32):
    """
    @notice Open it.
    """
    commit_open._open(id, digest, secret)


@external
def mark(id: uint256):
    """
    @notice Have the silence written down.
    """
    commit_open._mark(id)


@external
@view
def state(id: uint256) -> uint256:
    """
    @notice Where it stands.
    """
    return commit_open._state(id)


@external
@view
def count() -> uint256:
    """
    @notice How many there are.
    """
    return commit_open.count


@external
@view
def times(id: uint256) -> (uint256, uint256, uint256):
    """
    @notice When it was committed, demanded and opened.
    """
    word: uint256 = commit_open._words[id]
    return (
        commit_open._committed_at(word),
        commit_open._demanded_at(word),
        commit_open._opened_at(word),
    )


@external
@view
def parties(id: uint256) -> (uint256, uint256):
    """
    @notice Who committed, and whom it concerns.
    """
    word: uint256 = commit_open._words[id]
    return commit_open._committer(word), commit_open._subject(word)


@external
@pure
def seal(committer: uint256, subject: uint256, digest: bytes32, secret: bytes32) -> bytes32:
    """
    @notice What is committed to.
    """
    return commit_open._seal(committer, subject, digest, secret)
