# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Fake gate
@custom:contract-name FakeGate
@license AGPL-3.0-only
@author The Cercle authors
@notice A gate that behaves as badly as a test tells it: it may refuse to answer, answer
        nonsense, or try to claim the very perk that asks.
"""

from ..interfaces import IPerks


flag Manner:
    CLOSED
    OPEN
    REVERTS
    BABBLES  # a word that is no bool
    MUTTERS  # less than a word
    SILENT
    REENTERS
    DEVOURS  # all the gas


manner: public(Manner)
asked_for: public(HashMap[uint256, HashMap[uint96, bool]])
perk_id: uint256


@external
def set_manner(manner: Manner, perk_id: uint256):
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
    if self.manner == Manner.OPEN:
        return abi_encode(True)
    if self.manner == Manner.REVERTS:
        raise "fake_gate: no comment"
    if self.manner == Manner.BABBLES:
        return abi_encode(convert(2, uint256))
    if self.manner == Manner.MUTTERS:
        return b"\x01"
    if self.manner == Manner.SILENT:
        return b""
    if self.manner == Manner.REENTERS:
        extcall IPerks(msg.sender).claim(self.perk_id, 0, empty(bytes32))
        return abi_encode(True)
    if self.manner == Manner.DEVOURS:
        for _: uint256 in range(max_value(uint256)):
            pass
    return abi_encode(self.asked_for[passport_id][argument])
