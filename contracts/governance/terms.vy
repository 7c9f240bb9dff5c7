# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Terms
@custom:contract-name terms
@license AGPL-3.0-only
@author The Cercle authors
@notice How the terms of a class of proposals fit one word, in one place for who writes it
        (the Guard) and who reads it (the Governor).
@dev A module without state:

         version 12 | vetoable 1 | bounded 1 | share 14 | quorum 14 | threshold 58
         | queue delay 24 | late extension 24 | voting period 24 | voting delay 24
"""

from ..interfaces import IGuard


# ---- constants ------------------------------------------------------------------

BASIS_POINTS: constant(uint256) = 10_000
MOST_VERSIONS: constant(uint256) = 2**12 - 1
MAX_THRESHOLD: constant(uint256) = 2**58 - 1

_TIME: constant(uint256) = 2**24 - 1
_PERIOD_AT: constant(uint256) = 24
_EXTENSION_AT: constant(uint256) = 48
_QUEUE_AT: constant(uint256) = 72
_THRESHOLD_AT: constant(uint256) = 96
_QUORUM_AT: constant(uint256) = 154
_SHARE: constant(uint256) = 2**14 - 1
_SHARE_AT: constant(uint256) = 168
_BOUNDED: constant(uint256) = 2**182
_VETOABLE: constant(uint256) = 2**183
_VERSION_AT: constant(uint256) = 184


# ---- internal -------------------------------------------------------------------

@internal
@pure
def _packed(terms: IGuard.Terms, version: uint256) -> uint256:
    word: uint256 = (
        version << _VERSION_AT
        | terms.season_share << _SHARE_AT
        | terms.quorum << _QUORUM_AT
        | terms.threshold << _THRESHOLD_AT
        | terms.queue_delay << _QUEUE_AT
        | terms.late_extension << _EXTENSION_AT
        | terms.voting_period << _PERIOD_AT
        | terms.voting_delay
    )
    if terms.is_bounded:
        word |= _BOUNDED
    if terms.is_vetoable:
        word |= _VETOABLE
    return word


@internal
@pure
def _unpacked(word: uint256) -> IGuard.Terms:
    return IGuard.Terms(
        voting_delay=self._voting_delay(word),
        voting_period=self._voting_period(word),
        late_extension=self._late_extension(word),
        queue_delay=self._queue_delay(word),
        threshold=self._threshold(word),
        quorum=self._quorum(word),
        season_share=self._season_share(word),
        is_bounded=self._is_bounded(word),
        is_vetoable=self._is_vetoable(word),
    )


@internal
@pure
def _version(word: uint256) -> uint256:
    return word >> _VERSION_AT


@internal
@pure
def _voting_delay(word: uint256) -> uint256:
    return word & _TIME


@internal
@pure
def _voting_period(word: uint256) -> uint256:
    return (word >> _PERIOD_AT) & _TIME


@internal
@pure
def _late_extension(word: uint256) -> uint256:
    return (word >> _EXTENSION_AT) & _TIME


@internal
@pure
def _queue_delay(word: uint256) -> uint256:
    return (word >> _QUEUE_AT) & _TIME


@internal
@pure
def _threshold(word: uint256) -> uint256:
    return (word >> _THRESHOLD_AT) & MAX_THRESHOLD


@internal
@pure
def _quorum(word: uint256) -> uint256:
    return (word >> _QUORUM_AT) & _SHARE


@internal
@pure
def _season_share(word: uint256) -> uint256:
    return (word >> _SHARE_AT) & _SHARE


@internal
@pure
def _is_bounded(word: uint256) -> bool:
    return word & _BOUNDED != 0


@internal
@pure
def _is_vetoable(word: uint256) -> bool:
    return word & _VETOABLE != 0
