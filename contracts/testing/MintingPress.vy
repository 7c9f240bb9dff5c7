# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Minting press
@custom:contract-name MintingPress
@license AGPL-3.0-only
@author The Cercle authors
@notice What a crooked ADMIN would put in the place of Rewards: it mints points for
        whoever turns the handle, with no award, budget or member behind them.
"""

from ..interfaces import IPoints


@external
def press(points: IPoints, account: address, amount: uint256):
    """
    @notice Mint.
    """
    extcall points.mint_batch([(convert(account, uint256) << 96) | (amount << 48)])
