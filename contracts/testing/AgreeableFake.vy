# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Agreeable fake
@custom:contract-name AgreeableFake
@license AGPL-3.0-only
@author The Cercle authors
@notice A contract with a fallback: it agrees to every call and does nothing.
"""


@external
@payable
def __default__():
    pass
