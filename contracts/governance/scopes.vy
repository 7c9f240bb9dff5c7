# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Scopes
@custom:contract-name scopes
@license AGPL-3.0-only
@author The Cercle authors
@notice What a class of proposals may call: listed by contract and function, each up to a
        cap, of the ether sent or of one argument of the call.
@dev A module. The first class has no scopes: it may call anything.
"""

from ..common import limits
from ..interfaces import IGuard


# ---- constants ------------------------------------------------------------------

FIRST_CLASS: constant(uint256) = 1

_CAP: constant(uint256) = 2**128 - 1
_WORD_AT: constant(uint256) = 128
_ALLOWED: constant(uint256) = 2**255


# ---- storage --------------------------------------------------------------------

# class 64 | target 160 | selector 32 -> allowed 1 | amount word 127 | cap 128
_scopes: HashMap[uint256, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(scopes_: DynArray[IGuard.Scope, limits.MAX_SCOPES]):
    for scope: IGuard.Scope in scopes_:
        self._set_scope(scope)


# ---- external: views ----------------------------------------------------------------

@external
@view
def scope_of(class_id: uint256, target: address, selector: bytes4) -> IGuard.Scope:
    """
    @notice What a class may do with a function. The first class may do everything, and
            has no scopes.
    @param class_id The class.
    @param target The contract.
    @param selector The function; zeros for ether alone.
    @return The scope; not allowed where there is none.
    """
    word: uint256 = self._scopes[self._key(class_id, target, selector)]
    return IGuard.Scope(
        class_id=class_id,
        target=target,
        selector=selector,
        cap=word & _CAP,
        amount_word=(word & (_ALLOWED - 1)) >> _WORD_AT,
        is_allowed=word != 0,
    )


# ---- internal -------------------------------------------------------------------------

@internal
def _set_scope(scope: IGuard.Scope):
    assert scope.class_id > FIRST_CLASS, "scopes: class without scopes"
    assert scope.class_id <= limits.MAX_CLASSES, "scopes: class without scopes"
    assert scope.cap <= _CAP, "scopes: cap too high"
    assert scope.amount_word <= (limits.MAX_ACTION - 4) // 32, "scopes: no such argument"
    word: uint256 = 0
    if scope.is_allowed:
        word = _ALLOWED | scope.amount_word << _WORD_AT | scope.cap
    self._scopes[self._key(scope.class_id, scope.target, scope.selector)] = word
    log IGuard.ScopeSet(
        class_id=scope.class_id,
        target=scope.target,
        selector=scope.selector,
        cap=scope.cap,
        amount_word=scope.amount_word,
        is_allowed=scope.is_allowed,
    )


@internal
@view
def _require_scope(
    class_id: uint256,
    target: address,
    selector: bytes4,
    amount: uint256,
    data: Bytes[limits.MAX_ACTION],
):
    """
    @dev Refuse a call that the class does not list, or that goes past its cap.
    """
    assert len(data) == 0 or len(data) >= 4, "scopes: short call"
    # Ether alone is listed under zeros, which a function may be ground to have as its own.
    assert len(data) == 0 or selector != empty(bytes4), "scopes: out of scope"
    scope: uint256 = self._scopes[self._key(class_id, target, selector)]
    assert scope != 0, "scopes: out of scope"
    capped: uint256 = amount
    place: uint256 = (scope & (_ALLOWED - 1)) >> _WORD_AT
    if place != 0:
        assert amount == 0, "scopes: ether out of scope"
        assert len(data) >= 4 + 32 * place, "scopes: short call"
        capped = convert(slice(data, 32 * place - 28, 32), uint256)
    assert capped <= scope & _CAP, "scopes: past the cap"


@internal
@pure
def _key(class_id: uint256, target: address, selector: bytes4) -> uint256:
    return class_id << 192 | convert(target, uint256) << 32 | convert(selector, uint256)
