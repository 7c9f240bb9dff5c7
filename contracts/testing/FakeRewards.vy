# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake rewards
@custom:contract-name FakeRewards
@license AGPL-3.0-only
@author The Cercle authors
@notice Stands in a charter's directory as the rewards, and lets a test credit and
        debit standing without points.
@dev For tests alone: anybody may give anything.
"""

from ..common import limits
from ..interfaces import IMembership

last_bitmap: public(uint256)
last_taken: public(uint256)


@external
def credit(membership: IMembership, credits: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Credit standing: words of passport_id << 96 | amount.
    """
    self.last_bitmap = extcall membership.credit(credits)


@external
def debit(membership: IMembership, passport_id: uint256, amount: uint256, since: uint256):
    """
    @notice Debit standing that was credited since then.
    """
    self.last_taken = extcall membership.debit(passport_id, amount, since)
