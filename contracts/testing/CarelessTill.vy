# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Careless till
@custom:contract-name CarelessTill
@license AGPL-3.0-only
@author The Cercle authors
@notice The same books, and one carelessness in moving the money; and never a lock.
@dev For tests alone: the twin of TillHarness under the attacks on money.
"""

from ethereum.ercs import IERC20
from ..common import limits
from ..common import tokens
from . import till

initializes: till

exports: (
    till.enrol,
    till.set_shares,
    till.spend,
    till.purses,
    till.wallets,
    till.owed,
    till.splits.due,
)


# ---- carelessness -------------------------------------------------------------------

CREDULOUS: constant(uint256) = 0  # books what was asked for, as the token says it came
FORGETFUL: constant(uint256) = 1  # a purse that was emptied is still full
HASTY: constant(uint256) = 2  # pays before it books
PUSHY: constant(uint256) = 3  # pays everybody's part whenever somebody asks for theirs

TOKEN: immutable(IERC20)
CARELESSNESS: immutable(uint256)


@deploy
def __init__(token_: IERC20, carelessness_: uint256):
    TOKEN = token_
    CARELESSNESS = carelessness_


@external
def fund(amount: uint256):
    """
    @notice Fill one's purse.
    """
    if CARELESSNESS == CREDULOUS:
        assert extcall TOKEN.transferFrom(
            msg.sender, self, amount, default_return_value=True
        ), "careless_till: not paid"
    else:
        tokens._pull(TOKEN, msg.sender, amount)
    till._fill(msg.sender, amount)


@external
def refund(amount: uint256):
    """
    @notice Empty one's purse.
    """
    if CARELESSNESS == FORGETFUL:
        assert amount <= till.purses[msg.sender], "careless_till: too little in it"
        self._pay(msg.sender, amount)
    elif CARELESSNESS == HASTY:
        held: uint256 = till.purses[msg.sender]
        assert amount <= held, "careless_till: too little in it"
        self._pay(msg.sender, amount)
        till.purses[msg.sender] = held - amount
        till.owed -= min(amount, till.owed)
    else:
        till._empty(msg.sender, amount)
        self._pay(msg.sender, amount)


@external
def collect(account: uint256, payee: uint256):
    """
    @notice Pay somebody's part of an income to their wallet.
    """
    if CARELESSNESS != PUSHY:
        self._pay(till.wallets[payee], till._collect(account, payee))
        return
    payees: DynArray[uint256, limits.MAX_SHARES + 1] = till._payees(account)
    for one: uint256 in payees:
        self._pay(till.wallets[one], till._collect(account, one))


@internal
def _pay(payee: address, amount: uint256):
    if CARELESSNESS == CREDULOUS or CARELESSNESS == HASTY:
        assert extcall TOKEN.transfer(
            payee, amount, default_return_value=True
        ), "careless_till: not sent"
    else:
        tokens._push(TOKEN, payee, amount)
