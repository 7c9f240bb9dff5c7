# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Guard
@custom:contract-name Guard
@license AGPL-3.0-only
@author The Cercle authors
@notice What bounds a Governor: the classes of its proposals with the terms of each, what
        each may call, the code that its proposals met, and how much of the treasury each
        may pay in a season by how many took part.
@dev The guard: unbound -> bound, once and for good, to the first contract that calls
     `bind`: a Governor, in its constructor. Whoever is faster than it only makes that
     deployment fail, in the open. From then on only that Governor's proposals change what
     is here, and none that is made already: terms keep their versions, scopes are asked
     when a proposal is made. It holds nothing and acts on nothing.
     Signs: nobody. Pays: the sender.
     Lies: nobody here. A token may lie about its balance: list none that could.
@custom:security security@cercle.example
@custom:kill Nothing stops it. A brand that wants another opens a new pair, Governor and
             Guard, by a proposal of the old one.
"""

from ..interfaces import IGuard

implements: IGuard

from ..common import limits
from ..interfaces import ICharter
from . import pins

initializes: pins

from . import scopes

initializes: scopes

from . import seasons

initializes: seasons

from . import settings

initializes: settings

from . import terms

exports: (
    pins.is_same_code,
    scopes.scope_of,
    seasons.assets,
    seasons.balances_of,
    seasons.season_of,
    settings.class_count,
    settings.terms_of,
    settings.word_of,
    settings.word_at,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

# Ways to let others take later what no balance shows now.
LENDING: constant(bytes4[2]) = [
    0x095ea7b3,  # approve(address,uint256)
    0x39509351,  # increaseAllowance(address,uint256)
]


# ---- immutables -----------------------------------------------------------------

CHARTER: immutable(ICharter)


# ---- storage --------------------------------------------------------------------

# Whose proposals are guarded; written once.
governor: public(reentrant(address))


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(
    charter_: ICharter,
    classes_: DynArray[IGuard.Terms, limits.MAX_CLASSES],
    scopes_: DynArray[IGuard.Scope, limits.MAX_SCOPES],
    assets_: DynArray[address, limits.MAX_ASSETS],
):
    """
    @notice Lay down the classes; the first contract that binds the guard is its Governor.
    @param charter_ The brand's Charter, which says who is warden and until when.
    @param classes_ The terms of each class, the first one first: that may do anything.
    @param scopes_ What the other classes may do.
    @param assets_ The tokens of the treasury whose spending is bounded.
    """
    assert charter_.address != empty(address), "guard: zero charter"
    CHARTER = charter_
    settings.__init__(classes_)
    scopes.__init__(scopes_)
    seasons.__init__(assets_)


# ---- external: the governor -----------------------------------------------------------

@external
def bind():
    """
    @notice Become the Governor that is guarded. A Governor calls this while it is deployed;
            it succeeds once.
    """
    assert self.governor == empty(address), "guard: bound already"
    self.governor = msg.sender
    log IGuard.GovernorBound(governor=msg.sender)


@external
@reentrant
def set_terms(class_id: uint256, class_terms: IGuard.Terms):
    """
    @notice Change the terms of a class for proposals to come, or open the next class.
    @param class_id The class; the number after the last one opens it.
    @param class_terms All of its terms.
    """
    self._require_governor()
    settings._set_terms(class_id, class_terms)


@external
@reentrant
def set_scope(scope: IGuard.Scope):
    """
    @notice Allow a class a call, under a cap, or forbid it to proposals to come.
    @param scope The class, the contract, the selector, the cap and what it is of.
    """
    self._require_governor()
    scopes._set_scope(scope)


@external
@reentrant
def set_assets(tokens: DynArray[address, limits.MAX_ASSETS]):
    """
    @notice Say which tokens are the treasury whose spending is bounded.
    @param tokens ERC-20 tokens; the chain's own coin always is one.
    """
    self._require_governor()
    seasons._set_assets(tokens)


@external
@reentrant
def spend(
    class_id: uint256,
    version: uint256,
    turnout: uint256,
    supply: uint256,
    before: uint256[seasons.ASSETS],
):
    """
    @notice Book what a proposal has paid; the Governor calls it once that is done.
    @param class_id The proposal's class.
    @param version The version of its terms.
    @param turnout The votes cast on it.
    @param supply The votes there were.
    @param before The Governor's `balances_of` before it paid.
    """
    self._require_governor()
    share: uint256 = terms._season_share(settings._word_at(class_id, version))
    seasons._spend(msg.sender, class_id, share, turnout, supply, before)


# ---- external: anyone -----------------------------------------------------------------

@external
@reentrant
def admit(
    class_id: uint256, target: address, amount: uint256, data: Bytes[limits.MAX_ACTION]
) -> uint256:
    """
    @notice Refuse an action that its class does not allow, and pin the code it would meet.
            The Governor calls it for each action of a proposal.
    @param class_id The class.
    @param target Whom the action calls.
    @param amount How much of the chain's coin goes along.
    @param data The call.
    @return The class's terms, as `word_of` tells them.
    """
    word: uint256 = settings._terms(class_id)
    if class_id != scopes.FIRST_CLASS or terms._is_bounded(word):
        selector: bytes4 = empty(bytes4)
        if len(data) >= 4:
            selector = convert(slice(data, 0, 4), bytes4)
        if class_id != scopes.FIRST_CLASS:
            scopes._require_scope(class_id, target, selector, amount, data)
        if terms._is_bounded(word):
            assert selector not in LENDING, "guard: lends the treasury"
            # Nobody keeps the books of their own spending, nor says what is booked.
            assert target != self, "guard: bounded itself"
    pins._pin(target, len(data) != 0)
    return word


# ---- external: views --------------------------------------------------------------------

@external
@view
@reentrant
def charter() -> address:
    """
    @notice The constitution of the brand whose Governor this bounds.
    @return The Charter.
    """
    return CHARTER.address


@external
@view
@reentrant
def may_veto(account: address, class_id: uint256, version: uint256) -> bool:
    """
    @notice Whether an account may stop proposals of a class; refuses with the reason.
    @param account Who wants to.
    @param class_id The proposal's class.
    @param version The version of its terms.
    @return True.
    """
    assert staticcall CHARTER.has_role(account, ICharter.Role.WARDEN), "guard: not a warden"
    assert block.timestamp < staticcall CHARTER.warden_until(), "guard: office ended"
    word: uint256 = settings._word_at(class_id, version)
    assert terms._is_vetoable(word), "guard: class without veto"
    return True


# ---- internal ---------------------------------------------------------------------------

@internal
@view
def _require_governor():
    assert msg.sender == self.governor, "guard: not the governor"
