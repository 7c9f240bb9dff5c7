# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake charter
@custom:contract-name FakeCharter
@license AGPL-3.0-only
@author The Cercle authors
@notice Stands where a Charter stands and passes on what anybody says: halts of any
        length, repeated, and retirements taken back.
"""

from ..interfaces import IWing


@external
def halt(wing: IWing, until: uint256):
    """
    @notice Halt a wing until any moment.
    """
    extcall wing.halt_until(until)


@external
def retire(wing: IWing):
    """
    @notice Retire a wing.
    """
    extcall wing.retire()
