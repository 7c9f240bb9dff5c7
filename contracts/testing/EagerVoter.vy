# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Eager voter
@custom:contract-name EagerVoter
@license AGPL-3.0-only
@author The Cercle authors
@notice A contract with a passport that votes as often as it is told, in one transaction.
"""

from ..interfaces import IPassport
from ..interfaces import IPolls


@external
def register(passport: IPassport):
    """
    @notice Take a passport.
    """
    extcall passport.register()


@external
def vote(polls: IPolls, poll_id: uint256, option: uint256, times: uint256):
    """
    @notice Vote, again and again.
    """
    for _: uint256 in range(times, bound=256):
        extcall polls.vote(poll_id, option)
