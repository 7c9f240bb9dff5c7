# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Tokens
@custom:contract-name tokens
@license AGPL-3.0-only
@author The Cercle authors
@notice Takes and pays exact amounts of any ERC-20, or refuses. What counts is what the
        balance did: a token's word alone moves no book.
@dev A module without storage. A token may answer True, or nothing at all as the old ones
     do; anything else is a no. Of an answer one word is read, however long it is. A token
     without code tells no balance, so an empty answer needs no second look. The token is
     a stranger: a host keeps its lock, writes its books before it pays, and after it took.
     A token that began to take a share on the way is still paid out: the host's balance
     falls by what the host owed, and what the payee gets is between them and the token.
"""

from ethereum.ercs import IERC20


# ---- internal -------------------------------------------------------------------------

@internal
def _pull(token: IERC20, payer: address, amount: uint256):
    """
    @dev Take from somebody who allowed it.
    """
    before: uint256 = self._balance(token)
    call: Bytes[100] = abi_encode(
        payer, self, amount, method_id=method_id("transferFrom(address,address,uint256)")
    )
    assert self._agrees(token, call), "tokens: not paid"
    after: uint256 = self._balance(token)
    assert after >= before and after - before >= amount, "tokens: took a share"
    assert after - before == amount, "tokens: gave too much"


@internal
def _push(token: IERC20, payee: address, amount: uint256):
    """
    @dev Pay somebody.
    """
    before: uint256 = self._balance(token)
    call: Bytes[68] = abi_encode(payee, amount, method_id=method_id("transfer(address,uint256)"))
    assert self._agrees(token, call), "tokens: not sent"
    after: uint256 = self._balance(token)
    assert before >= after and before - after >= amount, "tokens: not sent"
    assert before - after == amount, "tokens: took too much"


@internal
def _agrees(token: IERC20, call: Bytes[100]) -> bool:
    """
    @dev Call, and say whether the token agreed.
    """
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(token.address, call, max_outsize=32, revert_on_failure=False)
    if not success or len(answer) == 0:
        return success
    return len(answer) == 32 and convert(answer, uint256) == 1


@internal
@view
def _balance(token: IERC20) -> uint256:
    """
    @dev What the host holds.
    """
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        token.address,
        abi_encode(self, method_id=method_id("balanceOf(address)")),
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    assert success and len(answer) == 32, "tokens: silent token"
    return convert(answer, uint256)
