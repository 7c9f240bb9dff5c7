# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Tokens harness
@custom:contract-name TokensHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice Opens the `tokens` module to its tests.
"""

from ethereum.ercs import IERC20
from ..common import tokens


@external
def pull(token: IERC20, payer: address, amount: uint256):
    """
    @notice Take.
    """
    tokens._pull(token, payer, amount)


@external
def push(token: IERC20, payee: address, amount: uint256):
    """
    @notice Pay.
    """
    tokens._push(token, payee, amount)
