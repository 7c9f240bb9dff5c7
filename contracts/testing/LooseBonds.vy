# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Loose bonds
@custom:contract-name LooseBonds
@license AGPL-3.0-only
@author The Cercle authors
@notice Bonds that are looked up when they are lost, and not set aside when they are needed; time
        to delete that runs from the last read. It moves no money.
"""

from ..common import limits

bonds: public(HashMap[uint256, uint256])
free: public(HashMap[uint256, uint256])
due_at: public(HashMap[uint256, uint256])
earned: public(HashMap[uint256, uint256])


@external
def set_bond(company_id: uint256, bond: uint256):
    """
    @notice Say what a company stakes, from now on and for what it has read.
    """
    self.bonds[company_id] = bond


@external
def deposit(company_id: uint256, amount: uint256):
    """
    @notice Pay in.
    """
    self.free[company_id] += amount


@external
def withdraw(company_id: uint256):
    """
    @notice Take out all that is there.
    """
    self.free[company_id] = 0


@external
def read(company_id: uint256):
    """
    @notice Read something of the person's.
    """
    assert self.bonds[company_id] <= self.free[company_id], "loose_bonds: too little paid in"
    self.due_at[company_id] = block.timestamp + limits.DELETION_TIME


@external
def mark_overdue(company_id: uint256, passport_id: uint256):
    """
    @notice Have a company lose its bond.
    """
    assert block.timestamp > self.due_at[company_id], "loose_bonds: not overdue"
    bond: uint256 = min(self.bonds[company_id], self.free[company_id])
    self.free[company_id] -= bond
    self.earned[passport_id] += bond
