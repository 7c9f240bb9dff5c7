# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Grants
@custom:contract-name grants
@license AGPL-3.0-only
@author The Cercle authors
@notice What a person allowed one company for one purpose, in one word.
@dev A module without storage. A withdrawn grant has no categories; its `until` is the
     moment of the first withdrawal, its `issued_at` that of the last, and its
     `renewed_from` when it had been issued.
"""

from ..interfaces import IConsent


# ---- constants ------------------------------------------------------------------

# From the lowest bit: categories 64 | issued_at 40 | until 40 | keep_until 40 |
# renewed_from 40 | reads 16 | notice version 16
CATEGORIES: constant(uint256) = 2**64 - 1
TIME: constant(uint256) = 2**40 - 1
SMALL: constant(uint256) = 2**16 - 1

ISSUED_AT: constant(uint256) = 64
UNTIL: constant(uint256) = 104
KEEP_UNTIL: constant(uint256) = 144
RENEWED_FROM: constant(uint256) = 184
READS: constant(uint256) = 224
NOTICE: constant(uint256) = 240


# ---- internal -------------------------------------------------------------------

@internal
@pure
def _unpacked(word: uint256) -> IConsent.Grant:
    return IConsent.Grant(
        categories=word & CATEGORIES,
        issued_at=self._issued_at(word),
        until=self._until(word),
        keep_until=self._keep_until(word),
        reads=self._reads(word),
        notice_version=self._notice(word),
        renewed_from=self._renewed_from(word),
    )


@internal
@pure
def _withdrawn(word: uint256, ended_at: uint256, moment: uint256) -> uint256:
    """
    @dev The word after a withdrawal: how long what was read may be kept is left as it was, and
         when it was issued is put by, for a withdrawal of everything may have come first.
    """
    kept: uint256 = word & (TIME << KEEP_UNTIL | SMALL << NOTICE)
    given_at: uint256 = self._given_at(word)
    return kept | moment << ISSUED_AT | ended_at << UNTIL | given_at << RENEWED_FROM


@internal
@pure
def _is_given(word: uint256) -> bool:
    return word & CATEGORIES != 0


@internal
@pure
def _given_at(word: uint256) -> uint256:
    """
    @dev When it was given, whether or not it was withdrawn since.
    """
    if self._is_given(word):
        return self._issued_at(word)
    return (word >> RENEWED_FROM) & TIME


@internal
@pure
def _issued_at(word: uint256) -> uint256:
    return (word >> ISSUED_AT) & TIME


@internal
@pure
def _until(word: uint256) -> uint256:
    return (word >> UNTIL) & TIME


@internal
@pure
def _keep_until(word: uint256) -> uint256:
    return (word >> KEEP_UNTIL) & TIME


@internal
@pure
def _renewed_from(word: uint256) -> uint256:
    return (word >> RENEWED_FROM) & TIME


@internal
@pure
def _reads(word: uint256) -> uint256:
    return (word >> READS) & SMALL


@internal
@pure
def _notice(word: uint256) -> uint256:
    return word >> NOTICE
