# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Till
@custom:contract-name till
@license AGPL-3.0-only
@author The Cercle authors
@notice The books of a small contract that holds money: purses, filled and emptied by their
        owners, and shared incomes that are paid out of them.
@dev A module, for tests alone. The host moves the money; anybody may do anything here that
     a purse or a due part covers.
"""

from ..common import limits
from ..common import splits

initializes: splits

from ..interfaces import ISplits


# ---- storage --------------------------------------------------------------------

purses: public(HashMap[address, uint256])
wallets: public(HashMap[uint256, address])
owed: public(uint256)  # purses and incomes together


# ---- external -------------------------------------------------------------------

@external
def enrol(payee: uint256, wallet: address):
    """
    @notice Say to which wallet a payee's parts go.
    """
    self.wallets[payee] = wallet


@external
def set_shares(account: uint256, shares: DynArray[ISplits.Share, limits.MAX_SHARES]):
    """
    @notice Share an income, from the next month on.
    """
    splits._set_shares(account, shares)


@external
def spend(account: uint256, amount: uint256):
    """
    @notice Pay into an income from one's purse: nothing moves.
    """
    self._take(msg.sender, amount)
    splits._credit(account, amount)


# ---- internal -------------------------------------------------------------------

@internal
def _fill(payer: address, amount: uint256):
    self.purses[payer] += amount
    self.owed += amount


@internal
def _empty(payer: address, amount: uint256):
    self._take(payer, amount)
    self.owed -= amount


@internal
def _collect(account: uint256, payee: uint256) -> uint256:
    amount: uint256 = splits._collect(account, payee)
    self.owed -= amount
    return amount


@internal
@view
def _payees(account: uint256) -> DynArray[uint256, limits.MAX_SHARES + 1]:
    """
    @dev Those who may fetch something, the owner first.
    """
    payees: DynArray[uint256, limits.MAX_SHARES + 1] = []
    if splits._due(account, account) != 0:
        payees.append(account)
    shares: DynArray[ISplits.Share, limits.MAX_SHARES] = splits._shares(
        account, splits._open(account).side
    )
    for share: ISplits.Share in shares:
        if splits._due(account, share.payee) != 0:
            payees.append(share.payee)
    return payees


@internal
def _take(payer: address, amount: uint256):
    assert amount <= self.purses[payer], "till: too little in it"
    self.purses[payer] -= amount
