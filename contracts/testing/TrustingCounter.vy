# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Trusting counter
@custom:contract-name TrustingCounter
@license AGPL-3.0-only
@author The Cercle authors
@notice A counter that takes signed claims with each defence of Perks forgotten: what is
        signed names a perk, and neither member, choice, price, number, contract nor chain;
        whoever recovers from it is believed, be it nobody.
@dev For tests alone: the twin of Perks under attacks P5, P6 and P9. Anybody may mint.
"""

PRICE: constant(uint256) = 100

points_of: public(HashMap[address, uint256])
units_of: public(HashMap[address, uint256])
choice_of: public(HashMap[address, uint256])


@external
def mint(account: address, amount: uint256):
    """
    @notice Give points to somebody.
    """
    self.points_of[account] += amount


@external
@view
def slip(perk_id: uint256) -> bytes32:
    """
    @notice What a member signs.
    """
    return self._slip(perk_id)


@external
def claim(
    wallet: address,
    perk_id: uint256,
    variant: uint256,
    receiver: address,
    v: uint256,
    r: uint256,
    s: uint256,
):
    """
    @notice Claim one unit, paid by who signed, for whom the carrier says.
    """
    assert ecrecover(self._slip(perk_id), v, r, s) == wallet, "trusting_counter: not by them"
    self.points_of[wallet] -= PRICE
    self.units_of[receiver] += 1
    self.choice_of[receiver] = variant


@internal
@pure
def _slip(perk_id: uint256) -> bytes32:
    return keccak256(abi_encode(perk_id))
