# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake gate
@custom:contract-name FakeGate
@license AGPL-3.0-only
@author The Cercle authors
@notice A gate that behaves as badly as a test tells it: it may refuse to answer, answer
        nonsense, or try to claim the very perk that asks.
@dev BABBLES answers a word that is no bool, MUTTERS less than a word, DEVOURS all the gas.
"""

from ..interfaces import IPerks


# Manners
CLOSED: constant(uint256) = 1
OPEN: constant(uint256) = 2
REVERTS: constant(uint256) = 4
BABBLES: constant(uint256) = 8
MUTTERS: constant(uint256) = 16
SILENT: constant(uint256) = 32
REENTERS: constant(uint256) = 64
DEVOURS: constant(uint256) = 128

manner: public(uint256)
asked_for: public(HashMap[uint256, HashMap[uint96, bool]])
perk_id: uint256


@external
def set_manner(manner: uint256, perk_id: uint256):
    """
    @notice Behave like this from now on; `perk_id` is what a REENTERS claims.
    """
    self.manner = manner
    self.perk_id = perk_id


@external
def let_in(passport_id: uint256, argument: uint96):
    """
    @notice Answer this one question with yes, even while CLOSED.
    """
    self.asked_for[passport_id][argument] = True


@external
@raw_return
def open_for(passport_id: uint256, argument: uint96) -> Bytes[32]:
    """
    @notice The question of IGate.
    """
    if self.manner == OPEN:
        return abi_encode(True)
    if self.manner == REVERTS:
        raise "fake_gate: no comment"
    if self.manner == BABBLES:
        return abi_encode(convert(2, uint256))
    if self.manner == MUTTERS:
        return b"\x01"
    if self.manner == SILENT:
        return b""
    if self.manner == REENTERS:
        extcall IPerks(msg.sender).claim(self.perk_id, 0, empty(bytes32))
        return abi_encode(True)
    if self.manner == DEVOURS:
        for _: uint256 in range(max_value(uint256)):
            pass
    return abi_encode(self.asked_for[passport_id][argument])
