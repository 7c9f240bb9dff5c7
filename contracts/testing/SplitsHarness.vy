# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Splits harness
@custom:contract-name SplitsHarness
@license AGPL-3.0-only
@author The Cercle authors
@notice Opens the `splits` module to its tests. It moves no money.
"""

from ..common import limits
from ..common import splits

initializes: splits

from ..interfaces import ISplits

implements: ISplits

exports: (
    splits.shares_of,
    splits.next_shares_of,
    splits.income_of,
    splits.due,
)


@external
def credit(account: uint256, amount: uint256):
    """
    @notice Let income come in.
    """
    splits._credit(account, amount)


@external
def set_shares(account: uint256, shares: DynArray[ISplits.Share, limits.MAX_SHARES]):
    """
    @notice Share it, from the next month on.
    """
    splits._set_shares(account, shares)


@external
def collect(account: uint256, payee: uint256) -> uint256:
    """
    @notice Fetch somebody's part.
    """
    return splits._collect(account, payee)
