# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Demo euro
@custom:contract-name DemoEuro
@license AGPL-3.0-only
@author The Cercle authors
@notice The money of the demo and the measurements: a plain ERC-20 in cents, worth nothing, of
        which its maker gives out as much as it likes.
@dev Never deployed outside tests and the demo.
"""

from ethereum.ercs import IERC20

implements: IERC20

name: public(constant(String[16])) = "Demo euro"
symbol: public(constant(String[8])) = "dEUR"
decimals: public(constant(uint8)) = 2

MAKER: public(immutable(address))

totalSupply: public(uint256)
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])


@deploy
def __init__():
    MAKER = msg.sender


@external
def mint(account: address, amount: uint256):
    """
    @notice Give out of nothing, as the maker.
    @param account Who gets it.
    @param amount In cents.
    """
    assert msg.sender == MAKER, "demo_euro: not the maker"
    self.totalSupply += amount
    self.balanceOf[account] += amount
    log IERC20.Transfer(sender=empty(address), receiver=account, value=amount)


@external
def transfer(to: address, amount: uint256) -> bool:
    """
    @notice Pay.
    @param to Who gets it.
    @param amount In cents.
    @return True.
    """
    self._move(msg.sender, to, amount)
    return True


@external
def transferFrom(payer: address, to: address, amount: uint256) -> bool:
    """
    @notice Pay out of what somebody allowed you to take.
    @param payer Who pays.
    @param to Who gets it.
    @param amount In cents.
    @return True.
    """
    self.allowance[payer][msg.sender] -= amount
    self._move(payer, to, amount)
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Let somebody take so much of yours.
    @param spender Who may take it.
    @param amount In cents.
    @return True.
    """
    self.allowance[msg.sender][spender] = amount
    log IERC20.Approval(owner=msg.sender, spender=spender, value=amount)
    return True


@internal
def _move(payer: address, to: address, amount: uint256):
    self.balanceOf[payer] -= amount
    self.balanceOf[to] += amount
    log IERC20.Transfer(sender=payer, receiver=to, value=amount)
