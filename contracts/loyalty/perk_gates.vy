# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Perk gates
@custom:contract-name perk_gates
@license AGPL-3.0-only
@author The Cercle authors
@notice The questions about a person that stand before a perk, and how they are put to
        contracts which nobody here vouches for.
@dev A module keyed by its host's id. A gate is a stranger: it is asked by static call,
     and whatever is not a plain yes, a revert or garbage too, keeps the gate closed.
"""

from ..common import limits
from ..interfaces import IGate
from ..interfaces import IPerks
from . import perk_terms


# ---- constants ------------------------------------------------------------------

_CLOSED: constant(uint256) = 0
_OPEN: constant(uint256) = 1
_NO_ANSWER: constant(uint256) = 2

_ARGUMENT_BITS: constant(uint256) = 96
_ARGUMENT: constant(uint256) = 2**96 - 1


# ---- storage --------------------------------------------------------------------

# id -> address 160 | argument 96
_words: HashMap[uint256, uint256[4]]


# ---- internal -------------------------------------------------------------------

@internal
def _set(id: uint256, index: uint256, check: IPerks.GateCheck):
    self._words[id][index] = (
        convert(check.gate, uint256) << _ARGUMENT_BITS | convert(check.argument, uint256)
    )


@internal
@view
def _at(id: uint256, index: uint256) -> IPerks.GateCheck:
    word: uint256 = self._words[id][index]
    return IPerks.GateCheck(
        gate=convert(word >> _ARGUMENT_BITS, address), argument=convert(word & _ARGUMENT, uint96)
    )


@internal
@view
def _require_answers(check: IPerks.GateCheck):
    """
    @dev Refuse what is no gate, or does not know the question; nobody has passport 0.
    """
    assert self._ask(check, 0) != _NO_ANSWER, "perk_gates: does not answer"


@internal
@view
def _require_packed_open(membership: IGate, passport_id: uint256, word: uint256):
    """
    @dev The question that lies in the terms; its gate is trusted, and gives its own reason.
    """
    argument: uint256 = (
        ((word >> perk_terms.QUESTION_AT) & 3) << perk_terms.QUESTION
        | (word >> perk_terms.VALUE_AT) & perk_terms.SPAN
    )
    assert staticcall membership.open_for(
        passport_id, convert(argument, uint96)
    ), "perk_gates: closed"


@internal
@view
def _require_open(id: uint256, count: uint256, passport_id: uint256):
    for i: uint256 in range(count, bound=limits.MAX_GATES):
        assert self._ask(self._at(id, i), passport_id) == _OPEN, "perk_gates: closed"


@internal
@view
def _ask(check: IPerks.GateCheck, passport_id: uint256) -> uint256:
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        check.gate,
        abi_encode(passport_id, check.argument, method_id=method_id("open_for(uint256,uint96)")),
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    if not success or len(answer) != 32:
        return _NO_ANSWER
    return min(convert(answer, uint256), _NO_ANSWER)
