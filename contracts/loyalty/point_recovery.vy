# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Point recovery
@custom:contract-name point_recovery
@license AGPL-3.0-only
@author The Cercle authors
@notice What becomes of points whose wallet was lost: nothing leaves it while its person
        recovers it, and then the heir pulls what is there.
@dev A module of Points. It asks the Passport, and nobody else can be believed.
"""

from ethereum.ercs import IERC20

from ..interfaces import IPassport
from ..interfaces import IPoints
from . import balances

uses: balances


# ---- immutables ------------------------------------------------------------------

PASSPORT: public(immutable(IPassport))


# ---- constructor -----------------------------------------------------------------

@deploy
def __init__(passport_: IPassport):
    assert passport_.address != empty(address), "point_recovery: zero passport"
    PASSPORT = passport_


# ---- external: anyone ------------------------------------------------------------

@external
def freeze(wallet: address):
    """
    @notice Stop points from leaving a wallet that its person is recovering, or has
            replaced. What comes in is not stopped.
    @param wallet The one that may be in a thief's hands.
    """
    word: uint256 = balances._holders[wallet]
    assert word & balances.FROZEN == 0, "point_recovery: frozen already"
    assert (
        staticcall PASSPORT.is_recovering(wallet)
        or staticcall PASSPORT.heir_of(wallet) != empty(address)
    ), "point_recovery: not recovering"
    balances._holders[wallet] = word | balances.FROZEN
    log IPoints.HolderFrozen(holder=wallet)


@external
def thaw(wallet: address):
    """
    @notice Free a wallet whose recovery came to nothing. A replaced one stays frozen.
    @param wallet The wallet.
    """
    word: uint256 = balances._holders[wallet]
    assert word & balances.FROZEN != 0, "point_recovery: not frozen"
    assert not staticcall PASSPORT.is_recovering(wallet), "point_recovery: still recovering"
    assert staticcall PASSPORT.heir_of(wallet) == empty(address), "point_recovery: replaced"
    balances._holders[wallet] = word & ~balances.FROZEN
    log IPoints.HolderThawed(holder=wallet)


# ---- external: the heir ----------------------------------------------------------

@external
def pull(old_wallet: address) -> uint256:
    """
    @notice Bring over what the wallet that you replaced still holds.
    @dev Only the heir that the Passport names. The old wallet is left frozen, so that
         what reaches it later can be pulled too, and by nobody else.
    @param old_wallet The wallet that was lost.
    @return What came over.
    """
    assert staticcall PASSPORT.heir_of(old_wallet) == msg.sender, "point_recovery: not the heir"
    assert old_wallet != msg.sender, "point_recovery: own heir"
    word: uint256 = balances._swept(old_wallet, balances._holders[old_wallet])
    amount: uint256 = word & balances.BALANCE
    balances._holders[old_wallet] = (word & ~balances.BALANCE) | balances.FROZEN
    if word & balances.FROZEN == 0:
        log IPoints.HolderFrozen(holder=old_wallet)
    if amount != 0:
        balances._receive(msg.sender, amount, word & balances.PERIOD)
        log IERC20.Transfer(sender=old_wallet, receiver=msg.sender, value=amount)
        log IPoints.PointsPulled(old_wallet=old_wallet, new_wallet=msg.sender, amount=amount)
    return amount
