# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Deaf wing
@custom:contract-name DeafWing
@license AGPL-3.0-only
@author The Cercle authors
@notice Names its charter like a wing, and listens to it no more.
"""

charter: public(immutable(address))
halted_until: public(uint256)


@deploy
def __init__(charter_: address):
    charter = charter_


@external
def retire():
    """
    @notice Refused, as a broken contract would.
    """
    raise "deaf_wing: no"


@external
def halt_until(until: uint256):
    """
    @notice Refused, as a broken contract would.
    """
    raise "deaf_wing: no"
