# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Perk terms
@custom:contract-name perk_terms
@license AGPL-3.0-only
@author The Cercle authors
@notice A perk's terms in one word: what may be asked, how it is packed, and what a host
        reads out of it.
@dev A module without storage. From the right: price 56 | opens_at 32 | window 32 |
     period 32 | fulfil_within 25 | gate_value 32 | gate_question 2 | kind 3 | other gates 3 |
     limit - 1 2 | variants - 1 4 | stock 16 | taken 16, and a bit unused. A perk has
     one such word a variant, equal but for the stock, so that a claim reads and writes one
     slot. A first gate that asks Membership for a tier or a standing is packed here too,
     as question and value. A word is never zero, for a kind is in it.
"""

from ..common import limits
from ..interfaces import IPerks


# ---- constants ------------------------------------------------------------------

PRICE: constant(uint256) = 2**56 - 1
SPAN: constant(uint256) = 2**32 - 1

OPENS_AT: constant(uint256) = 56
WINDOW_AT: constant(uint256) = 88
PERIOD_AT: constant(uint256) = 120
WITHIN_AT: constant(uint256) = 152
VALUE_AT: constant(uint256) = 177
QUESTION_AT: constant(uint256) = 209
KIND_AT: constant(uint256) = 211
STORE_AT: constant(uint256) = KIND_AT  # the bits of the kind, one by one
CODE_AT: constant(uint256) = KIND_AT + 1
SHIP_AT: constant(uint256) = KIND_AT + 2
GATES_AT: constant(uint256) = 214  # next to SHIP: a claim asks after both at once
LIMIT_AT: constant(uint256) = 217
VARIANTS_AT: constant(uint256) = 219
STOCK_AT: constant(uint256) = 223

_WITHIN: constant(uint256) = 2**25 - 1  # more than a year
# An argument at Membership: the question in the top byte, its value below.
QUESTION: constant(uint256) = 88
_MAX_QUESTION: constant(uint256) = 2  # 1: at least this tier; 2: at least this standing


# ---- internal: writing ------------------------------------------------------------

@internal
@view
def _pack(terms: IPerks.Terms) -> uint256:
    """
    @dev Refuse what cannot be kept or what would trap a member; all but gates and stock.
    """
    kind: uint256 = convert(terms.kind, uint256)
    # STORE, CODE, SHIP: a flag may come with several bits.
    assert kind in [1, 2, 4], "perk_terms: one kind only"
    assert terms.price <= PRICE, "perk_terms: price too large"
    assert terms.opens_at < terms.closes_at, "perk_terms: empty window"
    assert block.timestamp < terms.closes_at, "perk_terms: window is over"
    assert terms.opens_at <= SPAN, "perk_terms: opens too late"
    assert terms.closes_at - terms.opens_at <= SPAN, "perk_terms: closes too late"
    assert terms.period <= SPAN, "perk_terms: period too long"
    assert terms.limit != 0 and terms.limit <= limits.MAX_CLAIMS, "perk_terms: bad limit"
    # A price must not lie in escrow for ever, nor be back before anyone could fulfil.
    assert (
        terms.fulfil_within != 0 and terms.fulfil_within <= limits.YEAR
    ), "perk_terms: bad fulfil_within"
    return (
        terms.price
        | terms.opens_at << OPENS_AT
        | (terms.closes_at - terms.opens_at) << WINDOW_AT
        | terms.period << PERIOD_AT
        | terms.fulfil_within << WITHIN_AT
        | kind << KIND_AT
        | (terms.limit - 1) << LIMIT_AT
    )


@internal
@pure
def _pack_gate(argument: uint96) -> uint256:
    """
    @dev A question to Membership in its place in the word; 0 when it does not fit there.
    """
    question: uint256 = convert(argument, uint256) >> QUESTION
    gate_value: uint256 = convert(argument, uint256) & (2**88 - 1)
    if question == 0 or question > _MAX_QUESTION or gate_value > SPAN:
        return 0
    return question << QUESTION_AT | gate_value << VALUE_AT


@internal
@view
def _closed(word: uint256) -> uint256:
    """
    @dev The word with its window ended now, or empty if it has not begun.
    """
    window: uint256 = 0
    if block.timestamp > self._opens_at(word):
        window = block.timestamp - self._opens_at(word)
    return word ^ ((((word >> WINDOW_AT) & SPAN) ^ window) << WINDOW_AT)


# ---- internal: reading ------------------------------------------------------------

@internal
@pure
def _kind(word: uint256) -> IPerks.Kind:
    return convert((word >> KIND_AT) & 7, IPerks.Kind)


@internal
@pure
def _opens_at(word: uint256) -> uint256:
    return (word >> OPENS_AT) & SPAN


@internal
@pure
def _closes_at(word: uint256) -> uint256:
    return self._opens_at(word) + ((word >> WINDOW_AT) & SPAN)


@internal
@view
def _is_closed(word: uint256) -> bool:
    """
    @dev Past its window; or without one, for it was closed before it began.
    """
    window: uint256 = (word >> WINDOW_AT) & SPAN
    return window == 0 or block.timestamp >= self._opens_at(word) + window


@internal
@pure
def _period_at(word: uint256, elapsed: uint256) -> uint256:
    """
    @dev Periods are counted from the opening; 0 seconds: the window is one period.
    """
    period: uint256 = (word >> PERIOD_AT) & SPAN
    if period == 0:
        return 0
    return unsafe_div(elapsed, period)


@internal
@pure
def _within(word: uint256) -> uint256:
    return (word >> WITHIN_AT) & _WITHIN


@internal
@pure
def _limit(word: uint256) -> uint256:
    return ((word >> LIMIT_AT) & 3) + 1


@internal
@pure
def _variants(word: uint256) -> uint256:
    return ((word >> VARIANTS_AT) & 15) + 1


@internal
@pure
def _argument(word: uint256) -> uint96:
    """
    @dev The question to Membership that is packed here; 0 when none is.
    """
    question: uint256 = (word >> QUESTION_AT) & 3
    return convert(question << QUESTION | (word >> VALUE_AT) & SPAN, uint96)


@internal
@pure
def _other_gates(word: uint256) -> uint256:
    return (word >> GATES_AT) & 7


@internal
@pure
def _unpack(word: uint256, gates: DynArray[IPerks.GateCheck, limits.MAX_GATES]) -> IPerks.Terms:
    return IPerks.Terms(
        kind=self._kind(word),
        price=word & PRICE,
        opens_at=self._opens_at(word),
        closes_at=self._closes_at(word),
        period=(word >> PERIOD_AT) & SPAN,
        limit=self._limit(word),
        fulfil_within=self._within(word),
        gates=gates,
    )
