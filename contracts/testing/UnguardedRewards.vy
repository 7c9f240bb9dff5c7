# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Unguarded rewards
@custom:contract-name UnguardedRewards
@license AGPL-3.0-only
@author The Cercle authors
@notice Rewards' budget with the treasurer's lock forgotten on one of its two setters:
        what the generated access check has to find.
@dev For tests alone.
"""

from ..common import wing
from ..interfaces import ICharter

initializes: wing

exports: (
    wing.halt_until,
    wing.retire,
    wing.charter,
    wing.halted_until,
)

budget: public(uint256)


@deploy
def __init__(charter_: ICharter, budget_: uint256):
    wing.__init__(charter_)
    self.budget = budget_


@external
def set_budget(points_per_period: uint256):
    """
    @notice Set the budget, whoever you are.
    """
    self.budget = points_per_period


@external
def cut_budget(points_per_period: uint256):
    """
    @notice Lower the budget, as its treasurer.
    """
    wing._require_role(ICharter.Role.TREASURER)
    assert points_per_period <= self.budget, "unguarded_rewards: no cut"
    self.budget = points_per_period
