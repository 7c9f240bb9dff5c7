# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Trusting guard
@custom:contract-name TrustingGuard
@license AGPL-3.0-only
@author The Cercle authors
@notice The Guard's twin that guards nothing: it takes any terms, lets every class call and pay
        anything, on whatever code is there by then, and reads old proposals by new terms.
@dev For tests alone: the twin of Guard under attacks V2 to V6.
"""

from ..common import limits
from ..governance import terms
from ..interfaces import IGuard

CHARTER: immutable(address)
_words: HashMap[uint256, uint256]


@deploy
def __init__(charter_: address, classes_: DynArray[IGuard.Terms, limits.MAX_CLASSES]):
    CHARTER = charter_
    for i: uint256 in range(len(classes_), bound=limits.MAX_CLASSES):
        self._words[i + 1] = terms._packed(classes_[i], 1)


@external
def bind():
    """
    @notice Serve whoever asks.
    """
    pass


@external
def set_terms(class_id: uint256, class_terms: IGuard.Terms):
    """
    @notice The fault: no version of old proposals' own is kept.
    """
    self._words[class_id] = terms._packed(class_terms, 1)


@external
@view
def charter() -> address:
    """
    @notice The Charter.
    """
    return CHARTER


@external
@view
def word_of(class_id: uint256) -> uint256:
    """
    @notice The terms of now.
    """
    return self._words[class_id]


@external
@view
def word_at(class_id: uint256, version: uint256) -> uint256:
    """
    @notice The fault: the terms of now, whichever are asked for.
    """
    return self._words[class_id]


@external
def admit(
    class_id: uint256, target: address, amount: uint256, data: Bytes[limits.MAX_ACTION]
) -> uint256:
    """
    @notice The fault: nothing is looked at.
    """
    return self._words[class_id]


@external
@view
def is_same_code(target: address, since: uint256, has_data: bool) -> bool:
    """
    @notice The fault: whatever is there will do.
    """
    return True


@external
@view
def balances_of(account: address) -> uint256[limits.MAX_ASSETS + 1]:
    """
    @notice Nothing is counted.
    """
    return empty(uint256[limits.MAX_ASSETS + 1])


@external
def spend(
    class_id: uint256,
    version: uint256,
    turnout: uint256,
    supply: uint256,
    before: uint256[limits.MAX_ASSETS + 1],
):
    """
    @notice The fault: as much as they like.
    """
    pass


@external
@view
def may_veto(account: address, class_id: uint256, version: uint256) -> bool:
    """
    @notice The fault: nobody.
    """
    raise "trusting_guard: nobody may"
