# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake partner
@custom:contract-name FakePartner
@license AGPL-3.0-only
@author The Cercle authors
@notice Stands for a Rewards, a Perks or a Clearing in the tests of Points: it does to
        them whatever it is told to.
@dev For tests alone: anybody may tell it.
"""

from ethereum.ercs import IERC20

from ..common import limits
from ..interfaces import IPoints

last_answer: public(uint256)


@external
def mint(points: IPoints, awards: DynArray[uint256, limits.MAX_BATCH]):
    """
    @notice Mint a batch.
    """
    extcall points.mint_batch(awards)


@external
def reverse(points: IPoints, account: address, amount: uint256):
    """
    @notice Undo an award, and remember what that burnt.
    """
    self.last_answer = extcall points.reverse(account, amount)


@external
def take(points: IPoints, holder: address, amount: uint256):
    """
    @notice Take into escrow.
    """
    extcall points.take(holder, amount)


@external
def refund(points: IPoints, holder: address, amount: uint256):
    """
    @notice Give back out of escrow.
    """
    assert extcall IERC20(points.address).transfer(holder, amount)


@external
def burn(points: IPoints, amount: uint256):
    """
    @notice Burn out of escrow.
    """
    extcall points.burn(amount)
