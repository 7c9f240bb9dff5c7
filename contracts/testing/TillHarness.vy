# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Till harness
@custom:contract-name TillHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice A small contract that holds money as ours do: by `tokens` and `splits`.
@dev For tests alone.
"""

from ethereum.ercs import IERC20
from ..common import tokens
from . import till

initializes: till

exports: (
    till.enrol,
    till.set_shares,
    till.spend,
    till.purses,
    till.wallets,
    till.owed,
    till.splits.due,
)

TOKEN: immutable(IERC20)


@deploy
def __init__(token_: IERC20):
    TOKEN = token_


@external
def fund(amount: uint256):
    """
    @notice Fill one's purse.
    """
    tokens._pull(TOKEN, msg.sender, amount)
    till._fill(msg.sender, amount)


@external
def refund(amount: uint256):
    """
    @notice Empty one's purse.
    """
    till._empty(msg.sender, amount)
    tokens._push(TOKEN, msg.sender, amount)


@external
def collect(account: uint256, payee: uint256):
    """
    @notice Pay somebody's part of an income to their wallet.
    """
    amount: uint256 = till._collect(account, payee)
    tokens._push(TOKEN, till.wallets[payee], amount)
