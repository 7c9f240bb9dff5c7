# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Miserly points
@custom:contract-name MiserlyPoints
@license AGPL-3.0-only
@author The Cercle authors
@notice Takes whatever Perks asks for, and answers every transfer with False.
"""


@external
def take(holder: address, amount: uint256):
    """
    @notice Agree, and keep no account of it.
    """
    pass


@external
def transfer(receiver: address, amount: uint256) -> bool:
    """
    @notice Give nothing back.
    """
    return False
