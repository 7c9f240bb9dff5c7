# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Pins
@custom:contract-name pins
@license AGPL-3.0-only
@author The Cercle authors
@notice Which code a proposal met at a contract, so that it is not carried out on another.
@dev A module. Kept is the newest code that any proposal met at an address, and since when.
     It is written only where it differs, so a proposal about known code stores nothing.
     A proposal goes through if the code is the pinned one, and was pinned no later than
     the proposal: else it was exchanged in between. So pins may be written by anybody:
     they say what is so.
     Of a contract that names an `implementation()`, the code there is part of it. A proxy
     that keeps its implementation to itself (ERC-1967 asks for no such function) cannot
     be asked for it on the chain.
"""

from ..common import limits
from ..interfaces import IGuard


# ---- constants ------------------------------------------------------------------

_TIME_BITS: constant(uint256) = 40
_NO_CODE: constant(uint256) = 1  # no hash of any code
# With less, a caller could choose whether an implementation is found.
_LEAST_GAS: constant(uint256) = 2 * limits.CODE_GAS


# ---- storage --------------------------------------------------------------------

# contract -> code 216 | pinned at 40
_pins: HashMap[address, uint256]


# ---- external: views ----------------------------------------------------------------

@external
@view
def is_same_code(target: address, since: uint256, has_data: bool) -> bool:
    """
    @notice Whether a contract's code is the one that a proposal met there.
    @param target The contract.
    @param since When the proposal was made.
    @param has_data False where it only sends ether; an ordinary wallet takes it then.
    @return False if the code was exchanged since, or never pinned.
    """
    pin: uint256 = self._pins[target]
    if pin == 0 and not has_data:
        return True  # it was an ordinary wallet
    return pin >> _TIME_BITS == self._code(target) and pin & (2**_TIME_BITS - 1) <= since


# ---- internal -------------------------------------------------------------------------

@internal
def _pin(target: address, has_data: bool):
    """
    @dev Note the code that a proposal meets. An ordinary wallet may be paid, and not called.
    """
    code: uint256 = self._code(target)
    pin: uint256 = self._pins[target]
    if code == _NO_CODE:
        assert not has_data, "pins: no contract"
        if pin == 0:
            return  # it may borrow code until then
    if pin >> _TIME_BITS != code:
        self._pins[target] = code << _TIME_BITS | block.timestamp
        log IGuard.CodePinned(target=target, code=convert(code << _TIME_BITS, bytes32))


@internal
@view
def _code(target: address) -> uint256:
    """
    @dev The code at an address, in 216 bits of its hash; with that of the implementation it
         names, if it names one.
    """
    if target.codesize == 0:
        return _NO_CODE
    assert msg.gas >= _LEAST_GAS, "pins: too little gas"
    code: bytes32 = target.codehash
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        target,
        method_id("implementation()"),
        max_outsize=32,
        gas=limits.CODE_GAS,
        is_static_call=True,
        revert_on_failure=False,
    )
    if success and len(answer) == 32:
        named: uint256 = convert(answer, uint256)
        if named >> 160 == 0:
            implementation: address = convert(named, address)
            if implementation.codesize != 0:
                code = keccak256(concat(code, answer, implementation.codehash))
    return convert(code, uint256) >> _TIME_BITS
