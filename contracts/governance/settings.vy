# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Settings
@custom:contract-name settings
@license AGPL-3.0-only
@author The Cercle authors
@notice The classes of proposals and the terms of each: how long it waits and is voted
        on, who may propose, how many must take part, what share may be spent, whether a
        warden may veto. A change is for proposals to come, never for one that is made.
@dev A module. A class's terms fill one slot, with their version; older versions stay, and
     a proposal names the one it was made under.
     A class is opened by giving it its first terms. None is closed: one that allows
     nothing has no proposals.
"""

from ..common import limits
from ..interfaces import IGuard
from . import terms


# ---- storage --------------------------------------------------------------------

class_count: public(uint256)

_current: HashMap[uint256, uint256]  # class -> its terms now
_past: HashMap[uint256, uint256]  # class << 12 | version -> terms that were


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(classes_: DynArray[IGuard.Terms, limits.MAX_CLASSES]):
    assert len(classes_) != 0, "settings: no class"
    for class_terms: IGuard.Terms in classes_:
        self._set_terms(self.class_count + 1, class_terms)


# ---- external: views ----------------------------------------------------------------

@external
@view
def terms_of(class_id: uint256) -> IGuard.Terms:
    """
    @notice The terms of a class for a proposal made now.
    @param class_id The class.
    @return All of them.
    """
    return terms._unpacked(self._terms(class_id))


@external
@view
def word_of(class_id: uint256) -> uint256:
    """
    @notice The same as `terms_of`, in one word.
    @param class_id The class.
    @return The word, as the module `terms` packs it.
    """
    return self._terms(class_id)


@external
@view
def word_at(class_id: uint256, version: uint256) -> uint256:
    """
    @notice The terms that a proposal was made under.
    @param class_id Its class.
    @param version Which of the class's terms, counted from 1.
    @return The word, as the module `terms` packs it; 0 for a version that never was.
    """
    return self._word_at(class_id, version)


# ---- internal -------------------------------------------------------------------------

@internal
def _set_terms(class_id: uint256, class_terms: IGuard.Terms):
    assert class_terms.voting_delay != 0, "settings: no voting delay"
    assert class_terms.voting_delay <= limits.MAX_VOTING, "settings: voting delay too long"
    assert class_terms.voting_period >= limits.MIN_VOTING, "settings: vote too short"
    assert class_terms.voting_period <= limits.MAX_VOTING, "settings: vote too long"
    assert (class_terms.late_extension <= class_terms.voting_period), "settings: extension too long"
    assert class_terms.queue_delay >= limits.MIN_QUEUE, "settings: queue delay too short"
    assert class_terms.queue_delay <= limits.MAX_VOTING, "settings: queue delay too long"
    assert class_terms.threshold <= terms.MAX_THRESHOLD, "settings: threshold too high"
    assert class_terms.quorum <= terms.BASIS_POINTS, "settings: quorum too high"
    assert class_terms.season_share <= terms.BASIS_POINTS, "settings: share too high"
    assert (
        class_terms.is_bounded or class_terms.season_share == 0
    ), "settings: share without bound"

    version: uint256 = 1
    if class_id == self.class_count + 1:
        assert class_id <= limits.MAX_CLASSES, "settings: too many classes"
        self.class_count = class_id
    else:
        old: uint256 = self._terms(class_id)
        self._past[self._key(class_id, terms._version(old))] = old
        version = terms._version(old) + 1
        assert version <= terms.MOST_VERSIONS  # dev: four thousand votes on one class
    self._current[class_id] = terms._packed(class_terms, version)
    log IGuard.TermsSet(
        class_id=class_id,
        version=version,
        voting_delay=class_terms.voting_delay,
        voting_period=class_terms.voting_period,
        late_extension=class_terms.late_extension,
        queue_delay=class_terms.queue_delay,
        threshold=class_terms.threshold,
        quorum=class_terms.quorum,
        season_share=class_terms.season_share,
        is_bounded=class_terms.is_bounded,
        is_vetoable=class_terms.is_vetoable,
    )


@internal
@view
def _terms(class_id: uint256) -> uint256:
    word: uint256 = self._current[class_id]
    assert word != 0, "settings: unknown class"
    return word


@internal
@view
def _word_at(class_id: uint256, version: uint256) -> uint256:
    word: uint256 = self._current[class_id]
    if terms._version(word) == version:
        return word
    return self._past[self._key(class_id, version)]


@internal
@pure
def _key(class_id: uint256, version: uint256) -> uint256:
    return class_id << 12 | version
