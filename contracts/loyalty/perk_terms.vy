# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Perk terms
@custom:contract-name perk_terms
@license AGPL-3.0-only
@author The Cercle authors
@notice A perk's terms in one word: what may be asked, how it is packed, and what a host
        reads out of it.
@dev A module without storage. From the right: price 64 | opens_at 40 | closes_at 40 |
     period 32 | fulfil_within 32 | gate_value 32 | gate_question 2 | kind 2 | limit - 1 2 |
     other gates 3 | variants - 1 4. A first gate that asks Membership for a tier or a
     standing is packed here as question and value, and saves a claim its slot. A word is
     never zero, for a kind is in it.
"""

from ..common import limits
from ..interfaces import IPerks


# ---- constants ------------------------------------------------------------------

PRICE: constant(uint256) = 2**64 - 1
TIME: constant(uint256) = 2**40 - 1
SPAN: constant(uint256) = 2**32 - 1

OPENS_AT: constant(uint256) = 64
CLOSES_AT: constant(uint256) = 104
PERIOD_AT: constant(uint256) = 144
WITHIN_AT: constant(uint256) = 176
VALUE_AT: constant(uint256) = 208
QUESTION_AT: constant(uint256) = 240
KIND_AT: constant(uint256) = 242
LIMIT_AT: constant(uint256) = 244
GATES_AT: constant(uint256) = 246
VARIANTS_AT: constant(uint256) = 249

# An argument at Membership: the question in the top byte, its value below.
QUESTION: constant(uint256) = 88
MAX_QUESTION: constant(uint256) = 2  # 1: at least this tier; 2: at least this standing


# ---- internal: writing ------------------------------------------------------------

@internal
@view
def _pack(terms: IPerks.Terms) -> uint256:
    """
    @dev Refuse what cannot be kept or what would trap a member; all but the gates and
         the variants.
    """
    assert (
        terms.kind == IPerks.Kind.STORE or terms.kind == IPerks.Kind.CODE
    ), "perk_terms: one kind only"
    assert terms.price <= PRICE, "perk_terms: price too large"
    assert terms.opens_at < terms.closes_at, "perk_terms: empty window"
    assert block.timestamp < terms.closes_at, "perk_terms: window is over"
    assert terms.closes_at <= TIME, "perk_terms: closes too late"
    assert terms.period <= SPAN, "perk_terms: period too long"
    assert terms.limit != 0 and terms.limit <= limits.MAX_CLAIMS, "perk_terms: bad limit"
    # A price must not lie here for ever, nor be gone before anyone could fulfil.
    assert (
        terms.fulfil_within != 0 and terms.fulfil_within <= limits.YEAR
    ), "perk_terms: bad fulfil_within"
    return (
        terms.price
        | terms.opens_at << OPENS_AT
        | terms.closes_at << CLOSES_AT
        | terms.period << PERIOD_AT
        | terms.fulfil_within << WITHIN_AT
        | convert(terms.kind, uint256) << KIND_AT
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
    if question == 0 or question > MAX_QUESTION or gate_value > SPAN:
        return 0
    return question << QUESTION_AT | gate_value << VALUE_AT


# ---- internal: reading ------------------------------------------------------------

@internal
@pure
def _kind(word: uint256) -> IPerks.Kind:
    return convert((word >> KIND_AT) & 3, IPerks.Kind)


@internal
@pure
def _limit(word: uint256) -> uint256:
    return ((word >> LIMIT_AT) & 3) + 1


@internal
@pure
def _within(word: uint256) -> uint256:
    return (word >> WITHIN_AT) & SPAN


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
def _period_at(word: uint256, timepoint: uint256) -> uint256:
    """
    @dev Periods are counted from the opening; 0 seconds: the window is one period.
    """
    period: uint256 = (word >> PERIOD_AT) & SPAN
    if period == 0:
        return 0
    return (timepoint - ((word >> OPENS_AT) & TIME)) // period


@internal
@pure
def _unpack(word: uint256, gates: DynArray[IPerks.GateCheck, limits.MAX_GATES]) -> IPerks.Terms:
    return IPerks.Terms(
        kind=self._kind(word),
        price=word & PRICE,
        opens_at=(word >> OPENS_AT) & TIME,
        closes_at=(word >> CLOSES_AT) & TIME,
        period=(word >> PERIOD_AT) & SPAN,
        limit=self._limit(word),
        fulfil_within=(word >> WITHIN_AT) & SPAN,
        gates=gates,
    )
