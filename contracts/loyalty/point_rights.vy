# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Point rights
@custom:contract-name point_rights
@license AGPL-3.0-only
@author The Cercle authors
@notice Which of a brand's contracts may mint points, take them into escrow, or undo an
        award. Rights follow the Charter's directory, and nothing else gives any.
@dev A module of Points. A right is a bit of the contract's own word, so that checking it
     is one read of a slot that the call mostly needs anyway.
"""

from ..common import wing

uses: wing

from ..interfaces import ICharter
from ..interfaces import IPoints
from . import balances

uses: balances


# ---- constants -------------------------------------------------------------------

# Directory names that carry rights here.
REWARDS: constant(bytes32) = 0x7265776172647300000000000000000000000000000000000000000000000000
PERKS: constant(bytes32) = 0x7065726b73000000000000000000000000000000000000000000000000000000
BADGES: constant(bytes32) = 0x6261646765730000000000000000000000000000000000000000000000000000
CLEARING: constant(bytes32) = 0x636c656172696e67000000000000000000000000000000000000000000000000


# ---- storage ---------------------------------------------------------------------

# Directory name -> the contract that holds that name's rights here.
recognised: public(reentrant(HashMap[bytes32, address]))


# ---- external: anyone ------------------------------------------------------------

@external
def recognise(name: bytes32):
    """
    @notice Give the contract that the Charter has under this name its rights here, and
            take those of the one it replaced, save undoing its own awards.
    @dev The only way to a right. Asked of a sealed Charter only: before the seal an
         entry changes without notice, and a reverser stays one for good.
    @param name "rewards", "perks", "badges" or "clearing".
    """
    charter: ICharter = wing.CHARTER
    rights: uint256 = self._rights_of(name)
    assert rights != 0, "point_rights: unknown name"
    assert staticcall charter.is_sealed(), "point_rights: charter unsealed"
    new_contract: address = staticcall charter.entry(name)
    old_contract: address = self.recognised[name]
    assert new_contract != empty(address), "point_rights: nothing new"
    assert new_contract != old_contract, "point_rights: nothing new"
    self.recognised[name] = new_contract
    if old_contract != empty(address):
        # The Charter lists a contract once, so no other name still gives it rights.
        old_word: uint256 = balances._holders[old_contract]
        balances._holders[old_contract] = old_word & ~(balances.MINTER | balances.SPENDER)
        log IPoints.RightsLost(
            name=name,
            contract=old_contract,
            rights=self._flags(old_word & (balances.MINTER | balances.SPENDER)),
        )
    # Endless, for it holds the members' escrow; what had expired before is not revived.
    word: uint256 = (
        balances._swept(new_contract, balances._holders[new_contract]) | balances.ENDLESS | rights
    )
    balances._holders[new_contract] = word
    log IPoints.ContractRecognised(
        name=name, contract=new_contract, rights=self._flags(word & balances.RIGHTS)
    )


# ---- internal --------------------------------------------------------------------

@internal
@view
def _require_right(right: uint256):
    assert balances._holders[msg.sender] & right != 0, "point_rights: lacks the right"


@internal
@pure
def _rights_of(name: bytes32) -> uint256:
    if name == REWARDS:
        return balances.MINTER | balances.REVERSER
    if name == PERKS or name == BADGES:
        return balances.SPENDER
    if name == CLEARING:
        return balances.MINTER | balances.SPENDER
    return 0


@internal
@pure
def _flags(rights: uint256) -> IPoints.Right:
    return convert(rights >> balances.RIGHTS_AT, IPoints.Right)
