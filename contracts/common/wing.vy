# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Wing
@custom:contract-name wing
@license AGPL-3.0-only
@author The Cercle authors
@notice What makes a contract one of a brand's: it asks the brand's Charter for
        roles, and lets the Charter halt its new business or retire it.
@dev A module. The pause is pushed here by the Charter, so that a hot path reads
     one slot and makes no call. Put `_require_running()` on new business only:
     never on an exit, withdrawal, refund, veto or vote.
"""

from ..interfaces import ICharter
from ..interfaces import IWing

implements: IWing


# ---- immutables -----------------------------------------------------------------

CHARTER: immutable(ICharter)


# ---- storage --------------------------------------------------------------------

# Unix seconds; the highest number means retired for good.
_halted_until: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(charter_: ICharter):
    assert charter_.address != empty(address), "wing: zero charter"
    CHARTER = charter_


# ---- external: the charter --------------------------------------------------------

@external
def halt_until(until: uint256):
    """
    @notice Stop new business until a moment; an earlier one ends the halt.
    @dev The Charter bounds the length and the repetition.
    @param until Unix seconds.
    """
    assert msg.sender == CHARTER.address, "wing: not the charter"
    assert self._halted_until != max_value(uint256), "wing: retired"
    self._halted_until = until
    log IWing.Halted(until=until)


@external
def retire():
    """
    @notice Take no new business ever again; serve exits and reads for ever.
    """
    assert msg.sender == CHARTER.address, "wing: not the charter"
    self._halted_until = max_value(uint256)
    log IWing.Retired()


# ---- external: views --------------------------------------------------------------

@external
@view
def charter() -> address:
    """
    @notice The constitution that this contract answers to.
    @return The Charter's address.
    """
    return CHARTER.address


@external
@view
def halted_until() -> uint256:
    """
    @notice When new business is taken again.
    @return Unix seconds; the highest number when retired.
    """
    return self._halted_until


# ---- internal -------------------------------------------------------------------

@internal
@view
def _require_running():
    assert block.timestamp >= self._halted_until, "wing: halted"


@internal
@view
def _require_role(role: ICharter.Role):
    assert staticcall CHARTER.has_role(msg.sender, role), "wing: lacks the role"
