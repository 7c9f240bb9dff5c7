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
     A proposal goes through if the code is the pinned one, and was pinned no later than in
     the second it was made: else it was exchanged since. So pins may be written by anybody:
     they say what is so. Who is only sent ether may be an ordinary wallet, which gets code,
     or borrows it, when its owner likes: it is paid all the same, whoever pins that.
     Of a contract that names an `implementation()`, the code there is part of it. A proxy
     that keeps its implementation to itself (ERC-1967 asks for no such function) cannot
     be asked for it on the chain.
"""

from ..common import limits
from ..interfaces import IGuard


# ---- constants ------------------------------------------------------------------

_CODE_AT: constant(uint256) = 41
_FIRST: constant(uint256) = 2**40
_TIME: constant(uint256) = 2**40 - 1
_NO_CODE: constant(uint256) = 1  # no hash of any code
# With less, a caller could choose whether an implementation is found.
_LEAST_GAS: constant(uint256) = 2 * limits.CODE_GAS


# ---- storage --------------------------------------------------------------------

# contract -> code 215 | is the first one met 1 | pinned at 40
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
    if not has_data and (self._is_wallet(target) or pin == 0):
        return True
    if pin >> _CODE_AT != self._code(target):
        return False
    # The first pin is later than the proposal: that met no code, so it pays a wallet.
    return pin & _TIME <= since or (not has_data and pin & _FIRST != 0)


# ---- internal -------------------------------------------------------------------------

@internal
def _pin(target: address, has_data: bool):
    """
    @dev Note the code that a proposal meets. An ordinary wallet may be paid, and not called.
    """
    if not has_data and self._is_wallet(target):
        return
    code: uint256 = self._code(target)
    assert code != _NO_CODE, "pins: no contract"
    pin: uint256 = self._pins[target]
    if pin >> _CODE_AT != code:
        first: uint256 = _FIRST if pin == 0 else 0
        self._pins[target] = code << _CODE_AT | first | block.timestamp
        log IGuard.CodePinned(target=target, code=convert(code << _CODE_AT, bytes32))


@internal
@view
def _is_wallet(target: address) -> bool:
    """
    @dev Whether an account has no code of its own: none at all, or borrowed by EIP-7702.
    """
    size: uint256 = target.codesize
    return size == 0 or (size == 23 and slice(target.code, 0, 3) == b"\xef\x01\x00")


@internal
@view
def _code(target: address) -> uint256:
    """
    @dev The code at an address, in 215 bits of its hash; with that of the implementation it
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
    return convert(code, uint256) >> _CODE_AT
